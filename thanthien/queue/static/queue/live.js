// data-board="address": keeps a line open to the live process and announces each state as `thanthien:state` on the element
// (detail: {state, fact, missed}); `thanthien:line` says whether the line lives (detail: {alive}). A line that is silent
// longer than a beat and a half is opened anew, so that a board is right again seconds after its network is.
(function () {
  "use strict";

  const board = document.querySelector("[data-board]");
  if (!board || !board.dataset.board || !window.EventSource) return;
  const SILENT = 5000;
  const AGAIN = 2500;
  let source = null;
  let heard = 0;
  let opened = 0;
  let alive = true;

  function say(name, detail) {
    board.dispatchEvent(new CustomEvent("thanthien:" + name, { detail: detail }));
  }

  function living(now) {
    if (now !== alive) {
      alive = now;
      say("line", { alive: now });
    }
  }

  function hear(event) {
    heard = Date.now();
    living(true);
    if (event.type !== "state") return;
    const told = JSON.parse(event.data);
    board.dataset.last = String(Math.max(Number(board.dataset.last), told.state.last));
    say("state", told);
  }

  function open() {
    if (source) source.close();
    opened = Date.now();
    source = new EventSource(board.dataset.board + "?after=" + board.dataset.last);
    source.addEventListener("state", hear);
    source.addEventListener("beat", hear);
  }

  function watch() {
    const now = Date.now();
    if (now - Math.max(heard, 0) < SILENT) return;
    living(heard !== 0 ? false : now - begun < SILENT);
    if (now - opened > AGAIN) open();
  }

  const begun = Date.now();
  open();
  setInterval(watch, 500);
  window.addEventListener("online", open);
  window.addEventListener("offline", function () {
    living(false);
  });
  window.addEventListener("pagehide", function () {
    source.close();
  });
})();
