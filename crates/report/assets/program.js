
// Runs the programs that a page carries: whole numbers in, whole numbers out, exactly. While bounds that comanage has
// worked out show that numbers stay below 2^51 they are Numbers, which are exact so far; beyond that they are BigInts.
// How a program is written down is in write/html/what_if.rs.
const program = (() => {
  // Both widths have one arithmetic. Quotients are by whole numbers above zero; what is left of a division is exact,
  // and so is what is divided without it.
  const arithmetic = (zero, one) => {
    const rounded = (a, by) => {
      const size = a < zero ? -a : a;
      const rest = size % by;
      const whole = (size - rest) / by + (rest + rest >= by ? one : zero);
      return a < zero ? -whole : whole;
    };
    const floor = (a, by) => {
      const rest = a % by;
      return (a - (rest < zero ? rest + by : rest)) / by;
    };
    return [
      (a, b) => a + b,
      (a, b) => a * b,
      (a, b) => b < a ? b : a,
      (a, b) => b > a ? b : a,
      (a, b) => a + b < zero ? zero : a + b,
      rounded,
      (a, by) => -floor(-a, by),
      floor,
    ];
  };
  const narrow = arithmetic(0, 1);
  const wide = arithmetic(0n, 1n);
  const sum = 24;

  // A term as a Number, where it is known to be one, or as a BigInt.
  const small = (values, place, factor) => place < 0 ? factor : values[place] * factor;
  const large = (values, place, factor) => place < 0 ? BigInt(factor) : BigInt(values[place]) * BigInt(factor);

  // The values of a program: its inputs, then the result of each step.
  const run = (steps, inputs) => {
    const values = [...inputs];
    for (const step of steps) {
      const [code, a, timesA, b, timesB] = step;
      if (code === sum) {
        let total = 0;
        for (let at = 1; at < step.length; at += 2) total += small(values, step[at], step[at + 1]);
        values.push(total);
      } else if (code < 8) {
        values.push(narrow[code](small(values, a, timesA), small(values, b, timesB)));
      } else {
        const result = wide[code % 8](large(values, a, timesA), large(values, b, timesB));
        values.push(code < 16 ? result : Number(result));
      }
    }
    return values;
  };

  // Numbers nearer to each other than this, by their size, cannot be told apart in doubles for certain.
  const clear = 1e-9;
  const quotient = (values, [place, factor, times, by, byFactor]) =>
    Number(large(values, place, factor)) * times / Number(large(values, by, byFactor));

  const holds = (values, [kind, outcome, isNarrow, ...terms]) => {
    if (kind === 3) {
      const [a, b] = [quotient(values, terms), quotient(values, terms.slice(5))];
      const margin = clear * (Math.abs(a) + Math.abs(b));
      return outcome ? a - margin > b : a + margin < b;
    }
    const of = kind !== 2 && isNarrow ? small : large;
    const [a, b] = [of(values, terms[0], terms[1]), of(values, terms[2], terms[3])];
    return (kind === 0 ? a > b : kind === 1 ? a === b : a % b === 0n) === Boolean(outcome);
  };

  // What a group comes to, all in whole minor units; the terms of its work are over one denominator.
  const outputs = (values, group) => {
    const whole = (term) => term && large(values, ...term);
    const sums = group.sums.map(whole);
    return {
      total: whole(group.total),
      months: group.ofPeriod.map((place) => sums[place]),
      work: group.work && group.work.map(whole),
      bought: whole(group.bought),
    };
  };

  // What each of some groups comes to with these inputs, by the first program that is valid for it; null where none is.
  return (programs, inputs, groups) => {
    const found = Array(groups).fill(null);
    for (const { steps, conditions, groups: own } of programs) {
      if (!own.some((group) => found[group.of] === null)) continue;
      const values = run(steps, inputs);
      const known = Array(conditions.length);
      const keeps = (place) => known[place] ??= holds(values, conditions[place]);
      for (const group of own) {
        if (found[group.of] === null && group.conditions.every(keeps)) found[group.of] = outputs(values, group);
      }
    }
    return found;
  };
})();
