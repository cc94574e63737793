// data-money: dots between the thousands once the field is left.
(function () {
  "use strict";

  document.addEventListener("change", function (event) {
    const field = event.target;
    if (!field.matches("[data-money]")) return;
    const digits = field.value.replace(/[\s.,đ]/g, "");
    if (/^\d+$/.test(digits)) field.value = digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");
  });
})();
