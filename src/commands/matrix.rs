//! `comanage matrix`: who is responsible for what, and when.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Console;
use super::offered::{folder, with_comparison};
use crate::cli::{Format, Output};
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::matrix::{self, Matrix};
use comanage_report::document;
use comanage_report::write;

const AFTER_HELP: &str = "\
Examples:
  comanage matrix scenarios/three-quotes.toml
  comanage matrix scenario.toml --alternative hybrid --format csv     for a contract";

/// Say who is responsible for what, when, and for how much.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct MatrixOf {
    /// The scenario file; `-` is standard input.
    file: PathBuf,
    #[command(flatten)]
    output: Output,
    /// Print this on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only this alternative and the baseline: in_house, hire, or the key of an offer or of an
    /// [alternatives] table. May be given several times.
    #[arg(long = "alternative", value_name = "ID")]
    alternatives: Vec<String>,
}

/// Prints the responsibilities of a scenario and writes them as tables and data.
///
/// # Errors
/// An output that cannot be written.
pub fn run(args: MatrixOf, console: &Console) -> Result<Exit, Failure> {
    with_comparison(&args.file, &args.alternatives, console, |comparison, _| {
        let matrix = matrix::matrix(comparison);
        output::prepare(&args.output.output)?;
        let folder = folder(&args.output.output, &args.file);
        write(&matrix, &folder)?;
        console.print(print(&matrix, args.format, console))?;
        console.say(&format!("\nTables and data are in {}", folder.display()));
        Ok(Ok(()))
    })
}

fn write(matrix: &Matrix, folder: &Path) -> Result<(), Failure> {
    let report = document::matrix(matrix);
    output::write(&folder.join("matrix.md"), write::markdown::render(&report).as_bytes())?;
    output::write(&folder.join("matrix.csv"), &write::csv::matrix(matrix))?;
    output::write(&folder.join("matrix.json"), write::json::matrix_pretty(matrix).as_bytes())
}

fn print(matrix: &Matrix, format: Format, console: &Console) -> Vec<u8> {
    match format {
        Format::Json => write::json::matrix(matrix).into_bytes(),
        Format::Csv => write::csv::matrix(matrix),
        Format::Markdown => write::markdown::render(&document::matrix(matrix)).into_bytes(),
        Format::Text => write::text::render(&document::matrix(matrix), console.colours_results).into_bytes(),
    }
}
