//! How a figure came about: the steps of a ledger line, down to the inputs and their sources.
//!
//! The alternative is evaluated on traced numbers ([`comanage_expr::trace`]), so what is printed are the
//! formulas that made the figure.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use rust_decimal::Decimal;

use comanage_expr::display::{describe, shown};
use comanage_expr::number::Number;
use comanage_expr::op::Op;
use comanage_expr::trace::{Record, Step, Traced, record};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Shared, evaluate_one};
use comanage_model::ledger::{Category, Line, LineSource};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::scenario::{Alternative, Kind, Origin, Scenario};
use comanage_model::staffing::{Staffing, StaffingPhase, Who};

/// The lines of an alternative with the steps that made them.
pub struct Explained {
    /// The lines of the ledger, in its order.
    pub lines: Vec<Explainable>,
    /// Every step of the arithmetic that made them.
    pub record: Record,
    /// How the lines of invoices read, by the place of their amount in the record.
    invoiced: HashMap<usize, String>,
    /// The spans of months in which the same offers run and the same hires are employed.
    phases: Vec<Phase>,
}

/// A span of months of an alternative.
struct Phase {
    from: u32,
    until: u32,
    /// The names of the offers that run, and of the hires who are employed.
    who: Vec<String>,
}

impl Phase {
    fn of(staffing: &Staffing) -> Vec<Self> {
        let named = |phase: StaffingPhase| {
            let offers = phase.offers.iter().map(|&index| staffing.name_of(Who::Provider(index)));
            let hires = phase.hires.iter().map(|&index| staffing.name_of(Who::Position(index)));
            Self { from: phase.from, until: phase.until, who: offers.chain(hires).collect() }
        };
        staffing.phases().into_iter().map(named).collect()
    }
}

/// A line and how its item reads.
pub struct Explainable {
    /// How its item reads.
    pub item: String,
    /// The line on traced numbers.
    pub line: Line<Traced>,
}

/// Which lines are asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only those of this month of the term.
    pub month: Option<u32>,
    /// Only those with this text in their item or category.
    pub text: Option<String>,
}

impl Wanted {
    fn holds(&self, of: &Explainable) -> bool {
        let text = self.text.as_ref().map(|text| text.to_lowercase());
        let holds = |text: &str| of.item.to_lowercase().contains(text) || of.line.category.name().contains(text);
        self.month.is_none_or(|month| month == of.line.month) && text.is_none_or(|text| holds(&text))
    }
}

/// Lines of invoices with the same item, added up.
struct Lines {
    item: String,
    sum: Decimal,
    count: u32,
}

/// Lines of one contract year that come about alike.
#[derive(PartialEq, Eq, Hash)]
struct Alike {
    year: u32,
    category: Category,
    source: LineSource,
    unit: &'static str,
    /// Quantity and unit price; none for people, whose months are parts of one annual amount.
    figures: Option<(Decimal, Decimal)>,
    /// Tells lines of one month apart that are alike in all else.
    number: usize,
}

/// Evaluates an alternative with every step kept.
///
/// # Errors
/// Those of an evaluation.
pub fn explain(scenario: &Scenario, alternative: &Alternative) -> Result<Explained, Diagnostic> {
    let (lines, record) = record(|| {
        let shared = Shared::<Traced>::new(scenario);
        let evaluation = evaluate_one(scenario, alternative, &shared)?;
        let staffing = &evaluation.staffing;
        let lines = evaluation.ledger.lines.into_iter();
        let lines = lines.map(|line| Explainable { item: line.source.item(staffing), line }).collect();
        Ok((lines, Phase::of(staffing)))
    });
    let (lines, phases): (Vec<Explainable>, Vec<Phase>) = lines?;
    let of_invoices = lines.iter().filter(|of| of.line.category.is_provider());
    let invoiced = of_invoices.map(|of| (of.line.amount.index(), of.item.clone())).collect();
    Ok(Explained { lines, record, invoiced, phases })
}

