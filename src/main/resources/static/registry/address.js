// Suggestions under a field for an address while it is typed. Without this file the field is a plain one, and what was written is
// looked up when it is saved. A suggestion replaces the beginning that it goes on from; nothing is ever changed unasked.
(function () {
  "use strict";
  document.querySelectorAll("input[data-address]").forEach(function (input) {
    var list = document.getElementById(input.id + "-suggestions"), said = document.getElementById(input.id + "-said");
    var timer, asking, composing = false;
    if (!list) return;

    function close() { list.hidden = true; list.textContent = ""; }

    function show(items) {
      list.textContent = "";
      items.forEach(function (item) {
        var row = document.createElement("li"), button = document.createElement("button");
        button.type = "button";
        button.lang = "ja";
        button.textContent = item.name + (item.postalCode ? "　〒" + item.postalCode.replace(/^(\d{3})-?(\d{4})$/, "$1-$2") : "");
        button.addEventListener("click", function () { input.value = item.name; close(); input.focus(); });
        row.appendChild(button);
        list.appendChild(row);
      });
      list.hidden = !items.length;
      if (said) said.textContent = items.length ? said.dataset.found.replace("#", items.length) : "";
    }

    function ask() {
      var typed = input.value.trim();
      if (typed.length < 2) { close(); return; }
      if (asking) asking.abort();
      asking = new AbortController();
      fetch(input.dataset.address + "?limit=8&q=" + encodeURIComponent(typed), { signal: asking.signal, headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : { items: [] }; })
        .then(function (answer) {
          if (document.activeElement === input) show(answer.items.filter(function (i) { return i.name !== typed; }));
        }).catch(function () { /* a newer question was asked, or there is no network */ });
    }

    function soon() { clearTimeout(timer); if (!composing) timer = setTimeout(ask, 200); }
    input.addEventListener("compositionstart", function () { composing = true; });
    input.addEventListener("compositionend", function () { composing = false; soon(); });
    input.addEventListener("input", soon);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape") close();
      if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); list.querySelector("button").focus(); }
    });
    list.addEventListener("keydown", function (event) {
      var row = event.target.closest("li"), next = event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
      if (event.key === "Escape") { close(); input.focus(); }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); (next ? next.querySelector("button") : input).focus(); }
    });
    document.addEventListener("click", function (event) { if (event.target !== input && !list.contains(event.target)) close(); });
  });
})();
