//! The steps that made a figure, indented, down to the inputs with their place and source.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use rust_decimal::Decimal;

use comanage_expr::display::{describe, shown};
use comanage_expr::number::Number;
use comanage_expr::op::Op;
use comanage_expr::trace::{Record, Step, Traced};
use comanage_model::scenario::{Input, Kind, Origin, Scenario};

/// The steps of a record.
pub struct Steps<'a> {
    /// The scenario whose inputs they come from.
    pub scenario: &'a Scenario,
    /// Every step.
    pub record: &'a Record,
    /// How the lines of invoices read, by the place of their amount in the record: each is explained on its own.
    /// None where no lines are explained.
    pub invoiced: Option<&'a HashMap<usize, String>>,
}

/// Lines of invoices with the same item, added up.
struct Lines {
    item: String,
    sum: Decimal,
    count: u32,
}

impl Steps<'_> {
    /// How the line of an invoice reads whose amount a number is; none where it is no such amount.
    fn item(&self, of: Traced) -> Option<&String> {
        self.invoiced?.get(&of.index())
    }

    /// A step and, indented under it, the steps it came from. What was reported once is not told again:
    /// hours that are carried from month to month are part of every later month. A term that came to
    /// nothing is not taken apart, and neither is a line of an invoice, which is explained on its own.
    pub fn tell(&self, number: Traced, out: &mut String) {
        const DEEPEST: usize = 30;
        let mut told = HashSet::new();
        let mut ahead = vec![(self.repeated(number).map_or(number, |part| self.telling(part)), 1, false)];
        while let Some((number, depth, is_empty_term)) = ahead.pop() {
            let indent = "  ".repeat(depth.min(DEEPEST));
            if let Some(item) = self.item(number).filter(|_| depth > 1) {
                let _ = writeln!(out, "{indent}{item}: {}, a line of its own", shown(self.record.step(number).value));
                continue;
            }
            let made = self.made(number);
            let step = self.record.step(made);
            let is_told_of = |part: &Traced| !is_empty_term && self.is_telling(*part);
            let terms = self.terms(made);
            let (lines, parts): (Vec<Lines>, Vec<Traced>) = if terms.is_empty() {
                (Vec::new(), step.op.children().map(|part| self.telling(part)).filter(is_told_of).collect())
            } else {
                let (lines, others) = self.together(&terms);
                (lines, others.into_iter().map(|(_, term)| term).filter(is_told_of).collect())
            };
            let is_told = !parts.is_empty() && !told.insert(number.index());
            let name = self.record.step(number).name.as_deref();
            let is_same = terms.is_empty() && self.repeated(made).is_some() && !matches!(step.op, Op::Rounded(..));
            let text = match name {
                Some(name) if is_same => format!("{name}: {}", shown(step.value)),
                name => self.step((name, step), &terms, is_told),
            };
            let _ = writeln!(out, "{indent}{text}");
            if !is_told {
                for of in lines {
                    let _ =
                        writeln!(out, "{indent}  {}: {}, {} lines of their own", of.item, of.sum.normalize(), of.count);
                }
                let is_sum = matches!(step.op, Op::Sum(..) | Op::Difference(..));
                let is_nothing = |part| self.record.step(part).value.is_zero();
                ahead.extend(parts.into_iter().rev().map(|part| (part, depth + 1, is_sum && is_nothing(part))));
            }
        }
    }

    /// A step, or the one that it repeats; the amount of a line stays itself, and what has a name.
    fn telling(&self, number: Traced) -> Traced {
        let is_itself = |of: Traced| self.record.step(of).name.is_some() || self.item(of).is_some();
        let mut number = number;
        while let Some(part) = self.repeated(number).filter(|_| !is_itself(number)) {
            number = part;
        }
        number
    }

    /// The step that a named one repeats, where that has operands of its own and no name.
    fn made(&self, number: Traced) -> Traced {
        let Some(part) = self.repeated(number).map(|part| self.telling(part)) else { return number };
        let is_plain = self.record.step(part).name.is_none() && !self.record.step(part).op.is_leaf();
        if is_plain && self.item(part).is_none() { part } else { number }
    }

    /// The step that another repeats: adding 0, multiplying by 1 and rounding what is round say nothing.
    fn repeated(&self, number: Traced) -> Option<Traced> {
        let step = self.record.step(number);
        let is = |part: Traced, value: Decimal| {
            let part = self.record.step(part);
            matches!(part.op, Op::Constant(of) if of == value) && part.name.is_none()
        };
        match step.op {
            Op::Sum(a, b) | Op::Difference(a, b) if is(b, Decimal::ZERO) => Some(a),
            Op::Sum(a, b) if is(a, Decimal::ZERO) => Some(b),
            Op::Product(a, b) if is(b, Decimal::ONE) => Some(a),
            Op::Product(a, b) if is(a, Decimal::ONE) => Some(b),
            Op::Rounded(a, _) if self.record.step(a).value == step.value => Some(a),
            _ => None,
        }
    }

    /// The terms of a sum of three or more, and whether each is added; none of another step.
    fn terms(&self, number: Traced) -> Vec<(bool, Traced)> {
        let mut terms = Vec::new();
        let mut ahead = vec![(true, number)];
        while let Some((is_added, of)) = ahead.pop() {
            let step = self.record.step(of);
            let is_part = of == number || step.name.is_none() && self.item(of).is_none();
            match step.op {
                Op::Sum(a, b) if is_part => ahead.extend([(is_added, self.telling(b)), (is_added, self.telling(a))]),
                Op::Difference(a, b) if is_part => {
                    ahead.extend([(!is_added, self.telling(b)), (is_added, self.telling(a))]);
                }
                _ => terms.push((is_added, of)),
            }
        }
        let is_nothing = |term: &(bool, Traced)| self.record.step(term.1).value.is_zero();
        let has_more = terms.len() > 2;
        terms.retain(|term| !is_nothing(term));
        if has_more && terms.len() > 1 { terms } else { Vec::new() }
    }

    /// Of many terms the lines of invoices, those of one item together, and the others.
    fn together(&self, terms: &[(bool, Traced)]) -> (Vec<Lines>, Vec<(bool, Traced)>) {
        const FEW: usize = 12;
        let (mut lines, mut others): (Vec<Lines>, _) = (Vec::new(), Vec::new());
        for &(is_added, term) in terms {
            let Some(item) = self.item(term).filter(|_| is_added && terms.len() > FEW) else {
                others.push((is_added, term));
                continue;
            };
            let amount = self.value(term);
            match lines.iter_mut().find(|lines| lines.item == *item) {
                Some(lines) => {
                    lines.sum = lines.sum.checked_add(amount).unwrap_or_default();
                    lines.count += 1;
                }
                None => lines.push(Lines { item: item.clone(), sum: amount, count: 1 }),
            }
        }
        (lines, others)
    }

    /// Terms in a row: `26496 + 5220 - 12`.
    fn sum(&self, terms: &[(bool, Traced)]) -> String {
        let (lines, others) = self.together(terms);
        let of_lines = lines.into_iter().map(|of| (true, of.sum.normalize().to_string()));
        let of_others = others.into_iter().map(|(is_added, term)| (is_added, shown(self.record.step(term).value)));
        let mut sum = String::new();
        for (is_added, value) in of_lines.chain(of_others) {
            let (is_added, value) = match value.strip_prefix('-') {
                Some(positive) => (!is_added, positive.to_string()),
                None => (is_added, value),
            };
            let sign = match (sum.is_empty(), is_added) {
                (true, true) => "",
                (true, false) => "-",
                (false, true) => " + ",
                (false, false) => " - ",
            };
            sum += &format!("{sign}{value}");
        }
        sum
    }

    /// Whether a step says more than its value.
    fn is_telling(&self, number: Traced) -> bool {
        let step = self.record.step(number);
        !matches!(step.op, Op::Constant(_)) || step.name.is_some()
    }

    /// A step in words.
    fn step(&self, (name, step): (Option<&str>, &Step), terms: &[(bool, Traced)], is_told: bool) -> String {
        let name = name.map(|name| format!("{name}: ")).unwrap_or_default();
        let value = shown(step.value);
        match step.op {
            Op::Input(input) => {
                let path = &self.scenario.inputs.about(input).path;
                format!("{path} = {}{}", written_value(self.scenario, input), origin(self.scenario, input))
            }
            Op::Constant(_) => format!("{name}{value}"),
            _ if is_told => format!("{name}{value}, as above"),
            _ if !terms.is_empty() => format!("{name}{value} = {}", self.sum(terms)),
            op => format!("{name}{value} = {}", describe(op, |operand| shown(self.record.step(operand).value))),
        }
    }

    fn value(&self, number: Traced) -> Decimal {
        self.record.step(number).value.0.unwrap_or_default()
    }
}

