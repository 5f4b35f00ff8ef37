//! The subcommands: one file each, its arguments and one function.

pub mod breakeven;
pub mod check;
pub mod compare;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod init;
pub mod man;
pub mod matrix;
pub mod portfolio;
pub mod quotes;
pub mod rates;
pub mod report;
pub mod schema;
pub mod simulate;
pub mod sweep;

mod console;
mod interrupt;
mod offered;
mod paths;
mod pictures;
mod standard_input;
mod varying;

use crate::cli::{Cli, Command};
use crate::failure::{Exit, Failure};
pub use console::Console;

/// Runs what was typed.
///
/// # Errors
/// Why it stopped before its end.
pub fn run(cli: Cli) -> Result<Exit, Failure> {
    let console = Console::new(&cli.common);
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(jobs) = cli.common.jobs {
        pool = pool.num_threads(jobs.into());
    }
    let pool = pool.build().map_err(|error| Failure::unusable(format!("cannot start {error}")))?;
    pool.install(|| match cli.command {
        Command::Compare(args) => compare::run(args, &console),
        Command::Check(args) => check::run(args, &console),
        Command::Diff(args) => diff::run(args, &console),
        Command::Explain(args) => explain::run(args, &console),
        Command::Breakeven(args) => breakeven::run(args, &console),
        Command::Sweep(args) => sweep::run(args, &console),
        Command::Simulate(args) => simulate::run(args, &console),
        Command::Quotes(args) => quotes::run(args, &console),
        Command::Matrix(args) => matrix::run(args, &console),
        Command::Portfolio(args) => portfolio::run(args, &console),
        Command::Report(args) => report::run(args, &console),
        Command::Init(args) => init::run(args, &console),
        Command::Rates(args) => rates::run(args, &console),
        Command::Schema => schema::run(&console),
        Command::Completions(args) => completions::run(args, &console),
        Command::Man => man::run(&console),
    })
}
