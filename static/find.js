// The key / leads to the box of the sidebar that looks for anything, as long as nobody is typing elsewhere.
(() => {
  "use strict";

  const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const box = document.querySelector('[data-testid="stSidebar"] .st-key-find_box input');
    if (event.key !== "/" || !isPlain || isTyping(event.target) || !box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