impl Explained {
    /// The lines that are asked for, in words. Lines that come about alike in several months of a
    /// contract year are explained once, with the other months and their amounts named below.
    pub fn told(&self, scenario: &Scenario, wanted: &Wanted) -> String {
        let mut groups: Vec<Vec<&Explainable>> = Vec::new();
        let mut places: HashMap<Alike, usize> = HashMap::new();
        for of in self.lines.iter().filter(|of| wanted.holds(of)) {
            let mut alike = self.alike(&of.line);
            while let Some(&place) = places.get(&alike) {
                if groups[place].last().is_some_and(|last| last.line.month < of.line.month) {
                    break;
                }
                alike.number += 1;
            }
            let place = *places.entry(alike).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.push(of),
                None => groups.push(vec![of]),
            }
        }
        let text = |group: &Vec<&Explainable>| {
            let (first, others) = group.split_first()?;
            Some(format!("{}{}\n", self.line(scenario, first), self.others(scenario, others)))
        };
        let lines: String = groups.iter().filter_map(text).collect();
        if lines.is_empty() { lines } else { self.phases_in_words(wanted) + &lines }
    }

    /// Who is there in which months, where that changes within the term; of one month, its phase only.
    fn phases_in_words(&self, wanted: &Wanted) -> String {
        if self.phases.len() < 2 {
            return String::new();
        }
        let holds = |phase: &&Phase| wanted.month.is_none_or(|month| (phase.from..=phase.until).contains(&month));
        let line = |phase: &Phase| {
            let who = if phase.who.is_empty() { "the team".to_string() } else { phase.who.join(", ") };
            match (phase.from, phase.until) {
                (from, until) if from == until => format!("phase: month {from}: {who}\n"),
                (from, until) => format!("phase: months {from} to {until}: {who}\n"),
            }
        };
        let lines: String = self.phases.iter().filter(holds).map(line).collect();
        if lines.is_empty() { lines } else { lines + "\n" }
    }

    fn alike(&self, line: &Line<Traced>) -> Alike {
        let is_of_people = matches!(line.source, LineSource::Role(_));
        let figures = || (self.value(line.quantity), self.value(line.unit_price));
        Alike {
            year: contract_year(line.month),
            category: line.category,
            source: line.source,
            unit: line.unit.name(),
            figures: (!is_of_people).then(figures),
            number: 0,
        }
    }

    fn value(&self, number: Traced) -> Decimal {
        self.record.step(number).value.0.unwrap_or_default()
    }

    /// A line in words: what it is, and the steps under it.
    fn line(&self, scenario: &Scenario, of: &Explainable) -> String {
        let mut out = format!(
            "month {}: {}, {}: {} {}\n",
            of.line.month,
            of.line.category.name(),
            of.item,
            Money(self.value(of.line.amount)).to_exact_prose(scenario.currency),
            scenario.currency.code,
        );
        self.steps(scenario, of.line.amount, &mut out);
        out
    }

    /// The other months of a line, by amount in the order of the months: `also month 2: 79.17; months 3 to 6: 79.16`.
    fn others(&self, scenario: &Scenario, others: &[&Explainable]) -> String {
        if others.is_empty() {
            return String::new();
        }
        let runs = others.chunk_by(|a, b| {
            self.value(a.line.amount) == self.value(b.line.amount) && a.line.month + 1 == b.line.month
        });
        let run = |run: &[&Explainable]| {
            let (first, last) = (run.first()?, run.last()?);
            let months = match (first.line.month, last.line.month) {
                (from, until) if from == until => format!("month {from}"),
                (from, until) => format!("months {from} to {until}"),
            };
            Some(format!("{months}: {}", Money(self.value(first.line.amount)).to_exact_prose(scenario.currency)))
        };
        let runs: Vec<String> = runs.filter_map(run).collect();
        format!("  also {}\n", runs.join("; "))
    }

    /// A step and, indented under it, the steps it came from. What was reported once is not told again:
    /// hours that are carried from month to month are part of every later month. A term that came to
    /// nothing is not taken apart, and neither is a line of an invoice, which is explained on its own.
    fn steps(&self, scenario: &Scenario, number: Traced, out: &mut String) {
        const DEEPEST: usize = 30;
        let mut told = HashSet::new();
        let mut ahead = vec![(self.repeated(number).map_or(number, |part| self.telling(part)), 1, false)];
        while let Some((number, depth, is_empty_term)) = ahead.pop() {
            let indent = "  ".repeat(depth.min(DEEPEST));
            if let Some(item) = self.invoiced.get(&number.index()).filter(|_| depth > 1) {
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
                name => self.step(scenario, (name, step), &terms, is_told),
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
        let is_itself = |of: Traced| self.record.step(of).name.is_some() || self.invoiced.contains_key(&of.index());
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
        if is_plain && !self.invoiced.contains_key(&part.index()) { part } else { number }
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
            let is_part = of == number || step.name.is_none() && !self.invoiced.contains_key(&of.index());
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
            let Some(item) = self.invoiced.get(&term.index()).filter(|_| is_added && terms.len() > FEW) else {
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
    fn step(
        &self,
        scenario: &Scenario,
        (name, step): (Option<&str>, &Step),
        terms: &[(bool, Traced)],
        is_told: bool,
    ) -> String {
        let name = name.map(|name| format!("{name}: ")).unwrap_or_default();
        let value = shown(step.value);
        match step.op {
            Op::Input(input) => {
                let path = &scenario.inputs.about(input).path;
                format!("{path} = {}{}", written_value(scenario, input), origin(scenario, input))
            }
            Op::Constant(_) => format!("{name}{value}"),
            _ if is_told => format!("{name}{value}, as above"),
            _ if !terms.is_empty() => format!("{name}{value} = {}", self.sum(terms)),
            op => format!("{name}{value} = {}", describe(op, |operand| shown(self.record.step(operand).value))),
        }
    }
}

fn written_value(scenario: &Scenario, input: comanage_model::scenario::Input) -> String {
    let about = scenario.inputs.about(input);
    let value = about.kind.write(scenario.decimal(input));
    match (about.kind, &about.range) {
        (Kind::Money, None) => format!("{value} {}", scenario.currency.code),
        (_, None) => value,
        (kind, Some(range)) => format!("{value} (range {} to {})", kind.write(range.low), kind.write(range.high)),
    }
}

/// Where an input comes from: file and line, or a default with its source.
fn origin(scenario: &Scenario, input: comanage_model::scenario::Input) -> String {
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
