//! `comanage quotes`: offers side by side.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Console;
use super::offered::{folder, with_comparison};
use crate::cli::{Format, Output};
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::quotes::{self, Quotes};
use comanage_report::chart_data;
use comanage_report::document;
use comanage_report::write;

const AFTER_HELP: &str = "\
Examples:
  comanage quotes scenarios/three-quotes.toml
  comanage quotes scenario.toml --alternative hybrid     one offer, by its key
  comanage quotes scenario.toml --format json";

/// Put offers side by side: price on paper and in practice, what is in, out, missing, risky.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct QuotesOf {
    /// The scenario file; `-` is standard input.
    file: PathBuf,
    #[command(flatten)]
    output: Output,
    /// Print this on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only this offer, by its key. May be given several times.
    #[arg(long = "alternative", value_name = "ID")]
    alternatives: Vec<String>,
    /// Write charts as SVG only.
    #[arg(long)]
    no_png: bool,
}

/// Prints the offers of a scenario and writes tables and the chart from paper to practice.
///
/// # Errors
/// An output that cannot be written.
pub fn run(args: QuotesOf, console: &Console) -> Result<Exit, Failure> {
    with_comparison(&args.file, &args.alternatives, console, |comparison, rates| {
        let quotes = match quotes::quotes(comparison, rates) {
            Ok(quotes) => quotes,
            Err(problem) => return Ok(Err(problem)),
        };
        output::prepare(&args.output.output)?;
        let folder = folder(&args.output.output, &args.file);
        write(&quotes, &folder, !args.no_png)?;
        console.print(print(&quotes, args.format, console))?;
        console.say(&format!("\nTables, data and charts are in {}", folder.display()));
        Ok(Ok(()))
    })
}

fn write(quotes: &Quotes, folder: &Path, with_png: bool) -> Result<(), Failure> {
    let report = document::quotes(quotes);
    output::write(&folder.join("quotes.md"), write::markdown::render(&report).as_bytes())?;
    output::write(&folder.join("quotes.csv"), &write::csv::quotes(quotes))?;
    output::write(&folder.join("quotes.json"), write::json::quotes_pretty(quotes).as_bytes())?;
    super::pictures::write(&chart_data::offers::pictures(quotes), folder, with_png)
}

fn print(quotes: &Quotes, format: Format, console: &Console) -> Vec<u8> {
    match format {
        Format::Json => write::json::quotes(quotes).into_bytes(),
        Format::Csv => write::csv::quotes(quotes),
        Format::Markdown => write::markdown::render(&document::quotes(quotes)).into_bytes(),
        Format::Text => write::text::render(&document::quotes(quotes), console.colours_results).into_bytes(),
    }
}
