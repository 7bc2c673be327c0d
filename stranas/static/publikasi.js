// Writing a story: a figure goes where the caret was last. Without this file the tokens can be copied.
"use strict";
(() => {
  const form = document.querySelector("#isian");
  if (!form) return;
  document.documentElement.classList.add("js");
  const places = ["title", "summary", "body", "quote"].map((name) => form.elements[name]).filter(Boolean);
  let last = form.elements.body;
  for (const place of places) place.addEventListener("focus", () => { last = place; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sisip]");
    if (!button || !last) return;
    last.setRangeText(button.dataset.sisip, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
