// The verifier's form: shows the sentence of a reason, locks the score, names the score on the button.
// The server decides; without this file everything still works.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".putusan");
  if (!form) return;
  const scores = [...form.querySelectorAll("[name=nilai]")];
  const rejected = form.querySelector("[name=tidak_memenuhi]");
  const badge = form.querySelector(".kata-nilai");
  const button = form.querySelector(".kata-tombol");

  const showSentence = (select) => {
    const box = select.closest(".alasan-isi").querySelector(".kalimat");
    const repair = select.selectedOptions[0]?.dataset.repair;
    box.hidden = !repair;
    box.querySelector("span").textContent = repair || "";
  };
  const refresh = () => {
    const returned = form.querySelector(".balik :checked") !== null;
    for (const score of scores) score.disabled = returned || Boolean(rejected?.checked);
    const chosen = scores.find((score) => score.checked);
    if (chosen) {
      badge.textContent = `Terverifikasi, nilai ${chosen.value}`;
      button.textContent = `Terima dengan nilai ${chosen.value}, lanjut berikutnya`;
    }
  };
  form.addEventListener("change", (event) => {
    if (event.target.matches(".alasan")) showSentence(event.target);
    refresh();
  });
  form.querySelectorAll(".alasan").forEach(showSentence);
  refresh();
});
