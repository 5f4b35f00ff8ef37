//! `comanage convert`: a scenario file as a workbook, and a workbook as a file.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::args::SetArgs;
use crate::failure::{Exit, Failure};
use crate::session::Session;
use comanage_format::load::Document;
use comanage_report::write::scenario_workbook;

const AFTER_HELP: &str = "\
Examples:
  comanage convert scenario.toml scenario.xlsx    to edit in a spreadsheet
  comanage convert scenario.xlsx scenario.toml    and back
  comanage convert scenario.ods -                 as TOML on standard output

What a file extends is written into the result. Comments are not kept. The comparison of the result is
that of the file.";

/// Write a scenario in its other form: TOML or workbook.
///
/// A workbook has a sheet a topic, a row an entry and a column a key. Every command reads .xlsx and .ods
/// where it reads .toml. Existing files are never overwritten.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct ConvertArgs {
    /// The scenario to read: TOML, .xlsx or .ods; `-` is standard input.
    from: PathBuf,
    /// The file to write: .toml or .xlsx; `-` is standard output, as TOML.
    to: PathBuf,
}

/// Reads a scenario and writes it in the form that the name of the result says.
///
/// # Errors
/// The scenario is not valid; the result exists, has another extension, or cannot be written.
pub fn run(args: ConvertArgs, session: &Session) -> Result<Exit, Failure> {
    let opened = session.open(&args.from, &SetArgs::default())?;
    if args.to == Path::new("-") {
        session.console.print(opened.document.to_toml())?;
        return Ok(Exit::Done);
    }
    let bytes = match extension(&args.to).as_deref() {
        Some("toml") => opened.document.to_toml().into_bytes(),
        Some("xlsx") => workbook(&opened.document, false)?,
        _ => {
            let failure = Failure::unusable(format!("{} is neither .toml nor .xlsx", args.to.display()));
            return Err(failure.hint("name a file that ends in .toml or .xlsx; a spreadsheet saves .xlsx as .ods"));
        }
    };
    write_new(&args.to, &bytes, session)?;
    session.console.say(&format!("Wrote {}", args.to.display()));
    Ok(Exit::Done)
}

/// The extension of a name, in small letters.
pub fn extension(file: &Path) -> Option<String> {
    file.extension().map(|extension| extension.to_string_lossy().to_lowercase())
}

/// A scenario as a workbook; with every column that may be filled in, or with those that it needs.
///
/// # Errors
/// It has more than a workbook holds.
pub fn workbook(document: &Document, all: bool) -> Result<Vec<u8>, Failure> {
    scenario_workbook(&document.sheets(all))
        .map_err(|error| Failure::unusable(format!("the workbook cannot be made: {error}")))
}

/// Writes a new file.
///
/// # Errors
/// It exists, or cannot be written.
pub fn write_new(file: &Path, bytes: &[u8], session: &Session) -> Result<(), Failure> {
    if file.exists() {
        return Err(Failure::unusable(format!("{} already exists", file.display())).hint("name another file"));
    }
    session.files.write(file, bytes)?;
    session.files.place()
}
