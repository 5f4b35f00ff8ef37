//! `comanage compare`: the main job.

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::ProgressBar;
use rayon::prelude::*;

use super::Console;
use super::paths::{self, ScenarioPath};
use crate::cli::{Format, Output};
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::compare::{self, Comparison};
use comanage_analysis::simulate::{self, Simulation};
use comanage_format::load::{self, Loaded};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;
use comanage_model::source::Sources;
use comanage_report::chart_data;
use comanage_report::document::{self, SummaryLine};
use comanage_report::write;

const AFTER_HELP: &str = "\
Examples:
  comanage compare                                   every scenario in scenarios/
  comanage compare scenario.toml                     one, with its tables
  comanage compare scenario.toml --alternative hire  the baseline and the hire only
  comanage compare scenario.toml --format json       data for another program

Each scenario gets a folder of its own: comparison.md with charts, .csv, .json, ledger.csv with
every line of every month, coverage.csv. Several scenarios also get a summary.

Signs: > recommended, $ cheapest, » both, ~ highest coverage where nothing reaches the targets.";

/// Compare the alternatives of scenarios: print the answer, write tables and charts.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct Compare {
    /// Scenario files, and folders with .toml files in them; `-` is standard input.
    #[arg(default_value = "scenarios")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
    /// Print this on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only this alternative and the baseline: in_house, hire, or the key of an offer or of an
    /// [alternatives] table. May be given several times.
    #[arg(long = "alternative", value_name = "ID")]
    alternatives: Vec<String>,
    /// Write charts as SVG only.
    #[arg(long)]
    no_png: bool,
}

/// What became of one file.
struct Compared {
    /// Why it could not be compared, or what is to be said about it.
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
    /// How it ended.
    exit: Exit,
    /// What to print, its line of the summary and its folder; none where it could not be compared.
    result: Option<Printed>,
}

struct Printed {
    text: String,
    line: SummaryLine,
}

/// Compares every scenario; a bad file is told and the others are done.
///
/// # Errors
/// Nothing to compare, or an output that cannot be written.
pub fn run(args: Compare, console: &Console) -> Result<Exit, Failure> {
    let found = paths::find(&args.paths)?;
    let folders = folders(&found)?;
    output::prepare(&args.output.output)?;
    let is_single = found.len() == 1;
    let progress = if is_single { ProgressBar::hidden() } else { console.progress(found.len() as u64, "scenarios") };
    let compared: Vec<Result<Compared, Failure>> = found
        .par_iter()
        .zip(&folders)
        .map(|(path, folder)| {
            let compared = compare_file(&args, path, &args.output.output.join(folder), is_single, console);
            progress.inc(1);
            compared
        })
        .collect();
    progress.finish_and_clear();
    let compared: Vec<Compared> = compared.into_iter().collect::<Result<_, _>>()?;
    tell(&args, &compared, console)
}

/// The folders that the files write to; two files may not share one.
fn folders(found: &[ScenarioPath]) -> Result<Vec<PathBuf>, Failure> {
    let folders: Vec<PathBuf> = found.iter().map(|path| output::folder_of(&path.relative)).collect();
    let mut seen = std::collections::HashMap::new();
    for (path, folder) in found.iter().zip(&folders) {
        let key = folder.to_string_lossy().to_lowercase();
        if let Some(other) = seen.insert(key, path) {
            let message = format!(
                "{} and {} would both write to {}",
                other.file.display(),
                path.file.display(),
                folder.display()
            );
            return Err(Failure::unusable(message).hint("rename one of them, or compare them apart"));
        }
    }
    Ok(folders)
}

fn compare_file(
    args: &Compare,
    path: &ScenarioPath,
    folder: &Path,
    is_single: bool,
    console: &Console,
) -> Result<Compared, Failure> {
    let Loaded { scenario, mut diagnostics, sources, machine_failed, .. } = load::load(&path.file.to_string_lossy());
    let Some(mut scenario) = scenario else {
        let exit = if machine_failed { Exit::Machine } else { Exit::Unusable };
        return Ok(Compared { diagnostics, sources, exit, result: None });
    };
    if let Err(problem) = keep_alternatives(&mut scenario, &args.alternatives) {
        diagnostics.push(problem);
        return Ok(Compared { diagnostics, sources, exit: Exit::Unusable, result: None });
    }
    let comparison = match compare::compare(&scenario) {
        Ok(comparison) => comparison,
        Err(problem) => {
            diagnostics.push(problem);
            return Ok(Compared { diagnostics, sources, exit: Exit::Unusable, result: None });
        }
    };
    let simulation = match simulated(&comparison) {
        Ok(simulation) => simulation,
        Err(problem) => {
            diagnostics.push(problem);
            return Ok(Compared { diagnostics, sources, exit: Exit::Unusable, result: None });
        }
    };
    write_files(&comparison, simulation.as_ref(), folder, !args.no_png)?;
    let text = print(&comparison, simulation.as_ref(), args.format, is_single, console);
    let line = SummaryLine::new(&comparison);
    Ok(Compared { diagnostics, sources, exit: Exit::Done, result: Some(Printed { text, line }) })
}

