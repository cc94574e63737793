// data-refresh="15" on an element with an id: every so many seconds the page is fetched again and this part of it replaced,
// unless somebody is typing or choosing in it, or the page is not looked at.
(function () {
  "use strict";

  async function renew(part) {
    if (document.hidden || part.contains(document.activeElement)) return part;
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return part;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (!fresh || part.contains(document.activeElement)) return part;
      const kept = document.importNode(fresh, true);
      part.replaceWith(kept);
      return kept;
    } catch (offline) {
      return part; // the next round tries again
    }
  }

  document.querySelectorAll("[data-refresh][id]").forEach(function (part) {
    let now = part;
    setInterval(async function () {
      now = await renew(now);
    }, 1000 * Number(part.dataset.refresh));
  });
})();
