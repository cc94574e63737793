// data-seek="found" on a search field: a moment after typing, the part of the page with that id shows what the server finds.
// Without script the button beside the field does the same.
(function () {
  "use strict";

  const field = document.querySelector("[data-seek]");
  if (!field) return;
  const PAUSE = 250;
  let waiting = 0;
  let asked = "";

  async function seek() {
    const address = new URL(window.location.href);
    new FormData(field.form).forEach(function (value, name) {
      address.searchParams.set(name, value);
    });
    asked = address.href;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok || asked !== address.href) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(field.dataset.seek);
      document.getElementById(field.dataset.seek).replaceChildren(...fresh.childNodes);
    } catch (offline) {
      return; // the button still asks
    }
  }

  field.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(seek, PAUSE);
  });
})();
