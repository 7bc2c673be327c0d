// The entry form: saves by itself, keeps what was typed in this browser until the server has it,
// and uploads files with a progress bar. Without this file the form still saves and uploads.
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
  const keep = () => { try { localStorage.setItem(key, JSON.stringify({ typed: typed(), from: shown })); } catch { /* full or off */ } };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* off */ } };

  // A copy that the server never got (line lost, browser closed): put it back, and save it.
  try {
    const left = JSON.parse(localStorage.getItem(key) || "null");
    if (left && left.from === shown && JSON.stringify(left.typed) !== shown) {
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
        say("Orang lain sudah menyimpan laporan ini. Tekan Simpan draf untuk membandingkan kedua isian");
      } else if (answer.ok || answer.status === 422) {
        const said = await answer.json();
        revision.value = said.revision;
        const wrong = Object.entries(said.errors || {});
        say(wrong.length ? `Sebagian belum tersimpan: ${wrong.map(([, words]) => words).join(" ")}` : said.saved);
        if (!wrong.length && sent === JSON.stringify(typed())) { dirty = false; forget(); }
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

  // Upload with progress. The bytes go raw, so that the server never holds a whole file.
  const words = (bytes) => bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB` : `${Math.ceil(bytes / 1e3)} KB`;
  const element = (tag, name, words) => Object.assign(document.createElement(tag), { className: name || "", textContent: words || "" });

  function refused(place, file, sentence, repair) {
    const box = element("div", "berkas");
    const text = element("div");
    text.append(element("div", "nm", file.name), element("div", "sub", `${words(file.size)}, tidak disimpan`));
    const close = element("button", "tautan", "Tutup");
    close.type = "button";
    close.addEventListener("click", () => box.remove());
    const finding = element("div", "catatan st-gagal");
    finding.append(element("b", "", "Tidak dapat diunggah."), ` ${sentence}`, element("br"), repair || "");
    box.append(element("span"), text, close, finding);
    place.append(box);
  }

  function upload(place, action, file, done) {
    const box = element("div", "berkas");
    const text = element("div");
    const state = element("div", "sub", "Mulai mengunggah");
    const bar = element("progress");
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `Kemajuan unggahan ${file.name}`);
    text.append(element("div", "nm", file.name), state, bar);
    const cancel = element("button", "tautan", "Batalkan");
    cancel.type = "button";
    box.append(element("span"), text, cancel);
    place.append(box);
    const request = new XMLHttpRequest();
    const began = Date.now();
    request.open("POST", action);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("X-Nama-Berkas", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "text/html, application/json");
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.loaded;
      const left = Math.round((Date.now() - began) / 1000 * (file.size - event.loaded) / Math.max(event.loaded, 1));
      state.textContent = `Mengunggah ${words(event.loaded)} dari ${words(file.size)}, sekitar ${left} detik lagi`;
    });
    request.addEventListener("load", () => {
      box.remove();
      if (request.status === 200) return done(request.responseText);
      let said = { error: "Berkas tidak dapat diterima.", repair: "Coba sekali lagi." };
      try { said = JSON.parse(request.responseText); } catch { /* a page, not JSON */ }
      if (request.status === 401 || request.status === 400) said = { error: "Sesi masuk berakhir.", repair: "Masuk kembali di tab lain, lalu muat ulang halaman ini. Isian Anda tidak hilang." };
      if (request.status === 413) said = { error: "Berkas lebih besar dari batas.", repair: "Lihat batas ukuran di atas daftar persyaratan." };
      refused(place, file, said.error, said.repair);
    });
    request.addEventListener("error", () => { box.remove(); refused(place, file, "Sambungan terputus sebelum unggahan selesai.", "Periksa sambungan, lalu unggah kembali."); });
    cancel.addEventListener("click", () => { request.abort(); box.remove(); });
    request.send(file);
  }

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

  // With a script the chooser is one button, and choosing is sending.
  document.documentElement.classList.add("js");
  document.addEventListener("change", (event) => {
    if (event.target.matches("form.unggah input[type=file]")) event.target.form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    const chooser = event.target.closest("form.unggah");
    if (!chooser) return;
    event.preventDefault();
    const requirement = chooser.closest(".syarat");
    const place = requirement.querySelector(".unggahan");
    const limit = Number(chooser.dataset.limit);
    for (const file of chooser.querySelector("input[type=file]").files) {
      if (file.size > limit) { refused(place, file, `Berkas lebih besar dari batas ${words(limit)}.`, "Perkecil berkas, atau bagi menjadi beberapa berkas."); continue; }
      upload(place, chooser.action, file, (html) => {
        const box = document.createElement("template");
        box.innerHTML = html;
        const fresh = box.content.querySelector(".syarat");
        document.getElementById(requirement.id).replaceWith(fresh);
        if (window.htmx) htmx.process(fresh);
        count();
      });
    }
    chooser.reset();
  });
})();
