// data-choose on a <select>: a field that filters the choices as one types, with or without marks.
(function () {
  "use strict";

  const MOST = 60;
  const said = document.getElementById("said");

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  }

  function Choice(select) {
    this.select = select;
    this.options = Array.from(select.options).filter(function (option) { return option.value; }).map(function (option) {
      return { option: option, words: plain(option.text + " " + (option.dataset.words || "")) };
    });
    this.active = -1;
    this.build();
  }

  Choice.prototype.build = function () {
    const id = this.select.id;
    this.box = document.createElement("div");
    this.box.className = "choose";
    this.input = document.createElement("input");
    this.list = document.createElement("ul");
    Object.assign(this.input, { type: "text", id: id, className: "form-control", autocomplete: "off" });
    Object.assign(this.list, { id: id + "_list", className: "choose-list", hidden: true });
    const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" };
    ["aria-describedby", "aria-invalid", "aria-label", "required"].forEach((name) => {
      if (this.select.hasAttribute(name)) roles[name === "required" ? "aria-required" : name] = this.select.getAttribute(name) || "true";
    });
    Object.keys(roles).forEach((name) => this.input.setAttribute(name, roles[name]));
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.select.labels[0] ? this.select.labels[0].textContent.trim() : this.select.name);
    this.select.id = id + "_value";
    this.select.before(this.box);
    this.box.append(this.input, this.list, this.select);
    this.reset();
    this.listen();
  };

  Choice.prototype.listen = function () {
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const line = event.target.closest("[role=option]");
      if (line) this.take(this.found[Array.from(this.list.children).indexOf(line)]);
    });
  };

  Choice.prototype.open = function (text) {
    const wanted = plain(text).split(/\s+/).filter(Boolean);
    this.found = this.options.filter(({ words }) => wanted.every((word) => words.includes(word))).slice(0, MOST).map(({ option }) => option);
    this.list.replaceChildren(...this.found.map((option, place) => this.line(option, place)));
    if (!this.found.length) {
      const none = document.createElement("li");
      none.className = "choose-none";
      none.textContent = said.dataset.none;
      this.list.append(none);
    }
    said.textContent = this.found.length ? this.found.length + " " + said.dataset.found : said.dataset.none;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(text && this.found.length ? 0 : -1);
  };

  Choice.prototype.line = function (option, place) {
    const line = document.createElement("li");
    Object.assign(line, { id: this.list.id + "_" + place, className: "choose-option", textContent: option.text });
    line.setAttribute("role", "option");
    return line;
  };

  Choice.prototype.mark = function (place) {
    this.active = place;
    Array.from(this.list.children).forEach((line, at) => line.setAttribute("aria-selected", String(at === place)));
    const line = this.list.children[place];
    if (line && this.found.length) {
      this.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  };

  Choice.prototype.press = function (event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) this.open("");
      if (this.found.length) this.mark((this.active + step + this.found.length) % this.found.length);
    } else if (event.key === "Enter" && !this.list.hidden && this.found[this.active]) {
      event.preventDefault();
      this.take(this.found[this.active]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.reset();
    }
  };

  Choice.prototype.take = function (option) {
    this.select.value = option.value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.reset();
  };

  Choice.prototype.leave = function () {
    if (!this.input.value.trim()) this.select.value = "";
    this.reset();
  };

  Choice.prototype.reset = function () {
    const option = this.select.selectedOptions[0];
    this.input.value = option && option.value ? option.text : "";
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  };

  document.querySelectorAll("select[data-choose]:not([multiple])").forEach(function (select) {
    new Choice(select);
  });
})();
