// data-closes-in="1800" data-warns="120": this page closes so many seconds after it was shown; warns before, and then
// asks the server anew, which knows better whether it is still open.
(function () {
  "use strict";

  const warning = document.querySelector("[data-closes-in]");
  if (!warning) return;
  const closes = Number(warning.dataset.closesIn) * 1000;
  const warns = Number(warning.dataset.warns) * 1000;
  const said = document.getElementById("said");

  setTimeout(function () {
    warning.hidden = false;
    warning.scrollIntoView({ block: "center" });
    said.textContent = warning.textContent.trim();
  }, Math.max(0, closes - warns));

  setTimeout(function () {
    location.replace(location.pathname);
  }, closes + 2000);
})();
