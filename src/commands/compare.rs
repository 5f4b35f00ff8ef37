//! `comanage compare`: the main job.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::ProgressBar;
use rayon::prelude::*;

use super::paths::{self, Samples, ScenarioPath};
use crate::args::{AlternativeArgs, AudienceArgs, ChartArgs, Format, FormatArgs, OutputArgs, SetArgs, WatchArgs};
use crate::failure::{Exit, Failure};
use crate::files;
use crate::session::{OF_CLIENT, Opened, Pictures, Results, Session};
use crate::watch::watch;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::Sources;
use comanage_analysis::compare::Comparison;
use comanage_analysis::simulate::Simulation;
use comanage_report::datasets;
use comanage_report::write::{self, csv, markdown, text};
use comanage_report::chart_data;
use comanage_report::document::{self, Report, SummaryLine};

const AFTER_HELP: &str = "\
Examples:
  comanage compare                                   the samples in scenarios/: one with its tables
  comanage compare scenario.toml                     one, with its tables
  comanage compare scenario.toml --alternative hire  the baseline and the hire only
  comanage compare scenario.toml --format json       data for another program
  comanage compare scenario.toml --watch             again on each save, with what changed

Each scenario gets its own folder: comparison.md with charts, .csv and .json, ledger.csv with every
line of every month, coverage.csv. Several scenarios also get a summary.

Markers: > recommended, $ cheapest, » both, ~ highest coverage if none meets the targets.";

/// Compare the alternatives of scenarios: print the answer, write tables and charts.
///
/// For each alternative: its cost, the share of required hours covered, and the share of work done. The
/// cheapest alternative that meets the coverage and work targets is recommended.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct CompareArgs {
    /// Scenario files, or folders with .toml files; `-` is standard input [default: the files of
    /// scenarios/, the first with its tables].
    paths: Vec<PathBuf>,
    #[command(flatten)]
    set: SetArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    alternatives: AlternativeArgs,
    #[command(flatten)]
    charts: ChartArgs,
    #[command(flatten)]
    audience: AudienceArgs,
    #[command(flatten)]
    watch: WatchArgs,
}

/// Compares every scenario; a bad file is reported and the others are done.
///
/// # Errors
/// Nothing to compare, or an output that cannot be written.
pub fn run(args: CompareArgs, session: &Session) -> Result<Exit, Failure> {
    if !args.watch.watch {
        return once(&args, session);
    }
    let [file] = &args.paths[..] else {
        return Err(Failure::unusable("--watch takes one scenario file").hint("name the file: comanage compare FILE --watch"));
    };
    watch(file, &args.set, session, || once(&args, session))
}

fn once(args: &CompareArgs, session: &Session) -> Result<Exit, Failure> {
    let wanted = Wanted::new(args, session)?;
    let folders = folders(&wanted.files, &args.output.output)?;
    session.files.open(&args.output.output)?;
    let progress = match wanted.files.len() {
        1 => ProgressBar::hidden(),
        many => session.console.progress(many as u64, "scenarios"),
    };
    let files = wanted.files.par_iter().zip(&folders).enumerate().map(|(place, (path, folder))| {
        let compared = compare_file(args, path, folder, wanted.lead == Some(place), session);
        progress.inc(1);
        compared
    });
    let compared: Vec<Result<Compared, Failure>> = files.collect();
    progress.finish_and_clear();
    let compared: Vec<Compared> = compared.into_iter().collect::<Result<_, _>>()?;
    let summary = if compared.len() > 1 { Some(summarize(args, &wanted.files, &compared, session)?) } else { None };
    session.files.place()?;
    for file in &compared {
        file.show(session)?;
    }
    if let Some(summary) = summary.filter(|_| args.format.format == Format::Text) {
        session.console.print(text::render(&summary, session.console.results))?;
    }
    say_where(args, &compared, &folders, session);
    wanted.say_more(session);
    Ok(compared.iter().map(Compared::exit).max().unwrap_or(Exit::Done))
}

