//! `comanage portfolio`: many clients over one base scenario.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::Console;
use super::interrupt;
use super::offered::folder;
use super::standard_input::StandardInput;
use super::varying::Base;
use crate::cli::{Format, Output};
use crate::failure::{Exit, Failure};
use crate::output::{self, Growing};
use comanage_analysis::portfolio::{Evaluator, Rejected, Sink, Stopped, Tally, Told, stream};
use comanage_format::load::Column;
use comanage_format::load::clients::{Block, BlockKind, Clients, Header, RowFault, Shard, Unopened};
use comanage_model::money::Currency;
use comanage_report::chart_data;
use comanage_report::document;
use comanage_report::figures;
use comanage_report::portfolio::Portfolio;
use comanage_report::write::{self, csv::ClientRows};

const AFTER_HELP: &str = "\
Examples:
  comanage portfolio base.toml clients.csv              every alternative of every client
  comanage portfolio base.toml clients.csv --best       one row a client
  zcat part-*.gz | comanage portfolio base.toml - --to - --quiet > results.csv
  comanage portfolio base.toml clients.csv --shard 3/8  the third of eight parts

The first column of the CSV file is `id`, every other one the path of a value, such as
organization.users or offers.hybrid.per_user.rate; a cell is written as in a scenario, and an empty
one keeps what the base says. In output/<base>/: portfolio.csv, rejects.csv (rows that cannot be
evaluated, with the reason), portfolio-summary.md, .json and .csv, a chart.";

/// Evaluate many clients: one CSV in, one CSV out.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct PortfolioOf {
    /// The base scenario.
    base: PathBuf,
    /// The clients as CSV, plain or gzip; `-` is standard input.
    clients: PathBuf,
    /// One row a client: the recommended alternative, else the cheapest.
    #[arg(long, conflicts_with_all = ["totals", "summary_only"])]
    best: bool,
    /// One row a client: the total of every alternative, and the cheapest.
    #[arg(long, conflicts_with = "summary_only")]
    totals: bool,
    /// Write no rows, only the summary and the rejects.
    #[arg(long, conflicts_with = "to")]
    summary_only: bool,
    /// Write the rows to this file; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Take only the I-th of N parts of the file, cut where lines end.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
    /// The file has no row of heads; none is written either.
    #[arg(long, requires = "columns")]
    no_header: bool,
    /// The heads of a file that has none, with commas between them: id, then paths.
    #[arg(long, value_name = "HEADS", requires = "no_header")]
    columns: Option<String>,
    #[command(flatten)]
    output: Output,
    /// What to print of the summary on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Charts as SVG only.
    #[arg(long)]
    no_png: bool,
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((number, of)) if (1..=of).contains(&number) => Ok(Shard { number, of }),
        _ => Err("write the number of the part and of how many, such as 3/8; parts count from 1".into()),
    }
}

/// Evaluates every row, writes rows, rejects and the summary.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written.
pub fn run(args: PortfolioOf, console: &Console) -> Result<Exit, Failure> {
    if args.base.as_os_str() == "-" && args.clients.as_os_str() == "-" {
        return Err(Failure::unusable("standard input can be the base or the clients, not both"));
    }
    let base = match Base::open(&args.base, console) {
        Ok(base) => base,
        Err(exit) => return Ok(exit),
    };
    interrupt::listen();
    let mut clients = match open(&args) {
        Err(_) if interrupt::is_asked() => return Ok(interrupted(console, false)),
        clients => clients?,
    };
    let header = match (&args.columns, clients.header.take()) {
        (Some(heads), _) => heads_of_flag(heads)?,
        (None, header) => header.ok_or_else(|| unopened(&args, Unopened::Empty))?,
    };
    let columns: Vec<Column> = match header.columns(&base.document) {
        Ok(columns) => columns,
        Err(problems) => {
            console.show(&problems, &header.sources);
            return Ok(Exit::Unusable);
        }
    };
    let told = match form(&args) {
        _ if args.summary_only => Told::Totals,
        ClientRows::Each => Told::Everything,
        ClientRows::Best => Told::Best,
        ClientRows::Totals => Told::Totals,
    };
    let evaluator = Evaluator::new(&base.document, &base.scenario, columns, told);
    let files = Files::new(&args);
    output::prepare(&args.output.output)?;
    let mut outputs = Outputs::create(&args, &files, &evaluator)?;
    let tally = match streamed(&args, &mut clients, &evaluator, &mut outputs, console) {
        // What feeds a pipe may end with the same Ctrl-C, and then this is not all there was.
        _ if interrupt::is_asked() => return Ok(interrupted(console, outputs.is_printed())),
        Err(Stopped::Asked) => return Ok(interrupted(console, outputs.is_printed())),
        Ok(tally) => tally,
        Err(Stopped::Write(failure)) => return Err(failure),
        Err(Stopped::Read(error)) => return Err(unreadable(&args, &error)),
    };
    outputs.finish()?;
    let savings = tally.savings();
    let summary = Portfolio { scenario: &base.scenario, file: &files.clients, tally: &tally, savings: &savings };
    publish(&args, &files, &summary, console)?;
    Ok(Exit::Done)
}

