//! `comanage report`: the document to hand over.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Console;
use super::compare::{keep_alternatives, simulated};
use super::offered::folder;
use super::simulate::BAND_SAMPLES;
use crate::cli::Output;
use crate::compare::{self, Comparison};
use crate::diagnostic::Diagnostic;
use crate::failure::{Exit, Failure};
use crate::load;
use crate::matrix;
use crate::output;
use crate::quotes;
use crate::rates::Rates;
use crate::render;
use crate::report::{self, Document, Material};
use crate::simulate;

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

/// Formats of the document. A new one has its name here and its bytes in [`render`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DocumentFormat {
    /// A page that opens in any browser, alone and offline.
    Html,
    /// Text with tables; its charts are SVG files beside it.
    #[value(alias = "md")]
    Markdown,
}

/// Who reads the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// You: everything.
    Internal,
    /// Whoever it is handed to: remarks marked internal and the folders of files are left out.
    Client,
}

/// Writes the document and prints the paths of its files.
///
/// # Errors
/// An output that cannot be written.
pub fn run(args: ReportOf, console: &Console) -> Result<Exit, Failure> {
    let mut loaded = load::load(&args.file.to_string_lossy());
    console.show(&loaded.diagnostics, &loaded.sources);
    let Some(mut scenario) = loaded.scenario.take() else {
        return Ok(if loaded.machine_failed { Exit::Machine } else { Exit::Unusable });
    };
    if args.audience == Audience::Client {
        scenario.hand_over();
    }
    let kept = keep_alternatives(&mut scenario, &args.alternatives);
    let made = kept.and_then(|()| compare::compare(&scenario)).and_then(|comparison| {
        let document = document(&comparison, &loaded.rates)?;
        Ok((document, render::csv::ledger(&comparison)))
    });
    match made {
        Ok((document, ledger)) => {
            output::prepare(&args.output.output)?;
            let folder = folder(&args.output.output, &args.file);
            output::write(&folder.join("ledger.csv"), &ledger)?;
            console.print(write(&args, &document, &folder)?)?;
            Ok(Exit::Done)
        }
        Err(problem) => {
            console.show(&[problem], &loaded.sources);
            Ok(Exit::Unusable)
        }
    }
}

/// Makes the document of a comparison.
fn document(comparison: &Comparison, rates: &Rates) -> Result<Document, Diagnostic> {
    let simulation = simulated(comparison)?;
    let cumulative = match &simulation {
        None => Vec::new(),
        Some(drawn) => {
            let (samples, banded) = (drawn.samples.min(BAND_SAMPLES), report::banded(comparison));
            simulate::cumulative(comparison.scenario, &drawn.draws, samples, &banded)?
        }
    };
    let material = Material {
        comparison,
        simulation: simulation.as_ref().map(|drawn| (drawn, cumulative.as_slice())),
        quotes: &quotes::quotes(comparison, rates)?,
        matrix: &matrix::matrix(comparison),
        rates,
        tool: render::json::TOOL,
    };
    Ok(report::document(&material))
}

/// Writes the formats that are wanted; gives back their paths, one a line.
fn write(args: &ReportOf, document: &Document, folder: &Path) -> Result<String, Failure> {
    let is_wanted = |format: &&DocumentFormat| args.formats.is_empty() || args.formats.contains(format);
    let mut paths = String::new();
    for format in DocumentFormat::value_variants().iter().filter(is_wanted) {
        let (name, bytes) = match format {
            DocumentFormat::Html => ("report.html", render::html::render(document).into_bytes()),
            DocumentFormat::Markdown => {
                super::pictures::write(&document.pictures, folder, false)?;
                ("report.md", render::markdown::render(&document.report).into_bytes())
            }
        };
        let path = folder.join(name);
        output::write(&path, &bytes)?;
        paths.push_str(&format!("{}\n", path.display()));
    }
    Ok(paths)
}
