//! `comanage init`: a commented scenario to start from.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::{Exit, Failure};
use crate::session::Session;

/// The scenario that `init` writes.
const TEMPLATE: &str = include_str!("init.toml");

/// Write a commented scenario to start from.
///
/// An example company of 80 users with one IT employee, ready to compare. Existing files are never
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
    if args.file.exists() {
        return Err(Failure::unusable(format!("{} already exists", args.file.display())).hint("name another file"));
    }
    session.files.write(&args.file, TEMPLATE.as_bytes())?;
    session.files.place()?;
    session.console.say(&format!("Wrote {0}. Next: comanage compare {0}", args.file.display()));
    Ok(Exit::Done)
}
