// Search as you type: asks for the same page with what was typed, and puts its results in the place of these. Without this file the
// button does it. Also brings the figures of a running load up to date.
(function () {
  "use strict";
  function part(html, id) { return new DOMParser().parseFromString(html, "text/html").getElementById(id); }

  document.querySelectorAll("form[data-search]").forEach(function (form) {
    var id = form.dataset.search, said = document.getElementById(id + "-said"), timer, asking, composing = false;
    function ask() {
      var query = new URLSearchParams(new FormData(form));
      Array.from(query.keys()).forEach(function (key) { if (!query.get(key)) query.delete(key); });
      var address = form.getAttribute("action") + "?" + query;
      if (asking) asking.abort();
      asking = new AbortController();
      fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } }).then(function (answer) {
        return answer.ok ? answer.text() : "";
      }).then(function (html) {
        var fresh = html && part(html, id), old = document.getElementById(id);
        if (!fresh || !old) return;
        old.replaceWith(fresh);
        history.replaceState(null, "", address);
        var count = fresh.querySelectorAll("tbody tr").length;
        if (said) said.textContent = count ? said.dataset.found.replace("#", count) : said.dataset.none;
      }).catch(function () { /* a newer question was asked, or there is no network: the button remains */ });
    }
    function soon() { clearTimeout(timer); if (!composing) timer = setTimeout(ask, 200); }
    form.addEventListener("compositionstart", function () { composing = true; });
    form.addEventListener("compositionend", function () { composing = false; soon(); });
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
  });

  var running = document.querySelector("[data-refresh]");
  if (running) setInterval(function () {
    if (document.hidden) return;
    var id = running.dataset.refresh;
    fetch(location.href, { headers: { Accept: "text/html" } }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (html) {
      var fresh = html && part(html, id);
      if (!fresh) return;
      if (!fresh.dataset.refresh) { location.reload(); return; }
      document.getElementById(id).replaceWith(fresh);
    }).catch(function () {});
  }, 2000);
})();
