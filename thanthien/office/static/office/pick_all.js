// data-pick-all: marks every row of its form, or none when all are marked; tells how many are.
(function () {
  "use strict";

  document.querySelectorAll("[data-pick-all]").forEach(function (bar) {
    const form = bar.closest("form");
    const boxes = Array.from(form.querySelectorAll('[data-row] input[type="checkbox"]'));
    const button = bar.querySelector("button");
    const said = bar.querySelector("[data-picked]");
    const label = button.querySelector("span");

    function marked() {
      return boxes.filter(function (box) { return box.checked; }).length;
    }

    function tell() {
      const count = marked();
      said.textContent = count ? bar.dataset.count.replace("0", String(count)) : "";
      label.textContent = count === boxes.length ? bar.dataset.none : bar.dataset.all;
    }

    button.addEventListener("click", function () {
      const all = marked() < boxes.length;
      boxes.forEach(function (box) { box.checked = all; });
      tell();
    });
    form.addEventListener("change", tell);
    bar.hidden = boxes.length < 2;
    tell();
  });
})();
