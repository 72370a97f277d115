// Large files: says how far the sending is, and says before it begins when a file is too large. Without this file the button sends them alike.
(function () {
  "use strict";
  document.querySelectorAll("[data-upload]").forEach(function (here) {
    var form = here.closest("form"), bar = here.querySelector("[data-bar]"), said = here.querySelector("[data-said]");
    function files() {
      return Array.from(form.querySelectorAll("input[type=file]")).flatMap(function (i) { return Array.from(i.files); });
    }
    function tooLarge() {
      var name = files().filter(function (f) { return f.size > Number(here.dataset.most); }).map(function (f) { return f.name; })[0];
      said.textContent = name ? name + ": " + here.dataset.large : "";
      return Boolean(name);
    }
    function busy(on) {
      form.setAttribute("aria-busy", on);
      bar.hidden = !on;
      form.querySelectorAll("button[type=submit]").forEach(function (b) { b.disabled = on; });
    }
    form.addEventListener("change", tooLarge);
    form.addEventListener("submit", function (event) {
      if (tooLarge()) { event.preventDefault(); return; }
      var all = files().reduce(function (sum, f) { return sum + f.size; }, 0);
      if (all < 1048576) return;
      event.preventDefault();
      var data = new FormData(form), sending = new XMLHttpRequest(), told = -1;
      if (event.submitter && event.submitter.name) data.append(event.submitter.name, event.submitter.value);
      sending.open("POST", form.action);
      sending.setRequestHeader("Accept", "text/html");
      sending.upload.onprogress = function (e) {
        var part = e.lengthComputable ? Math.floor(100 * e.loaded / e.total) : 0;
        bar.querySelector("progress").value = part;
        if (Math.floor(part / 10) !== told) { told = Math.floor(part / 10); said.textContent = here.dataset.sending + " " + part + " %"; }
      };
      sending.upload.onload = function () { bar.hidden = true; said.textContent = here.dataset.sent; };
      sending.onerror = function () { busy(false); said.textContent = here.dataset.cut; };
      sending.onload = function () {
        if (sending.responseURL && sending.responseURL.split("#")[0] !== form.action) { location.assign(sending.responseURL); return; }
        document.open();
        document.write(sending.responseText);
        document.close();
      };
      busy(true);
      sending.send(data);
    });
  });
})();
