// Security keys: data-webauthn="create" or "get" on a form. The question stands as JSON in #webauthn-question; the answer goes
// into the form's field "credential" and is sent. Only on the pages that need it (it needs allauth's webauthn-json.js before it).
(function () {
  "use strict";

  const form = document.querySelector("[data-webauthn]");
  const question = document.getElementById("webauthn-question");
  if (!form || !question) return;
  const failed = document.querySelector("[data-webauthn-failed]");

  function wanted() {
    const data = JSON.parse(question.textContent);
    if (form.dataset.webauthn === "get") return data.request_options;
    const choice = data.creation_options.publicKey.authenticatorSelection;
    const lone = form.elements.passwordless;
    if (lone) {
      choice.residentKey = lone.checked ? "required" : "discouraged";
      choice.requireResidentKey = lone.checked;
      if (lone.checked) choice.userVerification = "required";
    }
    return data.creation_options;
  }

  document.querySelector("[data-webauthn-start]").addEventListener("click", async function (event) {
    event.preventDefault();
    failed.hidden = true;
    try {
      const ask = form.dataset.webauthn === "get" ? window.webauthnJSON.get : window.webauthnJSON.create;
      form.elements.credential.value = JSON.stringify(await ask(wanted()));
      form.requestSubmit();
    } catch (refused) {
      failed.hidden = false;
      failed.focus();
    }
  });
})();
