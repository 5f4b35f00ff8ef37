//! The commands: one file each, with its arguments and a function that runs it.
//!
//! The list at the end is the only place that names them all: a command is its file and its line
//! there. The help of a command is the documentation of its arguments.

mod codes;
mod paths;
mod varying;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::args::CommonArgs;
use crate::failure::{Exit, Failure};
use crate::session::Session;

/// Compare the cost and coverage of in-house, co-managed and outsourced IT, from one text file.
#[derive(Debug, Parser)]
#[command(name = "comanage", version, max_term_width = 100, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: CommonArgs,
}

/// What follows the list of commands.
const AFTER_HELP: &str = "\
Start here:
  comanage init scenario.toml       a commented scenario; enter your figures
  comanage compare scenario.toml    cost and coverage of every alternative
  comanage help compare             more about a command

Exit codes:
  0    done
  1    an expectation was not met, a denied finding was found, or no mix meets the targets
  2    invalid file or argument
  3    system error (disk, permissions)
  130  interrupted; nothing was written";

/// Runs what was typed, to its exit code.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let session = Session::new(&cli.common);
    let ended = in_threads(&cli.common, || cli.command.run(&session));
    session.files.close();
    let exit = ended.unwrap_or_else(|failure| {
        session.console.fail(&failure);
        failure.exit()
    });
    exit.into()
}

/// Runs something on as many threads as were asked for.
fn in_threads(common: &CommonArgs, work: impl FnOnce() -> Result<Exit, Failure> + Send) -> Result<Exit, Failure> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(common.jobs.map_or(0, usize::from));
    let pool = threads.build().map_err(|error| Failure::unusable(format!("cannot start {error}")))?;
    pool.install(work)
}

/// Declares the modules of the commands, the list of what can be typed, and who runs it.
macro_rules! commands {
    ($($module:ident: $name:ident($args:ident),)*) => {
        $(mod $module;)*

        #[derive(Debug, Subcommand)]
        enum Command {
            $($name($module::$args),)*
        }

        impl Command {
            /// Runs the command.
            fn run(self, session: &Session) -> Result<Exit, Failure> {
                match self {
                    $(Self::$name(args) => $module::run(args, session),)*
                }
            }
        }
    };
}

commands! {
    compare: Compare(CompareArgs),
    check: Check(CheckArgs),
    diff: Diff(DiffArgs),
    explain: Explain(ExplainArgs),
    simulate: Simulate(SimulateArgs),
    breakeven: Breakeven(BreakevenArgs),
    sweep: Sweep(SweepArgs),
    plan: Plan(PlanArgs),
    staff: Staff(StaffArgs),
    solve: Solve(SolveArgs),
    quotes: Quotes(QuotesArgs),
    matrix: Matrix(MatrixArgs),
    portfolio: Portfolio(PortfolioArgs),
    report: Report(ReportArgs),
    init: Init(InitArgs),
    convert: Convert(ConvertArgs),
    rates: Rates(RatesArgs),
    schema: Schema(SchemaArgs),
    completions: Completions(CompletionsArgs),
    man: Man(ManArgs),
}