fn interrupted(console: &Console, is_printed: bool) -> Exit {
    console.say(if is_printed { "interrupted: these are not all rows" } else { "interrupted: nothing was written" });
    Exit::Interrupted
}

fn open(args: &PortfolioOf) -> Result<Clients, Failure> {
    let (name, has_header) = (shown(&args.clients), !args.no_header);
    let opened = match (args.clients.as_os_str() == "-", args.shard) {
        (false, shard) => Clients::open(&name, has_header, shard),
        (true, Some(_)) => Err(Unopened::NoParts),
        (true, None) => Clients::of_stream(&name, Box::new(StandardInput::open()), has_header),
    };
    opened.map_err(|why| unopened(args, why))
}

fn unopened(args: &PortfolioOf, why: Unopened) -> Failure {
    let file = shown(&args.clients);
    match why {
        Unopened::Io(error) => unreadable(args, &error),
        Unopened::NoParts => Failure::unusable(format!("{file} cannot be read in parts"))
            .hint("--shard takes a part of the bytes of a plain file: unpack it, or leave --shard out"),
        Unopened::Header(RowFault::NotText) => {
            Failure::unusable(format!("{file}: the first row is not UTF-8 text")).hint("save the file as UTF-8")
        }
        Unopened::Header(RowFault::Unclosed | RowFault::TooLong) => {
            Failure::unusable(format!("{file}: the first row does not end"))
                .hint("the first row has the heads of the columns: id, then paths")
        }
        Unopened::Empty => Failure::unusable(format!("{file} is empty"))
            .hint("the first row has the heads of the columns: id, then paths such as organization.users"),
    }
}

/// The name of a file in messages.
fn shown(file: &Path) -> String {
    if file.as_os_str() == "-" { "standard input".into() } else { file.display().to_string() }
}

fn unreadable(args: &PortfolioOf, error: &io::Error) -> Failure {
    let file = shown(&args.clients);
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Failure::unusable(format!("there is no file {file}")),
        ErrorKind::IsADirectory => Failure::unusable(format!("{file} is a folder")),
        ErrorKind::UnexpectedEof => Failure::unusable(format!("{file} is cut off: its compressed data has no end")),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            Failure::unusable(format!("{file} is broken: its compressed data cannot be unpacked"))
        }
        _ => Failure::machine(format!("cannot read {file}"), error),
    }
}

/// The heads that were typed.
fn heads_of_flag(heads: &str) -> Result<Header, Failure> {
    let bytes = heads.as_bytes().to_vec();
    let block = Block { bytes, offset: 0, kind: BlockKind::Rows, is_of_lines: false };
    Header::new("--columns", &block)
        .map_err(|_| Failure::unusable("--columns is no row of heads").hint("write --columns id,organization.users"))
}

/// Where everything goes.
struct Files {
    folder: PathBuf,
    /// What stands before the ending of each name, for a part of a file.
    part: String,
    /// The file of clients, with the part that is taken.
    clients: String,
}

impl Files {
    fn new(args: &PortfolioOf) -> Self {
        let name = shown(&args.clients);
        let (part, clients) = match args.shard {
            None => (String::new(), name),
            Some(Shard { number, of }) => (format!(".{number}-of-{of}"), format!("part {number} of {of} of {name}")),
        };
        Self { folder: folder(&args.output.output, &args.base), part, clients }
    }

    fn path(&self, name: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{name}{}.{ending}", self.part))
    }
}

/// Where rows go.
enum Rows {
    /// To a file.
    File(Growing),
    /// To standard output.
    Printed(io::Stdout),
    /// Nowhere.
    Nowhere,
}

/// What is written while rows come.
struct Outputs {
    rows: Rows,
    rejects: Growing,
}

