// Copies an address or a password with one press. Without this file it stands there to be marked by hand.
"use strict";

(() => {
  document.documentElement.classList.add("copies");

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copies]");
    if (!button) return;
    const from = document.getElementById(button.dataset.copies);
    if (!(await copied(from))) return;
    // Pressed twice, it says "copied" already.
    const said = (button.dataset.said ??= button.textContent);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = said), 3000);
  });

  // Marked first: who may not be given the clipboard has only to press Ctrl and C.
  async function copied(from) {
    if (from.select) from.select();
    else getSelection().selectAllChildren(from);
    try {
      await navigator.clipboard.writeText(from.value ?? from.textContent);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  }
})();
