// data-pick-all="name": one tick for every tick of that name in the form; it says "some" while not all are ticked.
// data-picked="words with a 0" in the same form tells how many are.
(function () {
  "use strict";

  document.querySelectorAll("[data-pick-all]").forEach(function (all) {
    const ticks = Array.from(all.form.querySelectorAll('input[type="checkbox"][name="' + all.dataset.pickAll + '"]'));

    const said = all.form.querySelector("[data-picked]");

    function tell() {
      const chosen = ticks.filter(function (tick) { return tick.checked; }).length;
      all.checked = chosen > 0 && chosen === ticks.length;
      all.indeterminate = chosen > 0 && chosen < ticks.length;
      if (said) said.textContent = chosen ? said.dataset.picked.replace("0", String(chosen)) : "";
    }

    all.addEventListener("change", function () {
      ticks.forEach(function (tick) { tick.checked = all.checked; });
      tell();
    });
    ticks.forEach(function (tick) { tick.addEventListener("change", tell); });
    tell();
  });
})();
