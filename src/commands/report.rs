//! `comanage report`: the document to hand over.

use std::path::Path;

use clap::{Args, ValueEnum};

use crate::args::{AlternativeArgs, AudienceArgs, OutputArgs, ScenarioArgs, WatchArgs};
use crate::failure::{Exit, Failure};
use crate::session::{OF_CLIENT, Opened, Session};
use crate::files;
use crate::pictures;
use crate::watch::watch;
use comanage_analysis::compare::Comparison;
use comanage_analysis::matrix;
use comanage_analysis::quotes;
use comanage_analysis::recalculate::Recalculation;
use comanage_report::datasets;
use comanage_report::write;
use comanage_report::chart::Picture;
use comanage_report::chart::pdf::{InputInfo, pdf};
use comanage_report::document::{self, INTERNAL_EDITION, Material, WhatIf};
use comanage_report::workbook;

const AFTER_HELP: &str = "\
Examples:
  comanage report scenario.toml                       every format, into output/scenario/
  comanage report scenario.toml --format html         one file to send
  comanage report scenario.toml --audience client     the client edition, report.html
  comanage report scenario.toml --alternative hybrid  the baseline and one offer only
  comanage report scenario.toml --board               two pages for a board, as HTML and PDF

A PDF of the whole report: open the HTML file in a browser and print it; its print style is made for A4 and Letter.";

/// Write a report to share, as HTML, Markdown and a workbook.
///
/// Everything about one scenario in one document: the recommendation, all alternatives, cost over time,
/// weekly coverage, uncertainty, offers, responsibilities, findings, sources, and the files and version
/// used. The HTML is a single file that works offline. Prints the paths of the files it writes.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct ReportArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Formats to write, separated by commas [default: all].
    #[arg(long = "format", value_enum, value_delimiter = ',', value_name = "FORMAT")]
    formats: Vec<DocumentFormat>,
    #[command(flatten)]
    audience: AudienceArgs,
    /// Write two pages for a board instead, as HTML and as PDF: the answer, three alternatives side by side,
    /// cost by year, the week, the risks and the assumptions.
    #[arg(long, conflicts_with = "formats")]
    board: bool,
    #[command(flatten)]
    alternatives: AlternativeArgs,
    #[command(flatten)]
    watch: WatchArgs,
}

/// Formats of the document. A new one has its name here and its bytes in [`files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DocumentFormat {
    /// A single page for any browser, works offline.
    Html,
    /// Text with tables; charts are separate SVG files.
    #[value(alias = "md")]
    Markdown,
    /// A workbook with live formulas and charts.
    Xlsx,
}

