/* The wall opened by a person: the title of a panel leads to the explanation of its figure. A screen is nobody's desk: on
   it nothing is a link. Panels are drawn anew with every version, so their titles are looked at after every drawing. */
(() => {
  "use strict";

  const LOOK_MS = 2000;
  const isPerson = () => {
    const live = window.thadsLive;
    return Boolean(live) && live.link() === "live" && Boolean(live.state().build) && !live.state().screen;
  };

  function lead() {
    if (!document.querySelector(".walls") || !isPerson()) return;
    for (const slot of document.querySelectorAll(".slot[data-explained]")) {
      const title = slot.querySelector(".panel-heading > span:first-child");
      if (!title || title.querySelector("a") || !title.textContent) continue;
      const link = document.createElement("a");
      link.href = `/indicators/${slot.dataset.explained}`;
      link.className = "explained-link";
      link.title = "Giải thích con số này";
      link.append(...title.childNodes);
      title.append(link);
    }
  }

  addEventListener("thads-drawn", lead);
  setInterval(lead, LOOK_MS);
})();
