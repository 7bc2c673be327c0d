// Small behaviours that pages share. Every page works without this file except resumable upload.
"use strict";
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token;
});

// Time left, by the server's clock: the page brings the server's instant, the browser only counts on from it.
(() => {
  const loaded = performance.now();
  const words = (seconds) => {
    if (seconds <= 0) return "sudah lewat";
    const minutes = Math.floor(seconds / 60);
    const parts = [[Math.floor(minutes / 1440), "hari"], [Math.floor(minutes / 60) % 24, "jam"], [minutes % 60, "menit"]];
    return parts.filter(([count]) => count).map(([count, word]) => `${count} ${word}`).join(" ") || "kurang dari 1 menit";
  };
  const tick = () => {
    for (const place of document.querySelectorAll("[data-until]")) {
      const left = (Date.parse(place.dataset.until) - Date.parse(place.dataset.now) - (performance.now() - loaded)) / 1000;
      place.textContent = words(left);
    }
  };
  setInterval(tick, 15000);
})();
