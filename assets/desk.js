/* The desk by keyboard: / leads to the search, Escape leaves it, arrows walk through what was found. */
(() => {
  "use strict";
  const FIELDS = "input, textarea, select, [contenteditable]";
  const field = () => document.getElementById("search-typed-input");
  const found = () => [...document.querySelectorAll("#search-found-list a")];

  const typed = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;

  // What is asked goes to a store of its own: given back to the field, it would overwrite what was typed meanwhile.
  let waiting = 0;
  const ask = (words) => window.dash_clientside.set_props("search-asked-store", { data: words });
  document.addEventListener("input", (event) => {
    if (event.target.id !== "search-typed-input") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(event.target.value), 250);
  });

  function close() {
    const input = field();
    if (input) {
      // As a person would empty it, so that React knows.
      typed.call(input, "");
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.blur();
    }
    clearTimeout(waiting);
    ask("");
    window.dash_clientside.set_props("search-found-list", { children: null });
  }

  function walk(by) {
    const links = [field(), ...found()];
    const at = links.indexOf(document.activeElement);
    links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
  }

  document.addEventListener("keydown", (event) => {
    const input = field();
    if (!input || event.ctrlKey || event.altKey || event.metaKey) return;
    const isInside = event.target.closest(".desk-search");
    if (event.key === "/" && !event.target.closest(FIELDS) && !document.querySelector(".console")) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (isInside && event.key === "Escape") {
      close();
    } else if (isInside && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (isInside && event.key === "Enter" && event.target === input && found().length) {
      found()[0].click();
    }
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".desk-search") && found().length) close();
  });
})();
