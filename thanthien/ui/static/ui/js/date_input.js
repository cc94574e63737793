// data-date: 27112026 becomes 27/11/2026 when the field is left; the server checks whether there is such a day.
(function () {
  "use strict";

  document.addEventListener("change", function (event) {
    const field = event.target;
    if (!field.matches("[data-date]")) return;
    const parts = field.value.trim().match(/^(?:(\d\d)(\d\d)(\d{4})|(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4}))$/);
    if (!parts) return;
    const [day, month, year] = parts.slice(1).filter(Boolean);
    field.value = day.padStart(2, "0") + "/" + month.padStart(2, "0") + "/" + year;
  });
})();
