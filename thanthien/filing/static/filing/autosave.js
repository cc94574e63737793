// data-autosave on a form: what is typed is saved while typing, and once more when the page is left. A broken line is
// said and tried again; sending the form itself needs none of this.
(function () {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  const said = document.querySelector("[data-saved]");
  if (!form || !said) return;
  const PAUSE = 1200; // after the last key
  const AGAIN = 8000; // when the line is broken
  let timer = 0;
  let under_way = null;
  let changed = false;

  function words() {
    const data = new FormData(form);
    Array.from(form.elements).forEach(function (field) {
      if (field.type === "file") data.delete(field.name);
    });
    return data;
  }

  function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function tell(text, lost) {
    said.textContent = text;
    said.classList.toggle("is-lost", lost);
  }

  function save() {
    if (!changed) return;
    if (under_way) under_way.abort();
    under_way = new AbortController();
    changed = false;
    fetch(form.dataset.autosave, { method: "POST", body: words(), signal: under_way.signal, credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      })
      .then(function (answer) {
        tell(said.dataset.savedWords + " " + answer.saved, false);
      })
      .catch(function (error) {
        if (error.name === "AbortError") return;
        changed = true;
        tell(said.dataset.lostWords, true);
        wait(AGAIN);
      });
  }

  form.addEventListener("input", function (event) {
    if (event.target.type === "file") return;
    changed = true;
    wait(PAUSE);
  });

  form.addEventListener("submit", function () {
    clearTimeout(timer);
    changed = false;
    if (under_way) under_way.abort();
  });

  window.addEventListener("online", function () {
    wait(0);
  });

  window.addEventListener("pagehide", function () {
    if (changed && navigator.sendBeacon) navigator.sendBeacon(form.dataset.autosave, words());
  });
})();
