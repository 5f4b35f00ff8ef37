//! What can be typed: the subcommands and the flags they share.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;

/// What co-managed IT costs, and what is then covered: every alternative, from one text file.
#[derive(Debug, Parser)]
#[command(name = "comanage", version, max_term_width = 100, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
    /// Flags of every subcommand.
    #[command(flatten)]
    pub common: Common,
}

/// What follows the list of subcommands.
const AFTER_HELP: &str = "\
Start here:
  comanage init scenario.toml       a commented scenario; put your figures in
  comanage compare scenario.toml    what every alternative costs and covers
  comanage help compare             more about a command

Exit codes:
  0  done
  1  an expectation was missed, or a denied finding came up
  2  a file or a flag is wrong
  3  the machine failed: disk, permission";

/// Flags of every subcommand.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// Print results and errors only: no warnings, no progress.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print without colour; NO_COLOR in the environment does the same.
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Work on so many threads; on all cores if left out. The figures are the same.
    #[arg(long, short, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compare the alternatives of scenarios: print the answer, write tables and charts.
    ///
    /// For each alternative: what it costs, how much of the wanted hours is covered, how much of the
    /// work gets done. The cheapest that reaches the coverage and the work asked for is recommended.
    Compare(commands::compare::Compare),
    /// Validate scenarios, and hold each to the figures it expects.
    ///
    /// Reads each file, tells every mistake with its place, evaluates it, and compares its figures with
    /// those under `expect`. Writes nothing.
    Check(commands::check::Check),
    /// Show what changed between two scenarios, and which change moved the totals by how much.
    Diff(commands::diff::Diff),
    /// Show how each cost came about, down to the inputs and their sources.
    ///
    /// Each line of the ledger, and indented under it the steps that made it. An input stands with its
    /// path, its file and line, its source and note. Without --month a line that comes back every month
    /// is shown once a contract year.
    Explain(commands::explain::Explain),
    /// Draw every range: percentiles, chances, what moves the answer most.
    Simulate(commands::simulate::Simulate),
    /// Find the values of one number at which alternatives change places.
    ///
    /// For every two alternatives: the last value at which one is cheaper and the first at which the
    /// other is, to the cent; who is cheaper where they never change; how far a price may rise.
    Breakeven(commands::breakeven::Breakeven),
    /// Compare the alternatives at every step of one number, or of two.
    ///
    /// One number: a table and a chart of totals, and who is cheapest. Two numbers: a map of who is the
    /// cheapest that reaches the targets.
    Sweep(commands::sweep::Sweep),
    /// Put offers side by side: price on paper and in practice, what is in, out, missing, risky.
    ///
    /// Each offer stands in its own alternative: the team of today and that offer. Every step from the
    /// paper price to the practice price is a line; stated prices are held against its own, rates against
    /// the published bands; leaving is priced month by month.
    Quotes(commands::quotes::QuotesOf),
    /// Say who is responsible for what, when, and for how much.
    ///
    /// A row a service, for each alternative: who covers it and when, who is accountable, consulted and
    /// informed, hours and cost a month, and the rules that a good matrix keeps.
    Matrix(commands::matrix::MatrixOf),
    /// Evaluate many clients: one CSV in, one CSV out.
    ///
    /// Each row is the base scenario with its cells laid over it. Rows stream, so a file may be of any
    /// size; one that cannot be evaluated is told with its reason and costs no other.
    Portfolio(commands::portfolio::PortfolioOf),
    /// Write the document to hand over, as HTML and Markdown.
    ///
    /// Everything about one scenario in one place: the answer, the alternatives side by side, money over
    /// time, coverage by the week, uncertainty, offers, responsibilities, findings, sources, and what was
    /// read by which version. The HTML is one file that needs no network. Prints the paths of what it
    /// writes.
    Report(commands::report::ReportOf),
    /// Write a commented scenario to start from.
    ///
    /// It stands for a company of 80 people with one person in IT, and can be compared as it is. A file
    /// that is there already is never overwritten.
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
    /// Tables for the terminal.
    Text,
    /// One object a scenario, on a line.
    Json,
    /// A row for each alternative.
    Csv,
    /// The whole report.
    #[value(alias = "md")]
    Markdown,
}

/// Where files are written to.
#[derive(Clone, Debug, Args)]
pub struct Output {
    /// Write files to this folder.
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
}
