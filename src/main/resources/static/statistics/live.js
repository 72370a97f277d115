// Asks for fresh figures every two seconds: not while paused, not while the page is in the background, and not while the
// keyboard is inside (a refresh would take the focus away).
(function () {
  "use strict";
  if (!window.htmx) return;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.allowEval = false;
  htmx.config.historyEnabled = false;
  var paused = false;
  document.querySelectorAll("[data-live-toggle]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      paused = !paused;
      button.setAttribute("aria-pressed", String(paused));
      button.textContent = paused ? button.dataset.resume : button.dataset.pause;
    });
  });
  // the plain link is for those without a script
  document.querySelectorAll("[data-live-reload]").forEach(function (link) { link.hidden = true; });
  setInterval(function () {
    if (paused || document.hidden) return;
    document.querySelectorAll("[data-live]").forEach(function (part) {
      if (!part.contains(document.activeElement)) htmx.trigger(part, "kiban:refresh");
    });
  }, 2000);
})();
