//! `comanage rates`: the published figures that a scenario can take by name.

use std::path::PathBuf;

use clap::Args;

use super::Console;
use crate::cli::Format;
use crate::failure::{Exit, Failure};
use comanage_format::load;
use comanage_format::rates::Entry;
use comanage_report::document;
use comanage_report::write;

/// Show published prices, pay, loads and terms, each with its source and date.
#[derive(Debug, Args)]
pub struct ShowRates {
    /// A pack of one's own, laid over those that come along; may be given several times.
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Only figures whose name, meaning, unit, region or source hold every word of this text.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// What to print on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints the figures that are asked for.
///
/// # Errors
/// A filter that nothing fits, standard output that fails.
pub fn run(args: ShowRates, console: &Console) -> Result<Exit, Failure> {
    let mut rates = load::published_rates().clone();
    for path in &args.packs {
        let loaded = load::load_pack(&path.to_string_lossy());
        console.show(&loaded.diagnostics, &loaded.sources);
        let Some(entries) = loaded.entries else {
            return Ok(if loaded.machine_failed { Exit::Machine } else { Exit::Unusable });
        };
        entries.into_iter().for_each(|entry| rates.lay(entry));
    }
    let words: Vec<String> =
        args.filter.iter().flat_map(|text| text.split_whitespace()).map(str::to_lowercase).collect();
    let entries: Vec<&Entry> = rates.entries().iter().filter(|entry| holds_all(entry, &words)).collect();
    if entries.is_empty() {
        let filter = args.filter.unwrap_or_default();
        return Err(Failure::unusable(format!("no published figure holds {filter:?}"))
            .hint("leave --filter out to see what there is"));
    }
    let bytes = match args.format {
        Format::Text => write::text::rates(&entries, console.colours_results).into_bytes(),
        Format::Json => write::json::rates(&entries).into_bytes(),
        Format::Csv => write::csv::rates(&entries),
        Format::Markdown => write::markdown::render(&document::rates(&entries)).into_bytes(),
    };
    console.print(bytes)?;
    Ok(Exit::Done)
}

/// Whether a figure holds every word.
fn holds_all(entry: &Entry, words: &[String]) -> bool {
    let currency = entry.currency.map_or("", |currency| currency.code);
    let texts = [&entry.key, &entry.what, entry.unit.name(), currency, &entry.region, &entry.source.words()];
    let text = texts.join("\n").to_lowercase();
    words.iter().all(|word| text.contains(word))
}
