// data-copies-total: what certified copies cost, told while pages and copies are typed (the server does the sum).
(function () {
  "use strict";

  const form = document.querySelector("form[data-receive]");
  const total = form && form.querySelector("[data-copies-total]");
  if (!total) return;
  let under_way = null;

  function count() {
    if (under_way) under_way.abort(); // the answer to what stood there before might come last
    under_way = new AbortController();
    const query = new URLSearchParams();
    form.querySelectorAll("[data-copy]").forEach(function (field) { query.set(field.name, field.value); });
    fetch(total.dataset.url + "?" + query, {
      headers: { Accept: "application/json" }, signal: under_way.signal,
    }).then(function (answer) {
      return answer.json();
    }).then(function (answer) { total.textContent = answer.text; }).catch(function () {});
  }

  form.addEventListener("input", function (event) {
    if ("copy" in event.target.dataset) count();
  });
})();
