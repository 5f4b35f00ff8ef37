//! A portfolio as CSV: rows as they come, and rows that are no clients.

use std::sync::Arc;

use csv::Writer;

use super::{Csv, neutral, share, text};
use crate::money::{Currency, Money};
use crate::portfolio::{Choice, Client, Rejected, Tally, amount};

/// What a client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientRows {
    /// A row an alternative.
    Each,
    /// One row: the recommended alternative, else the cheapest useful one.
    Best,
    /// One row: the total of every alternative, and the cheapest useful one.
    Totals,
}

const HEADS: [&str; 12] = [
    "id",
    "alternative",
    "kind",
    "first_year",
    "total",
    "present_value",
    "per_user_month",
    "coverage",
    "work_done",
    "saving",
    "payback_month",
    "recommended",
];

/// The row of heads; `ids` are the alternatives of the base.
pub fn portfolio_heads(rows: ClientRows, ids: &[Arc<str>]) -> Vec<u8> {
    if rows != ClientRows::Totals {
        return Csv::new(&HEADS).finish();
    }
    let totals = ids.iter().map(|id| format!("total.{id}"));
    let heads: Vec<String> = ["id".to_string()].into_iter().chain(totals).chain(["cheapest".to_string()]).collect();
    Csv::new(&heads.iter().map(String::as_str).collect::<Vec<_>>()).finish()
}

/// Adds the rows of some clients.
pub fn portfolio(
    rows: ClientRows,
    ids: &[Arc<str>],
    currency: Currency,
    clients: &[(&str, Client)],
    out: &mut Vec<u8>,
) {
    if rows == ClientRows::Totals {
        return totals(ids, currency, clients, out);
    }
    let mut csv = Csv(Writer::from_writer(Vec::new()));
    for (id, client) in clients {
        let id = text(id);
        let is_recommended = |index: usize| client.recommended == Some(index);
        let mut row = |index: usize| csv.row(figures(&id, client, index, is_recommended(index), currency));
        match rows {
            ClientRows::Best => row(client.best()),
            _ => (0..client.len()).for_each(row),
        }
    }
    out.extend(csv.finish());
}

/// The totals of some clients. A million of these rows are written in the time of a blink, so numbers
/// become digits without a text of their own.
fn totals(ids: &[Arc<str>], currency: Currency, clients: &[(&str, Client)], out: &mut Vec<u8>) {
    out.reserve(clients.len() * (ids.len() * 12 + 24));
    let amounts = Amounts::of(currency);
    for (id, client) in clients {
        push_text(out, id);
        for (place, own) in ids.iter().enumerate() {
            let is_same = |index: &usize| client.has_id(*index, own);
            let index = Some(place).filter(|place| *place < client.len()).filter(is_same);
            out.push(b',');
            if let Some(index) = index.or_else(|| (0..client.len()).find(is_same)) {
                amounts.push(out, client.total(index));
            }
        }
        out.push(b',');
        push_text(out, client.id(client.cheapest));
        out.push(b'\n');
    }
}

/// Adds a text cell, in quotes where it needs them.
fn push_text(out: &mut Vec<u8>, text: &str) {
    let text = neutral(text);
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if is_plain {
        return out.extend_from_slice(text.as_bytes());
    }
    let mut csv = Csv(Writer::from_writer(Vec::new()));
    csv.row([text.as_ref() as &str]);
    let cell = csv.finish();
    out.extend_from_slice(cell.strip_suffix(b"\n").unwrap_or(&cell));
}

/// Amounts of a currency as digits.
struct Amounts {
    currency: Currency,
    /// Minor units in a unit.
    unit: u64,
}

impl Amounts {
    fn of(currency: Currency) -> Self {
        Self { currency, unit: 10_u64.pow(currency.digits) }
    }

    /// Adds whole minor units as an amount with its decimals.
    fn push(&self, out: &mut Vec<u8>, minor: i128) {
        let Ok(size) = u64::try_from(minor.unsigned_abs()) else {
            return out.extend_from_slice(amount(minor, self.currency).to_data(self.currency).as_bytes());
        };
        if minor < 0 {
            out.push(b'-');
        }
        out.extend_from_slice(itoa::Buffer::new().format(size / self.unit).as_bytes());
        let mut unit = self.unit;
        let mut point = Some(b'.');
        while unit > 1 {
            unit /= 10;
            out.extend(point.take());
            out.push(b'0' + (size / unit % 10) as u8);
        }
    }
}

fn figures(id: &str, of: &Client, index: usize, is_recommended: bool, currency: Currency) -> [String; 12] {
    let money = |money: Money| money.to_data(currency);
    let details = of.details(index);
    [
        id.to_string(),
        text(of.id(index)),
        of.kind(index).name().to_string(),
        money(details.first_year),
        money(amount(of.total(index), currency)),
        money(details.present_value),
        details.per_user_month.map_or_else(String::new, money),
        share(of.coverage(index)),
        share(details.work_done),
        money(amount(of.saving(index), currency)),
        details.payback_month.map_or_else(String::new, |month| month.to_string()),
        is_recommended.to_string(),
    ]
}

/// The row of heads of rows that are no clients.
pub fn reject_heads() -> Vec<u8> {
    Csv::new(&["row", "id", "reason", "byte_offset"]).finish()
}

/// A row that is no client.
pub fn reject(rejected: &Rejected) -> Vec<u8> {
    let mut csv = Csv(Writer::from_writer(Vec::new()));
    let id: String = rejected.id.chars().filter(|letter| !letter.is_control()).collect();
    csv.row([rejected.row.to_string(), text(&id), text(&rejected.reason), rejected.offset.to_string()]);
    csv.finish()
}

/// A row for each alternative that is the one to name for somebody, with what it saves where it is
/// recommended.
pub fn portfolio_summary(tally: &Tally, currency: Currency) -> Vec<u8> {
    let heads = ["alternative", "kind", "pricing_model", "recommended", "clients", "gaining", "saving_total"];
    let mut csv = Csv::new(&[&heads[..], &["saving_p10", "saving_p50", "saving_p90"]].concat());
    let minor = 10_f64.powi(currency.digits as i32);
    let named = |choice: &Choice, is_recommended: bool, clients: u64| {
        let words = [choice.kind, choice.pricing_model].map(String::from);
        let counts = [is_recommended.to_string(), clients.to_string()];
        [text(&choice.alternative)].into_iter().chain(words).chain(counts)
    };
    for (choice, gain) in tally.by_frequency() {
        let savings = &gain.savings;
        let sum = amount(savings.sum, currency).to_data(currency);
        let percentiles = savings.percentiles(&[0.1, 0.5, 0.9]);
        let percentiles = percentiles.iter().map(|value| (value / minor).to_string());
        csv.row(named(choice, true, savings.count).chain([savings.above.to_string(), sum]).chain(percentiles));
    }
    for (choice, &count) in &tally.unreached {
        csv.row(named(choice, false, count).chain([const { String::new() }; 5]));
    }
    csv.finish()
}
