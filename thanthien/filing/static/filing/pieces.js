// Files go in pieces as soon as they are chosen, one after the other, with their progress shown. When the line breaks,
// it waits and goes on with the piece that is missing; a page opened again and the same file chosen again do so too.
(function () {
  "use strict";

  const form = document.querySelector("form[data-pieces]");
  if (!form || typeof fetch !== "function" || !window.thanthienShrink) return;
  const PAUSES = [1000, 2000, 4000, 8000];
  const token = form.elements.csrfmiddlewaretoken.value;
  let line = Promise.resolve();
  let waiting = 0;

  form.classList.add("is-piecewise");
  form.querySelectorAll("[data-plain]").forEach(function (part) {
    part.hidden = true;
  });

  function nameOf(file) {
    let sum = 7;
    for (const letter of file.name) sum = (sum * 31 + letter.codePointAt(0)) % 4294967296;
    return ["f", file.size.toString(36), (file.lastModified || 0).toString(36), sum.toString(36)].join("-");
  }

  function patiently(ms) {
    return new Promise(function (done) {
      const timer = setTimeout(done, ms);
      window.addEventListener("online", function () {
        clearTimeout(timer);
        done();
      }, { once: true });
    });
  }

  // Asks until somebody answers: a broken line and a tired server are waited for, a refusal is not.
  async function ask(address, options, row) {
    for (let turn = 0; ; turn += 1) {
      try {
        const answer = await fetch(address, Object.assign({ credentials: "same-origin" }, options));
        if (answer.status < 500 && answer.status !== 429) return answer;
      } catch (_broken) {
        row.words.textContent = form.dataset.broken;
      }
      await patiently(PAUSES[Math.min(turn, PAUSES.length - 1)]);
    }
  }

  function rowFor(paper, file) {
    const list = form.querySelector('[data-files="' + paper + '"]');
    const row = { item: document.createElement("li"), words: document.createElement("span"), bar: document.createElement("progress") };
    row.item.className = "filing-file is-sending";
    row.words.setAttribute("role", "status");
    row.words.textContent = form.dataset.sending + " " + file.name;
    row.bar.setAttribute("aria-label", form.dataset.sending + " " + file.name);
    row.item.append(row.words, row.bar);
    list.append(row.item);
    return row;
  }

  function refused(row, file, text) {
    row.item.className = "filing-file is-refused";
    row.item.setAttribute("role", "alert");
    row.item.textContent = file.name + ": " + text;
  }

  async function sendOne(paper, file, row) {
    const upload = nameOf(file);
    const query = "?paper=" + encodeURIComponent(paper) + "&upload=" + encodeURIComponent(upload);
    const whole = await window.thanthienShrink(file);
    const known = await (await ask(form.dataset.pieces + query, {}, row)).json();
    const total = Math.max(1, Math.ceil(whole.size / known.size));
    row.bar.max = total;
    // The last piece is always sent: its answer is the file as it stands on the page.
    let number = Math.min(known.next, total - 1);
    for (;;) {
      row.bar.value = number;
      row.words.textContent = form.dataset.sending + " " + file.name;
      const data = new FormData();
      const facts = { csrfmiddlewaretoken: token, paper: paper, upload: upload, number: number, total: total, name: file.name };
      Object.keys(facts).forEach(function (name) {
        data.append(name, facts[name]);
      });
      data.append("piece", whole.slice(number * known.size, (number + 1) * known.size), "manh");
      const answer = await ask(form.dataset.pieces, { method: "POST", body: data }, row);
      const told = await answer.json().catch(function () {
        return { error: String(answer.status) };
      });
      if (told.error) return refused(row, file, told.error);
      if (told.done) return row.item.insertAdjacentHTML("afterend", told.html), row.item.remove();
      number = told.next;
    }
  }

  form.addEventListener("change", function (event) {
    const choice = event.target.closest("[data-paper]");
    if (event.target.type !== "file" || !choice) return;
    const files = Array.from(event.target.files);
    event.target.value = ""; // the plain form would send them once more
    files.forEach(function (file) {
      const row = rowFor(choice.dataset.paper, file);
      waiting += 1;
      line = line.then(function () {
        return sendOne(choice.dataset.paper, file, row).catch(function (error) {
          refused(row, file, String(error.message || error));
        });
      }).then(function () {
        waiting -= 1;
      });
    });
  });

  form.addEventListener("submit", function (event) {
    if (!waiting) return;
    event.preventDefault();
    document.getElementById("said").textContent = form.dataset.busy;
    const busy = form.querySelector(".is-sending");
    if (busy) busy.scrollIntoView({ block: "center" });
  });
})();
