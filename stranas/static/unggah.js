// Resumable upload: several files at once, pause, going on after a lost line, a closed laptop or a session that ran out.
// A part of a page that takes files says where they go:
//   <div data-unggah="laporan/12/3" data-limit="100000000" data-segar="address of the fresh part"
//        data-ganti="what of it is replaced" [data-kunci="token of a one-time link"]> input[type=file], .unggahan </div>
// What is unfinished is asked of the server, not kept in this browser: office computers are shared.
"use strict";
(() => {
  if (!document.querySelector("[data-unggah]") || !window.tus?.isSupported) return;
  document.documentElement.classList.add("js");
  const CHUNK = 5_000_000, AT_ONCE = 2, SILENCE = 90_000, WAITS = [1, 3, 5, 10, 20, 30], RECENT = 15_000;
  const LOST = "Sambungan terputus, dilanjutkan otomatis";
  const live = new Set();
  let waiting = [], wanted = null;

  // Words.
  const number = (value, places) => value.toFixed(places).replace(".", ",");
  const size = (bytes) => bytes >= 1e6 ? `${number(bytes / 1e6, bytes < 1e8 ? 1 : 0)} MB` : `${Math.ceil(bytes / 1e3)} KB`;
  const part = (sent, all) => all >= 1e6 ? `${number(sent / 1e6, 1)} dari ${number(all / 1e6, 1)} MB` : `${Math.ceil(sent / 1e3)} dari ${Math.ceil(all / 1e3)} KB`;
  const lasting = (seconds) => {
    if (seconds < 60) return `${seconds < 20 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 5) * 5} detik`;
    const minutes = Math.round(seconds / 60);
    return minutes < 60 ? `${minutes} menit` : `${Math.floor(minutes / 60)} jam ${minutes % 60} menit`;
  };

  // One place says aloud what changes; the figures that change every second are not read out.
  const news = Object.assign(document.createElement("div"), { className: "visually-hidden" });
  news.setAttribute("role", "status");
  document.body.append(news);
  const announce = (words) => { news.textContent = words; };

  const element = (tag, name, words) => Object.assign(document.createElement(tag), { className: name || "", textContent: words || "" });
  const box = (place) => document.querySelector(`[data-unggah="${CSS.escape(place)}"]`);
  const rows = (place) => box(place)?.querySelector(".unggahan");
  const chooser = (place) => box(place)?.querySelector("input[type=file]");
  const headers = (key) => ({ "Tus-Resumable": "1.0.0", Accept: "application/json", ...(key ? { "Unggah-Tautan": key } : {}) });

  function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), use = document.createElementNS(svg.namespaceURI, "use");
    svg.setAttribute("class", "ic");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `/static/icons.svg#${name}`);
    svg.append(use);
    return svg;
  }

  function makeRow(place, name, words, progress) {
    const row = element("div", "berkas"), text = element("div"), state = element("div", "sub", words), buttons = element("div", "tombol");
    text.append(element("div", "nm", name), state);
    let bar = null;
    if (progress) {
      bar = element("progress");
      bar.setAttribute("aria-label", `Kemajuan unggahan ${name}`);
      text.append(bar);
    }
    row.append(icon("upload"), text, buttons);
    rows(place)?.append(row);
    const button = (label, act) => {
      const one = element("button", "tautan", label);
      one.type = "button";
      one.append(element("span", "visually-hidden", ` ${name}`));
      one.addEventListener("click", act);
      buttons.append(one);
      return one;
    };
    return { row, state, bar, button, buttons };
  }

  // What could not be taken stays on the page until it was read.
  function refuse(place, name, bytes, title, sentence, repair) {
    const shown = makeRow(place, name, bytes);
    shown.button("Tutup", () => shown.row.remove());
    const finding = element("div", "catatan st-gagal");
    finding.append(element("b", "", title), ` ${sentence}`, element("br"), repair || "");
    shown.row.append(finding);
    announce(`${name}: ${sentence} ${repair || ""}`);
  }

  class Sending {
    constructor(place, file, url, offset) {
      Object.assign(this, { place, file, state: "antre", tries: 0, sent: offset || 0, samples: [], heard: 0, timer: null });
      this.key = box(place).dataset.kunci;
      this.shown = makeRow(place, file.name, "Menunggu giliran", true);
      this.shown.bar.max = file.size;
      this.shown.bar.value = this.sent;
      this.pauser = this.shown.button("Jeda", () => this.state === "jeda" || this.state === "tunggu" ? this.queue() : this.pause());
      this.shown.button("Batalkan", () => this.cancel());
      this.upload = new tus.Upload(file, {
        endpoint: url ? null : new URL("/unggah", location.href).href,
        uploadUrl: url ? new URL(url, location.href).href : null,
        chunkSize: CHUNK,
        retryDelays: null,
        storeFingerprintForResuming: false,
        headers: this.key ? { "Unggah-Tautan": this.key } : {},
        metadata: { filename: file.name, place, modified: String(file.lastModified) },
        // From now on a refusal must never begin the upload anew.
        onUploadUrlAvailable: () => { this.upload.options.endpoint = null; },
        onProgress: (sent) => this.progress(sent),
        onChunkComplete: () => { this.tries = 0; },
        onError: (error) => this.fail(error),
        onSuccess: () => this.arrived(),
      });
    }

    is(file) { return this.file.name === file.name && this.file.size === file.size && this.file.lastModified === file.lastModified; }

    say(words, aloud) {
      this.shown.state.textContent = words;
      if (aloud) announce(`${this.file.name}: ${words}`);
    }

    label(words) { this.pauser.firstChild.textContent = words; }

    queue() {
      clearTimeout(this.timer);
      this.state = "antre";
      this.label("Jeda");
      this.say("Menunggu giliran");
      turn();
    }

    go() {
      clearTimeout(this.timer);
      this.state = "jalan";
      this.samples = [];
      this.heard = Date.now();
      this.say(this.sent ? `Melanjutkan dari ${part(this.sent, this.file.size)}` : "Mulai mengunggah", this.tries === 0);
      this.upload.start();
    }

    progress(sent) {
      const now = Date.now();
      Object.assign(this, { sent, heard: now });
      this.shown.bar.value = sent;
      if (this.state !== "jalan") return;
      this.samples = [...this.samples.filter(([at]) => now - at < RECENT), [now, sent]];
      const [since, from] = this.samples[0], rate = (sent - from) / (now - since) * 1000;
      const left = now - since > 1500 && rate > 0 ? `, sekitar ${lasting((this.file.size - sent) / rate)} lagi` : "";
      this.say(`Mengunggah ${part(sent, this.file.size)}${left}`);
    }

    pause() {
      clearTimeout(this.timer);
      this.upload.abort();
      this.state = "jeda";
      this.label("Lanjutkan");
      this.say(`Dijeda pada ${part(this.sent, this.file.size)}`, true);
      turn();
    }

    async cancel() {
      clearTimeout(this.timer);
      const { state } = this;
      this.state = "henti";
      try {
        await this.upload.abort(true);
      } catch (error) {
        const code = error.originalResponse?.getStatus();
        if (code !== 404 && code !== 410) {
          this.state = state === "catat" ? state : "jeda";
          this.label("Lanjutkan");
          return this.say("Belum dapat dibatalkan. Coba lagi saat tersambung", true);
        }
      }
      this.remove();
      announce(`Unggahan ${this.file.name} dibatalkan`);
    }

    remove() {
      this.state = "henti";
      live.delete(this);
      this.shown.row.remove();
      for (const told of live.size ? [] : document.querySelectorAll(".tunggu-unggahan")) told.remove();
      turn();
    }

    lost() {
      this.upload.abort();
      this.later("putus", LOST);
    }

    // Wait, longer each time, and try again; sooner when the line or the reader comes back.
    later(state, words) {
      const fresh = this.state !== state && this.said !== words;
      this.state = state;
      this.said = words;
      this.say(words, fresh);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.go(), 1000 * WAITS[Math.min(this.tries++, WAITS.length - 1)]);
    }

    fail(error) {
      const answer = error.originalResponse, code = answer ? answer.getStatus() : 0;
      if (!code || code === 409 || code === 460 || code >= 500 && code !== 507) {
        // 409 of the creation is a refusal with a sentence; of a part it only says that another request went on.
        if (code !== 409 || this.upload.url) return this.later("putus", code >= 500 ? "Layanan belum menjawab, dilanjutkan otomatis" : LOST);
      }
      if (code === 401) return this.signedOut();
      let said = {};
      try { said = JSON.parse(answer.getBody()); } catch { /* HEAD has no body */ }
      if (code === 507) return this.full(said);
      if (!said.error && this.upload.url) return this.ask().then((told) => this.give(told), () => this.later("putus", LOST));
      this.give(said);
    }

    give(said) {
      refuse(this.place, this.file.name, size(this.file.size), "Tidak dapat diunggah.", said.error || "Unggahan ini tidak dapat dilanjutkan.", said.repair || "Pilih berkasnya, lalu unggah dari awal.");
      this.remove();
    }

    full(said) {
      this.state = "tunggu";
      this.label("Lanjutkan");
      this.say(`${said.error || "Tempat penyimpanan hampir penuh."} ${said.repair || ""}`, true);
      turn();
    }

    signedOut() {
      this.later("masuk", "Sesi masuk berakhir. ");
      const link = Object.assign(element("a", "", "Masuk kembali di tab lain"), { href: "/masuk", target: "_blank", rel: "noopener" });
      this.shown.state.append(link, ", unggahan berlanjut di sini.");
    }

    async ask() {
      const answer = await fetch(this.upload.url, { headers: headers(this.key), cache: "no-store" });
      return answer.json();
    }

    // All bytes are there: what remains is the server's work, and it goes on with it by itself.
    async arrived() {
      this.state = "catat";
      this.pauser.remove();
      this.shown.buttons.replaceChildren();
      for (let tries = 0; tries < 8 && this.state === "catat"; tries++) {
        this.say("Diterima lengkap, sedang dicatat");
        try {
          const told = await this.ask();
          if (told.finished) return this.done(told);
        } catch { /* no line: ask again */ }
        await new Promise((resolve) => setTimeout(resolve, 1000 * (tries + 1)));
      }
      this.say("Diterima lengkap. Pencatatan selesai dalam beberapa menit, muat ulang halaman untuk melihatnya", true);
      this.state = "henti";
      live.delete(this);
      turn();
    }

    done(told) {
      if (told.attached) announce(`${this.file.name} diterima ${told.received}`);
      else refuse(this.place, this.file.name, size(this.file.size), "Diterima, belum dilampirkan.", told.error, told.repair);
      this.remove();
      return refresh(this.place);
    }
  }

  const running = () => [...live].filter(({ state }) => ["jalan", "putus", "masuk", "catat"].includes(state)).length;
  function turn() {
    for (const one of live) if (one.state === "antre" && running() < AT_ONCE) one.go();
  }

  // The fresh part of the page, with the rows of what is still on its way.
  async function refresh(place) {
    const { segar, ganti } = box(place).dataset;
    try {
      const answer = await fetch(segar, { cache: "no-store" });
      if (!answer.ok || answer.redirected) return;
      const page = document.createElement("template");
      page.innerHTML = await answer.text();
      const fresh = page.content.querySelector(ganti), stale = document.querySelector(ganti);
      const focused = stale.contains(document.activeElement);
      stale.replaceWith(fresh);
      window.htmx?.process(fresh);
      hang();
      if (focused) chooser(place)?.focus();
      document.dispatchEvent(new CustomEvent("unggah:selesai"));
    } catch { /* no line: the page shows it when it is opened again */ }
  }

  function hang() {
    for (const { place, shown } of [...live, ...waiting]) {
      const here = rows(place);
      if (here && shown.row.parentNode !== here) here.append(shown.row);
    }
  }

  // Files that were chosen.
  const fits = (left, file) => left.filename === file.name && left.length === file.size && left.modified === String(file.lastModified);

  function take(place, files) {
    const asked = wanted?.place === place ? wanted : null;
    wanted = null;
    if (asked && !files.some((file) => fits(asked, file))) {
      asked.shown.state.textContent = `Berkas yang dipilih berbeda dari ${asked.name}. Pilih berkas yang sama, atau batalkan lalu unggah dari awal.`;
      return announce(asked.shown.state.textContent);
    }
    for (const file of files) {
      const limit = Number(box(place).dataset.limit);
      if ([...live].some((one) => one.place === place && one.is(file))) continue;
      if (file.size > limit) {
        refuse(place, file.name, `${size(file.size)}, tidak disimpan`, "Tidak dapat diunggah.", `Berkas lebih besar dari batas ${size(limit)}.`, "Perkecil berkas, atau bagi menjadi beberapa berkas.");
        continue;
      }
      const left = waiting.find((one) => one.place === place && fits(one, file));
      if (left) forget(left);
      live.add(new Sending(place, file, left?.url, left?.offset));
    }
    turn();
  }

  document.addEventListener("change", (event) => {
    const input = event.target, here = input.closest?.("[data-unggah]");
    if (input.type !== "file" || !here) return;
    const files = [...input.files];
    input.value = "";
    if (files.length) take(here.dataset.unggah, files);
  });
  document.addEventListener("cancel", () => { wanted = null; }, true);

  // What was left unfinished, here or on another computer.
  function forget(left) {
    waiting = waiting.filter((one) => one !== left);
    left.shown.row.remove();
  }

  function offer(left) {
    left.shown = makeRow(left.place, left.name, `Belum selesai: ${part(left.offset, left.length)}. Pilih berkas yang sama untuk melanjutkan.`);
    left.shown.button("Lanjutkan", () => { wanted = left; chooser(left.place).click(); });
    left.shown.button("Batalkan", async () => {
      try {
        const answer = await fetch(left.url, { method: "DELETE", headers: headers(left.key) });
        if (!answer.ok && answer.status !== 404 && answer.status !== 410) throw new Error();
        forget(left);
        announce(`Unggahan ${left.name} dibatalkan`);
      } catch { left.shown.state.textContent = "Belum dapat dibatalkan. Coba lagi saat tersambung."; }
    });
    waiting.push(left);
  }

  async function lookForUnfinished() {
    const key = document.querySelector("[data-kunci]")?.dataset.kunci;
    try {
      const answer = await fetch("/unggah", { headers: headers(key), cache: "no-store" });
      const { uploads } = answer.ok ? await answer.json() : { uploads: [] };
      for (const left of uploads) {
        const begun = [...live].some((one) => one.upload.url?.endsWith(left.url));
        if (left.offset > 0 && !begun && rows(left.place)) offer({ ...left, key });
      }
    } catch { /* no line: nothing to offer */ }
  }

  // The line, the reader and the page come and go.
  const each = (states, act) => { for (const one of [...live]) if (states.includes(one.state)) act(one); };
  addEventListener("offline", () => each(["jalan"], (one) => one.lost()));
  addEventListener("online", () => each(["putus", "masuk"], (one) => one.go()));
  addEventListener("focus", () => each(["masuk"], (one) => one.go()));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) each(["masuk"], (one) => one.go()); });
  setInterval(() => each(["jalan"], (one) => { if (Date.now() - one.heard > SILENCE) one.lost(); }), 5000);
  document.addEventListener("htmx:after:swap", hang);
  addEventListener("beforeunload", (event) => { if (live.size) event.preventDefault(); });

  // A form around the chooser carries words, never the files; it is not sent while some of them are on their way.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.unggah")) return event.preventDefault();
    if (event.submitter?.value !== "kirim" || ![...live].some((one) => event.target.contains(one.shown.row))) return;
    event.preventDefault();
    const words = "Masih ada berkas yang sedang diunggah. Kirim setelah selesai, atau batalkan unggahannya.";
    if (!event.target.querySelector(".tunggu-unggahan")) event.submitter.parentNode.after(element("p", "salah tunggu-unggahan", words));
    announce(words);
  });

  lookForUnfinished();
})();