/// What a run compares.
struct Wanted {
    files: Vec<ScenarioPath>,
    /// The one that is shown with its tables, by its place.
    lead: Option<usize>,
    /// How many more there are that the run does not compare; none where paths are named.
    below: Option<usize>,
}

impl Wanted {
    fn new(args: &CompareArgs, session: &Session) -> Result<Self, Failure> {
        // The story that the documentation tells.
        const LEAD: &str = "harbor-foods.toml";
        if args.paths.is_empty() {
            let Samples { files, below } = paths::samples(&session.console)?;
            let lead = files.iter().position(|path| path.relative.as_os_str() == LEAD).unwrap_or(0);
            return Ok(Self { files, lead: Some(lead), below: Some(below) });
        }
        let files = paths::find(&args.paths, &session.console)?;
        let lead = (files.len() == 1).then_some(0);
        Ok(Self { files, lead, below: None })
    }

    /// Says how to see more than a run without a path shows.
    fn say_more(&self, session: &Session) {
        let Some(below) = self.below else { return };
        let others = self.files.iter().zip(0..).find(|(_, place)| Some(*place) != self.lead);
        if let Some((other, _)) = others {
            session.console.say(&format!("The tables of another: comanage compare {}", other.file.display()));
        }
        if below > 0 {
            session.console.say(&format!("Not compared: {below} in folders below scenarios/ (comanage check scenarios)"));
        }
    }
}

/// The folders that the files write to; two files may not share one.
fn folders(found: &[ScenarioPath], output: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut seen: HashMap<String, &ScenarioPath> = HashMap::new();
    let mut folders = Vec::new();
    for path in found {
        let folder = files::folder_of(&path.relative);
        if let Some(other) = seen.insert(folder.to_string_lossy().to_lowercase(), path) {
            let (one, other, folder) = (other.file.display(), path.file.display(), folder.display());
            let failure = Failure::unusable(format!("{one} and {other} would both write to {folder}"));
            return Err(failure.hint("rename one of them, or compare them apart"));
        }
        folders.push(output.join(folder));
    }
    Ok(folders)
}

/// The outcome of a file.
struct Compared {
    warnings: Vec<Diagnostic>,
    sources: Sources,
    outcome: Result<Printed, Failure>,
}

/// What is printed of a file, and its line of the summary.
struct Printed {
    text: Vec<u8>,
    line: SummaryLine,
}

impl Compared {
    fn show(&self, session: &Session) -> Result<(), Failure> {
        session.console.show(&self.warnings, &self.sources);
        match &self.outcome {
            Ok(printed) => session.console.print(&printed.text),
            Err(failure) => {
                session.console.fail(failure);
                Ok(())
            }
        }
    }

    fn exit(&self) -> Exit {
        self.outcome.as_ref().map_or_else(Failure::exit, |_| Exit::Done)
    }
}

/// Compares a file and writes its results.
///
/// # Errors
/// An output that cannot be written; what is wrong with the file itself is part of the result.
fn compare_file(
    args: &CompareArgs,
    path: &ScenarioPath,
    folder: &Path,
    is_lead: bool,
    session: &Session,
) -> Result<Compared, Failure> {
    let mut opened = match session.read(&path.file, &args.set) {
        Ok(opened) => opened,
        Err(failure) => {
            return Ok(Compared { warnings: Vec::new(), sources: Sources::default(), outcome: Err(failure) });
        }
    };
    let mut warnings = std::mem::take(&mut opened.warnings);
    let outcome = match compare(args, &mut opened, &mut warnings) {
        Ok((comparison, simulation)) => {
            let results = results(args, &comparison, simulation.as_ref()).for_audience(&args.audience);
            session.files.own(folder, if args.audience.is_client() { is_own_of_client } else { is_own });
            results.write(folder, &session.files)?;
            let is_shown = is_lead || args.format.format != Format::Text;
            let formatted = || results.formatted(args.format.format, session.console.results);
            let text = if is_shown { formatted() } else { Vec::new() };
            Ok(Printed { text, line: SummaryLine::new(&comparison) })
        }
        Err(failure) => Err(failure),
    };
    Ok(Compared { warnings, sources: opened.sources().clone(), outcome })
}

