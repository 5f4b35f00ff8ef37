//! `comanage man`: the manual page.

use clap::CommandFactory;

use super::Console;
use crate::cli::Cli;
use crate::failure::{Exit, Failure};

/// Prints the page of the program and those of its subcommands.
///
/// # Errors
/// Standard output fails.
pub fn run(console: &Console) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    let failed = |error| Failure::machine("cannot write the manual", &error);
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut text).map_err(failed)?;
    for subcommand in command.get_subcommands() {
        clap_mangen::Man::new(subcommand.clone()).render(&mut text).map_err(failed)?;
    }
    console.print(text)?;
    Ok(Exit::Done)
}
