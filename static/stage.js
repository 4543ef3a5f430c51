// The meeting's screen: a click on a line presses the button behind it, F fills the screen, and the address alone names
// the page shown. Everything else on the keyboard is Streamlit's own (st.button with a shortcut).
(() => {
  "use strict";

  const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("click", (event) => {
    const place = event.target instanceof Element && !event.target.closest("a") && event.target.closest(".st-key-stage [data-press]");
    if (place) document.querySelector(`.st-key-press_${CSS.escape(place.dataset.press)} button`)?.click();
  });

  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key.toLowerCase() !== "f" || !isPlain || isTyping(event.target) || !document.querySelector(".st-key-stage")) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  });
})();
