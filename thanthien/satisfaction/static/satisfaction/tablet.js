// The tablet sleeps until the live process says that it is somebody's turn, and sleeps again after half a minute.
// Where it cannot listen, or as long as the line is broken, it asks every other second.
// One touch on a smiling face is an answer; on the sad one the reasons are asked first.
(function () {
  "use strict";

  const page = document.querySelector("[data-turn]");
  if (!page) return;
  const EVERY = 2000, AWAKE = 30000, THANKS = 4000;
  const turn = Number(page.dataset.turn);
  const answered = Number(page.dataset.answered || 0); // the line may tell of it once more
  let listens = Boolean(page.dataset.board && window.EventSource);

  function turnPage() {
    location.replace(page.dataset.address);
  }

  function hear(other) {
    if (other && other !== turn && other !== answered) turnPage();
  }

  function ask() {
    if (listens) return;
    fetch(page.dataset.ask, { cache: "no-store" })
      .then(function (answer) {
        return answer.ok ? answer.json() : { turn: 0 };
      })
      .then(function (said) {
        hear(said.turn);
      })
      .catch(function () {}); // the line is down: the next look tells
  }

  if (turn) {
    setTimeout(turnPage, AWAKE);
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
    if (answered) setTimeout(turnPage, THANKS);
    page.addEventListener("thanthien:state", function (event) {
      hear(event.detail.state.turn);
    });
    page.addEventListener("thanthien:line", function (event) {
      listens = event.detail.alive;
    });
    setInterval(ask, EVERY);
    ask();
  }
})();
