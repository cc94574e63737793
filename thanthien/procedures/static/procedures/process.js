// data-process: while somebody types, the sum of the steps and the bar follow. Without this script the server does it.
(function () {
  "use strict";

  const form = document.querySelector("[data-process]");
  if (!form) return;
  const sum = form.querySelector("[data-process-sum]");
  const bar = form.querySelector("[data-process-bar]");

  function amount(field) {
    const value = field ? Number(field.value.trim().replace(",", ".")) : 0;
    return value > 0 && isFinite(value) ? value : 0;
  }

  function words(value) {
    return String(Math.round(value * 1000) / 1000).replace(".", ",");
  }

  function committed() {
    const unit = form.elements.committed_unit;
    return unit && unit.value === "same_day" ? 1 : amount(form.elements.committed_amount);
  }

  function draw(amounts, whole) {
    let start = 0;
    const shares = bar ? Array.from(bar.children) : [];
    amounts.forEach(function (one, place) {
      const width = whole ? one * 1000 / whole : 0;
      if (shares[place]) {
        shares[place].setAttribute("x", String(start));
        shares[place].setAttribute("width", String(width));
      }
      start += width;
    });
  }

  function say(total, promised) {
    const missing = Math.round((promised - total) * 1000) / 1000;
    const said = missing === 0 ? sum.dataset.exact
      : (missing > 0 ? sum.dataset.missing : sum.dataset.over) + " " + words(Math.abs(missing));
    sum.querySelector("[data-process-total]").textContent = words(total);
    sum.querySelector("[data-process-committed]").textContent = words(promised);
    sum.querySelector("[data-process-said]").textContent = said;
  }

  function follow() {
    const rows = Array.from(form.querySelectorAll("[data-process-row]"));
    const amounts = rows.map(function (row) { return amount(row.querySelector("input[name$=-amount]")); });
    const total = amounts.reduce(function (all, one) { return all + one; }, 0);
    const whole = Math.max(total, committed());
    rows.forEach(function (row, place) {
      row.querySelector("progress").value = whole ? amounts[place] * 1000 / whole : 0;
    });
    draw(amounts, whole);
    say(total, committed());
  }

  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
})();
