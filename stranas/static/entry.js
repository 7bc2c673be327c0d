// The entry form: saves by itself, and keeps what was typed in this browser until the server has it. Without this file
// the form still saves. Files are unggah.js.
"use strict";
(() => {
  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const key = `isian-${form.dataset.autosave}`;
  const note = document.querySelector("#tersimpan span");
  const revision = form.querySelector("[name=revision]");
  const token = () => document.querySelector("meta[name=csrf-token]").content;
  const fields = [...form.elements].filter((e) => e.name && !["csrf_token", "revision"].includes(e.name) && e.type !== "submit");
  const typed = () => Object.fromEntries(fields.map((e) => [e.name, e.value]));
  const shown = JSON.stringify(typed());
  let timer = null, busy = false, dirty = false, last = Promise.resolve();

  const say = (words) => { note.textContent = words; };
  const keep = () => { try { localStorage.setItem(key, JSON.stringify({ typed: typed(), revision: revision.value })); } catch { /* full or off */ } };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* off */ } };

  // A copy that the server never got (line lost, session ended, browser closed): put it back, and save it. What was
  // saved since by anybody, it would overwrite: then it is let go.
  try {
    const left = JSON.parse(localStorage.getItem(key) || "null");
    if (left && left.revision === revision.value && JSON.stringify(left.typed) !== shown) {
      for (const field of fields) if (field.name in left.typed) field.value = left.typed[field.name];
      say("Isian yang belum tersimpan dikembalikan dari peramban ini");
      dirty = true;
      timer = setTimeout(save, 1500);
    } else if (left) forget();
  } catch { forget(); }

  async function freshToken() {
    const page = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (page.redirected) return false;
    const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("meta[name=csrf-token]");
    if (!found) return false;
    document.querySelector("meta[name=csrf-token]").content = found.content;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = found.content;
    return true;
  }

  async function send() {
    const body = new FormData(form);
    body.set("csrf_token", token());
    return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() } });
  }

  // One save after the other; the promise tells whether the server answered.
  function save() {
    clearTimeout(timer);
    last = last.then(attempt);
    return last;
  }

  async function attempt() {
    busy = true;
    const sent = JSON.stringify(typed());
    try {
      let answer = await send();
      if (answer.status === 400 && (await freshToken())) answer = await send();
      if (answer.status === 401 || answer.status === 400) {
        say("Sesi masuk berakhir. Isian aman di peramban ini: masuk kembali di tab lain, lalu simpan");
      } else if (answer.status === 409) {
        say("Orang lain sudah menyimpan isian ini. Tekan Simpan draf untuk membandingkan kedua isian");
      } else if (answer.ok || answer.status === 422) {
        const said = await answer.json();
        revision.value = said.revision;
        const wrong = Object.entries(said.errors || {});
        say(wrong.length ? `Sebagian belum tersimpan: ${wrong.map(([, words]) => words).join(" ")}` : said.saved);
        if (!wrong.length && sent === JSON.stringify(typed())) { dirty = false; forget(); } else keep();
      } else say("Belum tersimpan di server. Isian aman di peramban ini dan dicoba lagi");
      return true;
    } catch {
      say("Tidak ada sambungan. Isian aman di peramban ini dan dikirim lagi saat tersambung");
      timer = setTimeout(save, 10000);
      return false;
    } finally { busy = false; }
  }

  // Leaving by a link saves first, so that no half-typed sentence stays behind.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!dirty || !link || link.target || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (await save()) location.href = link.href;
  });

  form.addEventListener("input", () => {
    dirty = true;
    keep();
    say("Belum tersimpan");
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); dirty = false; });
  window.addEventListener("online", () => { if (dirty) save(); });
  window.addEventListener("beforeunload", (event) => { if (dirty && busy) event.preventDefault(); });

  // Once the checks of a requirement are done, its mark (Lengkap, Belum lengkap) may have changed.
  document.addEventListener("htmx:after:swap", async (event) => {
    const requirement = (event.target.closest?.(".syarat")) || null;
    if (!requirement || requirement.querySelector(".cek[hx-get]")) return;
    const answer = await fetch(requirement.querySelector("form.unggah").action);
    if (!answer.ok) return;
    const box = document.createElement("template");
    box.innerHTML = await answer.text();
    requirement.querySelector(".syarat-kepala").replaceWith(box.content.querySelector(".syarat-kepala"));
    count();
  });
  const count = () => {
    const place = document.getElementById("lengkap");
    if (place) place.textContent = document.querySelectorAll(".syarat-kepala .st-verif").length;
  };

  document.addEventListener("unggah:selesai", count);
})();
