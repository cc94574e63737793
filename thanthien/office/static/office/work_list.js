// data-work-list: J and K (or the arrows) go from row to row, Enter opens (the row's link has the focus), X marks it.
(function () {
  "use strict";

  const rows = Array.from(document.querySelectorAll("[data-work-list] [data-row]"));
  if (!rows.length) return;

  function isTyping(target) {
    return /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target.tagName === "INPUT" && target.type !== "checkbox");
  }

  function place() {
    return rows.findIndex(function (row) { return row.contains(document.activeElement); });
  }

  function go(step) {
    const now = place();
    const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + step));
    const link = rows[next].querySelector("a");
    link.focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  function mark() {
    const row = rows[place()];
    if (row) row.querySelector("input[type=checkbox]").click();
    return Boolean(row);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
    const inList = place() >= 0;
    const done = {
      j: function () { go(1); return true; },
      k: function () { go(-1); return true; },
      x: mark,
      ArrowDown: function () { if (inList) go(1); return inList; },
      ArrowUp: function () { if (inList) go(-1); return inList; },
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (done && done()) event.preventDefault();
  });
})();
