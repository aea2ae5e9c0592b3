/* The console by keyboard: every key clicks the link or button a mouse or a screen reader would, never while somebody is
   typing. Choosing an alarm changes the address and the store, not the page, so that focus and words typed stay. */
(() => {
  "use strict";
  const DRAFTS = [
    "console-reason-input", "console-words-input", "console-note-input", "console-person-input", "console-phone-input",
  ];
  const FIELDS = "input, textarea, select, [contenteditable]";
  const drafts = new Map();
  const picked = new Map(); // alarms that are answered together -> the revision that was on the screen
  let focused = ""; // the alarm whose row has the focus
  let last = 0; // where the chosen row stood, for when it has left the list

  const console_ = () => document.querySelector(".console");
  const part = (answer) => document.querySelector(`.console [data-answer="${answer}"]`);
  const rows = () => [...document.querySelectorAll("#console-rows-list a[data-alarm]")];
  const set = (id, props) => document.getElementById(id) && window.dash_clientside.set_props(id, props);
  const forms = () => document.querySelectorAll(".console-form[open]");
  const close = () => forms().forEach((form) => (form.open = false));

  function shown() {
    const current = document.querySelector("#console-rows-list a[aria-current]");
    return new URLSearchParams(location.search).get("alarm") || (current ? current.dataset.alarm : "");
  }

  // What was typed for one alarm is never sent to another, and is there again when somebody comes back to it.
  function swapDrafts(from, to) {
    const kept = Object.fromEntries(DRAFTS.map((id) => [id, (document.getElementById(id) || {}).value || ""]));
    drafts.set(from, kept);
    for (const id of DRAFTS) set(id, { value: (drafts.get(to) || {})[id] || "" });
    for (const id of ["console-unit-select", "console-outcome-select"]) set(id, { value: "" });
  }

  function choose(link) {
    const [from, address] = [shown(), new URL(link.href)];
    const asked = { tab: address.searchParams.get("tab") || "", alarm: address.searchParams.get("alarm") || "" };
    history.replaceState(history.state, "", address);
    if (asked.alarm && asked.alarm !== from) {
      swapDrafts(from, asked.alarm);
      close();
      set("console-said-list", { children: null });
    }
    window.dash_clientside.set_props("console-filter-store", { data: asked }); // a store has no element
  }

  function step(by) {
    const found = rows();
    const at = found.findIndex((row) => row.dataset.alarm === shown());
    if (at >= 0) last = at;
    const next = found[Math.min(Math.max(at >= 0 ? at + by : last, 0), found.length - 1)];
    if (!next) return;
    last = found.indexOf(next);
    next.click();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  // A key does what the button does, and nothing where the button is not shown.
  function press(answer) {
    const found = part(answer);
    if (!found || !found.offsetParent) return;
    if (!(found instanceof HTMLDetailsElement)) return found.click();
    found.querySelector("summary").click();
    const field = found.open && found.querySelector(FIELDS);
    if (field) field.focus();
  }

  function leave(target) {
    const form = target.closest(".console-form, .console-keys");
    if (form) {
      form.open = false;
      form.querySelector("summary").focus();
    } else {
      focused = "";
      target.blur();
      close();
    }
  }

  // Picking: the box of a row, or V for the one that is shown. What has left the list is no longer picked.
  const boxes = () => [...document.querySelectorAll(".console-pick")];

  function pick(box) {
    if (!box) return;
    if (!picked.delete(box.dataset.pick)) picked.set(box.dataset.pick, Number(box.dataset.revision));
    tellPicked();
  }

  function letGo() {
    if (!picked.size) return;
    picked.clear();
    tellPicked();
  }

  function tellPicked() {
    const page = console_();
    const those = [...picked].map(([alarm, revision]) => ({ alarm, revision }));
    window.dash_clientside.set_props("console-picked-store", { data: those });
    page.toggleAttribute("data-picked", picked.size > 0);
    const banner = page.querySelector(".console-picked");
    banner.hidden = !picked.size;
    banner.querySelector("span").textContent =
      `Đã chọn ${picked.size} cảnh báo. Xác nhận, giao việc, tạm ẩn, đóng: ghi cho tất cả.`;
    markPicked();
  }

  function markPicked() {
    for (const box of boxes()) {
      const checked = String(picked.has(box.dataset.pick));
      if (box.getAttribute("aria-checked") !== checked) box.setAttribute("aria-checked", checked);
    }
  }

  function dropGone() {
    if (!picked.size) return;
    const here = new Set(boxes().map((box) => box.dataset.pick));
    const gone = [...picked.keys()].filter((alarm) => !here.has(alarm));
    if (!gone.length) return markPicked();
    gone.forEach((alarm) => picked.delete(alarm));
    tellPicked();
  }

  function search() {
    const field = document.getElementById("console-search-input");
    field.focus();
    field.select();
  }

  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    x: () => press("acknowledge"),
    g: () => press("assign"),
    h: () => press("shelve"),
    v: () => pick(boxes().find((box) => box.dataset.pick === shown())),
    ...Object.fromEntries([1, 2, 3, 4].map((number) => [String(number), () => press(`triage-${number}`)])),
    "/": search,
    "?": () => press("help"),
  };

  addEventListener("keydown", (event) => {
    if (!console_() || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.key === "Escape") return leave(target);
    if (event.ctrlKey) {
      if (event.key === "Enter" && target.id === "console-note-input") part("note").click();
      return;
    }
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.repeat && event.key.length === 1 || target.closest(FIELDS)) return;
    event.preventDefault();
    act();
  });

  addEventListener("click", (event) => {
    const box = event.target.closest && event.target.closest(".console-pick");
    if (box) return pick(box);
    if (event.target.closest && event.target.closest('[data-picked="clear"]')) return letGo();
    const link = event.target.closest && event.target.closest(".console a[data-choose]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link);
  });

  // One form at a time; a form whose words were written closes.
  document.addEventListener(
    "toggle",
    (event) => {
      const opened = event.target;
      if (!opened.matches || !opened.matches(".console-form[open]")) return;
      forms().forEach((form) => form !== opened && (form.open = false));
    },
    true,
  );
  addEventListener("focusin", (event) => (focused = event.target.dataset.alarm || ""));
  addEventListener("pointerdown", () => (focused = ""));

  // A row that is drawn anew is another element: it takes the focus over from the one that is gone.
  function refocus() {
    if (!focused || document.activeElement !== document.body) return;
    const row = rows().find((each) => each.dataset.alarm === focused);
    if (row) row.focus({ preventScroll: true });
  }

  new MutationObserver(() => {
    if (!console_()) return picked.clear();
    refocus();
    dropGone();
    const done = document.querySelector(".console [role=status] :is(.console-done, [data-answered]):not([data-told])");
    if (!done) return;
    done.dataset.told = "yes";
    if (done.dataset.answered) letGo();
    if (done.classList.contains("console-done")) close();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
