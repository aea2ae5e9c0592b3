/* The desk frame by hand and on paper: the skip link, the list of pages on a tablet, the line that only paper shows. */
(() => {
  "use strict";
  const page = document.documentElement;
  if (page.dataset.framed) return;
  page.dataset.framed = "yes";
  const opener = () => document.querySelector("[data-menu-toggle]");

  function open(wanted) {
    if (wanted) page.dataset.menu = "open";
    else delete page.dataset.menu;
    if (opener()) opener().setAttribute("aria-expanded", String(wanted));
  }

  document.addEventListener("click", (event) => {
    const skip = event.target.closest(".desk-skip");
    if (skip) {
      event.preventDefault();
      document.getElementById("shell-content-main").focus();
    }
    if (event.target.closest("[data-menu-toggle]")) open(page.dataset.menu !== "open");
    else if (page.dataset.menu && (event.target.closest(".desk-link") || !event.target.closest(".desk-side"))) open(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !page.dataset.menu) return;
    open(false);
    opener().focus();
  });

  // Two libraries leave out what a screen reader needs: a slider has no name, a tab points to a pane that has no id.
  function name(root) {
    for (const slider of root.querySelectorAll("[data-slider]"))
      for (const part of slider.querySelectorAll("[role=slider], input"))
        if (!part.hasAttribute("aria-label")) part.setAttribute("aria-label", slider.dataset.slider);
    for (const tab of root.querySelectorAll("[role=tab][aria-controls]"))
      if (!document.getElementById(tab.getAttribute("aria-controls"))) tab.removeAttribute("aria-controls");
  }

  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      name(document);
    });
  }).observe(page, { childList: true, subtree: true });

  // What a filter is set to, in the words on the screen; one that is set to nothing is not named.
  function filters() {
    return [...document.querySelectorAll(".desk-filters .desk-filter")].flatMap((label) => {
      const control = label.querySelector("select, input");
      if (!control || label.closest(".desk-card") || control.closest("[hidden]")) return [];
      const chosen = control.matches("select") ? control.selectedOptions[0] : null;
      const words = chosen ? chosen.textContent : control.value;
      const isNothing = !words || (chosen && chosen.value === "*");
      return isNothing ? [] : [`${label.querySelector("span").textContent}: ${words}`];
    });
  }

  const texts = (selector) =>
    [...document.querySelectorAll(selector)].map((part) => part.textContent.trim()).filter(Boolean);

  // The clock of the server is the one that counts: 24/11/2026 09:40, whatever the zone of this machine.
  function printedAt() {
    const loadedAt = performance.timeOrigin;
    const now = new Date((Number(page.dataset.serverAt) || loadedAt) + Date.now() - loadedAt);
    const words = new Intl.DateTimeFormat("vi-VN", {
      timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit",
    });
    const part = Object.fromEntries(words.formatToParts(now).map(({ type, value }) => [type, value]));
    return `${part.hour}:${part.minute} ${part.day}/${part.month}/${part.year}`;
  }

  function ages() {
    return [...document.querySelectorAll(".desk-side .chip:has(b)")]
      .map((chip) => [...chip.children].map((part) => part.textContent.trim()).filter(Boolean).join(" "))
      .filter(Boolean);
  }

  addEventListener("beforeprint", () => {
    const line = document.querySelector("[data-paper]");
    if (!line) return;
    const switched = texts(".desk-filters .is-current");
    line.textContent = [
      [...filters(), ...switched].join(" · ") || "Không lọc",
      ...texts(".desk-note").slice(0, 1),
      `Nguồn: ${ages().join(", ") || "chưa có"}`,
      ...texts(".desk-footnote"),
      `In lúc ${printedAt()}`,
    ].join(" | ");
  });
})();
