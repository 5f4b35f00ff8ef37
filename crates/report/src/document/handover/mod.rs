//! The document to hand over: everything about a scenario, in the order a reader asks.
//!
//! It is put together from the reports of the single commands and says what they say; what is new
//! are the figures on top, the money by month, the inputs with their sources and the page for
//! auditors. Renderers turn it into files ([`crate::write::html`], [`crate::write::markdown`]).

mod audit;
mod inputs;
mod money;
mod overview;
mod services;
mod uncertainty;

use super::parts::{as_parts, findings, full};
use super::{Block, LedgerRun, Mark, Part, Report, Section, answer, ledger_runs, matrix, quotes};
use crate::chart::Picture;
use crate::chart_data;
use comanage_analysis::compare::Comparison;
use comanage_analysis::fit;
use comanage_analysis::matrix::Matrix;
use comanage_analysis::quotes::Quotes;
use comanage_analysis::simulate::Simulation;
use comanage_format::rates::Rates;
use comanage_model::money::{Currency, Money};

/// Everything that the document is made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The comparison.
    pub comparison: &'a Comparison<'a>,
    /// What is uncertain, and the cumulative cost of some samples by month; none without ranges.
    pub simulation: Option<(&'a Simulation, &'a [Vec<Vec<f64>>])>,
    /// The offers.
    pub quotes: &'a Quotes<'a>,
    /// Who is responsible.
    pub matrix: &'a Matrix<'a>,
    /// The published figures that prices are held against.
    pub rates: &'a Rates,
    /// The program with its version.
    pub tool: &'a str,
    /// What is added to the names of its pictures, in the edition for a provider's client; none in the
    /// internal edition.
    pub client_suffix: Option<&'a str>,
}

/// A document: a report with its pictures, and what can be looked up in it.
#[derive(Clone, Debug)]
pub struct Handover {
    /// What it says.
    pub report: Report,
    /// What it shows, by name.
    pub pictures: Vec<Picture>,
    /// The alternatives, in their order.
    pub alternatives: Vec<Shown>,
    /// Months of the term.
    pub term_months: u32,
    /// The currency of every amount.
    pub currency: Currency,
    /// Who and what made it, in a line.
    pub colophon: String,
}

/// An alternative that a reader may choose.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// How it stands out.
    pub mark: Option<Mark>,
    /// What it costs by month, from 0.
    pub months: Vec<Money>,
    /// The lines of its ledger.
    pub ledger: Vec<LedgerRun>,
}

/// The line that stands first in an edition with everything.
pub const INTERNAL_EDITION: &str = "Internal edition: not for clients.";

/// Writes the document.
pub fn handover(of: &Material) -> Handover {
    let (comparison, scenario) = (of.comparison, of.comparison.scenario);
    let mut answer = answer(comparison);
    answer.extend(fit::fit(comparison).map(|fit| fit.words()));
    answer.extend(scenario.summary.clone().map(|summary| format!("The case: {summary}")));
    if of.client_suffix.is_none() {
        answer.insert(0, INTERNAL_EDITION.to_string());
    }
    let mut report = Report {
        title: scenario.name.clone(),
        subtitle: format!(
            "What each way to run IT costs and covers over {} months from {}, amounts in {}",
            scenario.term_months, scenario.start, scenario.currency.code
        ),
        answer,
        sections: sections(of),
    };
    let mut pictures = drawn(of);
    if let Some(suffix) = of.client_suffix {
        report.rename_pictures(suffix);
        pictures.iter_mut().for_each(|picture| picture.name += suffix);
    }
    let shown = |(index, alternative): (usize, &comanage_analysis::compare::Compared)| Shown {
        name: alternative.name().to_string(),
        mark: super::comparison::mark(comparison, index),
        months: alternative.sums.months.clone(),
        ledger: ledger_runs(alternative),
    };
    Handover {
        report,
        pictures,
        alternatives: comparison.alternatives.iter().enumerate().map(shown).collect(),
        term_months: scenario.term_months,
        currency: scenario.currency,
        colophon: format!("Made by {} from {}", of.tool, scenario.file),
    }
}

/// Every picture that the document shows.
fn drawn(of: &Material) -> Vec<Picture> {
    let mut drawn = chart_data::comparison::pictures(of.comparison);
    if let Some((simulation, cumulative)) = of.simulation {
        drawn.extend(chart_data::uncertainty::pictures(of.comparison, simulation, cumulative));
    }
    drawn.extend(chart_data::offers::pictures(of.quotes));
    drawn
}

fn sections(of: &Material) -> Vec<Section> {
    let comparison = of.comparison;
    let mut sections = vec![overview::section(of), money::section(comparison)];
    if !comparison.scenario.services.is_empty() {
        sections.push(services::section(comparison));
    }
    sections.push(uncertainty::section(of));
    if !of.quotes.offers.is_empty() {
        let (answer, parts) = taken_apart(quotes(of.quotes));
        sections.push(full("Offers", answer.into_iter().chain(parts.into_iter().map(Block::Part)).collect()));
    }
    sections.extend([
        full("Responsibilities", responsibilities(of)),
        full("Findings", findings(&comparison.findings)),
        inputs::section(comparison.scenario),
        audit::section(of),
    ]);
    sections
}

/// Who is responsible; of the alternatives those that are read first are shown.
fn responsibilities(of: &Material) -> Vec<Block> {
    let (mut blocks, mut parts) = taken_apart(matrix(of.matrix));
    // The services come first, then the alternatives in their order, then the rules.
    let alternatives = parts.iter_mut().skip(1).take(of.comparison.alternatives.len());
    for (index, part) in alternatives.enumerate() {
        part.alternative = Some(index);
        part.is_folded = !overview::is_read_first(of.comparison, index);
    }
    blocks.extend(parts.into_iter().map(Block::Part));
    blocks
}

/// The answer of a report, and its sections as parts.
fn taken_apart(report: Report) -> (Vec<Block>, Vec<Part>) {
    (report.answer.into_iter().map(Block::Paragraph).collect(), as_parts(report.sections))
}
