// The page of returning a result: a signature drawn with finger, pen or mouse; and only the fields of the chosen way.
(function () {
  "use strict";

  const box = document.querySelector("[data-signing]");
  const kept = document.getElementById("id_signature");
  const sheet = box.querySelector("canvas");
  const pen = sheet.getContext("2d");
  let drawing = false;

  function place(event) {
    const frame = sheet.getBoundingClientRect();
    return [(event.clientX - frame.left) * sheet.width / frame.width, (event.clientY - frame.top) * sheet.height / frame.height];
  }

  function begin(event) {
    drawing = true;
    sheet.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
  }

  function go(event) {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
  }

  function end() {
    if (!drawing) return;
    drawing = false;
    kept.value = sheet.toDataURL("image/png");
  }

  function clear() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    kept.value = "";
  }

  Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#14213d" });
  function showKept() {
    const before = kept.value;
    clear();
    if (!before) return;
    const picture = new Image();
    picture.addEventListener("load", function () {
      pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
    });
    picture.src = kept.value = before;
  }

  showKept();
  box.hidden = false;
  sheet.addEventListener("pointerdown", begin);
  sheet.addEventListener("pointermove", go);
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", end);
  box.querySelector("[data-signing-clear]").addEventListener("click", clear);

  // Fields of other ways step aside. Without scripts all stand there and only those of the chosen way are looked at.
  const ways = { post: "id_waybill", home: "id_home_reason" };

  function show() {
    const chosen = document.querySelector("[name=channel]:checked");
    Object.entries(ways).forEach(function ([way, id]) {
      document.getElementById(id).closest("fieldset").hidden = !chosen || chosen.value !== way;
    });
  }

  document.querySelectorAll("[name=channel]").forEach(function (radio) {
    radio.addEventListener("change", show);
  });
  show();
})();
