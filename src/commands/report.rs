//! `comanage report`: the document to hand over.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Console;
use super::compare::simulated;
use super::offered::{folder, with_prepared};
use super::simulate::BAND_SAMPLES;
use crate::cli::Output;
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::compare::Comparison;
use comanage_analysis::matrix;
use comanage_analysis::quotes;
use comanage_analysis::simulate::{self, Simulation};
use comanage_format::rates::Rates;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;
use comanage_report::chart::Picture;
use comanage_report::chart_data;
use comanage_report::document::{self, Handover, Material};
use comanage_report::workbook;
use comanage_report::write;

const AFTER_HELP: &str = "\
Examples:
  comanage report scenario.toml                       every format, into output/scenario/
  comanage report scenario.toml --format html         one file to send
  comanage report scenario.toml --audience client     without what is marked internal
  comanage report scenario.toml --alternative hybrid  the baseline and one offer only

A PDF: open report.html in a browser and print it; its print style is made for A4 and Letter.";

/// Write the document to hand over: answer, tables, charts, sources, one file a format.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct ReportOf {
    /// The scenario file; `-` is standard input.
    file: PathBuf,
    #[command(flatten)]
    output: Output,
    /// Write these formats; several with commas between. All of them if left out.
    #[arg(long = "format", value_enum, value_delimiter = ',', value_name = "FORMAT")]
    formats: Vec<DocumentFormat>,
    /// Who will read it.
    #[arg(long, value_enum, default_value_t = Audience::Internal)]
    audience: Audience,
    /// Only this alternative and the baseline: in_house, hire, or the key of an offer or of an
    /// [alternatives] table. May be given several times.
    #[arg(long = "alternative", value_name = "ID")]
    alternatives: Vec<String>,
}

/// Formats of the document. A new one has its name here and its bytes in [`files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DocumentFormat {
    /// A page that opens in any browser, alone and offline.
    Html,
    /// Text with tables; its charts are SVG files beside it.
    #[value(alias = "md")]
    Markdown,
    /// A workbook whose figures are formulas on its inputs, with charts.
    Xlsx,
}

/// Who reads the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// You: everything.
    Internal,
    /// Whoever it is handed to: remarks marked internal and the folders of files are left out.
    Client,
}

/// What is written: each document by its name, the pictures of Markdown, the ledger.
struct Files {
    documents: Vec<(&'static str, Vec<u8>)>,
    pictures: Vec<Picture>,
    ledger: Vec<u8>,
}

/// Writes the document and prints the paths of its files.
///
/// # Errors
/// An output that cannot be written.
pub fn run(args: ReportOf, console: &Console) -> Result<Exit, Failure> {
    let prepare = |scenario: &mut Scenario| {
        if args.audience == Audience::Client {
            scenario.hand_over();
        }
    };
    with_prepared(&args.file, &args.alternatives, prepare, console, |comparison, rates| {
        let files = match files(&args, comparison, rates) {
            Ok(files) => files,
            Err(problem) => return Ok(Err(problem)),
        };
        output::prepare(&args.output.output)?;
        console.print(write(&files, &folder(&args.output.output, &args.file))?)?;
        Ok(Ok(()))
    })
}

/// Makes the files that are wanted.
fn files(args: &ReportOf, comparison: &Comparison, rates: &Rates) -> Result<Files, Diagnostic> {
    let simulation = simulated(comparison)?;
    let document = document(comparison, simulation.as_ref(), rates)?;
    let is_wanted = |format: &DocumentFormat| args.formats.is_empty() || args.formats.contains(format);
    let bytes = |format: DocumentFormat| match format {
        DocumentFormat::Html => Ok(("report.html", write::html::render(&document).into_bytes())),
        DocumentFormat::Markdown => Ok(("report.md", write::markdown::render(&document.report).into_bytes())),
        DocumentFormat::Xlsx => workbook::workbook(comparison).map(|bytes| ("report.xlsx", bytes)),
    };
    let wanted = DocumentFormat::value_variants().iter().copied().filter(is_wanted);
    let documents = wanted.map(bytes).collect::<Result<_, Diagnostic>>()?;
    // Only Markdown shows its pictures by file.
    let pictures = if is_wanted(&DocumentFormat::Markdown) { document.pictures } else { Vec::new() };
    Ok(Files { documents, pictures, ledger: write::csv::ledger(comparison) })
}

/// Makes the document of a comparison.
fn document(comparison: &Comparison, simulation: Option<&Simulation>, rates: &Rates) -> Result<Handover, Diagnostic> {
    let cumulative = match simulation {
        None => Vec::new(),
        Some(drawn) => {
            let (samples, banded) = (drawn.samples.min(BAND_SAMPLES), chart_data::uncertainty::banded(comparison));
            simulate::cumulative(comparison.scenario, &drawn.draws, samples, &banded)?
        }
    };
    let material = Material {
        comparison,
        simulation: simulation.map(|drawn| (drawn, cumulative.as_slice())),
        quotes: &quotes::quotes(comparison, rates)?,
        matrix: &matrix::matrix(comparison),
        rates,
        tool: write::json::TOOL,
    };
    Ok(document::handover(&material))
}

/// Writes the files; gives back the paths of the documents, one a line.
fn write(files: &Files, folder: &Path) -> Result<String, Failure> {
    output::write(&folder.join("ledger.csv"), &files.ledger)?;
    super::pictures::write(&files.pictures, folder, false)?;
    let mut paths = String::new();
    for (name, bytes) in &files.documents {
        let path = folder.join(name);
        output::write(&path, bytes)?;
        paths.push_str(&format!("{}\n", path.display()));
    }
    Ok(paths)
}
