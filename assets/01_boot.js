/* A page whose scripts did not arrive (the server restarted, the right ended while it loaded) would stand still for ever:
   once the server answers again, load it anew. The gate then knows where this browser belongs.
   Loaded in the head of every page and once more by Dash, hence the guard. */
(() => {
  "use strict";
  const page = document.documentElement;
  if (page.dataset.boot) return;
  page.dataset.boot = "loading";
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  async function loadAgain() {
    page.dataset.boot = "failed";
    const tries = Number(sessionStorage.getItem("boot-tries")) || 0;
    sessionStorage.setItem("boot-tries", String(tries + 1));
    for (await pause(Math.min(1000 * 2 ** tries, 30000)); ; await pause(2000)) {
      try {
        if ((await fetch("/healthz", { cache: "no-store" })).ok) return void location.reload();
      } catch {
        // Not there yet: a reload now would leave the browser's own error page on the wall.
      }
    }
  }

  addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLScriptElement && page.dataset.boot === "loading") loadAgain();
    },
    true,
  );
  addEventListener("load", () => {
    if (page.dataset.boot !== "loading") return;
    page.dataset.boot = "done";
    sessionStorage.removeItem("boot-tries");
  });
})();
