// data-pick-all="name": one tick for every tick of that name in the form; it says "some" while not all are ticked.
(function () {
  "use strict";

  document.querySelectorAll("[data-pick-all]").forEach(function (all) {
    const ticks = Array.from(all.form.querySelectorAll('input[type="checkbox"][name="' + all.dataset.pickAll + '"]'));

    function tell() {
      const chosen = ticks.filter(function (tick) { return tick.checked; }).length;
      all.checked = chosen > 0 && chosen === ticks.length;
      all.indeterminate = chosen > 0 && chosen < ticks.length;
    }

    all.addEventListener("change", function () {
      ticks.forEach(function (tick) { tick.checked = all.checked; });
    });
    ticks.forEach(function (tick) { tick.addEventListener("change", tell); });
    tell();
  });
})();
