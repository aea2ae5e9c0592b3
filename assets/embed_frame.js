/* A scene inside a page of another system: draws the frame that the server sent with the page, turns the layers of a
   map, keeps the right to be there alive. live.js does the rest. Loaded on every page, works on none but this. No library. */
(() => {
  "use strict";

  const RENEW_EVERY_MS = 10 * 60 * 1000;
  const root = document.getElementById("embed");
  if (!root || !root.dataset.frame) return;
  root.append(...window.thadsDraw(JSON.parse(root.dataset.frame)));
  root.removeAttribute("data-frame");
  const base = document.documentElement.dataset.live;

  function turnLayers() {
    for (const map of root.querySelectorAll("[data-alternate]")) {
      const filled = [...map.children].filter((slot) => !slot.querySelector(".panel--empty, .panel--loading"));
      const layers = filled.length ? filled : [map.children[0]];
      const next = layers[(layers.findIndex((slot) => slot.classList.contains("is-on")) + 1) % layers.length];
      for (const slot of map.children) slot.classList.toggle("is-on", slot === next);
    }
  }

  // An answer that does not come is asked for again; that the right is over is told by the stream.
  const renew = () => fetch(`${base}/renew`, { method: "POST", cache: "no-store" }).catch(() => undefined);

  turnLayers();
  setInterval(turnLayers, 20000);
  setInterval(renew, RENEW_EVERY_MS);
})();
