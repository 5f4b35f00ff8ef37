//! Datasets as CSV, and the rows of draws and of clients, which stream.
//!
//! A text cell that a spreadsheet could take for a formula gets an apostrophe in front; figures are
//! figures.

mod clients;
mod totals;

pub use clients::{ClientRows, ClientTable, reject, reject_header};

use std::borrow::Cow;
use std::io::{self, Write};

use csv::Writer;
use rust_decimal::Decimal;

use super::data::text_of;
use crate::dataset::Dataset;
use comanage_analysis::compare::Comparison;
use comanage_analysis::frames::Share;
use comanage_analysis::simulate::Simulation;
use comanage_model::money::{Currency, Money};
use comanage_model::scenario::Kind;

/// A dataset: a row of keys, then its rows.
pub fn write(data: &Dataset) -> Vec<u8> {
    let mut csv = Csv::new(data.columns.iter().map(|column| text(&column.key)));
    for row in &data.rows {
        csv.row(row.iter().map(|value| text_of(value, data.currency).map_or_else(String::new, Cow::into_owned)));
    }
    csv.finish()
}

/// Every sample: its number, the inputs as one would write them, the total, the coverage and the work done of
/// each alternative, and which of them is recommended. The first columns are a portfolio that gives these
/// figures.
///
/// # Errors
/// The place it is written to fails.
pub fn draws(comparison: &Comparison, of: &Simulation, to: &mut dyn Write) -> io::Result<()> {
    let scenario = comparison.scenario;
    let mut csv = Writer::from_writer(to);
    let paths = of.draws.inputs.iter().map(|input| input.path.clone());
    let figures = ["total", "coverage", "work_done"].into_iter().flat_map(|figure| {
        comparison.alternatives.iter().map(move |alternative| format!("{figure}.{}", alternative.id()))
    });
    let headers = std::iter::once("id".to_string()).chain(paths).chain(figures).chain(["recommended".to_string()]);
    csv.write_record(headers.map(|head| text(&head)))?;
    let kinds: Vec<Kind> = of.draws.inputs.iter().map(|input| scenario.inputs.about(input.input).kind).collect();
    let digits = scenario.currency.digits;
    for sample in 0..of.samples {
        let values = of.draws.sample(sample);
        let values = values.iter().zip(&kinds).map(|(value, kind)| drawn(*value, *kind, scenario.currency));
        let totals = of.columns.totals.iter().map(|column| {
            let minor = Decimal::from_i128_with_scale(column[sample] as i128, digits);
            Money(minor).to_data(scenario.currency)
        });
        let judged = &of.columns.judged;
        let share = |share: Share| share.get().map_or_else(String::new, |share| share.to_string());
        let coverage = judged.iter().map(|judged| share(judged.coverage.at(sample)));
        let work = judged.iter().map(|judged| share(judged.work.at(sample)));
        let recommended = of.recommended(sample).map_or("", |index| comparison.alternatives[index].id());
        let cells = std::iter::once(sample.to_string()).chain(values).chain(totals).chain(coverage).chain(work);
        csv.write_record(cells.chain([text(recommended)]))?;
    }
    csv.flush()
}

/// A drawn value as one would write it: money with all decimal places of the currency.
fn drawn(value: Decimal, kind: Kind, currency: Currency) -> String {
    let is_finer = value.normalize().scale() > currency.digits;
    if kind == Kind::Money && !is_finer { Money(value).to_data(currency) } else { kind.write(value) }
}

/// A table of texts: a header, then rows of its width.
pub fn table<'c, R>(header: impl IntoIterator<Item = &'c str>, rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = &'c str>,
{
    let mut csv = Csv::new(header.into_iter().map(text));
    for row in rows {
        csv.row(row.into_iter().map(text));
    }
    csv.finish()
}

/// A text cell that no spreadsheet takes for a formula.
pub fn text(text: &str) -> String {
    neutral(text).into_owned()
}

fn neutral(text: &str) -> Cow<'_, str> {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A CSV file in memory.
pub(super) struct Csv(Writer<Vec<u8>>);

impl Csv {
    /// A file that begins with a row of headers.
    pub fn new(headers: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let mut csv = Self(Writer::from_writer(Vec::new()));
        csv.row(headers);
        csv
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) {
        self.0.write_record(cells).expect("a row of the head's width is written to memory");
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory is flushed")
    }
}
