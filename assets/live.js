/* The live wire of every screen: one stream per browser, changed panels only, ages and clocks, honesty when the server
   is gone. Nothing else writes ages or clocks, and only into elements React leaves empty. No library. */
(() => {
  "use strict";

  const SILENCE_MS = 4500; // two beats missed and a little more: the banner stands before 5 s are over
  const CHANGE_EVERY_MS = 2000; // figures on a wall change at most every other second
  const TICK_MS = 250;
  const POLL_EVERY_MS = 2000;
  const LEADER_SILENCE_MS = 3000;
  const LATE_MESSAGE_MS = 3000;
  const LOCAL_OFFSET_MS = 7 * 3600 * 1000; // Asia/Ho_Chi_Minh, no summer time
  const WEEKDAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

  const page = document.documentElement;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const pad = (number) => String(number).padStart(2, "0");

  // Server time = what the server last said + what has passed here since. Both clocks are asked what has passed and the
  // larger answer counts: one of them stands still while a laptop sleeps, and a wrong wall clock is wrong by a constant.
  const heard = { server: Number(page.dataset.serverAt) || Date.now(), ticks: performance.now(), wall: Date.now() };
  const sinceHeard = () => Math.max(performance.now() - heard.ticks, Date.now() - heard.wall, 0);
  const serverNow = () => heard.server + sinceHeard();

  let link = "live"; // live, lost (server), database (the server answers, its database does not), denied
  let offline = navigator.onLine === false;
  let lostAt = 0;

  function hear(serverAt) {
    heard.server = serverAt;
    heard.ticks = performance.now();
    heard.wall = Date.now();
    offline = false;
  }

  function judgeLink() {
    if (link === "denied") return;
    const next = offline || sinceHeard() > SILENCE_MS ? "lost" : state.database === "gone" ? "database" : "live";
    if (next !== link && link === "live") lostAt = next === "lost" ? heard.server : state.database_gone_at || serverNow();
    link = next;
    if (page.dataset.link !== link) page.dataset.link = link;
  }

  // What the server last said should be on the glass, and what is already there.
  const state = { panels: {}, topics: {}, database: "answers" };
  const contents = new Map();
  const shown = new WeakMap();
  const pulsed = {};
  let changedAt = -CHANGE_EVERY_MS;
  let fetching = false;

  function take(message) {
    const panels = message.whole ? {} : state.panels;
    Object.assign(state, message, { panels: Object.assign(panels, message.panels) });
    if (message.build && page.dataset.build && message.build !== page.dataset.build) reloadOnce(message.build);
    judgeLink();
    show();
  }

  function reloadOnce(build) {
    // The guard lives as long as the tab: a cache that keeps serving the old page must not make it reload for ever.
    if (sessionStorage.getItem("reloaded-for") === build) return;
    sessionStorage.setItem("reloaded-for", build);
    location.reload();
  }

  function show() {
    const api = window.dash_clientside;
    if (!api || !api.set_props || link === "denied") return;
    pulse(api);
    const due = Object.entries(state.panels).filter(([id, hash]) => {
      const element = document.getElementById(id);
      return element && shown.get(element) !== hash;
    });
    if (!due.length) return;
    const missing = [...new Set(due.map(([, hash]) => hash))].filter((hash) => !contents.has(hash));
    if (missing.length) return void fetchContents(missing);
    if (performance.now() - changedAt < CHANGE_EVERY_MS) return;
    changedAt = performance.now();
    for (const [id, hash] of due) {
      api.set_props(id, { children: contents.get(hash) });
      shown.set(document.getElementById(id), hash);
    }
    const wanted = new Set(Object.values(state.panels));
    for (const hash of contents.keys()) if (!wanted.has(hash)) contents.delete(hash);
    requestAnimationFrame(paint);
  }

  async function fetchContents(hashes) {
    if (fetching) return;
    fetching = true;
    try {
      const response = await fetch(`/live/content?h=${hashes.join("&h=")}`, { signal: AbortSignal.timeout(4000) });
      if (response.status === 401) return leave();
      if (response.ok) for (const [hash, body] of Object.entries(await response.json())) contents.set(hash, body);
      else await pause(1000);
    } catch {
      await pause(1000); // the tick asks again; the banner is the stream's business
    } finally {
      fetching = false;
    }
    show();
  }

  function pulse(api) {
    // Desk pages list the topics they hold a store for; a callback runs again only when its own topic moved.
    const listener = document.querySelector("[data-pulse]");
    if (!listener) return;
    for (const topic of listener.dataset.pulse.split(" ")) {
      const key = `${topic}:${state.topics[topic]}`;
      if (state.topics[topic] === undefined || pulsed[topic] === key) continue;
      pulsed[topic] = key;
      api.set_props(`pulse-${topic}-store`, { data: state.topics[topic] });
    }
  }

  function leave() {
    // The gate knows where this principal belongs now: the sign-in page, or "màn hình không còn quyền".
    link = page.dataset.link = "denied";
    const last = Number(sessionStorage.getItem("left-at"));
    if (Date.now() - last < 10000 && Date.now() >= last) return;
    sessionStorage.setItem("left-at", String(Date.now()));
    location.reload();
  }

  // One tab of this browser streams and tells the others. A tab that hears nothing from the leader takes over.
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("thads-live") : null;
  let leaderHeard = performance.now();
  let leading = false;
  let term = 0;
  let attempt = null;

  if (channel) {
    channel.onmessage = ({ data }) => {
      if (leading) return;
      leaderHeard = performance.now();
      if (data.kind === "leave") return leave();
      if (data.kind === "hello" || !isTimely(data.at)) return;
      receive(data);
    };
    channel.postMessage({ kind: "who" });
  }

  function tell(message) {
    if (channel) channel.postMessage(message);
  }

  // A message that waited while this tab slept would paint an old figure as a live one.
  const isTimely = (at) => at > serverNow() - LATE_MESSAGE_MS;

  function receive(message) {
    hear(message.at);
    if (message.kind === "state") take(message.state);
    judgeLink();
  }

  function elect(options) {
    if (!navigator.locks) return void lead(); // an insecure origin has no locks: every tab streams for itself
    navigator.locks
      .request("thads-live", options, lead)
      .catch(() => undefined)
      .then(() => {
        leading = false;
        term += 1;
        if (attempt) attempt.abort();
        leaderHeard = performance.now();
        elect({});
      });
  }

  async function lead() {
    const mine = (term += 1);
    leading = true;
    while (mine === term && link !== "denied") {
      const retryAfter = await stream();
      if (mine !== term) return;
      if (retryAfter) await poll(mine, performance.now() + retryAfter * 1000);
      else await pause(300 + Math.random() * 400);
    }
  }

  // Resolves 0 when the stream ended and should be opened again, or the seconds to poll before it is tried again.
  async function stream() {
    attempt = new AbortController();
    const began = performance.now();
    let bytes = 0;
    const watch = setInterval(() => {
      if (performance.now() - Math.max(began, heard.ticks) > SILENCE_MS || sinceHeard() > 60000) attempt.abort();
    }, TICK_MS);
    try {
      const response = await fetch("/live/stream", { cache: "no-store", signal: attempt.signal });
      if (response.status === 401 || response.status === 403) return denied();
      if (!response.ok) return Number(response.headers.get("Retry-After")) || 15;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ; ) {
        const { value, done } = await reader.read();
        if (done) return 0;
        bytes += value.length;
        const events = (rest + value).split("\n\n");
        rest = events.pop();
        for (const event of events) if (!onEvent(event)) return 0;
      }
    } catch {
      // Opened and then silent: something between us swallows streams, so poll for a while. Otherwise: open it again.
      return performance.now() - began > SILENCE_MS && bytes === 0 && navigator.onLine ? 15 : 0;
    } finally {
      clearInterval(watch);
      attempt.abort();
    }
  }

  function onEvent(event) {
    const data = event.slice(event.indexOf("data:") + 5);
    if (event.startsWith("event: bye")) return denied() !== 0 && false;
    const message = event.startsWith("event: state")
      ? { kind: "state", state: JSON.parse(data) }
      : { kind: "beat", at: Number(data) };
    if (message.state) message.at = message.state.server_at;
    // The first event of a connection answers our own request, so it is now. A later one may have waited while we slept.
    if (!(message.state && message.state.whole) && !isTimely(message.at)) return false;
    receive(message);
    tell(message.kind === "state" ? { ...message, state: { ...state, whole: true } } : message);
    return true;
  }

  function denied() {
    tell({ kind: "leave" });
    leave();
    return 3600;
  }

  async function poll(mine, until) {
    let etag = "";
    while (mine === term && performance.now() < until && link !== "denied") {
      try {
        const headers = etag ? { "If-None-Match": etag } : {};
        const response = await fetch("/live/snapshot", { headers, cache: "no-store", signal: AbortSignal.timeout(4000) });
        if (response.status === 401 || response.status === 403) return void denied();
        const at = Number(response.headers.get("X-Server-At"));
        if (response.status === 200) {
          etag = response.headers.get("ETag");
          const message = { kind: "state", at, state: await response.json() };
          receive(message);
          tell(message);
        } else if (response.status === 304) {
          receive({ kind: "beat", at });
          tell({ kind: "beat", at });
        }
      } catch {
        // No answer: the silence itself raises the banner.
      }
      await pause(POLL_EVERY_MS);
    }
  }

  function localClock(ms) {
    const at = new Date(ms + LOCAL_OFFSET_MS);
    const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
    const day = `${pad(at.getUTCDate())}/${pad(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
    return { time, day, weekday: WEEKDAYS[at.getUTCDay()] };
  }

  function ageWords(ms) {
    const seconds = Math.floor(ms / 2000) * 2; // even seconds: a readout changes at most every other second
    const minutes = Math.floor(ms / 60000);
    if (seconds < 60) return `${seconds} giây`;
    if (minutes < 60) return `${minutes} phút`;
    if (minutes < 1440) return `${Math.floor(minutes / 60)} giờ ${minutes % 60 ? `${minutes % 60} phút` : ""}`.trim();
    return `${Math.floor(minutes / 1440)} ngày`;
  }

  function atWords(ms) {
    const then = localClock(ms);
    return then.day === localClock(serverNow()).day ? then.time : `${then.time} ${then.day.slice(0, 5)}`;
  }

  function write(element, words) {
    if (element && element.textContent !== words) element.textContent = words;
  }

  function paintAge(root) {
    const at = Number(root.dataset.at);
    const age = Math.max(serverNow() - at, 0);
    const over = (limit) => age > Number(root.dataset[limit]) * 1000;
    const face = over("lost") ? "lost" : over("stale") ? "stale" : over("late") ? "late" : "live";
    if (root.dataset.face !== face) root.dataset.face = face;
    const place = root.querySelector("[data-age]");
    if (!place) return;
    const chip = place.dataset.age === "chip";
    if (chip && link === "lost") return write(place, `không rõ từ ${atWords(lostAt)}`);
    const words = chip
      ? { live: "", late: "chậm ", stale: "cũ ", lost: "mất " }[face] + ageWords(age)
      : { live: ageWords(age), late: `chậm ${ageWords(age)}` }[face] ||
        `${face === "stale" ? "số liệu lúc" : "mất nguồn từ"} ${atWords(at)}`;
    write(place, words);
  }

  function paint() {
    const now = localClock(serverNow());
    for (const place of document.querySelectorAll("[data-clock]"))
      write(place, place.dataset.clock === "time" ? now.time : `${now.weekday}, ${now.day}`);
    document.querySelectorAll("[data-at]").forEach(paintAge);
    if (link === "live") return;
    const lost = atWords(lostAt || heard.server);
    const seconds = Math.floor(Math.max(serverNow() - (lostAt || heard.server), 0) / 1000);
    const words = {
      lost: `Mất kết nối máy chủ từ ${lost}`,
      database: `Mất kết nối cơ sở dữ liệu từ ${lost}`,
      denied: "Màn hình không còn quyền xem",
      shown: link === "denied" ? "" : `Mọi số liệu trên màn hình là của lúc ${lost}`,
      count: link === "denied" ? "" : [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor).map(pad).join(":"),
    };
    for (const place of document.querySelectorAll("[data-link]:not(html)"))
      write(place, words[place.dataset.link === "lost" ? link : place.dataset.link]);
  }

  function tick() {
    if (leading) tellHello();
    else if (!document.hidden && performance.now() - leaderHeard > LEADER_SILENCE_MS && navigator.locks) {
      leaderHeard = performance.now();
      elect({ steal: true });
    }
    judgeLink();
    show();
    paint();
  }

  let saidHello = 0;
  function tellHello() {
    if (performance.now() - saidHello < 1000) return;
    saidHello = performance.now();
    tell({ kind: "hello" });
  }

  addEventListener("offline", () => {
    offline = true;
    tick();
  });
  addEventListener("online", () => {
    if (attempt) attempt.abort();
  });
  for (const event of ["visibilitychange", "resume"]) document.addEventListener(event, tick);
  addEventListener("pageshow", tick);
  setInterval(tick, TICK_MS);
  elect({});
  tick();
})();
