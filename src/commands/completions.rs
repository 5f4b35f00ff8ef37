//! `comanage completions`: completions for a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Console;
use crate::cli::Cli;
use crate::failure::{Exit, Failure};

/// Print completions for a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

/// Prints them.
///
/// # Errors
/// Standard output fails.
pub fn run(args: Completions, console: &Console) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "comanage", &mut text);
    console.print(text)?;
    Ok(Exit::Done)
}
