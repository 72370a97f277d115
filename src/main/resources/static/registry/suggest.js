// Suggestions under a field for an address or a corporation while it is typed (ARIA combobox with a list). Without this file the
// field is a plain one, and what was written is looked up when it is saved. A chosen suggestion takes the place of what was typed;
// nothing is ever changed unasked.
(function () {
  "use strict";
  var kinds = {
    address: {
      query: "limit=8&q=",
      fits: function (item, typed) { return item.name !== typed; },
      main: function (item) { return item.name; },
      side: function (item) { return item.postalCode ? "〒" + item.postalCode.replace(/^(\d{3})-?(\d{4})$/, "$1-$2") : ""; },
      value: function (item) { return item.name; },
      note: function () { return ""; }
    },
    corporation: {
      query: "size=10&q=",
      fits: function (item, typed) { return item.number !== typed; },
      main: function (item) { return item.name; },
      side: function (item, words) {
        return item.number + "　" + item.address + (item.closedOn ? "　" + words.closed.replace("#", item.closedOn) : "");
      },
      value: function (item) { return item.number; },
      note: function (item, words) {
        return item.name + "　" + item.address + (item.closedOn ? "　" + words.closed.replace("#", item.closedOn) : "");
      }
    }
  };

  document.querySelectorAll("[data-suggest]").forEach(function (input) {
    var list = document.getElementById(input.id + "-suggestions"), said = document.getElementById(input.id + "-said");
    var note = document.getElementById(input.id + "-note"), kind = kinds[input.dataset.kind];
    var timer, asking, composing = false, at = -1, items = [];
    if (!list || !said || !kind) return;
    var words = said.dataset;
    var line = input.tagName === "INPUT", match = document.getElementById(input.id + "-match");
    if (line) { input.setAttribute("role", "combobox"); open(false); }
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.autocomplete = "off";

    function open(yes) { if (line) input.setAttribute("aria-expanded", String(yes)); }

    // A field that is an address only when another control says so, such as "what is wrong: the address".
    function wanted() {
      var when = input.dataset.when && input.form.elements[input.dataset.when];
      return !when || input.dataset.whenValues.split(" ").indexOf(when.value) >= 0;
    }

    function close() {
      clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      list.textContent = "";
      items = [];
      point(-1);
      open(false);
    }

    function point(to) {
      at = to;
      Array.from(list.children).forEach(function (row, i) { row.setAttribute("aria-selected", String(i === at)); });
      if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }

    function choose(item) {
      input.value = kind.value(item);
      if (note) note.textContent = kind.note(item, words);
      said.textContent = kind.note(item, words);
      close();
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    }

    function show(found) {
      list.textContent = "";
      items = found;
      found.forEach(function (item, i) {
        var row = document.createElement("li"), main = document.createElement("span"), side = document.createElement("span");
        row.id = list.id + "-" + i;
        row.setAttribute("role", "option");
        row.lang = "ja";
        main.textContent = kind.main(item);
        side.textContent = kind.side(item, words);
        side.className = "small quiet";
        row.append(main, " ", side);
        row.addEventListener("mousedown", function (event) { event.preventDefault(); });
        row.addEventListener("click", function () { choose(item); });
        list.appendChild(row);
      });
      list.hidden = !found.length;
      open(!!found.length);
      point(-1);
      said.textContent = found.length ? words.found.replace("#", found.length) : words.none;
    }

    function ask() {
      var typed = input.value.trim();
      if (typed.length < 2 || !wanted()) { close(); return; }
      if (asking) asking.abort();
      asking = new AbortController();
      fetch(input.dataset.suggest + "?" + kind.query + encodeURIComponent(typed), { signal: asking.signal, headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : { items: [] }; })
        .then(function (answer) {
          if (document.activeElement === input) show(answer.items.filter(function (i) { return kind.fits(i, typed); }));
        }).catch(function () { /* a newer question was asked, or there is no network */ });
    }

    function soon() { clearTimeout(timer); if (!composing) timer = setTimeout(ask, 200); }
    input.addEventListener("compositionstart", function () { composing = true; });
    input.addEventListener("compositionend", function () { composing = false; soon(); });
    input.addEventListener("input", function () {
      if (note) note.textContent = "";
      if (match) match.hidden = true;
      soon();
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing || composing) return;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      if (event.key === "ArrowDown" && list.hidden && line) { event.preventDefault(); ask(); }
      else if (event.key === "ArrowDown" && items.length) { event.preventDefault(); point((at + 1) % items.length); }
      else if (event.key === "ArrowUp" && items.length) { event.preventDefault(); point(at <= 0 ? items.length - 1 : at - 1); }
      if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(items[at]); }
    });
  });
})();
