//! Loading: from a file to a [`Scenario`], with everything that is wrong found on the way.
//!
//! Text becomes a tree in which every value keeps its place and its digits; trees of files that
//! extend one another are merged; the tree is read into a scenario against the format, which is
//! declared once, as data; rules between values are checked last. Nothing is guessed and nothing
//! stops at the first fault: all findings of a file are reported together, in the order of their
//! places. It is apart because it is the only part that meets files and loose text; what a
//! scenario means is left to others, and how a finding looks to the renderer.

mod changes;
mod checks;
pub mod clients;
mod codes;
mod columns;
pub mod defaults;
mod digits;
mod document;
mod fields;
mod file_kind;
mod files;
mod format;
mod lists;
mod merge;
mod names;
mod nearest;
mod overrides;
mod pack;
pub mod path;
mod published;
mod range;
mod rates;
mod read;
mod reader;
mod scalar;
mod schema;
mod signs;
mod syntax;
mod template;
mod tree;
mod units;
mod value;
mod words;
mod workbook;

use std::io;

use rust_decimal::Decimal;

use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::money::Currency;
use comanage_model::scenario::{Kind, Scenario};
use comanage_model::source::Sources;

pub use changes::{Change, Changes};
pub use checks::slips::SLIPS;
pub use codes::CODES;
pub use columns::{Cell, Column, Plain, Refused, Scale};
pub use document::Document;
pub use files::Reach;
pub use overrides::Located;
pub use pack::{LoadedPack, Packs, load_pack, published_rates};
pub use schema::json_schema;
pub use template::Template;
pub use workbook::{Sheet, SheetCell, SheetColumn};

/// What came of a file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario, if nothing was wrong.
    pub scenario: Option<Scenario>,
    /// Everything found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
    /// The published figures that the scenario could take by name.
    pub rates: Packs,
    /// Whether the machine failed, rather than the file: no permission, a broken disk.
    pub machine_failed: bool,
}

impl Loaded {
    /// Everything that is wrong, warnings aside.
    pub fn errors(self) -> Vec<Diagnostic> {
        self.diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect()
    }

    /// Whether anything is wrong, warnings aside.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Loads a scenario from a file and the files it extends; `-` is standard input.
pub fn load(path: &str) -> Loaded {
    Document::open(path).read()
}

/// Reads a scenario from a text. `base` gives the bytes of a file that it extends, by path.
pub fn read(name: &str, text: &str, base: &mut dyn FnMut(&str) -> io::Result<Vec<u8>>) -> Loaded {
    Document::parse(name, text.as_bytes(), base).read()
}

/// The number that a text says where one of a kind is written, whatever key it is for.
///
/// # Errors
/// What is wrong with it; the text itself is the only source.
pub fn number(text: &str, what: &str, kind: Kind, currency: Currency) -> Result<Decimal, Box<Diagnostic>> {
    let mut reader = reader::Reader::new(currency);
    let quantity = format::any(kind);
    let read = reader.scalar(&overrides::written(text), &quantity, what, quantity.whole);
    read.ok_or_else(|| Box::new(reader.diagnostics.pop().expect("a number that is not read is reported")))
}
