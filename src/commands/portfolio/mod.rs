//! `comanage portfolio`: many clients over one base scenario.

mod clients;
mod outputs;
mod rejects;
mod table;
mod template;
mod top;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use self::outputs::{Files, Outputs};
use self::table::TableArgs;
use self::top::{SortArgs, Top};
use crate::args::{ChartArgs, FormatArgs, OutputArgs, SetArgs};
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::session::{Pictures, Results, Session};
use comanage_analysis::portfolio::{Evaluator, Named, Sink, Stopped, Summary, Detail, stream};
use comanage_format::load::clients::{Clients, Shard};
use comanage_report::write::csv::{ClientRows, ClientTable};
use comanage_report::chart_data;
use comanage_report::portfolio::Portfolio;
use comanage_report::document;
use comanage_report::figures;

const AFTER_HELP: &str = "\
Examples:
  comanage portfolio base.toml clients.csv              every alternative of every client
  comanage portfolio base.toml clients.csv --best       one row per client
  comanage portfolio base.toml --template > clients.csv a table to fill in
  comanage portfolio base.toml export.csv --map \"Staff=organization.users\" --ignore-unknown
  comanage portfolio base.toml clients.csv --best --sort saving --top 20
  zcat part-*.gz | comanage portfolio base.toml - --to - --quiet > results.csv
  comanage portfolio base.toml clients.csv --shard 3/8  the third of eight parts

One column of the CSV file is `id`, one may be `name`, every other one is the path of a value, such as
organization.users (or just Users) and offers.hybrid.per_user.rate; a cell is written as in a scenario,
and an empty one keeps what the base says. Tables as spreadsheets export them are read: separated by
commas, semicolons or tabs, in UTF-8 or UTF-16. In output/<base>/: portfolio.csv, rejects.csv (rows that cannot be
evaluated, with the reason), portfolio-summary.md, .json and .csv, a chart.";

/// Evaluate many clients from one CSV file.
///
/// Each row overrides values of the base scenario. Rows are streamed, so files can be of any size.
/// Invalid rows go to rejects.csv with the reason; other rows are not affected.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct PortfolioArgs {
    /// The base scenario; `-` is standard input.
    base: PathBuf,
    /// The clients as CSV, plain or gzip, or the first sheet of an .xlsx or .ods; `-` is standard input.
    #[arg(required_unless_present = "template")]
    clients: Option<PathBuf>,
    /// Print a table to fill in, with the values of the base as its first row.
    #[arg(long, conflicts_with = "clients")]
    template: bool,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    set: SetArgs,
    /// One row per client: the recommended alternative, else the cheapest.
    #[arg(long, conflicts_with_all = ["totals", "summary_only"])]
    best: bool,
    /// One row per client: the total of every alternative, and the cheapest.
    #[arg(long, conflicts_with = "summary_only")]
    totals: bool,
    /// Write no rows, only the summary and the rejects.
    #[arg(long, conflicts_with = "to")]
    summary_only: bool,
    /// Write the rows to this file; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Process only part I of N of the file, split at line ends.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
    /// The file has no header row; none is written either.
    #[arg(long, requires = "columns")]
    no_header: bool,
    /// Column headers for a file without a header row, separated by commas: id, then paths.
    #[arg(long, value_name = "HEADERS", requires = "no_header")]
    columns: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    charts: ChartArgs,
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((number, of)) if (1..=of).contains(&number) => Ok(Shard { number, of }),
        _ => Err("write the part and the number of parts, such as 3/8; parts count from 1".into()),
    }
}

impl PortfolioArgs {
    /// What the rows of the results are.
    fn form(&self) -> ClientRows {
        if self.best {
            ClientRows::Best
        } else if self.totals {
            ClientRows::Totals
        } else {
            ClientRows::Each
        }
    }

    /// The file of clients; without one, standard input.
    fn clients(&self) -> &Path {
        self.clients.as_deref().unwrap_or(Path::new("-"))
    }

    /// What has to be known of each client.
    fn told(&self) -> Detail {
        match self.form() {
            _ if self.summary_only => Detail::Totals,
            ClientRows::Each => Detail::Everything,
            ClientRows::Best => Detail::Best,
            ClientRows::Totals => Detail::Totals,
        }
    }

    /// Whether rows go to standard output, in place of the summary.
    fn prints_rows(&self) -> bool {
        self.to.as_deref().is_some_and(files::is_standard_output)
    }
}

