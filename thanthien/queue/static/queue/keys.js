// data-keys: a keyboard on the screen for fields with data-typed-here. Letters without marks are enough, since the search
// needs none. The system's own keyboard stays away then (inputmode). Narrow screens and browsers without script keep it.
(function () {
  "use strict";

  const board = document.querySelector("[data-keys]");
  const fields = document.querySelectorAll("[data-typed-here]");
  if (!board || !fields.length || !window.matchMedia("(min-width: 48rem)").matches) return;
  const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
  let field = null;

  function write(text) {
    const end = field.selectionEnd;
    if (field.value.length - (end - field.selectionStart) + text.length > field.maxLength) return;
    field.setRangeText(text, field.selectionStart, end, "end");
    say();
  }

  function erase() {
    const end = field.selectionEnd;
    const start = field.selectionStart === end ? Math.max(0, end - 1) : field.selectionStart;
    field.setRangeText("", start, end, "end");
    say();
  }

  function clear() {
    field.value = "";
    say();
  }

  function say() {
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    field.blur();
  }

  function key(row, label, act, kind) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1; // whoever has keys under the fingers needs none on the screen
    button.className = "kiosk-key" + (kind ? " kiosk-key-" + kind : "");
    button.textContent = label;
    button.addEventListener("click", act);
    row.append(button);
  }

  function build() {
    ROWS.forEach(function (letters, place) {
      const row = document.createElement("div");
      row.className = "kiosk-key-row";
      [...letters].forEach(function (letter) {
        key(row, letter.toUpperCase(), write.bind(null, letter));
      });
      if (place === ROWS.length - 1) key(row, board.dataset.erase, erase, "wide");
      board.append(row);
    });
    const last = document.createElement("div");
    last.className = "kiosk-key-row";
    key(last, board.dataset.clear, clear, "wide");
    key(last, board.dataset.space, write.bind(null, " "), "space");
    key(last, board.dataset.done, close, "done");
    board.append(last);
  }

  function open(event) {
    field = event.target;
    board.hidden = false;
    document.body.classList.add("has-keys"); // stays: were the page to shrink, a press would miss what it was meant for
    field.scrollIntoView({ block: "start" });
  }

  function shut() {
    board.hidden = true;
  }

  build();
  // A press keeps the field's cursor where it is.
  board.addEventListener("pointerdown", function (event) {
    event.preventDefault();
  });
  board.addEventListener("mousedown", function (event) {
    event.preventDefault();
  });
  fields.forEach(function (one) {
    one.inputMode = "none";
    one.addEventListener("focus", open);
    one.addEventListener("blur", shut);
  });
})();
