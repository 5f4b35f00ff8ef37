//! `comanage diff`: what changed between two scenarios, and which change moved the totals.

use std::path::PathBuf;

use clap::Args;

use super::Console;
use crate::cli::Format;
use crate::failure::{Exit, Failure};
use comanage_analysis::compare;
use comanage_analysis::diff;
use comanage_format::load::{Document, Loaded};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::Sources;
use comanage_report::document;
use comanage_report::write;

/// Show what changed between two scenarios, and which change moved the totals by how much.
#[derive(Debug, Args)]
pub struct Diff {
    /// The scenario before.
    a: PathBuf,
    /// The scenario after.
    b: PathBuf,
    /// What to print on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints the changes, the totals and the bridges between them.
///
/// # Errors
/// Standard output fails.
pub fn run(args: Diff, console: &Console) -> Result<Exit, Failure> {
    let documents = [&args.a, &args.b].map(|path| Document::open(&path.to_string_lossy()));
    let loaded = documents.each_ref().map(Document::read);
    for loaded in &loaded {
        console.show(&loaded.diagnostics, &loaded.sources);
    }
    let [Loaded { scenario: Some(a), .. }, Loaded { scenario: Some(b), .. }] = &loaded else {
        let is_of_machine = loaded.iter().any(|loaded| loaded.machine_failed);
        return Ok(if is_of_machine { Exit::Machine } else { Exit::Unusable });
    };
    let refuse = |problem: &Diagnostic, sources: &Sources| {
        console.show(std::slice::from_ref(problem), sources);
        Ok(Exit::Unusable)
    };
    let (before, after) = match (compare::compare(a), compare::compare(b)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(problem), _) => return refuse(&problem, &a.sources),
        (_, Err(problem)) => return refuse(&problem, &b.sources),
    };
    let difference = match diff::diff((&documents[0], &before), (&documents[1], &after)) {
        Ok(difference) => difference,
        Err(problem) => return refuse(&problem, &b.sources),
    };
    let bytes = match args.format {
        Format::Text => write::text::render(&document::diff(&difference), console.colours_results).into_bytes(),
        Format::Json => write::json::diff(&difference).into_bytes(),
        Format::Csv => write::csv::diff(&difference),
        Format::Markdown => write::markdown::render(&document::diff(&difference)).into_bytes(),
    };
    console.print(bytes)?;
    Ok(Exit::Done)
}
