// data-confirm="Hủy hồ sơ này?": asks before the button does its work. Without scripts the server asks or the work is done.
(function () {
  "use strict";

  const dialog = document.querySelector("[data-confirm-dialog]");
  if (!dialog || !dialog.showModal) return;
  let asking = null;
  let agreed = null;

  function carryOn(element) {
    agreed = element;
    element.click();
    agreed = null;
  }

  document.addEventListener("click", function (event) {
    const element = event.target.closest("[data-confirm]");
    if (!element || element === agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    asking = element;
    dialog.querySelector("#confirm-question").textContent = element.dataset.confirm;
    dialog.returnValue = "";
    dialog.showModal();
  }, true);

  dialog.addEventListener("close", function () {
    const element = asking;
    asking = null;
    if (!element) return;
    element.focus();
    if (dialog.returnValue === "yes") carryOn(element);
  });
})();
