/* What a wall does by itself: which layout and scene is on the glass and for how long, keys and remotes, the map's
   layers, night, wake lock, burn-in shift, nightly reload, orders from /administration, and what it reports.
   Figures, ages and clocks are live.js's business; this file only reads window.thadsLive. No library. */
(() => {
  "use strict";

  const TICK_MS = 250;
  const HOLD_MS = 5 * 60 * 1000; // any key holds the rotation this long
  const URGENT_MS = 10 * 60 * 1000; // what nobody acknowledges holds the overview this long at most
  const IDENTIFY_MS = 30 * 1000;
  const REPORT_EVERY_MS = 30 * 1000;
  const SHIFT_EVERY_MS = 180 * 1000;
  const POINTER_MS = 4000;
  const YOUNGEST_RELOAD_MS = 6 * 3600 * 1000;
  const RELOAD_WINDOW_MINUTES = 10;
  const LOCAL_OFFSET_MS = 7 * 3600 * 1000; // Asia/Ho_Chi_Minh, no summer time
  const page = document.documentElement;
  const ticks = () => performance.now();
  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  let walls = null; // the root of the wall on this page, null on a desk
  let [settings, applied] = [null, ""];
  let [turns, turn, turnedAt] = [[], 0, 0];
  let [heldUntil, line, layerAt] = [0, null, 0];
  let reportedAt = 5000 - REPORT_EVERY_MS; // first when the page has stood for five seconds
  let urgentUntil = 0;
  let [wakeLock, pointerAt, identifyUntil] = [null, 0, 0];

  const live = () => window.thadsLive;
  const wall = () => walls.querySelector(`[data-layout="${settings.layout}"]`);
  const isHeld = () => ticks() < heldUntil || ticks() < urgentUntil;

  // A person at a desk sees what a new screen would: every scene of a layout, as long as usual.
  function ownSettings() {
    const layout = localStorage.getItem("wall-layout") || "dense";
    const names = walls.querySelectorAll(`[data-layout="${layout}"] [data-goto]`);
    return { id: "", layout, scenes: [...names].map((name) => [name.dataset.goto, Number(name.dataset.dwell)]) };
  }

  function readSettings() {
    const told = live().state().screen;
    // Until the server has spoken, the layout of the last time: the glass must not flash the wrong one.
    settings = told || ownSettings();
    if (JSON.stringify([settings.layout, settings.scenes]) === applied) return;
    applied = JSON.stringify([settings.layout, settings.scenes]);
    localStorage.setItem("wall-layout", settings.layout);
    for (const each of walls.querySelectorAll("[data-layout]")) each.hidden = each.dataset.layout !== settings.layout;
    const known = (name) => wall().querySelector(`[data-scene="${name}"]`);
    turns = settings.scenes.filter(([name]) => known(name)).map(([name, dwell]) => ({ name, ms: dwell * 1000 }));
    if (turns.length) show(0);
  }

  // A scene that has nothing to show yet is passed over, as long as another has something.
  const CONTENT = ".panel:not(.panel--empty, .panel--loading, .tile--unconnected)";
  function offered() {
    const filled = turns.filter(({ name }) => wall().querySelector(`[data-scene="${name}"]`).querySelector(CONTENT));
    return filled.length ? filled : turns;
  }

  function offerNames() {
    const names = new Set(offered().map((each) => each.name));
    for (const place of wall().querySelectorAll("[data-goto]")) {
      const hidden = !names.has(place.dataset.goto);
      if (place.hidden !== hidden) place.hidden = hidden;
    }
  }

  function step(by) {
    const there = offered();
    let next = turn;
    do next = (next + by + turns.length) % turns.length;
    while (!there.includes(turns[next]));
    show(next);
  }

  function show(next) {
    turn = (next + turns.length) % turns.length;
    turnedAt = ticks();
    const { name, ms } = turns[turn];
    page.dataset.scene = name;
    for (const scene of wall().querySelectorAll("[data-scene]")) scene.classList.toggle("is-on", scene.dataset.scene === name);
    if (line) line.cancel();
    line = null;
    for (const place of wall().querySelectorAll("[data-goto]")) {
      place.classList.toggle("is-current", place.dataset.goto === name);
      if (place.dataset.goto !== name || isStill() || offered().length < 2) continue;
      const steps = [{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }];
      line = place.querySelector("i").animate(steps, { duration: ms, easing: "steps(60)", fill: "forwards" });
    }
    turnLayer(0);
  }

  // Layers of the map that have nothing to show yet are passed over.
  function turnLayer(step) {
    layerAt = ticks();
    for (const map of wall().querySelectorAll("[data-alternate]")) {
      const filled = [...map.children].filter((slot) => !slot.querySelector(".panel--empty, .panel--loading"));
      const layers = filled.length ? filled : [map.children[0]];
      const now = step ? layers.findIndex((slot) => slot.classList.contains("is-on")) : -1;
      const next = layers[(now + 1) % layers.length];
      for (const slot of map.children) slot.classList.toggle("is-on", slot === next);
    }
  }

  function hold(forMs) {
    heldUntil = forMs ? ticks() + forMs : 0;
    urgentUntil = 0; // whoever uses the remote has seen it
    if (!forMs) turnedAt = ticks();
    if (line && !forMs) show(turn);
  }

  // A new urgent alarm brings the overview, and keeps it until somebody acknowledges; one seen before does not again.
  function breakForUrgent() {
    const waiting = (wall().querySelector("[data-waiting]")?.dataset.waiting || "").split(" ").filter(Boolean);
    if (!waiting.length && ticks() < urgentUntil) {
      urgentUntil = 0;
      hold(0);
    }
    const seen = new Set(JSON.parse(sessionStorage.getItem("urgent") || "[]"));
    const fresh = waiting.filter((id) => !seen.has(id));
    if (!fresh.length) return;
    sessionStorage.setItem("urgent", JSON.stringify([...seen, ...fresh].slice(-50)));
    show(Math.max(turns.findIndex((each) => each.name === "overview"), 0));
    urgentUntil = ticks() + URGENT_MS;
  }

  function rotate() {
    const map = wall().querySelector(".is-on [data-alternate]");
    if (map && ticks() - layerAt > Number(map.dataset.alternate) * 1000 && !isHeld()) turnLayer(1);
    const held = wall().querySelector("[data-rotation]");
    const words = isHeld() ? `giữ ${Math.ceil((Math.max(heldUntil, urgentUntil) - ticks()) / 60000)} phút` : "";
    if (held && held.textContent !== words) held.textContent = words;
    if (line && isHeld() !== (line.playState === "paused")) isHeld() ? line.pause() : show(turn);
    const there = offered();
    const isAlone = there.length < 2 && there.includes(turns[turn]);
    if (!isHeld() && turns.length && !isAlone && ticks() - turnedAt >= turns[turn].ms) step(1);
  }

  const KEYS = {
    ArrowRight: () => step(1), PageDown: () => step(1), MediaTrackNext: () => step(1),
    ArrowLeft: () => step(-1), PageUp: () => step(-1), MediaTrackPrevious: () => step(-1),
    Home: () => show(turns.indexOf(offered()[0])),
  };
  const HOLD_KEYS = new Set([" ", "Enter", "MediaPlayPause", "Pause", "k"]);

  function onKey(event) {
    if (!walls || !turns.length || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && event.target.closest?.("a")) return; // the link is what the person means
    if (HOLD_KEYS.has(event.key)) {
      event.preventDefault();
      return hold(isHeld() ? 0 : HOLD_MS);
    }
    if (event.key === "f" && !settings.id) {
      localStorage.setItem("wall-layout", settings.layout === "far" ? "dense" : "far");
      return readSettings();
    }
    const number = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    if (!KEYS[event.key] && !(number && number <= offered().length)) return;
    event.preventDefault();
    number ? show(turns.indexOf(offered()[number - 1])) : KEYS[event.key]();
    hold(HOLD_MS);
  }

  // Orders are numbers that grow; what was asked before this tab first heard of it is not done again.
  function obey() {
    const orders = settings.orders;
    if (!orders) return;
    const numbers = { reload: orders.reload, identify: orders.identify, goto: orders.goto[0] };
    const seen = JSON.parse(sessionStorage.getItem("orders") || "null") || numbers;
    sessionStorage.setItem("orders", JSON.stringify(numbers));
    if (numbers.identify > seen.identify) identifyUntil = ticks() + IDENTIFY_MS;
    if (numbers.goto > seen.goto) {
      const at = turns.findIndex((each) => each.name === orders.goto[1]);
      if (at >= 0) show(at);
      if (at >= 0) hold(HOLD_MS);
    }
    if (numbers.reload > seen.reload) location.reload();
    const name = walls.querySelector("[data-identity]");
    if (name.textContent !== settings.name) name.textContent = settings.name;
    page.toggleAttribute("data-identify", ticks() < identifyUntil);
  }

  function localTime() {
    const at = new Date(live().now() + LOCAL_OFFSET_MS);
    return { minute: at.getUTCHours() * 60 + at.getUTCMinutes(), day: (at.getUTCDay() + 6) % 7, date: at.getUTCDate() };
  }

  function isNight({ minute, day }) {
    const night = settings.night;
    if (!night || isHeld()) return false;
    const begins = (weekday) => night.days.includes(weekday);
    if (night.from < night.to) return minute >= night.from && minute < night.to && begins(day);
    return (minute >= night.from && begins(day)) || (minute < night.to && begins((day + 6) % 7));
  }

  function dim() {
    const time = localTime();
    const night = isNight(time);
    if (page.hasAttribute("data-night") !== night) page.toggleAttribute("data-night", night);
    if (!night) return;
    const face = walls.querySelector(".night");
    face.style.setProperty("--drift-x", `${(time.minute * 37) % 60}%`);
    face.style.setProperty("--drift-y", `${(time.minute * 23) % 70}%`);
    const urgent = Number(walls.querySelector(".alarm-count--1 b")?.textContent || 0);
    const words = live().link() !== "live" ? "Mất kết nối máy chủ" : urgent ? `${urgent} cảnh báo khẩn cấp` : "";
    const place = face.querySelector("[data-night=words]");
    if (place.textContent !== words) place.textContent = words;
  }

  // Never while the server is away: the browser's own error page would stay for good.
  function reloadAtNight() {
    const { minute, date } = localTime();
    const at = settings.reload_at ?? 185;
    const isTime = minute >= at && minute < at + RELOAD_WINDOW_MINUTES && ticks() > YOUNGEST_RELOAD_MS;
    if (!isTime || live().link() !== "live" || sessionStorage.getItem("reloaded-on") === String(date)) return;
    sessionStorage.setItem("reloaded-on", String(date));
    location.reload();
  }

  // Whole pixels on a slow path, at most 8 of 3840: no edge stays on the same dots for hours.
  function shift() {
    const step = Math.floor(ticks() / SHIFT_EVERY_MS);
    const reach = (4 * innerWidth) / 3840;
    const along = (speed) => Math.round(reach * (1 - Math.cos(step * speed)));
    const moved = `translate(${along(0.9)}px, ${along(1.3)}px)`;
    if (walls.style.transform !== moved) walls.style.transform = moved;
  }

  async function stayAwake() {
    if (wakeLock || document.hidden || !navigator.wakeLock) return;
    try {
      wakeLock = await navigator.wakeLock.request("screen");
      wakeLock.addEventListener("release", () => (wakeLock = null));
    } catch {
      wakeLock = null; // refused: the report says so, and the power settings of the machine decide
    }
  }

  function report() {
    if (!settings.id || ticks() - reportedAt < REPORT_EVERY_MS || live().link() === "denied") return;
    reportedAt = ticks();
    const shown = [...wall().querySelectorAll(".is-on [data-at]")].map((panel) => Number(panel.dataset.at));
    const body = {
      build: page.dataset.build, scene: turns.length ? turns[turn].name : "", layout: settings.layout,
      data_at: shown.length ? Math.max(...shown) : null, heap: performance.memory?.usedJSHeapSize ?? null,
      missed: live().missed(), width: innerWidth, height: innerHeight, awake: wakeLock !== null, paused: isHeld(),
    };
    const headers = { "Content-Type": "application/json" };
    const options = { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(4000) };
    fetch("/live/heartbeat", options).catch(() => {}); // silence is what the list of screens shows then
  }

  function tick() {
    if (!live()) return;
    if (!walls || !walls.isConnected) walls = document.querySelector(".walls");
    if (!walls) return;
    readSettings();
    if (!turns.length) return;
    offerNames();
    obey();
    breakForUrgent();
    rotate();
    dim();
    shift();
    reloadAtNight();
    stayAwake();
    report();
    page.toggleAttribute("data-idle", ticks() - pointerAt > POINTER_MS);
  }

  addEventListener("thads-drawn", tick);
  addEventListener("keydown", onKey);
  addEventListener("pointermove", () => (pointerAt = ticks()));
  document.addEventListener("visibilitychange", () => !document.hidden && tick());
  setInterval(tick, TICK_MS);
})();
