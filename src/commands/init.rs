//! `comanage init`: a commented scenario to start from.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::convert;
use crate::failure::{Exit, Failure};
use crate::session::Session;
use comanage_format::load::Document;

/// The scenario that `init` writes.
const TEMPLATE: &str = include_str!("init.toml");

/// Write a commented scenario to start from.
///
/// An example company of 80 users with one IT employee, ready to compare. A name that ends in .xlsx makes a
/// workbook: a sheet a topic, a row an entry, a column a key, with help as notes. Existing files are never
/// overwritten.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The file to write; `-` is standard output.
    #[arg(default_value = "scenario.toml")]
    file: PathBuf,
}

/// Writes the template; a file that is there is never overwritten.
///
/// # Errors
/// The file is there, or cannot be written.
pub fn run(args: InitArgs, session: &Session) -> Result<Exit, Failure> {
    if args.file == Path::new("-") {
        session.console.print(TEMPLATE)?;
        return Ok(Exit::Done);
    }
    let bytes = if convert::extension(&args.file).as_deref() == Some("xlsx") {
        let document = Document::parse("scenario.toml", TEMPLATE.as_bytes(), &mut |_| Err(ErrorKind::NotFound.into()));
        convert::workbook(&document, true)?
    } else {
        TEMPLATE.as_bytes().to_vec()
    };
    convert::write_new(&args.file, &bytes, session)?;
    session.console.say(&format!("Wrote {0}. Next: comanage compare {0}", args.file.display()));
    Ok(Exit::Done)
}
