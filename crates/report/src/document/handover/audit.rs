//! The page for auditors: what was read, by what, and how it was rounded. Nothing here changes from
//! one run to the next.

use super::super::parts::{body, full, grid, headers, text, without_samples};
use super::super::{Block, By, Section, Table};
use super::Material;
use comanage_format::rates::PACKS;
use comanage_model::money::group_thousands;
use comanage_model::source::{SourceFile, sha256};

/// The section.
pub(super) fn section(of: &Material) -> Section {
    let scenario = of.comparison.scenario;
    let read =
        scenario.sources.0.iter().map(|file: &SourceFile| body(vec![text(file.name.clone()), text(file.sha256())]));
    let read = Table { headers: headers(&["File", "SHA-256"]), rows: read.collect() };
    let packs = PACKS.iter().map(|(name, words)| body(vec![text(*name), text(sha256(words.as_bytes()))]));
    let packs = Table { headers: headers(&["Pack", "SHA-256"]), rows: packs.collect() };
    full(
        "Audit",
        vec![
            Block::List(facts(of)),
            Block::Grid(grid("Files read", read, By::Nothing)),
            Block::Folded {
                summary: "Built-in published figures".into(),
                blocks: vec![Block::Grid(grid("Packs of published figures", packs, By::Nothing))],
            },
        ],
    )
}

fn facts(of: &Material) -> Vec<String> {
    let scenario = of.comparison.scenario;
    let digits = scenario.currency.digits;
    let random = match of.simulation {
        Some((simulation, _)) => {
            let samples = group_thousands(&simulation.samples.to_string());
            format!("Simulation: {samples} Latin hypercube samples, seed {}.", simulation.seed)
        }
        None => without_samples(of.comparison.scenario, "Simulation: not applicable."),
    };
    vec![
        format!("Program: {}, scenario format 1.", of.tool),
        format!(
            "Rounding: each ledger line is quantity times unit price, rounded half away from zero to {digits} \
             decimal places of {}; every total is a sum of lines. Tables show amounts rounded to the unit.",
            scenario.currency.code
        ),
        random,
        published(of),
        "The same files and version reproduce this document exactly.".to_string(),
    ]
}

/// How many published figures there are, and from when.
fn published(of: &Material) -> String {
    let entries = of.rates.entries();
    let first = entries.iter().min_by_key(|entry| entry.date.month).map(|entry| entry.date.text.as_str());
    let last = entries.iter().max_by_key(|entry| entry.date.month).map(|entry| entry.date.text.as_str());
    let (first, last) = (first.unwrap_or("-"), last.unwrap_or("-"));
    format!("Published figures: {} entries, dated {first} to {last}.", entries.len())
}
