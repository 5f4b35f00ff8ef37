//! Rates among the published bands: a table for each kind of price.

use super::super::parts::{body, text};
use super::super::{Block, Table};
use comanage_analysis::quotes::{Band, Quote, QuotedRate, Quotes};
use comanage_format::rates::{Position, RateKind};
use comanage_model::money::{Currency, Money, group_thousands};

/// Bands that are next to each other in a table.
const BANDS_ABREAST: usize = 8;

/// For each kind of price a table: the rates down, the bands across, told in full under it.
pub(super) fn rates(quotes: &Quotes) -> Vec<Block> {
    let all: Vec<(&Quote, &QuotedRate)> =
        quotes.offers.iter().flat_map(|quote| quote.rates.iter().map(move |rate| (quote, rate))).collect();
    let mut kinds: Vec<RateKind> = Vec::new();
    for band in all.iter().flat_map(|(_, rate)| &rate.bands) {
        if !kinds.contains(&band.kind) {
            kinds.push(band.kind);
        }
    }
    let mut blocks: Vec<Block> = kinds.into_iter().flat_map(|kind| rates_of_kind(quotes, &all, kind)).collect();
    let currency = quotes.comparison.scenario.currency;
    let unpublished = all.iter().filter(|(_, rate)| rate.bands.is_empty());
    let unpublished: Vec<String> =
        unpublished.map(|(quote, rate)| format!("{} {}", quote.name(), rate_words(rate, currency))).collect();
    if !unpublished.is_empty() {
        blocks.push(Block::Paragraph(format!("No published range: {}.", unpublished.join("; "))));
    }
    blocks
}

fn rates_of_kind(quotes: &Quotes, all: &[(&Quote, &QuotedRate)], kind: RateKind) -> Vec<Block> {
    let currency = quotes.comparison.scenario.currency;
    let of_kind = |rate: &QuotedRate| rate.bands.iter().filter(|band| band.kind == kind).cloned().collect::<Vec<_>>();
    let rows: Vec<(String, Vec<Band>)> = all
        .iter()
        .map(|(quote, rate)| (format!("{}, {}", quote.name(), rate_words(rate, currency)), of_kind(rate)))
        .filter(|(_, bands)| !bands.is_empty())
        .collect();
    let Some((_, bands)) = rows.first() else { return Vec::new() };
    let columns: Vec<usize> = (0..bands.len()).collect();
    let table = |columns: &[usize]| {
        let headers = columns.iter().map(|&column| format!("[{}] {}", column + 1, ends(&bands[column], "-")));
        let row = |(name, bands): &(String, Vec<Band>)| {
            let lies = columns.iter().map(|&column| text(position(bands[column].position)));
            body(std::iter::once(text(name.clone())).chain(lies).collect())
        };
        Block::Table(Table {
            headers: std::iter::once(kind_words(kind).to_string()).chain(headers).collect(),
            rows: rows.iter().map(row).collect(),
        })
    };
    let mut blocks: Vec<Block> = columns.chunks(BANDS_ABREAST).map(table).collect();
    let told = bands.iter().enumerate();
    blocks.push(Block::List(
        told.map(|(at, band)| format!("[{}] {}: {}", at + 1, ends(band, " to "), published(band))).collect(),
    ));
    blocks
}

/// What the bands of a kind are bands of.
fn kind_words(kind: RateKind) -> &'static str {
    match kind {
        RateKind::CoManagedPerUser => "Co-managed, per user per month",
        RateKind::FullyManagedPerUser => "Fully managed, per user per month",
        RateKind::PerWorkstation => "Workstation, per month",
        RateKind::PerServer => "Server, per month",
        RateKind::Retainer => "Retainer, per month",
        RateKind::Hourly => "Hourly rate",
        RateKind::BlockHour => "Block hours, per hour",
        RateKind::HybridBase => "Hybrid base fee, per user per month",
    }
}

/// `per user at 44.00`.
fn rate_words(rate: &QuotedRate, currency: Currency) -> String {
    format!("{} at {}", rate.item, Money(rate.rate).to_finest_prose(currency))
}

/// A band from one end to the other: `40 to 150`, `from 100`.
fn ends(band: &Band, to: &str) -> String {
    let plain = |value: rust_decimal::Decimal| group_thousands(&value.normalize().to_string());
    match (band.low, band.high) {
        (Some(low), Some(high)) if low == high => plain(low),
        (Some(low), Some(high)) => format!("{}{to}{}", plain(low), plain(high)),
        (Some(low), None) => format!("from {}", plain(low)),
        (None, Some(high)) => format!("up to {}", plain(high)),
        (None, None) => "any".to_string(),
    }
}

fn position(position: Position) -> &'static str {
    match position {
        Position::Below => "below",
        Position::Inside => "within",
        Position::Above => "above",
    }
}

fn published(band: &Band) -> String {
    format!("{}, {}, {}", band.source, band.region, band.date)
}
