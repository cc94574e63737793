// data-shown-if: a question of a declaration comes and goes with the answers beside it. Hidden ones are disabled, so that
// they are not sent; what was typed in them stays while the page is open. Without scripts the server asks on its next page.
(function () {
  "use strict";

  function answersOf(form, name) {
    return new FormData(form).getAll(name).filter(function (value) { return value !== ""; });
  }

  // true, false, or null when there is no answer yet: as declarations/rules/conditions.py has it.
  function holds(form, clause) {
    const given = answersOf(form, clause.field);
    if (clause.op === "filled") return given.length > 0;
    if (clause.op === "empty") return given.length === 0;
    if (!given.length) return null;
    const wanted = Array.isArray(clause.value) ? clause.value : [clause.value];
    const found = given.some(function (value) { return wanted.includes(value); });
    return clause.op === "is_not" ? !found : found;
  }

  function isShown(form, told) {
    const found = told.clauses.map(function (clause) { return holds(form, clause); });
    const any = told.match === "any";
    const open = !found.length || (any ? found.includes(true) : found.every(function (one) { return one === true; }));
    return open && !told.unless.some(function (clause) { return holds(form, clause) === true; });
  }

  document.querySelectorAll("form [data-declared]").forEach(function (place) {
    const form = place.closest("form");
    const units = Array.from(place.querySelectorAll("[data-shown-if]"));

    function settle() {
      units.forEach(function (unit) {
        const shown = isShown(form, JSON.parse(unit.dataset.shownIf));
        unit.hidden = !shown;
        unit.disabled = !shown;
      });
    }

    form.addEventListener("change", settle);
    settle();
  });
})();
