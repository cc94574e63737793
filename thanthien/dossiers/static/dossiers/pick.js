// data-pick: typing narrows the procedures, with or without marks; a number key (while nothing is typed), Enter or the
// arrows choose. Without scripts the whole list stands there.
(function () {
  "use strict";

  const box = document.querySelector("[data-pick]");
  if (!box) return;
  const text = box.querySelector("[data-pick-text]");
  const none = box.querySelector("[data-pick-none]");
  const rows = Array.from(box.querySelectorAll("[data-words]"));

  function plain(words) {
    return words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  function shown() {
    return rows.filter(function (row) { return !row.hidden; });
  }

  function narrow() {
    const wanted = plain(text.value).split(/\s+/).filter(Boolean);
    rows.forEach(function (row) {
      row.hidden = !wanted.every(function (word) { return row.dataset.words.includes(word); });
    });
    none.textContent = shown().length ? "" : none.dataset.words;
  }

  function open(row) {
    if (row) row.querySelector("a").click();
    return Boolean(row);
  }

  function step(by) {
    const links = shown().map(function (row) { return row.querySelector("a"); });
    const at = links.indexOf(document.activeElement) + by;
    if (at < 0) text.focus();
    else if (links[at]) links[at].focus();
  }

  text.addEventListener("input", narrow);
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!box.contains(event.target) && event.target !== document.body) return;
    const typing = event.target === text && text.value !== "";
    const key = box.querySelector('[data-pick-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === text) {
      event.preventDefault();
      open(shown()[0]);
    } else if (key && !typing) {
      event.preventDefault();
      key.click();
    }
  });
  narrow();
})();
