// data-date: 27112026 becomes 27/11/2026 when the field is left; the server checks whether there is such a day.
(function () {
  "use strict";

  document.addEventListener("change", function (event) {
    const field = event.target;
    if (!field.matches("[data-date]")) return;
    const parts = field.value.trim().match(/^(\d{1,2})[\s./-]?(\d{1,2})[\s./-]?(\d{4})$/);
    if (parts) field.value = parts[1].padStart(2, "0") + "/" + parts[2].padStart(2, "0") + "/" + parts[3];
  });
})();
