// Where the browser can read codes (most Android phones), a photo of the ID card's QR fills the page. The photo stays
// on the device: only the text of the code is sent, as a reader at a counter would type it.
(function () {
  "use strict";

  const part = document.querySelector("[data-card]");
  if (!part || !("BarcodeDetector" in window) || typeof createImageBitmap !== "function") return;
  const form = part.closest("form");
  const said = part.querySelector("[data-card-said]");
  part.hidden = false;

  async function read(file) {
    const codes = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file));
    return codes.length ? codes[0].rawValue : "";
  }

  part.querySelector("[data-card-photo]").addEventListener("change", async function (event) {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file) return;
    const text = await read(file).catch(function () {
      return "";
    });
    if (!text) {
      said.textContent = part.dataset.cardNone;
      return;
    }
    form.elements.card.value = text;
    form.requestSubmit();
  });
})();
