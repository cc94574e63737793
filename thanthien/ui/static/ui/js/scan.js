// data-scan: a reader types fast and ends with Enter. The field then announces "thanthien:scan" with the text it holds;
// who listens and prevents the default keeps the Enter from sending the form.
(function () {
  "use strict";

  const FAST = 60; // milliseconds between two keys; nobody types so fast for long
  let began = 0;
  let count = 0;

  document.addEventListener("keydown", function (event) {
    const field = event.target;
    if (!field.matches || !field.matches("[data-scan]") || event.isComposing) return;
    const now = event.timeStamp;
    if (event.key === "Enter") {
      const scanned = count > 5 && (now - began) / count < FAST;
      const told = new CustomEvent("thanthien:scan", { bubbles: true, cancelable: true, detail: { text: field.value, scanned: scanned } });
      count = 0;
      if (!field.dispatchEvent(told)) event.preventDefault();
      return;
    }
    if (event.key.length !== 1) return;
    if (count === 0 || now - began > FAST * (count + 8)) {
      began = now;
      count = 0;
    }
    count += 1;
  });
})();
