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
    let mut command = Cli::command();
    // Gives the subcommands their full names and the common options.
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut text).map_err(failed)?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        clap_mangen::Man::new(subcommand.clone()).render(&mut text).map_err(failed)?;
    }
    console.print(text)?;
    Ok(Exit::Done)
}
