//! `comanage rates`: the published figures that a scenario can take by name.

use std::path::PathBuf;

use clap::Args;

use crate::args::FormatArgs;
use crate::failure::{Exit, Failure, Kind};
use crate::session::Session;
use comanage_format::load::{self, LoadedPack};
use comanage_format::rates::{Entry, Rates};
use comanage_report::write::{Published, write};

/// Show published prices, salaries, workloads and contract terms, each with source and date.
#[derive(Debug, Args)]
pub struct RatesArgs {
    /// Your own rate pack, added to the built-in ones; may be given several times.
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Only figures whose name, meaning, unit, region or source contains every word of this text.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    #[command(flatten)]
    format: FormatArgs,
}

/// Prints the figures that are asked for.
///
/// # Errors
/// A pack that cannot be used, a filter that nothing fits, standard output that fails.
pub fn run(args: RatesArgs, session: &Session) -> Result<Exit, Failure> {
    let rates = published(&args, session)?;
    let filter = args.filter.unwrap_or_default();
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let entries: Vec<&Entry> = rates.entries().iter().filter(|entry| holds_all(entry, &words)).collect();
    if entries.is_empty() {
        let failure = Failure::unusable(format!("no published figure matches {filter:?}"));
        return Err(failure.hint("leave out --filter to see all figures"));
    }
    session.console.print(write(&Published(&entries), args.format.format.written(session.console.results)))?;
    Ok(Exit::Done)
}

/// The built-in figures with those of the packs added.
fn published(args: &RatesArgs, session: &Session) -> Result<Rates, Failure> {
    let mut rates = load::published_rates().clone();
    for path in &args.packs {
        let LoadedPack { entries, diagnostics, sources, machine_failed } = load::load_pack(path);
        let Some(entries) = entries else {
            let kind = if machine_failed { Kind::System } else { Kind::Unusable };
            return Err(Failure::found(kind, diagnostics, sources));
        };
        session.console.show(&diagnostics, &sources);
        entries.into_iter().for_each(|entry| rates.lay(entry));
    }
    Ok(rates)
}

/// Whether a figure holds every word.
fn holds_all(entry: &Entry, words: &[String]) -> bool {
    let currency = entry.currency.map_or("", |currency| currency.code);
    let texts = [&entry.key, &entry.what, entry.unit.name(), currency, &entry.region, &entry.source.words()];
    let text = texts.join("\n").to_lowercase();
    words.iter().all(|word| text.contains(word))
}
