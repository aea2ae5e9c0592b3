/* The live wire of every screen: one stream per browser, changed panels only, and honesty when the server is gone.
   No library. */
(() => {
  "use strict";

  const SILENCE_MS = 4400; // two beats missed and a little more: the banner stands before 5 s are over
  const CHANGE_EVERY_MS = 2000; // figures on a wall change at most every other second
  const PULSE_EVERY_MS = 1000;
  const LATE_MESSAGE_MS = 3000;
  const LEADER_SILENCE_MS = 3000;
  const POLL_EVERY_MS = 2000;
  const TICK_MS = 250;
  const AT_ONCE = 40; // names of 64 letters: an address of 4,094 is the longest a server takes
  const page = document.documentElement;
  const wire = page.dataset.live || "/live"; // a scene in a page of another system has a wire of its own
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // What has passed since a moment. Both clocks are asked and the larger answer counts: one of them stands still while
  // a laptop sleeps, and a wrong wall clock is wrong by a constant.
  const moment = () => ({ ticks: performance.now(), wall: Date.now() });
  const since = (then) => Math.max(performance.now() - then.ticks, Date.now() - then.wall, 0);

  // Server time is what the server last said plus what has passed here since.
  let heard = { server: Number(page.dataset.serverAt) || Date.now(), ...moment() };
  const serverNow = () => heard.server + since(heard);

  const state = { panels: {}, topics: {}, database: "answers" };
  let link = "live"; // or lost (no server), database (the server answers, its database does not), denied
  let [lostAt, offline] = [0, false];

  function hear(serverAt) {
    heard = { server: serverAt, ...moment() };
    offline = false;
    judgeLink();
  }

  function judgeLink() {
    if (link === "denied") return;
    const before = link;
    link = offline || since(heard) > SILENCE_MS ? "lost" : state.database === "gone" ? "database" : "live";
    if (before === "live" && link !== "live") lostAt = (link === "database" && state.database_gone_at) || heard.server;
    page.dataset.link = link;
  }

  // What should be on the glass is in `state`; `contents` holds drawn panels by hash; `shown` is what is there already.
  const contents = new Map();
  const shown = new WeakMap();
  const pulsed = {};
  let [changed, fetching, missed, pulsedAt] = [null, false, 0, null];

  function take(message) {
    const before = message.whole ? {} : state;
    const panels = { ...before.panels, ...message.panels };
    Object.assign(state, message, { panels, topics: { ...before.topics, ...message.topics } });
    if (state.build !== (page.dataset.build || state.build)) reloadOnce("reloaded-for", state.build);
    judgeLink();
    show();
  }

  // The guard lives as long as the tab: a cache that keeps serving the old page must not make it reload for ever.
  function reloadOnce(guard, reason) {
    if (sessionStorage.getItem(guard) === reason) return;
    sessionStorage.setItem(guard, reason);
    location.reload();
  }

  function show() {
    if (link === "denied") return;
    pulse();
    // What stands in the layout that is not on this glass is not drawn: nobody sees it, and it costs memory.
    const place = (id) => {
      const found = document.getElementById(id);
      return found && !found.closest("[hidden]") ? found : null;
    };
    const due = Object.entries(state.panels).filter(([id, hash]) => place(id) && shown.get(place(id)) !== hash);
    const missing = [...new Set(due.map(([, hash]) => hash))].filter((hash) => !contents.has(hash));
    if (missing.length) return void fetchContents(missing.slice(0, AT_ONCE));
    if (!due.length || (changed && since(changed) < CHANGE_EVERY_MS)) return;
    changed = moment();
    for (const [id, hash] of due) {
      place(id).replaceChildren(...window.thadsDraw(contents.get(hash)));
      shown.set(place(id), hash);
    }
    const wanted = new Set(Object.values(state.panels));
    for (const hash of contents.keys()) if (!wanted.has(hash)) contents.delete(hash);
    dispatchEvent(new Event("thads-drawn")); // which scenes have something to show may have changed
  }

  async function fetchContents(hashes) {
    if (fetching) return;
    fetching = true;
    try {
      const answer = await fetch(`${wire}/content?h=${hashes.join("&h=")}`, { signal: AbortSignal.timeout(4000) });
      if (answer.status === 401) return leave();
      const bodies = answer.ok ? Object.entries(await answer.json()) : [];
      for (const [hash, body] of bodies) contents.set(hash, body);
      if (bodies.length < hashes.length) await pause(1000);
      missed += bodies.length < hashes.length ? 1 : 0;
    } catch {
      missed += 1;
      await pause(1000); // the tick asks again; whether the server lives is the stream's business
    } finally {
      fetching = false;
    }
    show();
  }

  // Desk pages list the topics they hold a store for; a callback runs again only when its own topic moved. In a flood
  // the newest versions come together, once a second: what changes faster cannot be read.
  function pulse() {
    const [api, listener] = [window.dash_clientside, document.querySelector("[data-pulse]")];
    if (!api || !api.set_props || (pulsedAt && since(pulsedAt) < PULSE_EVERY_MS)) return;
    for (const topic of listener ? listener.dataset.pulse.split(" ") : []) {
      const version = state.topics[topic];
      if (version === undefined || pulsed[topic] === version) continue;
      pulsed[topic] = version;
      pulsedAt = moment();
      api.set_props(`pulse-${topic}-store`, { data: version });
    }
  }

  // The gate knows where this principal belongs now: the sign-in page, or "màn hình không còn quyền".
  function leave() {
    link = page.dataset.link = "denied";
    reloadOnce("left-at", String(Math.floor(Date.now() / 60000)));
  }

  // One tab of this browser streams and tells the others; a tab in view that hears nothing from it takes over.
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("thads-live") : null;
  let [leaderHeard, saidHello] = [moment(), moment()];
  let [leading, term, attempt] = [false, 0, null];
  const tell = (message) => channel && channel.postMessage(message);
  const whole = () => ({ kind: "state", at: serverNow(), state: { ...state, whole: true } });

  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.kind === "who") return void (leading && link === "live" && state.build && tell(whole()));
      if (leading) return;
      leaderHeard = moment();
      if (data.kind === "leave") return leave();
      if (data.kind !== "hello" && isTimely(data.at)) receive(data);
    };
    tell({ kind: "who" });
  }

  // A message that waited while this tab slept would paint an old figure as a live one.
  const isTimely = (at) => at > serverNow() - LATE_MESSAGE_MS;

  function receive(message) {
    hear(message.at);
    if (message.kind === "state") take(message.state);
  }

  function elect(options) {
    if (!navigator.locks) return void lead(); // an insecure origin has no locks: every tab streams for itself
    const over = () => {
      leading = false;
      term += 1;
      if (attempt) attempt.abort();
      leaderHeard = moment();
      if (link !== "denied") elect({});
    };
    navigator.locks.request("thads-live", options, lead).then(over, over);
  }

  async function lead() {
    const mine = (term += 1);
    leading = true;
    while (mine === term && link !== "denied") {
      const pollFor = await stream();
      if (pollFor) await poll(mine, pollFor * 1000);
      else await pause(300 + Math.random() * 400);
    }
  }

  // Resolves 0 when the stream ended and should be opened again, or the seconds to poll before it is tried again.
  async function stream() {
    const began = moment();
    const mine = (attempt = new AbortController());
    const silence = () => Math.min(since(began), since(heard));
    const watch = setInterval(() => silence() > SILENCE_MS && mine.abort(), TICK_MS);
    let first = true;
    try {
      const answer = await fetch(`${wire}/stream`, { cache: "no-store", signal: mine.signal });
      if (answer.status === 401 || answer.status === 403) return denied();
      if (!answer.ok) return Number(answer.headers.get("Retry-After")) || 15;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ; ) {
        const { value, done } = await reader.read();
        if (done) return 0;
        const events = (rest + value).split("\n\n");
        rest = events.pop();
        for (const event of events) {
          if (!onEvent(event, first)) return 0;
          first = false;
        }
      }
    } catch {
      // Opened and never a word: something between us swallows streams, so poll for a while.
      return first && since(began) > SILENCE_MS ? 15 : 0;
    } finally {
      clearInterval(watch);
      mine.abort();
    }
  }

  // The first event of a connection answers our own request, so it is now; a later one may have waited while we slept,
  // and then the stream is opened anew.
  function onEvent(event, first) {
    const [kind, data] = event.replace("event: ", "").split("\ndata: ");
    if (kind === "bye") return denied() === 0;
    const body = JSON.parse(data);
    const message = kind === "state" ? { kind, at: body.server_at, state: body } : { kind, at: body };
    if (!first && !isTimely(message.at)) return false;
    receive(message);
    tell(kind === "state" ? whole() : message);
    return true;
  }

  function denied() {
    tell({ kind: "leave" });
    leave();
    return 3600;
  }

  async function poll(mine, patience) {
    const began = moment();
    let etag = "";
    while (mine === term && since(began) < patience && link !== "denied") {
      try {
        const headers = etag ? { "If-None-Match": etag } : {};
        const answer = await fetch(`${wire}/snapshot`, { headers, cache: "no-store", signal: AbortSignal.timeout(4000) });
        if (answer.status === 401 || answer.status === 403) return void denied();
        if (answer.status !== 200 && answer.status !== 304) throw new Error("no snapshot");
        etag = answer.headers.get("ETag") || etag;
        const message = { kind: "beat", at: Number(answer.headers.get("X-Server-At")) };
        receive(answer.status === 304 ? message : { ...message, kind: "state", state: await answer.json() });
        tell(whole());
      } catch {
        // No answer: the silence itself raises the banner.
      }
      await pause(POLL_EVERY_MS);
    }
  }

  // What has a time of its own (ages, clocks, due times) is written by ages.js, from here.
  const paint = () => window.thadsAges.paint({ now: serverNow(), link, lostAt });

  // What is drawn stands empty until its age is written: before anybody can see it, not at the next tick.
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some(isElement))) paint();
  }).observe(document.body, { childList: true, subtree: true });

  function tick() {
    if (leading && since(saidHello) > 1000) {
      saidHello = moment();
      tell({ kind: "hello" });
    }
    if (!leading && !document.hidden && navigator.locks && since(leaderHeard) > LEADER_SILENCE_MS) {
      leaderHeard = moment();
      elect({ steal: true });
    }
    judgeLink();
    // The gate may know by now where this screen belongs; it is asked again once a minute at most.
    if (link === "denied") leave();
    show();
    paint();
  }

  // For wall.js, which turns the scenes: the server's time, what the server said, how the link is.
  window.thadsLive = { now: serverNow, state: () => state, link: () => link, missed: () => missed };

  addEventListener("offline", () => {
    offline = true;
    if (attempt) attempt.abort(); // what still flows is believed again only when a new request is answered
    tick();
  });
  addEventListener("online", () => attempt && attempt.abort());
  addEventListener("pageshow", tick);
  for (const event of ["visibilitychange", "resume"]) document.addEventListener(event, tick);
  setInterval(tick, TICK_MS);
  elect({});
  tick();
})();
