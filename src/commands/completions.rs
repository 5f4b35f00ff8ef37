//! `comanage completions`: completions for a shell.

use clap::{Arg, Args, Command, CommandFactory};
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
    clap_complete::generate(args.shell, &mut without_colons(Cli::command()), "comanage", &mut text);
    session.console.print(text)?;
    Ok(Exit::Done)
}

/// The commands with no colon in the names of values: zsh takes it for the end of a name.
fn without_colons(command: Command) -> Command {
    let has_colon = |arg: &Arg| arg.get_value_names().is_some_and(|names| names.iter().any(|name| name.contains(':')));
    let plain = |arg: Arg| if has_colon(&arg) { arg.value_name("VALUES") } else { arg };
    command.mut_args(plain).mut_subcommands(without_colons)
}
