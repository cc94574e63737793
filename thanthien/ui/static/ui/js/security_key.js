// When a security key was refused or not found, the page says what to do (allauth itself only writes to the console).
(function () {
  "use strict";

  document.addEventListener("allauth.error", function () {
    const notice = document.querySelector("[data-security-key-failed]");
    if (!notice) return;
    notice.hidden = false;
    notice.focus();
  });
})();
