// data-read-aloud: reads the page to those who see badly, where the device has a voice for its language.
(function () {
  "use strict";

  const buttons = document.querySelectorAll("[data-read-aloud]");
  if (!buttons.length || !window.speechSynthesis) return;

  const language = document.documentElement.lang || "vi";

  function voice() {
    return speechSynthesis.getVoices().find(function (one) {
      return one.lang.toLowerCase().startsWith(language);
    });
  }

  function show(reading) {
    buttons.forEach(function (button) {
      button.querySelector("[data-start]").hidden = reading;
      button.querySelector("[data-stop]").hidden = !reading;
    });
  }

  function read() {
    const parts = document.getElementById("main").innerText.split(/\n+/).filter(Boolean);
    parts.forEach(function (part, place) {
      const words = new SpeechSynthesisUtterance(part);
      words.lang = language;
      words.voice = voice();
      if (place === parts.length - 1) words.onend = function () { show(false); };
      speechSynthesis.speak(words);
    });
    show(true);
  }

  function offer() {
    buttons.forEach(function (button) {
      button.hidden = !voice();
    });
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      const reading = speechSynthesis.speaking;
      speechSynthesis.cancel();
      if (reading) show(false);
      else read();
    });
  });
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  window.addEventListener("pagehide", function () { speechSynthesis.cancel(); });
})();