/// Simulates a comparison whose scenario has ranges, with the settings of the scenario.
///
/// # Errors
/// A sample that cannot be evaluated.
pub(super) fn simulated(comparison: &Comparison) -> Result<Option<Simulation>, Diagnostic> {
    let scenario = comparison.scenario;
    if scenario.inputs.iter().all(|(_, _, about)| about.range.is_none()) {
        return Ok(None);
    }
    // Beside a comparison a few thousand samples say enough; `simulate` takes more.
    const MOST: u64 = 4_096;
    let samples = scenario.simulation.samples.min(MOST) as usize;
    simulate::simulate(comparison, samples, scenario.simulation.seed, &|_| true)
}

/// Keeps the baseline and the alternatives that are asked for; all of them if none is.
///
/// # Errors
/// An alternative that the scenario does not have.
pub fn keep_alternatives(scenario: &mut Scenario, wanted: &[String]) -> Result<(), Diagnostic> {
    if wanted.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = scenario.alternatives.iter().map(|alternative| alternative.id.as_str()).collect();
    if let Some(unknown) = wanted.iter().find(|id| !ids.contains(&id.as_str())) {
        let message = format!("{}: no alternative `{unknown}`", scenario.file);
        return Err(Diagnostic::error("unknown-alternative", message).hint(format!("it has {}", ids.join(", "))));
    }
    let baseline = scenario.baseline.clone();
    scenario.alternatives.retain(|alternative| alternative.id == baseline || wanted.contains(&alternative.id));
    Ok(())
}

fn write_files(
    comparison: &Comparison,
    simulation: Option<&Simulation>,
    folder: &Path,
    with_png: bool,
) -> Result<(), Failure> {
    let report = document::comparison(comparison, simulation);
    let files = [
        ("comparison.csv", write::csv::comparison(comparison, simulation)),
        ("comparison.md", write::markdown::render(&report).into_bytes()),
        ("comparison.json", write::json::comparison_pretty(comparison, simulation).into_bytes()),
        ("ledger.csv", write::csv::ledger(comparison)),
        ("coverage.csv", write::csv::coverage(comparison)),
    ];
    for (name, bytes) in files {
        output::write(&folder.join(name), &bytes)?;
    }
    let mut pictures = chart_data::comparison::pictures(comparison);
    pictures.extend(simulation.and_then(|simulation| chart_data::uncertainty::tornado_picture(comparison, simulation)));
    super::pictures::write(&pictures, folder, with_png)
}

fn print(
    comparison: &Comparison,
    simulation: Option<&Simulation>,
    format: Format,
    is_single: bool,
    console: &Console,
) -> String {
    match format {
        Format::Json => write::json::comparison(comparison, simulation) + "\n",
        Format::Csv => String::from_utf8_lossy(&write::csv::comparison(comparison, simulation)).into_owned(),
        Format::Markdown => write::markdown::render(&document::comparison(comparison, simulation)),
        Format::Text if is_single => {
            write::text::render(&document::comparison(comparison, simulation), console.colours_results)
        }
        Format::Text => String::new(),
    }
}

/// Shows what became of every file, and the summary where there are several.
fn tell(args: &Compare, compared: &[Compared], console: &Console) -> Result<Exit, Failure> {
    let is_single = compared.len() == 1;
    for file in compared {
        console.show(&file.diagnostics, &file.sources);
        if let Some(result) = &file.result {
            console.print(&result.text)?;
        }
    }
    let folder = &args.output.output;
    if !is_single {
        let lines: Vec<SummaryLine> =
            compared.iter().filter_map(|file| file.result.as_ref()).map(|result| result.line.clone()).collect();
        let summary = document::summary(&lines);
        output::write(&folder.join("summary.md"), write::markdown::render(&summary).as_bytes())?;
        output::write(&folder.join("summary.csv"), &write::csv::table(&summary))?;
        if args.format == Format::Text {
            console.print(write::text::render(&summary, console.colours_results))?;
        }
    }
    let failed = compared.iter().filter(|file| file.result.is_none()).count();
    if failed < compared.len() {
        console.say(&format!("\nTables, data and charts are in {}", folder.display()));
    }
    if failed > 0 && !is_single {
        console.say(&format!("{failed} of {} scenarios could not be compared", compared.len()));
    }
    Ok(compared.iter().map(|file| file.exit).max().unwrap_or(Exit::Done))
}
