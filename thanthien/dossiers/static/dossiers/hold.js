// data-hold="address" on a form: whoever leaves the page lets go of the dossier, so that a colleague may edit it.
(function () {
  "use strict";

  const form = document.querySelector("form[data-hold]");
  if (!form || !navigator.sendBeacon) return;
  let goesOn = false;

  document.addEventListener("submit", function (event) {
    if (!event.defaultPrevented) goesOn = true;
  });

  window.addEventListener("pagehide", function () {
    if (goesOn) return;
    const facts = new FormData();
    facts.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    navigator.sendBeacon(form.dataset.hold, facts);
  });
})();
