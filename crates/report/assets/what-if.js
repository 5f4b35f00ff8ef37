
// The part of the page in which inputs may be changed. What follows from a setting is worked out by the programs that
// the page carries (`program`), and judged by the rules of comanage (analysis, compare/verdict.rs). What they cannot
// tell is left to the command, which the page names. `make` is that of the rest of the page.
(() => {
  const data = JSON.parse(document.getElementById("what-if-data").textContent);
  const { sliders, alternatives, baseline, covered, budget } = data;

  // Numbers in words: whole numbers of units with a decimal point in them, thousands apart for people.
  const decimal = (units, digits) => {
    const size = String(units < 0 ? -units : units).padStart(digits + 1, "0");
    const whole = size.slice(0, size.length - digits);
    return (units < 0 ? "-" : "") + whole + (digits > 0 ? "." + size.slice(-digits) : "");
  };
  const short = (text) => text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  const grouped = (text) => text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  const money = (units) => grouped(decimal(units, data.digits));

  // A slider's value as one would write it; shares are percentages, and have at least two decimal places as shares.
  const places = ({ kind, digits }) => kind === "share" ? digits - 2 : digits;
  const suffix = ({ kind }) => kind === "share" ? "%" : "";
  const unit = ({ kind }) => kind === "share" ? "%" : kind === "money" ? data.currency : "";
  const written = (slider, units) => short(decimal(units, places(slider)));

  // The units that a text says; null where it is no number, has too many decimal places or lies beyond the ends.
  const read = (slider, text) => {
    const [, sign, whole, rest = ""] = /^(-?)(\d+)(?:\.(\d*?)0*)?$/.exec(text.trim()) ?? [];
    if (whole === undefined || rest.length > places(slider)) return null;
    const value = Number(sign + whole + rest.padEnd(places(slider), "0"));
    return slider.min <= value && value <= slider.max ? value : null;
  };

  // The setting: what each number box says, and the command that sets it.
  const inFile = sliders.map((slider) => written(slider, slider.value));
  const setting = [...inFile];
  const isChanged = (at) => setting[at] !== inFile[at];
  const quoted = (word) => /^[\w./=%+,:@-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'";
  const command = () => {
    const set = sliders.map((slider, at) => ["--set", slider.path + "=" + setting[at] + suffix(slider)]);
    return [...data.command, ...set.filter((_, at) => isChanged(at)).flat()].map(quoted).join(" ");
  };

  // What alternatives cover at these values; null where it is not known.
  const covers = (values) => {
    if (covered.fixed.some((at) => values[at] !== sliders[at].value)) return null;
    let place = 0;
    for (const at of covered.tabled) {
      const { min, max, step } = sliders[at];
      if ((values[at] - min) % step !== 0) return null;
      place = place * ((max - min) / step + 1) + (values[at] - min) / step;
    }
    return covered.ways[covered.places[place]];
  };

  // The work of an alternative held against the target; null where that is not known, or doubles cannot tell.
  const tie = 1e-9;
  const near = 1e-12;
  const does = ({ work }, index, values) => {
    if (!work) {
      const known = data.knownWork[index];
      return known && known.depends.every((at) => values[at] === sliders[at].value) ? known.reach : null;
    }
    const [done, toDo] = work;
    if (toDo <= 0n) return { applies: false, isSome: false, isEnough: true };
    const share = Number(done) / Number(toDo);
    const isNear = Math.abs(share - (data.workTarget - tie)) < near || (done !== 0n && Math.abs(share) < near);
    return isNear ? null : { applies: true, isSome: share > 0, isEnough: share >= data.workTarget - tie };
  };

  // What an alternative may be called; null where that is not known.
  const standing = (figures, { reach: cover, isComplete }, index, values) => {
    const work = does(figures, index, values);
    if (!work) return null;
    const isJudged = cover.applies || work.applies;
    return {
      isJudged,
      isUseful: cover.isSome || work.isSome || !isJudged,
      reaches: cover.isEnough && work.isEnough && isJudged,
      isRanked: isComplete && !(data.mayBuyNothing[index] && figures.bought === 0n),
    };
  };

  // Whether a total and its months keep the budget, from month 0, which is part of the first year.
  const keepsBudget = ({ total, months }) => {
    if (!budget) return true;
    const year = (month) => Math.max(0, Math.floor((month - 1) / 12));
    const ofYear = (wanted) =>
      months.reduce((sum, amount, month) => year(month) === wanted ? sum + Number(amount) : sum, 0);
    return (budget.total === null || Number(total) <= budget.total)
      && budget.years.every(([wanted, max]) => ofYear(wanted) <= max)
      && (budget.monthly === null || months.every((amount) => Number(amount) <= budget.monthly));
  };

  // The first of those with the lowest total, by index; null if there is none.
  const lowest = (found, isAsked) => found.reduce((best, { total }, index) =>
    isAsked(index) && (best === null || total < found[best].total) ? index : best, null);

  // The cheapest that meets the targets within the budget, and the cheapest of all that is of use; null where that is
  // not known of an alternative.
  const judge = (found, keeps, standings) => {
    if (standings.includes(null)) return null;
    const isAnyUseful = standings.some((of) => of.isUseful);
    return {
      recommended: lowest(found, (at) => standings[at].reaches && keeps[at] && standings[at].isRanked),
      cheapest: lowest(found, (at) => standings[at].isRanked && (standings[at].isUseful || !isAnyUseful)),
    };
  };

  // Everything that follows from some values, by alternative; null where no program is valid, all of it where a value
  // is none.
  const follow = (values) => {
    const isWithin = !values.includes(null);
    const found = isWithin ? program(data.programs, values, alternatives.length) : alternatives.map(() => null);
    const ways = isWithin ? covers(values) : null;
    const standings = found.map((figures, index) => figures && ways && standing(figures, ways[index], index, values));
    const keeps = found.map((figures) => figures && keepsBudget(figures));
    return { found, keeps, standings, verdict: judge(found, keeps, standings) };
  };
  const before = follow(sliders.map((slider) => slider.value));

  // What is said of a state in a sentence or two.
  const says = ({ found, standings, verdict }) => {
    const unknown = alternatives.filter((_, index) => found[index] === null);
    if (unknown.length === alternatives.length) {
      return "These values are outside what this page can work out. Run the command below for the figures.";
    }
    if (unknown.length > 0) {
      return `These values are outside what this page can work out for ${unknown.join(", ")}, so it names no `
        + "recommendation. Run the command below.";
    }
    if (!verdict) {
      return "Coverage and work done at these values cannot be worked out in this page, so it names no "
        + "recommendation. Run the command below.";
    }
    const { recommended, cheapest } = verdict;
    const named = (index) => `${alternatives[index]} (${money(found[index].total)} ${data.currency})`;
    const met = budget ? "meets the targets within the budget" : "meets the targets";
    if (recommended !== null) return `${named(recommended)} is the cheapest alternative that ${met}.`;
    const none = standings.some((of) => of.isJudged) ? `No alternative ${met}. ` : "";
    return none + (cheapest === null ? "No price can be held against others." : `${named(cheapest)} is the cheapest.`);
  };

  // A bar for each alternative, with a line across it where the total of the file ends.
  const unknown = "run the command";
  const percent = (part, whole) => part <= 0n || whole <= 0n ? "0%" : Number(part) / Number(whole) * 100 + "%";
  const bar = (state, index, max) => {
    const [now, old] = [state.found[index], before.found[index]];
    const track = make("div", { className: "track" });
    for (const [tag, side, of] of [["i", "width", now], ["b", "left", old]]) {
      if (!of) continue;
      const mark = make(tag);
      mark.style[side] = percent(of.total, max);
      track.append(mark);
    }
    const total = make("span", { className: "n" }, now ? money(now.total) : unknown);
    const isBest = state.verdict !== null && state.verdict.recommended === index;
    return make("div", { className: isBest ? "best" : "" }, make("span", {}, alternatives[index]), total, track);
  };

  // The columns of the table: the head, and the cell of an alternative.
  const signed = (amount) => amount === 0n ? "-" : (amount > 0n ? "+" : "") + money(amount);
  const difference = (more, less, print) => more && less ? print(more.total - less.total) : "-";
  const total = ({ found }, at) => found[at] ? money(found[at].total) : unknown;
  const change = ({ found }, at) => difference(found[at], before.found[at], signed);
  const saving = ({ found }, at) => at === baseline ? "baseline" : difference(found[baseline], found[at], money);
  const target = ({ standings }, at) => {
    if (!standings[at]) return unknown;
    return !standings[at].isJudged ? "n/a" : standings[at].reaches ? "met" : "missed";
  };
  const kept = ({ keeps }, at) => keeps[at] === null ? unknown : keeps[at] ? "kept" : "exceeded";
  const columns = [
    ["Term total", "n", total],
    ["Change", "n", change],
    ...(baseline === null ? [] : [["Saving", "n", saving]]),
    ["Targets", "", target],
    ...(budget ? [["Budget", "", kept]] : []),
  ];
  const marked = (verdict, index) => {
    const { recommended, cheapest } = verdict ?? {};
    return [...(index === recommended ? ["recommended"] : []), ...(index === cheapest ? ["cheapest"] : [])].join(", ");
  };
  const row = (state, index) => {
    const name = make("th", { scope: "row" }, alternatives[index]);
    const mark = marked(state.verdict, index);
    if (mark) name.append(" ", make("span", { className: "mark" }, mark));
    const cells = columns.map(([, className, cell]) => make("td", { className }, cell(state, index)));
    const className = mark.startsWith("recommended") ? "recommended" : "";
    return make("tr", { className }, name, ...cells);
  };

  // The page: a sentence, sliders, bars, a table, the command.
  const board = document.getElementById("what-if-board");
  const answer = make("p", { className: "verdict" });
  const copied = make("span", { className: "copied" });
  [answer, copied].forEach((node) => node.setAttribute("role", "status"));
  const bars = make("div", { className: "bars" });
  bars.setAttribute("aria-hidden", "true");
  const legend = `Term total, ${data.currency}; the line across a bar is the total with the values of the file.`;
  const caption = `What each alternative costs with these values, ${data.currency} over ${data.months} months`;
  const head = ([name, className]) => make("th", { scope: "col", className }, name);
  const heads = [["Alternative", ""], ...columns].map(head);
  const results = make("tbody");
  const table = make("table", {}, make("caption", {}, make("span", {}, caption)),
    make("thead", {}, make("tr", {}, ...heads)), results);
  const outcome = make("div", {}, bars, make("p", {}, legend), make("div", { className: "scroll" }, table));
  const line = make("code");
  const copy = make("button", { type: "button" }, "Copy as --set");
  const reset = make("button", { type: "button" }, "Reset all");

  const show = () => {
    const state = follow(sliders.map((slider, at) => read(slider, setting[at])));
    const isOutside = state.found.every((of) => of === null);
    answer.textContent = says(state);
    board.classList.toggle("outside", isOutside);
    board.classList.toggle("open", state.verdict === null);
    outcome.hidden = isOutside;
    const totals = [...state.found, ...before.found].filter((of) => of !== null).map(({ total }) => total);
    const max = totals.reduce((max, total) => total > max ? total : max, 0n);
    bars.replaceChildren(...alternatives.map((_, index) => bar(state, index, max)));
    results.replaceChildren(...alternatives.map((_, index) => row(state, index)));
    line.textContent = command();
    copied.textContent = "";
    reset.disabled = !sliders.some((_, at) => isChanged(at));
  };

  // A slider with its number box.
  const control = (slider, at) => {
    const id = "what-if-" + at;
    const { min, max, step, value } = slider;
    const range = make("input", { type: "range", id, min, max, step, value });
    const box = make("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
    box.setAttribute("aria-label", slider.name + ", value");
    const [low, high] = [min, max].map((end) => grouped(written(slider, end)));
    const field = make("div", { className: "slider" },
      make("label", { htmlFor: id }, slider.name),
      make("code", {}, slider.path),
      range,
      make("span", { className: "box" }, box, make("span", {}, unit(slider))),
      make("small", {}, `${low} to ${high}, file: ${grouped(inFile[at])}`));
    const place = () => {
      const units = read(slider, setting[at]);
      if (units !== null) range.value = units;
      range.setAttribute("aria-valuetext", `${setting[at]} ${unit(slider)}`.trim());
      box.setAttribute("aria-invalid", String(units === null));
      field.classList.toggle("changed", isChanged(at));
    };
    const put = (text) => {
      setting[at] = text;
      place();
    };
    const fill = () => { box.value = grouped(setting[at]); };
    range.addEventListener("input", () => {
      put(written(slider, range.valueAsNumber));
      fill();
      show();
    });
    box.addEventListener("input", () => {
      const text = box.value.trim().replaceAll(",", "");
      const units = read(slider, text);
      put(units === null ? text : written(slider, units));
      show();
    });
    box.addEventListener("change", fill);
    const restore = () => {
      put(inFile[at]);
      fill();
    };
    restore();
    return { field, restore };
  };
  const controls = sliders.map(control);
  reset.addEventListener("click", () => {
    controls.forEach(({ restore }) => restore());
    show();
  });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(line.textContent);
      copied.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(line);
      copied.textContent = "Selected: copy it with the keyboard";
    }
  });
  board.replaceChildren(
    make("p", {}, "Change the inputs that matter most: totals, savings and who meets the targets follow at once, "
      + "to the cent as ", make("code", {}, "comanage compare"), " works them out."),
    make("div", {}, answer, make("div", { className: "sliders" }, ...controls.map(({ field }) => field))),
    outcome,
    make("div", { className: "command" },
      make("pre", { tabIndex: 0 }, line), make("p", {}, copy, " ", reset, " ", copied)));
  show();
})();