impl Outputs {
    fn create(args: &PortfolioOf, files: &Files, evaluator: &Evaluator) -> Result<Self, Failure> {
        let rows = match args.to.as_deref() {
            _ if args.summary_only => Rows::Nowhere,
            Some(to) if to.as_os_str() == "-" => Rows::Printed(io::stdout()),
            to => Rows::File(Growing::create(&to.map_or_else(|| files.path("portfolio", "csv"), Path::to_path_buf))?),
        };
        let mut outputs = Self { rows, rejects: Growing::create(&files.path("rejects", "csv"))? };
        if !args.no_header {
            outputs.rows(&write::csv::portfolio_heads(form(args), evaluator.ids()))?;
        }
        outputs.rejects.write(&write::csv::reject_heads())?;
        Ok(outputs)
    }

    fn is_printed(&self) -> bool {
        matches!(self.rows, Rows::Printed(_))
    }

    fn finish(self) -> Result<(), Failure> {
        if let Rows::File(rows) = self.rows {
            rows.finish()?;
        }
        self.rejects.finish()
    }
}

impl Sink for Outputs {
    type Error = Failure;

    fn rows(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.rows {
            Rows::File(file) => file.write(bytes),
            Rows::Printed(out) => {
                use io::Write;
                let printed = out.write_all(bytes).and_then(|()| out.flush());
                printed.map_err(|error| Failure::machine("cannot write to standard output", &error))
            }
            Rows::Nowhere => Ok(()),
        }
    }

    fn reject(&mut self, rejected: &Rejected) -> Result<(), Failure> {
        self.rejects.write(&write::csv::reject(rejected))
    }
}

fn form(args: &PortfolioOf) -> ClientRows {
    match (args.best, args.totals) {
        (true, _) => ClientRows::Best,
        (_, true) => ClientRows::Totals,
        _ => ClientRows::Each,
    }
}

/// Streams the rows with a bar on a terminal, until they are done or the user stops them.
fn streamed(
    args: &PortfolioOf,
    clients: &mut Clients,
    evaluator: &Evaluator,
    outputs: &mut Outputs,
    console: &Console,
) -> Result<Tally, Stopped<Failure>> {
    let bar = bar(console, clients);
    let (form, currency, ids): (ClientRows, Currency, &[Arc<str>]) =
        (form(args), evaluator.currency(), evaluator.ids());
    let is_wanted = !args.summary_only;
    let in_words = |some: &[(&str, comanage_analysis::portfolio::Client)], words: &mut Vec<u8>| {
        if is_wanted {
            write::csv::portfolio(form, ids, currency, some, words);
        }
    };
    let (rows, read, is_compressed) = (AtomicU64::new(0), Arc::clone(&clients.read), clients.blocks.is_compressed);
    let progress = |more: usize, bytes: u64| {
        let rows = rows.fetch_add(more as u64, Ordering::Relaxed) + more as u64;
        if !bar.is_hidden() {
            // How much of compressed bytes is done is known only as they are read.
            if is_compressed {
                bar.set_position(read.load(Ordering::Relaxed))
            } else {
                bar.inc(bytes)
            }
            let rate = rows as f64 / bar.elapsed().as_secs_f64().max(0.001);
            bar.set_message(format!("{} rows, {} a second", figures::number(rows as f64, 0), figures::number(rate, 0)));
        }
        !interrupt::is_asked()
    };
    let tally = stream(&mut clients.blocks, evaluator, &in_words, outputs, &progress);
    bar.finish_and_clear();
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
fn publish(args: &PortfolioOf, files: &Files, of: &Portfolio, console: &Console) -> Result<(), Failure> {
    let report = document::portfolio(of);
    let markdown = write::markdown::render(&report);
    let data = write::csv::portfolio_summary(of.tally, of.scenario.currency);
    let name = "portfolio-summary";
    output::write(&files.path(name, "md"), markdown.as_bytes())?;
    output::write(&files.path(name, "csv"), &data)?;
    output::write(&files.path(name, "json"), write::json::portfolio_pretty(of).as_bytes())?;
    if let Some(mut picture) = chart_data::portfolio::portfolio_picture(of) {
        picture.name += &files.part;
        super::pictures::write(&[picture], &files.folder, !args.no_png)?;
    }
    if args.to.as_ref().is_none_or(|to| to.as_os_str() != "-") {
        console.print(match args.format {
            Format::Json => write::json::portfolio(of).into_bytes(),
            Format::Csv => data,
            Format::Markdown => markdown.into_bytes(),
            Format::Text => write::text::render(&report, console.colours_results).into_bytes(),
        })?;
    }
    if args.to.as_ref().is_some_and(|to| to.as_os_str() == "-") {
        console.say(&document::rows_in_words(of.tally));
    }
    if of.tally.rejects > 0 {
        console.say(&format!("\nWhy rows were rejected is in {}", files.path("rejects", "csv").display()));
    }
    console.say(&format!("\nTables, data and charts are in {}", files.folder.display()));
    Ok(())
}
