/* The page a screen shows until it is paired: asks every 2.5 s whether an administrator has taken the code. On the
   sign-in page it carries the code of a scanned address on. Nothing to do on any other page. No library. */
(() => {
  "use strict";

  const ASK_EVERY_MS = 2500;
  const NEW_CODE_AFTER_MS = 1500;

  function start() {
    const form = document.querySelector('form[action="/login"]');
    // The code stands behind the #, which no server sees: the form takes it along to the page that opens after it.
    if (form && /^#[0-9A-Za-z-]{4,20}$/.test(location.hash)) form.action = "/login" + location.hash;
    if (document.body.dataset.pairing) ask();
  }

  function ask() {
    const headers = { "Content-Type": "application/json" };
    fetch("/pairing/wait", { method: "POST", headers, body: "{}", cache: "no-store" })
      .then((answer) => {
        if (!answer.ok) throw new Error("no answer");
        return answer.json();
      })
      .then((answer) => {
        document.body.dataset.pairing = "waiting";
        if (answer.state === "paired") return location.replace(answer.to);
        if (answer.state === "over") return setTimeout(() => location.reload(), NEW_CODE_AFTER_MS);
        return setTimeout(ask, ASK_EVERY_MS);
      })
      .catch(() => {
        document.body.dataset.pairing = "lost";
        setTimeout(ask, ASK_EVERY_MS);
      });
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
