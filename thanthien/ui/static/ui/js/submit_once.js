// A form is sent once: its button rests and says so. Coming back to the page wakes it up again.
(function () {
  "use strict";

  const said = document.getElementById("said");

  function buttonsOf(form) {
    return Array.from(form.elements).filter(function (element) {
      return element.tagName === "BUTTON" && element.type === "submit";
    });
  }

  function rest(form, pressed) {
    buttonsOf(form).forEach(function (button) {
      button.disabled = true;
    });
    const words = pressed && pressed.querySelector("span:not(.visually-hidden)");
    if (words) {
      words.dataset.before = words.textContent;
      words.textContent = said.dataset.sendingLabel;
      pressed.classList.add("is-sending");
    }
    said.textContent = said.dataset.sending;
  }

  function wake(form) {
    delete form.dataset.sent;
    buttonsOf(form).forEach(function (button) {
      const words = button.querySelector("[data-before]");
      if (words) {
        words.textContent = words.dataset.before;
        delete words.dataset.before;
      }
      button.disabled = false;
      button.classList.remove("is-sending");
    });
    said.textContent = "";
  }

  // The server's own words stand beside each field, in Vietnamese: the browser's bubbles would speak its language.
  document.querySelectorAll('form[method="post" i]').forEach(function (form) {
    form.noValidate = true;
  });

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target === "_blank" || "many" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After this turn, so that the pressed button's own name and value are still sent.
    setTimeout(rest, 0, form, event.submitter);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(wake);
  });
})();
