//! `comanage man`: the manual page.

use clap::{Args, CommandFactory};

use super::Cli;
use crate::failure::{Exit, Failure};
use crate::session::Session;

/// Print the manual page.
#[derive(Debug, Args)]
pub struct ManArgs {}

/// Prints the page of the program and those of its subcommands.
///
/// # Errors
/// Standard output fails.
pub fn run(_: ManArgs, session: &Session) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    let failed = |error| Failure::system("cannot write the manual", &error);
    let mut command = Cli::command();
    // Gives the subcommands their full names and the common options.
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut text).map_err(failed)?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        clap_mangen::Man::new(subcommand.clone()).render(&mut text).map_err(failed)?;
    }
    session.console.print(text)?;
    Ok(Exit::Done)
}
