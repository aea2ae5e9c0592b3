/* Light or dark for desks and sign-in: what the person chose, else what the system prefers. Walls are always dark.
   Loaded in the head of plain pages and once more by Dash, hence the guard. */
(() => {
  "use strict";
  const page = document.documentElement;
  if (page.dataset.themed || location.pathname.startsWith("/wall")) return;
  page.dataset.themed = "yes";
  const light = matchMedia("(prefers-color-scheme: light)");

  function paint() {
    const theme = localStorage.getItem("theme") || (light.matches ? "light" : "dark");
    page.dataset.theme = page.dataset.bsTheme = theme;
  }

  addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("[data-theme-toggle]")) return;
    localStorage.setItem("theme", page.dataset.theme === "dark" ? "light" : "dark");
    paint();
  });
  addEventListener("storage", paint);
  light.addEventListener("change", paint);
  paint();
})();
