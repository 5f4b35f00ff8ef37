//! `comanage completions`: completions for a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use crate::failure::{Exit, Failure};
use crate::session::Session;

const AFTER_HELP: &str = "\
Examples:
  comanage completions bash > ~/.local/share/bash-completion/completions/comanage
  comanage completions fish > ~/.config/fish/completions/comanage.fish
  comanage completions zsh > _comanage    into a folder of your $fpath";

/// Print completions for a shell.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

/// Prints them.
///
/// # Errors
/// Standard output fails.
pub fn run(args: CompletionsArgs, session: &Session) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "comanage", &mut text);
    session.console.print(text)?;
    Ok(Exit::Done)
}
