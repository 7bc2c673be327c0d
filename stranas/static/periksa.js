// Does a file belong to this receipt? Its SHA-256 is computed here; the file goes nowhere.
"use strict";
(() => {
  const form = document.getElementById("periksa");
  if (!form) return;
  const results = document.getElementById("hasil");
  if (!window.crypto?.subtle) {
    document.getElementById("tanpa-hitung").hidden = false;
    return;
  }
  const known = new Set([...document.querySelectorAll("#sidik li")].map((line) => line.textContent.trim()));
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const marks = {
    cocok: ["verif", "circle-check", "Cocok"],
    lain: ["gagal", "circle-x", "Tidak cocok"],
    gagal: ["tunggu", "alert-triangle", "Tidak terbaca"],
    hitung: ["belum", "hourglass", "Sedang dihitung"],
  };
  const said = {
    cocok: "Berkas ini sama persis dengan yang dikirim.",
    lain: "Berkas ini tidak sama dengan berkas mana pun dalam penyampaian ini.",
    gagal: "Berkas tidak dapat dibaca peramban. Salin berkas ke perangkat ini, lalu coba lagi.",
    hitung: "",
  };
  const SVG = "http://www.w3.org/2000/svg";
  const icon = (name) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "ic");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `/static/icons.svg#${name}`);
    svg.append(use);
    return svg;
  };
  const show = (line, name, state) => {
    const [colour, picture, word] = marks[state];
    const status = document.createElement("span");
    status.className = `st st-${colour}`;
    status.append(icon(picture), word);
    const file = document.createElement("b");
    file.textContent = name;
    line.replaceChildren(status, " ", file, " ", said[state]);
  };
  const check = async (file) => {
    const line = document.createElement("li");
    results.append(line);
    show(line, file.name, "hitung");
    try {
      const hash = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      show(line, file.name, known.has(hash) ? "cocok" : "lain");
    } catch {
      show(line, file.name, "gagal");
    }
  };
  const checkAll = async (files) => {
    results.replaceChildren();
    for (const file of files) await check(file); // one after another: each is held in memory
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("input").addEventListener("change", (event) => checkAll([...event.target.files]));
  const zone = form.closest("section");
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("di-atas"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("di-atas"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("di-atas");
    checkAll([...event.dataTransfer.files]);
  });
})();
