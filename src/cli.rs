//! What can be typed: the subcommands and the flags they share.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;

/// What co-managed IT costs, and what is then covered: every alternative, from one text file.
#[derive(Debug, Parser)]
#[command(name = "comanage", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done; 1 an expectation was missed; 2 a file or a flag is wrong; 3 the machine failed."
)]
pub struct Cli {
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
    /// Flags of every subcommand.
    #[command(flatten)]
    pub common: Common,
}

/// Flags of every subcommand.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// Say nothing but results and errors.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// No colour, whatever the terminal can.
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Threads to work on; all cores if left out.
    #[arg(long, short, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Evaluate scenarios, print the comparison, write tables and charts.
    Compare(commands::compare::Compare),
    /// Read and validate scenarios, and hold each to its [expect].
    Check(commands::check::Check),
    /// Show what changed between two scenarios, and which change moved the totals by how much.
    Diff(commands::diff::Diff),
    /// Show how figures came about, down to the inputs and their sources.
    Explain(commands::explain::Explain),
    /// Draw every range: percentiles, chances, what moves the answer most.
    Simulate(commands::simulate::Simulate),
    /// Write a commented scenario to start from.
    Init(commands::init::Init),
    /// Show published prices, pay, loads and terms, each with its source and date.
    Rates(commands::rates::ShowRates),
    /// Print the JSON Schema of the scenario format, for editors.
    Schema,
    /// Print completions for a shell.
    Completions(commands::completions::Completions),
    /// Print the manual page.
    Man,
}

/// Formats of results on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people.
    Text,
    /// One JSON object a scenario.
    Json,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    #[value(alias = "md")]
    Markdown,
}

/// Where files are written to.
#[derive(Clone, Debug, Args)]
pub struct Output {
    /// Folder that files are written to.
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
}
