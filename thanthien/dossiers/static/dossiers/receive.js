// data-receive: the counter by keyboard and scanner. F2 ticks every paper, F9 receives, Enter goes to the next field.
(function () {
  "use strict";

  const form = document.querySelector("form[data-receive]");
  if (!form) return;
  const main = form.querySelector("[data-main]");

  function tickAll() {
    form.querySelectorAll("[data-tick]").forEach(function (box) { box.checked = true; });
  }

  function fields() {
    return Array.from(form.querySelectorAll("input:not([type=hidden]), select, textarea, button[data-main]")).filter(function (field) {
      return field.offsetParent !== null && !field.disabled && field.tabIndex >= 0;
    });
  }

  function next(field) {
    const all = fields();
    const target = all[all.indexOf(field) + 1];
    if (target) target.focus();
    if (target && target.select) target.select();
  }

  form.querySelectorAll("[data-tick-all]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      event.preventDefault();
      tickAll();
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "F2") {
      event.preventDefault();
      tickAll();
    } else if (event.key === "F9") {
      event.preventDefault();
      main.click();
    }
  });

  // A reader ends with Enter, and so do many people: half a form must not be received by it.
  form.addEventListener("keydown", function (event) {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.ctrlKey) return;
    if (field.tagName !== "INPUT" && field.tagName !== "SELECT") return;
    event.preventDefault();
    if (!isScan(field.value)) next(field);
  });

  form.addEventListener("input", function (event) {
    const box = event.target.dataset.fills && document.getElementById(event.target.dataset.fills);
    if (box) box.checked = event.target.value.trim() !== "";
  });

  // ---- the card ------------------------------------------------------------------------------------------
  function isScan(text) {
    return (text || "").split("|").length > 6;
  }

  function post(url, values) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    Object.keys(values).forEach(function (name) { data.set(name, values[name]); });
    return fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.json();
    });
  }

  function fill(values) {
    Object.keys(values).forEach(function (name) {
      const field = form.elements[name];
      if (field && values[name]) {
        field.value = values[name];
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  function firstEmpty() {
    return ["full_name", "phone"].map(function (name) { return form.elements[name]; }).find(function (field) { return !field.value; });
  }

  form.addEventListener("thanthien:scan", function (event) {
    const field = event.target;
    if (!isScan(event.detail.text) || !form.dataset.scanUrl) return;
    event.preventDefault();
    const text = event.detail.text;
    field.value = "";
    post(form.dataset.scanUrl, { text: text }).then(function (answer) {
      if (answer.error) return say({ warnings: [{ text: answer.error }] });
      const card = answer.card;
      if (card.personal_id.length !== 12) Object.assign(card, { old_id: card.personal_id, personal_id: "" });
      fill(Object.assign({}, card, answer.person ? { phone: answer.person.phone, email: answer.person.email } : {}));
      say({ warnings: answer.warnings });
      (firstEmpty() || main).focus();
    }).catch(function () { field.value = text; });
  });

  // ---- who is known already ------------------------------------------------------------------------------
  const known = form.querySelector("[data-known]");

  function say(answer) {
    known.replaceChildren();
    (answer.warnings || []).forEach(function (warning) {
      const line = document.createElement("p");
      line.className = "known-warning";
      line.textContent = warning.text;
      known.append(line);
    });
    if (answer.people && answer.people.length) {
      const question = document.createElement("p");
      question.className = "known-question";
      question.textContent = known.dataset.words;
      known.append(question);
      answer.people.forEach(function (person) { known.append(offer(person)); });
    }
    known.hidden = !known.childElementCount;
  }

  function offer(person) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline btn-small";
    button.textContent = person.label;
    button.addEventListener("click", function () {
      post(form.dataset.knownUrl + person.id + "/", {}).then(function (answer) {
        fill(answer.values);
        known.hidden = true;
        (firstEmpty() || main).focus();
      });
    });
    return button;
  }

  form.addEventListener("change", function (event) {
    const names = ["full_name", "personal_id", "phone"];
    if (!event.isTrusted || !names.includes(event.target.name) || !event.target.value) return;
    const values = {};
    names.concat(["birth_date", "sex"]).forEach(function (name) { values[name] = form.elements[name].value; });
    post(form.dataset.knownUrl, values).then(say).catch(function () {});
  });

  const first = form.elements.full_name;
  if (first && !first.value && !document.querySelector("[data-error-summary]")) first.focus();
})();
