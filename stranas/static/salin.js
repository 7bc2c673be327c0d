// Buttons that copy the words of a field (data-salin: its id). Without this file the field itself can be copied from.
"use strict";
for (const button of document.querySelectorAll("[data-salin]")) {
  const field = document.getElementById(button.dataset.salin), said = button.querySelector("[aria-live]");
  const usual = said.textContent;
  // Where the page does not come by https, the browser copies only what is selected.
  const copy = async () => {
    if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
    field.select();
    if (!document.execCommand("copy")) throw new Error();
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy();
      said.textContent = "Disalin";
    } catch {
      field.select();
      said.textContent = "Tekan Ctrl+C";
    }
    setTimeout(() => { said.textContent = usual; }, 4000);
  });
}
