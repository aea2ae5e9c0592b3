/* Light or dark for desks and sign-in: what the person chose, else ("auto") what the system prefers, at once when that
   changes. Walls are always dark. Loaded in the head of plain pages and once more by Dash, hence the guard. */
(() => {
  "use strict";
  const page = document.documentElement;
  if (page.dataset.themed || location.pathname.startsWith("/wall")) return;
  page.dataset.themed = "yes";
  const light = matchMedia("(prefers-color-scheme: light)");
  const ofSystem = () => (light.matches ? "light" : "dark");
  const chosen = () => {
    const kept = localStorage.getItem("theme");
    return kept === "light" || kept === "dark" ? kept : "auto";
  };

  function paint() {
    page.dataset.themeChoice = chosen();
    const theme = chosen() === "auto" ? ofSystem() : chosen();
    page.dataset.theme = page.dataset.bsTheme = theme;
  }

  // From auto the first press always changes what is seen: the other one, then that of the system for good, then auto.
  function next() {
    const other = ofSystem() === "light" ? "dark" : "light";
    return { auto: other, [other]: ofSystem(), [ofSystem()]: "auto" }[chosen()];
  }

  addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("[data-theme-toggle]")) return;
    const wanted = next();
    if (wanted === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", wanted);
    paint();
  });
  addEventListener("storage", paint);
  light.addEventListener("change", paint);
  paint();
})();
