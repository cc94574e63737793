// The kiosk goes on by itself: data-press="value" presses that button once the page is there, data-print-first prints before
// the form is sent, data-return goes home after data-seconds.
(function () {
  "use strict";

  const press = document.querySelector("[data-press]");
  if (press) press.querySelector('button[value="' + press.dataset.press + '"]').click();

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print-first]")) window.print();
  });

  const home = document.querySelector("[data-return]");
  if (home) {
    setTimeout(function () {
      window.location.assign(home.dataset.return);
    }, 1000 * Number(home.dataset.seconds));
  }
})();
