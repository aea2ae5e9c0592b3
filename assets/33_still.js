/* One look at a camera: asked for by a click, shown for half a minute, gone when the page is left or hidden. The picture
   lives in this page's memory only. */
(() => {
  "use strict";
  if (document.documentElement.dataset.stills) return;
  document.documentElement.dataset.stills = "yes";
  const SHOWN_FOR = 30;
  let shown = null;

  function hide(words) {
    if (!shown) return;
    clearInterval(shown.timer);
    URL.revokeObjectURL(shown.address);
    shown.box.replaceChildren();
    say(shown.words, words);
    shown = null;
  }

  function say(words, text) {
    words.textContent = text;
  }

  function show(box, words, picture) {
    hide("");
    const image = document.createElement("img");
    const address = URL.createObjectURL(picture);
    image.alt = "Ảnh hiện tại của camera, có tên người xem";
    image.src = address;
    image.draggable = false;
    box.replaceChildren(image);
    const ends = performance.now() + SHOWN_FOR * 1000;
    const tick = () => {
      const left = Math.ceil((ends - performance.now()) / 1000);
      if (left <= 0 || !box.isConnected) hide("Ảnh đã ẩn. Mỗi lần xem là một dòng nhật ký.");
      else say(words, `Ảnh tự ẩn sau ${left} giây.`);
    };
    shown = { box, words, address, timer: setInterval(tick, 250) };
    tick();
  }

  async function look(form) {
    const [box, words, button] = ["box", "words", "button"].map((part) => form.querySelector(`[data-still-part=${part}]`));
    const reason = form.querySelector("input");
    const body = new URLSearchParams({ camera: form.dataset.still, reason: reason ? reason.value : "" });
    hide("");
    button.disabled = true;
    say(words, "Đang lấy ảnh, tối đa 15 giây …");
    try {
      const answer = await fetch("/cameras/still", { method: "POST", body, cache: "no-store" });
      const kind = answer.headers.get("Content-Type") || "";
      if (answer.ok && kind.startsWith("image/png")) show(box, words, await answer.blob());
      else say(words, kind.includes("json") ? (await answer.json()).error : "Không lấy được ảnh.");
    } catch {
      say(words, "Mất kết nối máy chủ.");
    } finally {
      button.disabled = false;
    }
  }

  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-still-part=button]");
    if (button) look(button.closest("[data-still]"));
  });
  addEventListener("contextmenu", (event) => {
    if (event.target.closest && event.target.closest("[data-still-part=box]")) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => document.hidden && hide("Ảnh đã ẩn."));
  addEventListener("pagehide", () => hide(""));
  addEventListener("popstate", () => hide(""));
})();
