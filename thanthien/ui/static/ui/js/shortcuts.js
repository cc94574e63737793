// data-shortcut="n": this key presses the button or enters the field, unless the person is typing.
(function () {
  "use strict";

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test(target.type);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1) return;
    if (document.documentElement.dataset.keys === "off" || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const target = document.querySelector('[data-shortcut="' + CSS.escape(event.key.toLowerCase()) + '"]:not([disabled])');
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, textarea, select")) {
      target.focus();
      if (target.select) target.select();
    } else {
      target.click();
    }
  });
})();
