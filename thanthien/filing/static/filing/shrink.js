// A photo of a telephone has twelve million points; two million are enough to read a paper. window.thanthienShrink
// gives a smaller JPEG, or the file as it is when it is no picture, already small, or cannot be read here.
(function () {
  "use strict";

  const POINTS = 2000000;
  const SMALL = 600 * 1024;
  const QUALITY = 0.8;

  function drawn(picture) {
    const scale = Math.min(1, Math.sqrt(POINTS / (picture.width * picture.height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) {
      canvas.toBlob(done, "image/jpeg", QUALITY);
    });
  }

  window.thanthienShrink = async function (file) {
    if (!file.type.startsWith("image/") || typeof createImageBitmap !== "function") return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      if (picture.width * picture.height <= POINTS && file.size <= SMALL && file.type === "image/jpeg") return file;
      const blob = await drawn(picture);
      return blob && (blob.size < file.size || file.type !== "image/jpeg") ? blob : file;
    } catch (_unreadable) {
      return file;
    }
  };
})();