/// Compares the alternatives that are required.
fn compare<'a>(
    args: &CompareArgs,
    opened: &'a mut Opened,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(Comparison<'a>, Option<Simulation>), Failure> {
    opened.keep(&args.alternatives)?;
    opened.edit_for(&args.audience);
    let comparison = opened.compare_for(&args.audience)?;
    let (simulation, warning) = opened.simulate_or_warn(&comparison)?;
    warnings.extend(warning);
    Ok((comparison, simulation))
}

/// What is written and printed of a comparison.
fn results<'a>(
    args: &CompareArgs,
    comparison: &'a Comparison,
    simulation: Option<&'a Simulation>,
) -> Results<'a> {
    let mut drawn = chart_data::comparison::pictures(comparison);
    drawn.extend(simulation.and_then(|simulation| chart_data::uncertainty::tornado_picture(comparison, simulation)));
    let more = [("ledger.csv", datasets::ledger(comparison)), ("coverage.csv", datasets::coverage(comparison))];
    Results {
        name: "comparison".into(),
        outcome: Box::new(write::Compared(comparison, simulation)),
        more: more.map(|(name, data)| (name.to_string(), csv::write(&data))).to_vec(),
        pictures: Some(Pictures { drawn, with_png: !args.charts.no_png }),
    }
}

/// Whether a comparison writes files of this name: a chart of an alternative that is compared no
/// more, or a chart in pixels that are not required any more, is of an earlier run.
fn is_own(name: &str) -> bool {
    const CHARTS: [&str; 5] = ["cost-by-category", "cumulative-cost", "cost-and-coverage", "tornado", "week-"];
    let stem = name.strip_suffix(".svg").or(name.strip_suffix(".png"));
    let is_chart = |stem: &str| {
        CHARTS.iter().any(|chart| stem == *chart || (chart.ends_with('-') && stem.starts_with(chart)))
    };
    stem.is_some_and(|stem| !stem.ends_with(OF_CLIENT) && is_chart(stem))
}

/// The same for the client's edition.
fn is_own_of_client(name: &str) -> bool {
    let parts = name.rsplit_once('.').and_then(|(stem, extension)| Some((stem.strip_suffix(OF_CLIENT)?, extension)));
    parts.is_some_and(|(stem, extension)| is_own(&format!("{stem}.{extension}")))
}

/// Writes a line for each scenario, and names those that could not be compared.
fn summarize(
    args: &CompareArgs,
    files: &[ScenarioPath],
    compared: &[Compared],
    session: &Session,
) -> Result<Report, Failure> {
    let done = compared.iter().filter_map(|file| file.outcome.as_ref().ok());
    let lines: Vec<SummaryLine> = done.map(|printed| printed.line.clone()).collect();
    let failed = files.iter().zip(compared).filter(|(_, compared)| compared.outcome.is_err());
    let failed: Vec<String> = failed.map(|(path, _)| path.file.display().to_string()).collect();
    let summary = document::summary(&lines, &failed);
    let folder = &args.output.output;
    let of = if args.audience.is_client() { OF_CLIENT } else { "" };
    session.files.write(&folder.join(format!("summary{of}.md")), markdown::render(&summary).as_bytes())?;
    session.files.write(&folder.join(format!("summary{of}.csv")), &csv::write(&datasets::summary(&lines)))?;
    Ok(summary)
}

/// Says where the results are, and how many files have none.
fn say_where(args: &CompareArgs, compared: &[Compared], folders: &[PathBuf], session: &Session) {
    let folder = if let [folder] = folders { folder } else { &args.output.output };
    let failed = compared.iter().filter(|file| file.outcome.is_err()).count();
    if failed < compared.len() {
        session.console.say(&format!("\nTables, data and charts are in {}", folder.display()));
    }
    if failed > 0 && compared.len() > 1 {
        session.console.say(&format!("{failed} of {} scenarios could not be compared", compared.len()));
    }
}
