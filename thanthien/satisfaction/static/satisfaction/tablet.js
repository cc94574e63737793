// The tablet sleeps until the house says that it is somebody's turn, and sleeps again after half a minute.
// One touch on a smiling face is an answer; on the sad one the reasons are asked first.
(function () {
  "use strict";

  const page = document.querySelector("[data-turn]");
  if (!page) return;
  const EVERY = 2000, AWAKE = 30000, THANKS = 4000;
  const turn = Number(page.dataset.turn);

  function sleep() {
    location.replace(page.dataset.address);
  }

  function ask() {
    fetch(page.dataset.ask, { cache: "no-store" })
      .then(function (answer) {
        return answer.ok ? answer.json() : { turn: 0 };
      })
      .then(function (said) {
        if (said.turn && said.turn !== turn) sleep();
      })
      .catch(function () {}) // the line is down: the next look tells
      .finally(function () {
        setTimeout(ask, EVERY);
      });
  }

  if (turn) {
    setTimeout(sleep, AWAKE);
    const form = page.querySelector("form");
    const questions = form.querySelectorAll("[data-rate]");
    form.addEventListener("change", function (event) {
      const option = event.target.closest(".rate-option");
      if (!option) return;
      const isBad = option.classList.contains("rate-bad");
      form.classList.toggle("asks-why", isBad);
      if (!isBad && questions.length === 1) form.requestSubmit();
    });
  } else {
    if (location.search) setTimeout(sleep, THANKS);
    ask();
  }
})();
