/* Ages, clocks and due times of every screen, written a few times a second from absolute instants and the server's time
   (live.js says which). Only this file writes them, only into elements that are drawn empty. No library. */
(() => {
  "use strict";

  const LOCAL_OFFSET_MS = 7 * 3600 * 1000; // Asia/Ho_Chi_Minh, no summer time
  const WEEKDAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
  const pad = (number) => String(number).padStart(2, "0");
  let moment = { now: Date.now(), link: "live", lostAt: 0 };

  function localClock(ms) {
    const at = new Date(ms + LOCAL_OFFSET_MS);
    const day = `${pad(at.getUTCDate())}/${pad(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
    return { time: `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`, day, weekday: WEEKDAYS[at.getUTCDay()] };
  }

  // "09:36", or the day when it was another one: the narrowest tile must hold it.
  function atWords(ms) {
    const { time, day } = localClock(ms);
    return day === localClock(moment.now).day ? time : day.slice(0, 5);
  }

  function ageWords(ms) {
    const minutes = Math.floor(ms / 60000);
    if (minutes < 1) return `${Math.floor(ms / 2000) * 2} giây`; // even seconds: see CHANGE_EVERY_MS
    if (minutes < 60) return `${minutes} phút`;
    if (minutes < 1440) return `${Math.floor(minutes / 60)} giờ${minutes % 60 ? ` ${minutes % 60} phút` : ""}`;
    return `${Math.floor(minutes / 1440)} ngày`;
  }

  function write(place, words) {
    if (place && place.textContent !== words) place.textContent = words;
  }

  // Letters of 5.2rem leave room for a time, not for a sentence.
  function farWords(face, old, when) {
    if (face === "live") return old;
    return face === "lost" ? `mất ${when}` : when.includes(":") ? `lúc ${when}` : when;
  }

  function paintAge(root) {
    const at = Number(root.dataset.at);
    const age = Math.max(moment.now - at, 0);
    const face = ["lost", "stale", "late"].find((limit) => age > Number(root.dataset[limit]) * 1000) || "live";
    if (root.dataset.face !== face) root.dataset.face = face;
    const [place, when, old] = [root.querySelector("[data-age]"), atWords(at), ageWords(age)];
    const chip = place && place.dataset.age === "chip";
    if (place && place.dataset.age === "far") return write(place, farWords(face, old, when));
    const said = `${place && place.dataset.age === "head" ? "" : "số liệu "}${when.includes(":") ? "lúc" : "ngày"}`;
    const words = chip
      ? { live: old, late: `chậm ${old}`, stale: `cũ ${old}`, lost: `mất ${old}` }
      : { live: old, late: `chậm ${old}`, stale: `${said} ${when}`, lost: `mất từ ${when}` };
    write(place, chip && moment.link === "lost" ? "không rõ" : words[face]);
  }

  // A clock towards a due time is true only while its source is: the matter may be closed by now.
  function paintDue(place) {
    const root = place.closest("[data-at]");
    const known = moment.link === "live" && root && ["live", "late"].includes(root.dataset.face);
    const left = Number(place.dataset.due) - moment.now;
    if (place.dataset.say === "words") return write(place, known ? (left < 0 ? "quá hạn" : "còn lại") : "chưa rõ");
    const minutes = Math.floor(Math.abs(left) / 60000);
    const said = minutes < 6000 ? `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}` : `${Math.floor(minutes / 1440)} ngày`;
    write(place, known ? (left < 0 ? `\u2212${said}` : said) : "––:––");
  }

  function paintSince(place) {
    const root = place.closest("[data-at]");
    const known = moment.link === "live" && !(root && ["stale", "lost"].includes(root.dataset.face));
    const stood = Math.max(moment.now - Number(place.dataset.since), 0);
    // Beside an alarm there is no room for the minutes after an hour, and nobody acts by them.
    write(place, known ? `từ ${ageWords(stood < 3600000 ? stood : stood - (stood % 3600000))}` : "không rõ");
  }

  // "1/5 nguồn đang cập nhật": of all sources, connected or not; the connected ones' chips stand beside it.
  function paintFresh(place) {
    const chips = [...place.parentElement.querySelectorAll(".chip")];
    const fresh = moment.link === "lost" ? [] : chips.filter((chip) => ["live", "late"].includes(chip.dataset.face));
    write(place, `${fresh.length}/${place.dataset.fresh} nguồn đang cập nhật`);
  }

  function paint(at) {
    moment = at;
    const now = localClock(moment.now);
    for (const place of document.querySelectorAll("[data-clock]"))
      write(place, place.dataset.clock === "time" ? now.time : `${now.weekday}, ${now.day}`);
    document.querySelectorAll("[data-at]").forEach(paintAge);
    document.querySelectorAll("[data-due]").forEach(paintDue);
    document.querySelectorAll("[data-since]").forEach(paintSince);
    document.querySelectorAll("[data-fresh]").forEach(paintFresh);
    const known = moment.link === "lost" || moment.link === "database" ? `lúc ${atWords(moment.lostAt)}` : "";
    for (const place of document.querySelectorAll("[data-link=at]")) write(place, known);
    if (moment.link === "live") return;
    const seconds = Math.floor((moment.now - moment.lostAt) / 1000);
    const lost = { lost: "Mất kết nối máy chủ từ", database: "Mất kết nối cơ sở dữ liệu từ" }[moment.link];
    const words = {
      lost: lost ? `${lost} ${atWords(moment.lostAt)}` : "Màn hình không còn quyền xem",
      shown: lost ? `Mọi số liệu trên màn hình là của lúc ${atWords(moment.lostAt)}` : "",
      count: lost ? [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor).map(pad).join(":") : "",
    };
    for (const place of document.querySelectorAll(".link-banner [data-link]")) write(place, words[place.dataset.link]);
  }

  window.thadsAges = { paint };
})();
