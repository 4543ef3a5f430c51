// The meeting's screen: a click on a line presses the button behind it, F fills the screen, and the
// size of type that suits this screen is kept. Everything else on the keyboard is Streamlit's own (st.button with a shortcut).
(() => {
  "use strict";

  const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("click", (event) => {
    const place = event.target instanceof Element && !event.target.closest("a") && event.target.closest(".st-key-stage [data-press]");
    if (place) document.querySelector(`.st-key-press_${CSS.escape(place.dataset.press)} button`)?.click();
  });

  // The size chosen on the page of calibration is this screen's from now on.
  document.addEventListener("click", (event) => {
    const size = event.target instanceof Element && event.target.closest(".st-key-stage a[data-size]");
    if (size) document.cookie = `stage_size=${size.dataset.size}; path=/; max-age=31536000; SameSite=Strict`;
  }, true);

  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key.toLowerCase() !== "f" || !isPlain || isTyping(event.target) || !document.querySelector(".st-key-stage")) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  });
})();
