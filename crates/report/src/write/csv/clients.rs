//! The clients of a portfolio as CSV: rows as they come, and rows that are no clients.

use std::sync::Arc;

use csv::Writer;

use super::{Csv, text, totals};
use comanage_analysis::portfolio::{Client, Fault, Named, Rejected, amount};
use comanage_model::money::{Currency, Money};

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

const HEADS: [&str; 14] = [
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
    "misses",
    "warnings",
];

/// How the rows of clients are written.
#[derive(Clone, Copy, Debug)]
pub struct ClientTable<'t> {
    /// What a client gets.
    pub rows: ClientRows,
    /// The alternatives of the base.
    pub ids: &'t [Arc<str>],
    /// Whether clients have names.
    pub has_names: bool,
    /// The currency of every amount.
    pub currency: Currency,
}

impl ClientTable<'_> {
    /// The header.
    pub fn header(&self) -> Vec<u8> {
        if self.rows == ClientRows::Totals {
            return totals::header(self);
        }
        let name = self.has_names.then_some("name");
        Csv::new(HEADS[..1].iter().copied().chain(name).chain(HEADS[1..].iter().copied())).finish()
    }

    /// Adds the rows of some clients.
    pub fn add(&self, clients: &[Named<'_>], out: &mut Vec<u8>) {
        if self.rows == ClientRows::Totals {
            return totals::rows(self, clients, out);
        }
        let mut csv = Csv(Writer::from_writer(Vec::new()));
        for Named { id, name, client, .. } in clients {
            let id = text(id);
            let name = self.has_names.then(|| text(name.unwrap_or_default()));
            let is_recommended = |index: usize| client.choice.recommended == Some(index);
            let mut row = |index: usize| {
                let figures = figures(client, index, is_recommended(index), self.currency);
                csv.row([id.clone()].into_iter().chain(name.clone()).chain(figures));
            };
            match self.rows {
                ClientRows::Best => row(client.best()),
                _ => (0..client.len()).for_each(row),
            }
        }
        out.extend(csv.finish());
    }
}

fn figures(of: &Client, index: usize, is_recommended: bool, currency: Currency) -> [String; 13] {
    let money = |money: Money| money.to_data(currency);
    let details = of.details(index);
    // What is not recommended saves nothing that could be had.
    let is_open = of.choice.recommended.is_none();
    let saving = of.saving(index).filter(|_| !is_open);
    let payback = details.payback_month.filter(|_| !is_open);
    let missed = of.missed(index);
    [
        text(of.id(index)),
        of.kind(index).name().to_string(),
        money(details.first_year),
        money(amount(of.total(index), currency)),
        money(details.present_value),
        details.per_user_month.map_or_else(String::new, money),
        number(of.coverage(index)),
        number(details.work_done),
        saving.map_or_else(String::new, |saving| money(amount(saving, currency))),
        payback.map_or_else(String::new, |month| month.to_string()),
        is_recommended.to_string(),
        if missed.is_nothing() { String::new() } else { missed.name().to_string() },
        of.slips.codes().collect::<Vec<_>>().join("; "),
    ]
}

/// A number in full; empty if it is not known.
fn number(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// The header of rows that are no clients.
pub fn reject_header() -> Vec<u8> {
    Csv::new(["row", "id", "reason", "byte_offset", "line"]).finish()
}

/// A row that is no client.
pub fn reject(rejected: &Rejected) -> Vec<u8> {
    let mut csv = Csv(Writer::from_writer(Vec::new()));
    let id: String = rejected.id.chars().filter(|letter| !letter.is_control()).collect();
    let reasons = rejected.faults.iter().map(Fault::text).collect::<Vec<_>>().join("; ");
    let line = rejected.line.map_or_else(String::new, |line| line.to_string());
    csv.row([rejected.row.to_string(), text(&id), text(&reasons), rejected.offset.to_string(), line]);
    csv.finish()
}
