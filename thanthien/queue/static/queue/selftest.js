// The self-test: is there a Vietnamese voice, how does a number sound, how quickly does the line answer.
(function () {
  "use strict";

  const found = document.querySelector("[data-voice-found]");
  const delay = document.querySelector("[data-delay]");
  const board = document.querySelector("[data-board]");

  function voices() {
    const all = window.speechSynthesis ? speechSynthesis.getVoices() : [];
    const there = all.some(function (voice) {
      return voice.lang.toLowerCase().startsWith("vi");
    });
    found.textContent = there ? found.dataset.yes : found.dataset.no;
  }

  voices();
  if (window.speechSynthesis) speechSynthesis.addEventListener("voiceschanged", voices);

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-play]")) return;
    const call = {
      say: ["mời", "số", "a", "không", "hai", "bảy", "đến", "quầy", "số", "hai"],
      files: ["moi", "so", "a", "khong", "hai", "bay", "den", "quay", "so", "hai"],
    };
    document.dispatchEvent(new CustomEvent("thanthien:read", { detail: call }));
  });

  if (!board.dataset.board) {
    delay.textContent = delay.dataset.none;
    return;
  }
  const began = performance.now();
  const line = new EventSource(board.dataset.board);
  line.addEventListener("state", function () {
    delay.textContent = delay.dataset.words.replace("{time}", Math.round(performance.now() - began));
    line.close();
  });
  line.addEventListener("error", function () {
    delay.textContent = delay.dataset.none;
  });
})();