/// What is written: each document by its name, the pictures of Markdown, the ledger.
struct Files {
    documents: Vec<(String, Vec<u8>)>,
    pictures: Vec<Picture>,
    ledger: Option<(&'static str, Vec<u8>)>,
}

/// Writes the document and prints the paths of its files.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written.
pub fn run(args: ReportArgs, session: &Session) -> Result<Exit, Failure> {
    if args.watch.watch {
        return watch(&args.scenario.file, &args.scenario.set, session, || once(&args, session));
    }
    once(&args, session)
}

fn once(args: &ReportArgs, session: &Session) -> Result<Exit, Failure> {
    let mut opened = session.open(&args.scenario.file, &args.scenario.set)?;
    opened.keep(&args.alternatives)?;
    opened.edit_for(&args.audience);
    let comparison = opened.compare_for(&args.audience)?;
    let files = files(args, &opened, &comparison, session)?;
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let paths = write(&files, &folder, &session.files)?;
    session.files.place()?;
    session.console.print(paths)?;
    Ok(Exit::Done)
}

/// Makes the files that are required.
fn files(args: &ReportArgs, opened: &Opened, comparison: &Comparison, session: &Session) -> Result<Files, Failure> {
    if args.board {
        let documents = board(args, opened, comparison, session)?;
        return Ok(Files { documents, pictures: Vec::new(), ledger: None });
    }
    let document = with_material(args, opened, comparison, session, document::handover)?;
    let (suffix, edition) = if args.audience.is_client() { ("", None) } else { ("-internal", Some(INTERNAL_EDITION)) };
    let named = |extension: &str| format!("report{suffix}.{extension}");
    let is_wanted = |format: &DocumentFormat| args.formats.is_empty() || args.formats.contains(format);
    let bytes = |format: DocumentFormat| match format {
        DocumentFormat::Html => Ok((named("html"), write::html::render(&document).into_bytes())),
        DocumentFormat::Markdown => Ok((named("md"), write::markdown::render(&document.report).into_bytes())),
        DocumentFormat::Xlsx => match workbook::workbook(comparison, edition) {
            Ok(bytes) => Ok((named("xlsx"), bytes)),
            Err(problem) => Err(opened.refuse(problem)),
        },
    };
    let wanted = DocumentFormat::value_variants().iter().copied().filter(is_wanted);
    let documents = wanted.map(bytes).collect::<Result<_, Failure>>()?;
    // Only Markdown shows its pictures by file.
    let pictures = if is_wanted(&DocumentFormat::Markdown) { document.pictures } else { Vec::new() };
    let ledger_name = if args.audience.is_client() { "ledger-client.csv" } else { "ledger.csv" };
    let ledger = write::csv::write(&datasets::ledger(comparison));
    Ok(Files { documents, pictures, ledger: Some((ledger_name, ledger)) })
}

/// Makes the two pages for a board.
fn board(
    args: &ReportArgs,
    opened: &Opened,
    comparison: &Comparison,
    session: &Session,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let board = with_material(args, opened, comparison, session, document::board)?;
    let name = if args.audience.is_client() { "board" } else { "board-internal" };
    let pages = board.pages();
    let author = opened.scenario.document.prepared_by.as_deref();
    let about = InputInfo { title: &board.title, author, creator: write::json::TOOL };
    let html = write::html::board::render(&board.title, &pages).into_bytes();
    Ok(vec![(format!("{name}.html"), html), (format!("{name}.pdf"), pdf(&pages, &about))])
}

/// Makes a document from everything that is known of a comparison.
fn with_material<T>(
    args: &ReportArgs,
    opened: &Opened,
    comparison: &Comparison,
    session: &Session,
    make: impl FnOnce(&Material) -> T,
) -> Result<T, Failure> {
    let (simulation, warning) = opened.simulate_or_warn(comparison)?;
    session.console.show(&Vec::from_iter(warning), opened.sources());
    let bands = simulation.as_ref().map(|drawn| opened.bands(comparison, drawn)).transpose()?.unwrap_or_default();
    let quotes = quotes::quotes(comparison, &opened.rates, false).map_err(|problem| opened.refuse(problem))?;
    let what_if = what_if(args, opened, comparison, session);
    let (quotes, matrix) = (quotes, matrix::matrix(comparison));
    let (quotes, matrix) =
        if args.audience.is_client() { (quotes.for_client(), matrix.for_client()) } else { (quotes, matrix) };
    let planned = match opened.scenario.planning.is_written && !args.audience.is_client() {
        true => Some(super::plan::find(opened, None, session)?),
        false => None,
    };
    let material = Material {
        comparison,
        simulation: simulation.as_ref().map(|drawn| (drawn, bands.as_slice())),
        quotes: &quotes,
        matrix: &matrix,
        plan: planned.as_ref(),
        rates: &opened.rates,
        what_if: what_if.as_ref(),
        tool: write::json::TOOL,
        client_suffix: args.audience.is_client().then_some(OF_CLIENT),
    };
    Ok(make(&material))
}

/// What readers of the page may change; the client's edition carries nothing that could be worked out anew.
fn what_if(args: &ReportArgs, opened: &Opened, comparison: &Comparison, session: &Session) -> Option<WhatIf> {
    let is_page = args.formats.is_empty() || args.formats.contains(&DocumentFormat::Html);
    if args.audience.is_client() || args.board || !is_page {
        return None;
    }
    let command = command(args, session);
    // A command that cannot be shown as it is could not be copied either.
    let is_plain = command.iter().all(|word| write::text::visible(word) == *word);
    is_plain.then(|| Some(WhatIf { recalculation: Recalculation::new(&opened.document, comparison)?, command }))?
}

/// The words of the command that compares the same alternatives with the same values.
fn command(args: &ReportArgs, session: &Session) -> Vec<String> {
    let file = args.scenario.file.display().to_string();
    let mut words: Vec<String> = ["comanage", "compare", &file].map(String::from).to_vec();
    words.extend(session.flags().into_iter().map(String::from));
    words.extend(args.alternatives.ids.iter().flat_map(|id| ["--alternative".to_string(), id.clone()]));
    words.extend(args.scenario.set.values.iter().flat_map(|value| ["--set".to_string(), value.clone()]));
    words
}

/// Writes the files; gives back the paths of the documents, one a line.
fn write(files: &Files, folder: &Path, to: &files::Files) -> Result<String, Failure> {
    if let Some((name, ledger)) = &files.ledger {
        to.write(&folder.join(name), ledger)?;
    }
    pictures::write(&files.pictures, folder, false, to)?;
    let mut paths = String::new();
    for (name, bytes) in &files.documents {
        let path = folder.join(name);
        to.write(&path, bytes)?;
        paths.push_str(&format!("{}\n", path.display()));
    }
    Ok(paths)
}
