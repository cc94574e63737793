// data-copies-total: what certified copies cost, told while pages and copies are typed (the server does the sum).
(function () {
  "use strict";

  const form = document.querySelector("form[data-receive]");
  const total = form && form.querySelector("[data-copies-total]");
  if (!total) return;

  function count() {
    const query = new URLSearchParams();
    form.querySelectorAll("[data-copy]").forEach(function (field) { query.set(field.name, field.value); });
    fetch(total.dataset.url + "?" + query, { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.json();
    }).then(function (answer) { total.textContent = answer.text; }).catch(function () {});
  }

  form.addEventListener("input", function (event) {
    if ("copy" in event.target.dataset) count();
  });
})();
