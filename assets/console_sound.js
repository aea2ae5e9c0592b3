/* A tone for an urgent alarm that is new on the console. Off until somebody presses the button: no browser lets a page
   sound before, so nothing is remembered from one loading to the next, and the button always says what is true. */
(() => {
  "use strict";
  const BUTTON = "console-sound-button";
  const TONES = [880, 660, 880]; // hertz
  let audio = null; // an AudioContext while it is on
  let known = new Set();

  const urgent = () => {
    const head = document.querySelector(".console-head [data-urgent]");
    return head ? head.dataset.urgent.split(" ").filter(Boolean) : null;
  };

  function sound(tones) {
    tones.forEach((hertz, number) => {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      const begins = audio.currentTime + number * 0.25;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.2, begins);
      volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.22);
      tone.connect(volume).connect(audio.destination);
      tone.start(begins);
      tone.stop(begins + 0.22);
    });
  }

  function say(button) {
    button.setAttribute("aria-pressed", String(Boolean(audio)));
    button.textContent = audio ? "Tiếng báo: bật" : "Tiếng báo: tắt";
  }

  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(`#${BUTTON}`);
    if (!button) return;
    if (audio) {
      audio.close();
      audio = null;
    } else {
      audio = new AudioContext();
      known = new Set(urgent() || []);
      sound(TONES.slice(0, 1));
    }
    say(button);
  });

  new MutationObserver(() => {
    if (!audio) return;
    const now = urgent();
    if (!now) return;
    if (now.some((alarm) => !known.has(alarm))) sound(TONES);
    known = new Set(now);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-urgent"] });
})();
