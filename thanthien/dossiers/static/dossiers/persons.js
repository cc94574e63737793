// form[data-persons]: each person of a declaration may be scanned from an ID card, or taken over when known already.
(function () {
  "use strict";

  const form = document.querySelector("form[data-persons]");
  if (!form) return;

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

  function box(unit, part) {
    return form.elements[unit.dataset.person + "." + part];
  }

  function fill(unit, values) {
    Object.keys(values).forEach(function (part) {
      const field = box(unit, part);
      if (!field || !values[part]) return;
      field.value = values[part];
      const target = field.length ? Array.from(field).find(function (one) { return one.checked; }) : field;
      if (target) target.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function say(unit, answer) {
    const place = unit.querySelector("[data-known]");
    place.replaceChildren();
    (answer.warnings || []).forEach(function (warning) { place.append(line("known-warning", warning.text)); });
    if (answer.people && answer.people.length) {
      place.append(line("known-question", place.dataset.words));
      answer.people.forEach(function (person) { place.append(offer(unit, person)); });
    }
    place.hidden = !place.childElementCount;
  }

  function line(kind, text) {
    const made = document.createElement("p");
    made.className = kind;
    made.textContent = text;
    return made;
  }

  function offer(unit, person) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline btn-small";
    button.textContent = person.label;
    button.addEventListener("click", function () {
      post(form.dataset.knownUrl + person.id + "/", {}).then(function (answer) {
        fill(unit, answer.values);
        unit.querySelector("[data-known]").hidden = true;
      });
    });
    return button;
  }

  form.addEventListener("thanthien:scan", function (event) {
    const unit = event.target.closest("[data-person]");
    if (!unit || !isScan(event.detail.text)) return;
    event.preventDefault();
    const field = event.target;
    field.value = "";
    post(form.dataset.scanUrl, { text: event.detail.text }).then(function (answer) {
      if (answer.error) return say(unit, { warnings: [{ text: answer.error }] });
      const card = answer.card;
      if (card.personal_id.length !== 12) Object.assign(card, { old_id: card.personal_id, personal_id: "" });
      fill(unit, Object.assign({}, card, answer.person || {}));
      say(unit, { warnings: answer.warnings });
    }).catch(function () { field.value = event.detail.text; });
  });

  form.addEventListener("change", function (event) {
    const unit = event.target.closest("[data-person]");
    const parts = ["full_name", "personal_id", "phone"];
    if (!unit || !event.isTrusted || !event.target.value) return;
    if (!parts.some(function (part) { return box(unit, part) === event.target; })) return;
    const values = {};
    parts.concat(["birth_date", "sex"]).forEach(function (part) { values[part] = (box(unit, part) || {}).value || ""; });
    post(form.dataset.knownUrl, values).then(function (answer) { say(unit, answer); }).catch(function () {});
  });
})();
