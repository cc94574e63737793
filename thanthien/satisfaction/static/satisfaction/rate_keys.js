// Typing slips: a digit answers the question that is lit and lights the next; Enter on the last keeps the slip;
// Backspace goes one question back.
(function () {
  "use strict";

  const form = document.querySelector("form[data-rate-keys]");
  if (!form) return;
  const questions = Array.from(form.querySelectorAll("[data-rate]"));
  let at = questions.findIndex(function (question) {
    return !question.querySelector("input:checked");
  });
  if (at < 0) at = questions.length;

  function light() {
    questions.forEach(function (question, place) {
      question.classList.toggle("rate-now", place === at);
    });
    if (questions[at]) questions[at].scrollIntoView({ block: "nearest" });
  }

  function isTyping(target) {
    return /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(target.type));
  }

  function choose(place) {
    const option = questions[at] && questions[at].querySelectorAll("input[type=radio]")[place - 1];
    if (!option) return;
    option.checked = true;
    at += 1;
    light();
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      choose(Number(event.key));
    } else if (event.key === "Backspace" && at > 0) {
      event.preventDefault();
      at -= 1;
      light();
    } else if (event.key === "Enter" && !/^(BUTTON|A|SUMMARY)$/.test(event.target.tagName)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  light();
})();
