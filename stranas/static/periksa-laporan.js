// Is a file a frozen edition? Its SHA-256 is computed here, and only the checksum is asked about. Without this file, or
// on an address without https, the form sends the file instead.
"use strict";
(() => {
  const form = document.getElementById("periksa-berkas");
  if (!form || !window.crypto?.subtle) return;
  const input = form.querySelector("input[type=file]"), state = document.getElementById("keadaan");
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  document.getElementById("di-peramban").hidden = false;
  document.getElementById("dikirim").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = input.files[0];
    if (!file) {
      state.textContent = "Pilih berkas lebih dahulu.";
      return;
    }
    state.textContent = "Sidik sedang dihitung.";
    try {
      const sum = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      location.assign(`/periksa-laporan?sidik=${sum}`);
    } catch {
      state.textContent = "Berkas tidak dapat dibaca peramban. Salin berkas ke perangkat ini, lalu coba lagi.";
    }
  });
  input.addEventListener("change", () => form.requestSubmit());
})();
