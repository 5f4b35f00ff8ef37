//! `comanage init`: a commented scenario to start from.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Console;
use crate::failure::{Exit, Failure};
use crate::output;

/// The scenario that `init` writes.
pub const TEMPLATE: &str = include_str!("init.toml");

/// Write a commented scenario to start from.
#[derive(Debug, Args)]
pub struct Init {
    /// The file to write; `-` is standard output.
    #[arg(default_value = "scenario.toml")]
    file: PathBuf,
}

/// Writes the template; a file that is there is never overwritten.
///
/// # Errors
/// The file is there, or cannot be written.
pub fn run(args: Init, console: &Console) -> Result<Exit, Failure> {
    if args.file == Path::new("-") {
        console.print(TEMPLATE)?;
        return Ok(Exit::Done);
    }
    if args.file.exists() {
        return Err(Failure::unusable(format!("{} is there already", args.file.display())).hint("name another file"));
    }
    output::write(&args.file, TEMPLATE.as_bytes())?;
    console.say(&format!("Wrote {0}. Next: comanage compare {0}", args.file.display()));
    Ok(Exit::Done)
}
