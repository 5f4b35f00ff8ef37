//! The lines of the ledger with the steps that made them.
//!
//! The alternative is evaluated on traced numbers ([`comanage_expr::trace`]), so what is printed are the
//! formulas that made the figure.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::figure::months;
use super::steps::Steps;
use comanage_expr::trace::{Record, Traced, record};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Shared, evaluate_one};
use comanage_model::ledger::{Category, Line, LineSource};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::scenario::{Alternative, Scenario};
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

/// What lines of one contract year share that are calculated the same way.
#[derive(PartialEq, Eq, Hash)]
struct Alike {
    year: u32,
    category: Category,
    source: LineSource,
    unit: &'static str,
    /// Quantity and unit price; none for people, whose months are parts of one annual amount.
    figures: Option<(Decimal, Decimal)>,
    /// The number among lines of one month that share all else.
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
    /// The lines that are asked for, in words. Lines that are calculated the same way in several months of a
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
            format!("phase: {}: {who}\n", months(phase.from, phase.until))
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
        Steps { scenario, record: &self.record, invoiced: Some(&self.invoiced) }.tell(of.line.amount, &mut out);
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
            let months = months(first.line.month, last.line.month);
            Some(format!("{months}: {}", Money(self.value(first.line.amount)).to_exact_prose(scenario.currency)))
        };
        let runs: Vec<String> = runs.filter_map(run).collect();
        format!("  also {}\n", runs.join("; "))
    }
}
