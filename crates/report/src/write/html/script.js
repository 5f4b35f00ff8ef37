// What the page does beyond being read: choosing alternatives, sorting tables, reading figures off
// charts, looking up the ledger of a month. Everything it shows stands in the page already.
"use strict";
const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(document.getElementById("ledger-data").textContent);

  // What a chart says is read out once, and not shown over it while it is pointed at.
  for (const svg of all(".plot svg")) {
    const parts = all("title, desc", svg);
    svg.setAttribute("aria-label", parts.map((part) => part.textContent).join(". "));
    parts.forEach((part) => part.remove());
  }

  // What scrolls sideways can be reached by keyboard; what does not is no stop on the way.
  const reach = () => {
    for (const box of all(".scroll, .plot")) {
      if (box.scrollWidth > box.clientWidth + 1) {
        const name = box.querySelector("caption")?.textContent ?? "Chart";
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", name + ", scrolls sideways");
      } else {
        ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name));
      }
    }
  };
  addEventListener("resize", reach);
  all("details").forEach((details) => details.addEventListener("toggle", reach));

  // Sorting: figures by their value, words by the alphabet, the given order on the third press.
  const key = (row, column) => {
    const cell = row.cells[column];
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    const words = cell.textContent.trim();
    const number = /^[^0-9-]*(-?[0-9][0-9,]*(\.[0-9]+)?)/.exec(words);
    return cell.classList.contains("n") ? (number ? Number(number[1].replaceAll(",", "")) : null) : words;
  };
  const compare = (a, b) => {
    if (a === b) return 0;
    if (a === null || typeof a === "string" && a === "") return 1;
    if (b === null || typeof b === "string" && b === "") return -1;
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), "en");
  };
  for (const table of all("table[data-sortable]")) {
    const body = table.tBodies[0];
    const given = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const next = { none: "ascending", ascending: "descending", descending: "none" };
    heads.forEach((head, column) => {
      head.setAttribute("aria-sort", "none");
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const order = next[head.getAttribute("aria-sort")];
        heads.forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", order);
        const sorted = [...given];
        if (order !== "none") {
          const sign = order === "ascending" ? 1 : -1;
          const unknown = (value) => value === null || value === "";
          sorted.sort((a, b) => {
            const [x, y] = [key(a, column), key(b, column)];
            return unknown(x) || unknown(y) ? compare(x, y) : sign * compare(x, y);
          });
        }
        body.append(...sorted);
      });
    });
  }

  // Choosing alternatives: rows, columns, parts and what is drawn of them.
  const chosen = new Set(data.alternatives.keys());
  const show = () => {
    for (const node of all("[data-alternative]")) {
      node.hidden = !chosen.has(Number(node.dataset.alternative));
    }
    for (const table of all("table[data-by=columns]")) {
      for (const row of table.rows) {
        [...row.cells].slice(1).forEach((cell, index) => { cell.hidden = !chosen.has(index); });
      }
    }
    all("figure[data-by]").forEach((figure) => {
      all("g[data-of]", figure).forEach((group) => {
        group.classList.toggle("away", !chosen.has(Number(group.dataset.of)));
      });
    });
    all(".readout").forEach((readout) => readout.dispatchEvent(new Event("refresh")));
    reach();
  };
  if (data.alternatives.length > 1) {
    const choices = make("div", { className: "choices" });
    data.alternatives.forEach((alternative, index) => {
      const box = make("input", { type: "checkbox", checked: true });
      box.addEventListener("change", () => {
        chosen[box.checked ? "add" : "delete"](index);
        show();
      });
      choices.append(make("label", {}, box, make("span", {}, alternative.name)));
    });
    const fieldset = make("fieldset", { id: "choose" }, make("legend", {}, "Show"), choices);
    document.querySelector("nav").append(fieldset);
  }

  // Reading figures off a chart: a month with a slider, a bar or point from a list, or by pointing.
  const readout = (figure, number) => {
    const table = figure.querySelector("table[data-figures]");
    const svg = figure.querySelector("svg");
    const along = svg.querySelector("g[data-along]");
    const groups = all("g[data-of]", svg);
    if (!table || (!along && groups.length === 0)) return;
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const given = [...table.tBodies[0].rows];
    const word = (cell) => cell.firstChild?.textContent.trim() ?? "";
    // What is read off together: a row of the table, or a column where bars stand in columns.
    const isByColumn = !along && table.dataset.by === "columns";
    const things = isByColumn
      ? heads.slice(1).map((name, index) => [name, given.map((row) => [word(row.cells[0]), row.cells[index + 1]])])
      : given.map((row) => [word(row.cells[0]), [...row.cells].slice(1).map((cell, index) => [heads[index + 1], cell])]);
    const list = make("dl");
    const [left, right, top, bottom] = along ? along.dataset.along.split(" ").map(Number) : [];
    const id = "figure-" + number;
    let control;
    let mark;
    if (along) {
      control = make("input", { type: "range", id, min: 0, max: things.length - 1, value: things.length - 1 });
      mark = document.createElementNS("http://www.w3.org/2000/svg", "line");
      const look = { y1: top, y2: bottom, stroke: "#1b2733", "stroke-width": 1.2, "stroke-dasharray": "4 4" };
      Object.entries(look).forEach(([key, value]) => mark.setAttribute(key, value));
      svg.append(mark);
    } else {
      control = make("select", { id });
      things.forEach(([name], index) => control.append(make("option", { value: index }, name)));
    }
    const at = (index) => left + (right - left) * index / Math.max(1, things.length - 1);
    const current = make("output", { htmlFor: id });
    const tell = () => {
      const [name, figures] = things[Number(control.value)];
      if (along) {
        current.textContent = name;
        control.setAttribute("aria-valuetext", heads[0] + " " + name);
        ["x1", "x2"].forEach((end) => mark.setAttribute(end, at(Number(control.value))));
      }
      list.replaceChildren(...figures
        .filter(([, cell]) => (isByColumn || !cell.hidden) && cell.textContent !== "-")
        .map(([what, cell]) => make("div", {}, make("dt", {}, what), make("dd", {}, cell.textContent))));
    };
    control.addEventListener("input", tell);
    const label = make("label", { htmlFor: id }, along ? heads[0] : "Figures of", control, ...(along ? [current] : []));
    const box = make("div", { className: "readout" }, label, list);
    list.setAttribute("aria-live", "polite");
    box.addEventListener("refresh", tell);
    figure.querySelector(".plot").after(box);
    svg.addEventListener("pointermove", (event) => {
      if (along) {
        const x = (event.clientX - svg.getBoundingClientRect().left) * svg.viewBox.baseVal.width / svg.clientWidth;
        if (x < left || x > right) return;
        control.value = Math.round((x - left) / Math.max(1, right - left) * (things.length - 1));
      } else {
        const group = event.target.closest("g[data-of]");
        if (!group) return;
        control.value = group.dataset.of;
      }
      tell();
    });
    tell();
  };
  all("figure.chart").forEach(readout);

  // The lines of a month.
  const ledger = document.getElementById("ledger");
  if (ledger && data.alternatives.length > 0) {
    const names = make("select", { id: "ledger-alternative" });
    data.alternatives.forEach((alternative, index) => {
      names.append(make("option", { value: index, selected: alternative.is_leading }, alternative.name));
    });
    const month = make("input", { type: "range", id: "ledger-month", min: 0, max: data.months, value: 1 });
    const shown = make("output", { htmlFor: "ledger-month" });
    const heads = ["Item", "Category", "Quantity", "Unit", "Unit price", "Amount"];
    const figures = [2, 4, 5];
    const caption = make("caption");
    const body = make("tbody");
    const head = make("tr", {}, ...heads.map((name, column) =>
      make("th", { scope: "col", className: figures.includes(column) ? "n" : "" }, name)));
    const table = make("table", {}, caption, make("thead", {}, head), body);
    const group = (number) => number.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
    const look = () => {
      const alternative = data.alternatives[Number(names.value)];
      const at = Number(month.value);
      const lines = alternative.lines.filter(([from, to]) => from <= at && at <= to);
      shown.textContent = at === 0 ? "0, signature" : String(at);
      month.setAttribute("aria-valuetext", "Month " + shown.textContent);
      caption.textContent = `${alternative.name}, month ${shown.textContent}: ${lines.length} lines, ${data.currency}`;
      const cells = ([, , category, item, quantity, unit, price, amount]) =>
        [data.items[item], category, group(quantity), unit, price, amount];
      const row = (line) => make("tr", {}, ...cells(line).map((text, column) => column === 0
        ? make("th", { scope: "row" }, text)
        : make("td", { className: figures.includes(column) ? "n" : "" }, text)));
      const total = make("tr", { className: "total" }, make("th", { scope: "row" }, "in all"),
        make("td", { colSpan: 4 }), make("td", { className: "n" }, alternative.months[at]));
      body.replaceChildren(...lines.map(row), total);
      reach();
    };
    [names, month].forEach((control) => control.addEventListener("input", look));
    ledger.replaceChildren(
      make("p", {}, make("label", { htmlFor: names.id }, "Alternative", names), make("label", { htmlFor: month.id }, "Month", month, shown)),
      make("div", { className: "scroll" }, table),
    );
    look();
  }

  reach();
})();
