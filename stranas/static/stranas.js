// Small behaviours that pages share. Every page works without this file except resumable upload.
"use strict";
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token;
});

// On a small screen the navigation scrolls sideways: the entry one is in is brought into view.
(() => {
  const here = document.querySelector(".appbar nav [aria-current]"), nav = here?.closest("nav");
  if (nav) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
})();

// Time left, by the server's clock: the page brings the server's instant, the browser only counts on from it. The
// monotonic clock may stand still while the machine sleeps, and the machine's own clock may be wrong: whenever the two
// disagree, when the page is looked at again, and now and then, the server is asked what time it is. Until it answers,
// the later of the two counts, so that nobody is shown more time than there is.
(() => {
  const first = document.querySelector("[data-until]");
  if (!first) return;
  const SYNC_EVERY = 300_000, APART = 2_000, SOON = 90;
  let known = Date.parse(first.dataset.now), steady = performance.now(), machine = Date.now(), asking = false, timer;
  const counted = () => performance.now() - steady;
  const now = () => known + Math.max(counted(), Date.now() - machine);
  const words = (seconds) => {
    const minutes = Math.floor(seconds / 60);
    const parts = [[Math.floor(minutes / 1440), "hari"], [Math.floor(minutes / 60) % 24, "jam"], [minutes % 60, "menit"]];
    return parts.filter(([count]) => count).map(([count, word]) => `${count} ${word}`).join(" ") || `${Math.ceil(seconds)} detik`;
  };
  const show = () => {
    let soonest = Infinity;
    for (const place of document.querySelectorAll("[data-until]")) {
      const left = (Date.parse(place.dataset.until) - now()) / 1000;
      const said = left > 0 ? words(left) : place.dataset.past || "sudah lewat";
      if (place.textContent !== said) place.textContent = said;
      place.classList.toggle("lewat", left <= 0);
      if (left > 0) soonest = Math.min(soonest, left);
    }
    return soonest;
  };
  const ask = async () => {
    if (asking) return;
    asking = true;
    const sent = performance.now();
    try {
      const answer = await fetch("/batas-waktu/jam", { cache: "no-store", redirect: "error", headers: { Accept: "application/json" } });
      const told = Date.parse((await answer.json()).now);
      if (!Number.isNaN(told)) {
        known = told + (performance.now() - sent) / 2;
        [steady, machine] = [performance.now(), Date.now()];
      }
    } catch { /* no line, or signed out: go on counting */ }
    asking = false;
    tick();
  };
  const apart = () => Math.abs(Date.now() - machine - counted()) > APART;
  // Every second near an end, exactly at the end, else every 15 seconds.
  const tick = () => {
    clearTimeout(timer);
    const left = show();
    timer = setTimeout(() => { if (apart()) ask(); tick(); }, left < SOON ? Math.min(1000, left * 1000 + 20) : 15_000);
  };
  const again = () => { if (document.visibilityState === "visible") ask(); };
  document.addEventListener("visibilitychange", again);
  addEventListener("pageshow", (event) => { if (event.persisted) again(); });
  addEventListener("online", again);
  setInterval(again, SYNC_EVERY);
  tick();
})();
