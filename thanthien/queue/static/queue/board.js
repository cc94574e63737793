// The board draws what `thanthien:state` brings and keeps the clock.
(function () {
  "use strict";

  const board = document.querySelector(".board-sheet[data-board]");
  if (!board) return;
  const part = function (name) {
    return board.querySelector("[data-" + name + "]");
  };
  const now = board.querySelector(".board-now");
  let shown = part("code").textContent + "#" + board.dataset.last;

  function drawFirst(call) {
    const mark = call ? call.code + "#" + call.id : "";
    if (!call || mark === shown) return;
    shown = mark;
    part("please").textContent = part("please").dataset.words;
    part("code").textContent = call.code;
    part("counter").textContent = call.counter;
    part("counter-line").hidden = false;
    part("about").textContent = [call.line, call.officer].filter(Boolean).join(" · ");
    now.classList.remove("is-new");
    void now.offsetWidth; // begins the movement anew
    now.classList.add("is-new");
  }

  function drawBefore(calls) {
    const list = part("before");
    list.replaceChildren.apply(list, calls.map(function (call) {
      const row = document.createElement("li");
      const code = document.createElement("span");
      const where = document.createElement("span");
      code.textContent = call.code;
      where.textContent = list.dataset.counterWord + " " + call.counter;
      where.className = "board-where";
      row.append(code, where);
      return row;
    }));
  }

  function drawWait(state) {
    const line = part("wait");
    line.textContent = state.waiting
      ? line.dataset.words.replace("{people}", state.waiting).replace("{least}", state.least).replace("{most}", state.most)
      : line.dataset.none;
  }

  board.addEventListener("thanthien:state", function (event) {
    const state = event.detail.state;
    drawFirst(state.calls[0]);
    drawBefore(state.calls.slice(1));
    drawWait(state);
  });

  board.addEventListener("thanthien:line", function (event) {
    part("broken").hidden = event.detail.alive;
  });

  function tick() {
    const time = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" });
    part("clock").textContent = time.format(new Date());
  }

  setInterval(tick, 1000);
})();
