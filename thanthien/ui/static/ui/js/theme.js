// Before the page is drawn: large type, high contrast and single-key shortcuts as this person chose them.
(function () {
  "use strict";

  const root = document.documentElement;
  const chosen = { type: "large", contrast: "high", keys: "off" };

  function remembered(name) {
    try {
      return localStorage.getItem("thanthien." + name);
    } catch (blocked) {
      return null;
    }
  }

  function remember(name, value) {
    try {
      localStorage.setItem("thanthien." + name, value);
    } catch (blocked) {
      // A browser that keeps nothing still shows this page as chosen.
    }
  }

  function show(name) {
    const on = root.dataset[name] === chosen[name];
    document.querySelectorAll('[data-theme-switch="' + name + '"]').forEach(function (button) {
      button.setAttribute("aria-pressed", String(on));
    });
  }

  root.classList.add("js");
  Object.keys(chosen).forEach(function (name) {
    if (remembered(name) === chosen[name]) root.dataset[name] = chosen[name];
  });

  document.addEventListener("DOMContentLoaded", function () {
    Object.keys(chosen).forEach(show);
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-theme-switch]");
    if (!button) return;
    const name = button.dataset.themeSwitch;
    if (root.dataset[name]) delete root.dataset[name];
    else root.dataset[name] = chosen[name];
    remember(name, root.dataset[name] || "");
    show(name);
  });
})();