pub fn written_value(scenario: &Scenario, input: Input) -> String {
    let about = scenario.inputs.about(input);
    let value = about.kind.write(scenario.decimal(input));
    match (about.kind, &about.range) {
        (Kind::Money, None) => format!("{value} {}", scenario.currency.code),
        (_, None) => value,
        (kind, Some(range)) => format!("{value} (range {} to {})", kind.write(range.low), kind.write(range.high)),
    }
}

/// Where an input comes from: file and line, or a default with its source.
pub fn origin(scenario: &Scenario, input: Input) -> String {
    let about = scenario.inputs.about(input);
    let place = match &about.origin {
        Origin::Written(span) => {
            let place = scenario.sources.place(span);
            format!("  [{}:{}]", place.file, place.line)
        }
        Origin::Default { source, date } => format!("  [assumed: {source}, {date}]"),
        Origin::Pack { key, source, date, span } => {
            let place = scenario.sources.place(span);
            format!("  [{}:{}, from {key}: {source}, {date}]", place.file, place.line)
        }
        Origin::LeftOut => "  [left out]".to_string(),
    };
    let source = about.source.as_ref().map(|source| format!("  source: {source}")).unwrap_or_default();
    let note = about.note.as_ref().map(|note| format!("  note: {note}")).unwrap_or_default();
    format!("{place}{source}{note}")
}
