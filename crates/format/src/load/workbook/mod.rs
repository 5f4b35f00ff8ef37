//! A scenario as a workbook: a sheet a topic, a row an entry, a column a key.
//!
//! A workbook holds the same tree as a file in TOML. A key of a table within an entry has a column with
//! its path (`per_user.rate`); what no column can hold, such as a range or tiers, is written in its cell as
//! in TOML. So nothing is lost either way, and every rule for files holds for workbooks too.

mod read;
mod toml_text;
mod write;

pub(super) use read::{first_sheet, read};
pub use write::{Sheet, SheetCell, SheetColumn};

use super::format::{Key, ROOT, Shape, TableFormat};
use super::path::Step;
use comanage_model::scenario::Kind;

/// How the rows of a sheet are entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    /// Each row is a key and its value, below a path.
    Keys,
    /// Each row is an entry of a table; the first column has its key.
    Map,
    /// Each row is an entry of a list.
    List,
    /// Each row is an entry of a table within an offer; two columns have the keys.
    MapOfOffer,
    /// Each row is an entry of a list within an offer.
    ListOfOffer,
}

/// A sheet and the tables that it holds.
struct Topic {
    /// The name of the sheet.
    name: &'static str,
    /// The key of the scenario that it holds, or of an offer; empty: the scenario itself.
    key: &'static str,
    /// How its rows are entries.
    rows: Rows,
    /// The header of the column with the key of an entry, where it has one.
    entry: &'static str,
}

const fn topic(name: &'static str, key: &'static str, rows: Rows, entry: &'static str) -> Topic {
    Topic { name, key, rows, entry }
}

/// The header of the column that names the offer of a cover or a charge.
const OFFER: &str = "offer";

/// The headers of a sheet of keys.
const KEY: &str = "key";
const VALUE: &str = "value";

/// Every sheet, in order.
const TOPICS: [Topic; 12] = [
    topic("Scenario", "", Rows::Keys, KEY),
    topic("Organization", "organization", Rows::Keys, KEY),
    topic("Services", "services", Rows::Map, "service"),
    topic("Employment", "employment", Rows::Keys, KEY),
    topic("Team", "team", Rows::List, "role"),
    topic("Hires", "hire", Rows::List, "role"),
    topic("Tools", "tools", Rows::Map, "tool"),
    topic("Costs", "cost", Rows::List, "name"),
    topic("Offers", "offers", Rows::Map, OFFER),
    topic("Covers", "covers", Rows::MapOfOffer, "service"),
    topic("Charges", "charges", Rows::ListOfOffer, "name"),
    topic("Alternatives", "alternatives", Rows::Map, "alternative"),
];

impl Topic {
    /// The format of an entry, or of the table whose keys the rows are.
    fn format(&self) -> Option<&'static TableFormat> {
        let within = match self.rows {
            Rows::MapOfOffer | Rows::ListOfOffer => table_of(&ROOT, "offers")?,
            _ => &ROOT,
        };
        if self.key.is_empty() { Some(&ROOT) } else { table_of(within, self.key) }
    }
}

/// The format of the table, or of the entries, that a key holds.
fn table_of(format: &'static TableFormat, key: &str) -> Option<&'static TableFormat> {
    match format.keys.iter().find(|known| known.name == key)?.shape {
        Shape::Table(table) | Shape::Map(table, _) | Shape::Tables(table, _) => Some(table),
        Shape::Covers => Some(&super::format::COVER),
        _ => None,
    }
}

/// The key that a path below a table leads to, where the format has it.
fn key_at(format: &'static TableFormat, steps: &[Step]) -> Option<&'static Key> {
    let (Step::Name(first), rest) = steps.split_first()? else { return None };
    let key = format.keys.iter().find(|key| key.name == first)?;
    match key.shape {
        _ if rest.is_empty() => Some(key),
        Shape::Table(table) => key_at(table, rest),
        Shape::Map(table, _) if rest.len() > 1 => key_at(table, &rest[1..]),
        Shape::ByClass(..) | Shape::Prices if rest.len() == 1 => Some(key),
        _ => None,
    }
}

/// Whether a value is a share, which a spreadsheet may hold as a number.
fn is_share(key: &Key) -> bool {
    match key.shape {
        Shape::Input(quantity) | Shape::ByClass(quantity, _) => quantity.kind == Kind::Share,
        Shape::Percent => true,
        _ => false,
    }
}

/// Whether a value is a text, whatever it looks like.
fn is_text(key: &Key) -> bool {
    matches!(
        key.shape,
        Shape::Name
            | Shape::Text
            | Shape::Choice(_)
            | Shape::Hours
            | Shape::RequiredHours
            | Shape::HoursOr(_)
            | Shape::Duration
            | Shape::Month
            | Shape::Currency
    )
}
