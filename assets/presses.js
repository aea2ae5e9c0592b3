/* A press of a button in a list: its id goes to the store of its kind ("screens-action-button" to
   "screens-action-store"), which outlives the list; components/presses.py says why. */
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const button = event.target.closest('button[id^="{"]');
    if (!button) return;
    const pressed = JSON.parse(button.id);
    const store = pressed.type.replace(/button$/, "store");
    const isHere = [...document.querySelectorAll("[data-presses]")].some((each) => each.dataset.presses.split(" ").includes(store));
    if (isHere) window.dash_clientside.set_props(store, { data: pressed });
  });
})();
