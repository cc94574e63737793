// data-toggle="id": opens and closes a menu on small screens. Without scripts the menu simply stays open.
(function () {
  "use strict";

  function set(button, open) {
    const target = document.getElementById(button.dataset.toggle);
    button.setAttribute("aria-expanded", String(open));
    target.classList.toggle("is-open", open);
  }

  document.querySelectorAll("[data-toggle]").forEach(function (button) {
    button.addEventListener("click", function () {
      set(button, button.getAttribute("aria-expanded") !== "true");
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const open = document.querySelector('[data-toggle][aria-expanded="true"]');
    if (!open) return;
    set(open, false);
    open.focus();
  });
})();
