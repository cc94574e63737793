// data-sends-itself: a form that the person has already sent and that needs nothing more than a newer page is sent anew.
(function () {
  "use strict";

  const form = document.querySelector("form[data-sends-itself]");
  if (form) form.requestSubmit();
})();
