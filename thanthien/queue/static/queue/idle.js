// data-idle="90" on the kiosk's sheet: what somebody chose or typed and left is cleared after so many seconds without a
// touch, so that the next person begins anew and nobody goes first by another's choice. Without script it stays as it was.
(function () {
  "use strict";

  const sheet = document.querySelector("[data-idle]");
  if (!sheet) return;
  let waiting = 0;

  function isChanged() {
    if (sheet.dataset.idleFresh === "no") return true;
    return [...sheet.querySelectorAll("input:not([type=hidden])")].some(function (field) {
      return field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== "";
    });
  }

  function begin() {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      if (isChanged()) window.location.assign(sheet.dataset.idleHome);
      else begin();
    }, 1000 * Number(sheet.dataset.idle));
  }

  ["pointerdown", "keydown", "input"].forEach(function (kind) {
    document.addEventListener(kind, begin);
  });
  begin();
})();
