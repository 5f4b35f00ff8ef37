
// The part of the page in which inputs may be changed. What follows from a setting is worked out by the programs that
// the page carries, and judged by the rules of the comparison; what they cannot tell is left to the command.
(() => {
  const data = JSON.parse(document.getElementById("what-if-data").textContent);
  const { sliders, alternatives, baseline, covered, budget } = data;
  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  // What a number is written as: a whole number of units with a decimal point in it.
  const decimal = (units, digits) => {
    const size = String(units < 0 ? -units : units).padStart(digits + 1, "0");
    const [whole, rest] = [size.slice(0, size.length - digits), size.slice(size.length - digits)];
    return (units < 0 ? "-" : "") + whole + (digits > 0 ? "." + rest : "");
  };
  const short = (text) => text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  const grouped = (text) => text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  const money = (units) => grouped(decimal(units, data.digits));
  // Shares are written with a percent sign.
  const shift = (slider) => slider.kind === "share" ? 2 : 0;
  const written = (slider, units) => short(decimal(BigInt(units) * 10n ** BigInt(Math.max(0, shift(slider) - slider.digits)),
    Math.max(0, slider.digits - shift(slider))));
  const suffix = (slider) => slider.kind === "share" ? "%" : "";
  // The units that a text says; null where it is no number, has too many decimal places or lies beyond the ends.
  const units = (slider, text) => {
    const parts = /^(-?)(\d+)(?:\.(\d*?)0*)?$/.exec(text.trim());
    const places = slider.digits - shift(slider);
    if (!parts || (parts[3] ?? "").length > places) return null;
    const value = Number(parts[1] + parts[2] + (parts[3] ?? "").padEnd(places, "0"));
    return Number.isSafeInteger(value) && slider.min <= value && value <= slider.max ? value : null;
  };

  // The setting: what each number box says.
  const setting = sliders.map((slider) => written(slider, slider.value));
  const isChanged = (at) => setting[at] !== written(sliders[at], sliders[at].value);
  const quoted = (word) => /^[\w.\/=%+,:@-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'";
  const command = () => {
    const set = sliders.flatMap((slider, at) => isChanged(at) ? ["--set", slider.path + "=" + setting[at] + suffix(slider)] : []);
    return [...data.command, ...set].map(quoted).join(" ");
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

  // Whether a total and its months keep the budget, from month 0, which is part of the first year.
  const keepsBudget = ({ total, months }) => {
    if (!budget) return true;
    const year = (month) => Math.max(0, Math.floor((month - 1) / 12));
    const ofYear = (wanted) => months.reduce((sum, amount, month) => year(month) === wanted ? sum + Number(amount) : sum, 0);
    return (budget.total === null || Number(total) <= budget.total)
      && budget.years.every(([wanted, max]) => ofYear(wanted) <= max)
      && (budget.monthly === null || months.every((amount) => Number(amount) <= budget.monthly));
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
    const isNear = Math.abs(share - (data.workTarget - tie)) < near || done !== 0n && Math.abs(share) < near;
    return isNear ? null : { applies: true, isSome: share > 0, isEnough: share >= data.workTarget - tie };
  };

  // What an alternative may be called; null where that is not known.
  const standing = (figures, { reach: cover, isComplete }, index, values) => {
    const work = does(figures, index, values);
    if (!work) return null;
    const isJudged = cover.applies || work.applies;
    return {
      isUseful: cover.isSome || work.isSome || !isJudged,
      isJudged,
      reaches: cover.isEnough && work.isEnough && isJudged,
      isRanked: isComplete && !(data.mayBuyNothing[index] && figures.bought === 0n),
    };
  };

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

  // Everything that follows from some values, by alternative; null where no program is valid, all of it where a value is
  // none.
  const follow = (values) => {
    const found = values.includes(null) ? alternatives.map(() => null) : program(data.programs, values, alternatives.length);
    const ways = values.includes(null) ? null : covers(values);
    const standings = found.map((figures, index) => figures && ways && standing(figures, ways[index], index, values));
    const keeps = found.map((figures) => figures && keepsBudget(figures));
    return { found, keeps, standings, verdict: judge(found, keeps, standings) };
  };
  const before = follow(sliders.map((slider) => slider.value));

  // Controls.
  const board = document.getElementById("what-if-board");
  const answer = make("p", { className: "verdict" });
  answer.setAttribute("role", "status");
  const bars = make("div", { className: "bars" });
  bars.setAttribute("aria-hidden", "true");
  const results = make("tbody");
  const heads = ["Alternative", "Term total", "Change", ...(baseline === null ? [] : ["Saving"]), "Targets", ...(budget ? ["Budget"] : [])];
  const figures = ["Term total", "Change", "Saving"];
  const isFigure = (head) => figures.includes(head);
  const table = make("table", {},
    make("caption", {}, make("span", {}, `What each alternative costs with these values, ${data.currency} over ${data.months} months`)),
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col", className: isFigure(head) ? "n" : "" }, head)))),
    results);
  const legend = make("p", {}, `Term total, ${data.currency}; the line across a bar is the total with the values of the file.`);
  const outcome = make("div", {}, bars, legend, make("div", { className: "scroll" }, table));
  const line = make("code");
  const copied = make("span", { className: "copied" });
  copied.setAttribute("role", "status");

  const unknown = "run the command";
  const percent = (part, whole) => part <= 0n || whole <= 0n ? 0 : Number(part) / Number(whole) * 100;
  const bar = (state, index, max) => {
    const [now, old] = [state.found[index], before.found[index]];
    const track = make("div", { className: "track" });
    if (now) {
      const length = make("i");
      length.style.width = percent(now.total, max) + "%";
      track.append(length);
    }
    if (old) {
      const mark = make("b");
      mark.style.left = percent(old.total, max) + "%";
      track.append(mark);
    }
    const isBest = state.verdict !== null && state.verdict.recommended === index;
    return make("div", { className: isBest ? "best" : "" },
      make("span", {}, alternatives[index]), make("span", { className: "n" }, now ? money(now.total) : unknown), track);
  };

  const marks = ({ recommended, cheapest }, index) => {
    if (index === recommended) return index === cheapest ? "recommended, cheapest" : "recommended";
    return index === cheapest ? "cheapest" : null;
  };
  const signed = (amount) => amount === 0n ? "-" : (amount > 0n ? "+" : "") + money(amount);
  const difference = (more, less, print) => more && less ? print(more.total - less.total) : "-";
  const targets = (standing) => !standing ? unknown : !standing.isJudged ? "n/a" : standing.reaches ? "met" : "missed";
  const row = ({ found, keeps, standings, verdict }, index) => {
    const saving = () => index === baseline ? "baseline" : difference(found[baseline], found[index], money);
    const texts = [
      found[index] ? money(found[index].total) : unknown,
      difference(found[index], before.found[index], signed),
      ...(baseline === null ? [] : [saving()]),
      targets(standings[index]),
      ...(budget ? [keeps[index] === null ? unknown : keeps[index] ? "kept" : "exceeded"] : []),
    ];
    const cells = texts.map((text, at) => make("td", { className: isFigure(heads[at + 1]) ? "n" : "" }, text));
    const name = make("th", { scope: "row" }, alternatives[index]);
    const mark = verdict && marks(verdict, index);
    if (mark) name.append(" ", make("span", { className: "mark" }, mark));
    return make("tr", { className: verdict && index === verdict.recommended ? "recommended" : "" }, name, ...cells);
  };

  const says = ({ found, standings, verdict }) => {
    if (found.every((of) => of === null)) {
      return "These values are outside what this page can work out. Run the command below for the figures.";
    }
    if (found.includes(null)) {
      const names = alternatives.filter((_, index) => found[index] === null).join(", ");
      return `These values are outside what this page can work out for ${names}, so it names no recommendation. Run the command below.`;
    }
    if (!verdict) {
      return "Coverage and work done at these values cannot be worked out in this page, so it names no recommendation. Run the command below.";
    }
    const named = (index) => `${alternatives[index]} (${money(found[index].total)} ${data.currency})`;
    const within = budget ? " within the budget" : "";
    if (verdict.recommended !== null) return `${named(verdict.recommended)} is the cheapest alternative that meets the targets${within}.`;
    const nothing = standings.some((of) => of.isJudged) ? `No alternative meets the targets${within}. ` : "";
    return nothing + (verdict.cheapest === null ? "No price can be held against others." : `${named(verdict.cheapest)} is the cheapest.`);
  };

  const show = () => {
    const state = follow(sliders.map((slider, at) => units(slider, setting[at])));
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

  const controls = sliders.map((slider, at) => {
    const id = "what-if-" + at;
    const range = make("input", { type: "range", id, min: slider.min, max: slider.max, step: slider.step, value: slider.value });
    const box = make("input", { type: "text", inputMode: "decimal", value: grouped(setting[at]), autocomplete: "off" });
    box.setAttribute("aria-label", slider.name + ", value");
    const unit = slider.kind === "share" ? "%" : slider.kind === "money" ? data.currency : "";
    const place = () => {
      const value = units(slider, setting[at]);
      if (value !== null) range.value = value;
      range.setAttribute("aria-valuetext", setting[at] + (unit ? " " + unit : ""));
      box.setAttribute("aria-invalid", String(value === null));
      field.classList.toggle("changed", isChanged(at));
    };
    const field = make("div", { className: "slider" },
      make("label", { htmlFor: id }, slider.name), make("code", {}, slider.path), range,
      make("span", { className: "box" }, box, make("span", {}, unit)),
      make("small", {}, `${grouped(written(slider, slider.min))} to ${grouped(written(slider, slider.max))}, file: ${grouped(written(slider, slider.value))}`));
    const take = (text) => {
      setting[at] = text;
      place();
      show();
    };
    range.addEventListener("input", () => {
      take(written(slider, range.valueAsNumber));
      box.value = grouped(setting[at]);
    });
    box.addEventListener("input", () => take(short(box.value.trim().replaceAll(",", ""))));
    box.addEventListener("change", () => { box.value = grouped(setting[at]); });
    place();
    return { field, reset: () => { setting[at] = written(slider, slider.value); box.value = grouped(setting[at]); place(); } };
  });
  const reset = make("button", { type: "button" }, "Reset all");
  reset.addEventListener("click", () => {
    controls.forEach((control) => control.reset());
    show();
  });
  const copy = make("button", { type: "button" }, "Copy as --set");
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
    make("p", {}, "Change the inputs that matter most: totals, savings and who meets the targets follow at once, to the cent as ", make("code", {}, "comanage compare"), " works them out."),
    make("div", {}, answer, make("div", { className: "sliders" }, ...controls.map(({ field }) => field))), outcome,
    make("div", { className: "command" }, make("pre", { tabIndex: 0 }, line), make("p", {}, copy, " ", reset, " ", copied)));
  show();
})();
