// data-unsaved on a form: leaving with words that were not sent is asked about by the browser.
(function () {
  "use strict";

  const changed = new Set();

  document.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-unsaved]");
    if (form) changed.add(form);
  });

  document.addEventListener("submit", function (event) {
    if (!event.defaultPrevented) changed.delete(event.target);
  });

  window.addEventListener("beforeunload", function (event) {
    if (changed.size) event.preventDefault();
  });
})();