/// Evaluates every row, writes rows, rejects and the summary.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written.
pub fn run(args: PortfolioArgs, session: &Session) -> Result<Exit, Failure> {
    if args.template {
        let base = session.open(&args.base, &args.set)?;
        session.console.print(template::of(&base.scenario))?;
        return Ok(Exit::Done);
    }
    if args.base.as_os_str() == "-" && args.clients().as_os_str() == "-" {
        return Err(Failure::unusable("standard input can be the base or the clients, not both"));
    }
    let base = session.open(&args.base, &args.set)?;
    base.compare()?;
    let mut clients = clients::open(&args)?;
    session.files.read(args.clients());
    let columns = clients::columns(&args, &mut clients, &base.document)?;
    let has_names = clients.blocks.layout.as_ref().is_some_and(|layout| layout.name.is_some());
    let evaluator = Evaluator::new(&base.document, &base.scenario, columns, args.told());
    let files = Files::new(&args, session.directory(&args.output, &args.base)?);
    let table = ClientTable { rows: args.form(), ids: evaluator.ids(), has_names, currency: evaluator.currency() };
    let mut outputs = Outputs::create(&args, &files, &table, &session.files)?;
    let tally = match streamed(&args, &mut clients, &evaluator, &table, &mut outputs, &session.console) {
        Ok(tally) => tally,
        Err(Stopped::Request) => return Err(Failure::unusable("the rows were stopped")),
        Err(Stopped::Write(failure)) => return Err(failure),
        Err(Stopped::Read(error)) => return Err(clients::unreadable(&args, &error)),
    };
    let rejected = outputs.finish()?;
    let savings = tally.savings();
    let summary = Portfolio { scenario: &base.scenario, file: &files.clients, tally: &tally, savings: &savings };
    publish(&args, &files, &summary, session)?;
    if tally.rejects > 0 {
        session.console.say(&rejected.in_words(&files.path("rejects", "csv")));
    }
    let has_clients = tally.clients() > 0 || tally.rejects == 0;
    Ok(if has_clients { Exit::Done } else { Exit::CheckFailed })
}

/// Streams the rows with a bar on a terminal.
fn streamed(
    args: &PortfolioArgs,
    clients: &mut Clients,
    evaluator: &Evaluator,
    table: &ClientTable<'_>,
    outputs: &mut Outputs,
    console: &Console,
) -> Result<Summary, Stopped<Failure>> {
    let bar = bar(console, clients);
    let top = args.sort.top().map(Mutex::new);
    let in_words = |some: &[Named<'_>], words: &mut Vec<u8>| {
        if let Some(top) = &top {
            Top::offer(top, table, some);
        } else if !args.summary_only {
            table.add(some, words);
        }
    };
    let (rows, read, is_as_stored) = (AtomicU64::new(0), Arc::clone(&clients.read), clients.blocks.is_as_stored);
    let progress = |more: usize, bytes: u64| {
        let rows = rows.fetch_add(more as u64, Ordering::Relaxed) + more as u64;
        if !bar.is_hidden() {
            // Of bytes that are unpacked or decoded, how much is done is known only as they are read.
            if is_as_stored {
                bar.inc(bytes)
            } else {
                bar.set_position(read.load(Ordering::Relaxed))
            }
            let rate = rows as f64 / bar.elapsed().as_secs_f64().max(0.001);
            bar.set_message(format!("{} rows, {} a second", figures::number(rows as f64, 0), figures::number(rate, 0)));
        }
        true
    };
    let tally = stream(&mut clients.blocks, evaluator, &in_words, outputs, &progress);
    bar.finish_and_clear();
    if let Some(top) = top {
        outputs.rows(&Top::in_order(top)).map_err(Stopped::Write)?;
    }
    tally
}

fn bar(console: &Console, clients: &Clients) -> ProgressBar {
    if !console.shows_progress() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match clients.size {
        Some(size) => (ProgressBar::new(size), "{percent}% {wide_bar} {msg}, {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {msg}"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message("0 rows");
    bar.enable_steady_tick(Duration::from_millis(300));
    bar
}

/// Writes the files of the summary and prints it, where rows are not printed.
fn publish(args: &PortfolioArgs, files: &Files, of: &Portfolio, session: &Session) -> Result<(), Failure> {
    let mut drawn: Vec<_> = chart_data::portfolio::portfolio_picture(of).into_iter().collect();
    drawn.iter_mut().for_each(|picture| picture.name += &files.part);
    let results = Results {
        name: format!("portfolio-summary{}", files.part),
        outcome: Box::new(of),
        more: Vec::new(),
        pictures: Some(Pictures { drawn, with_png: !args.charts.no_png }),
    };
    results.write(&files.folder, &session.files)?;
    session.files.place()?;
    if args.prints_rows() {
        session.console.say(&document::rows_in_words(of.tally));
    } else {
        session.print(&results, args.format.format)?;
    }
    session.say_where(&results, &files.folder);
    Ok(())
}
