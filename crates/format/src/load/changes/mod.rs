//! What one document says differently from another, as changes that can be made one by one.
//!
//! Two trees are walked side by side along the format, so a change is reported where a person would
//! make it: a price by its path, a role or an offer that came or went as a whole. Values that mean
//! the same are no change, however they are written; what `[expect]` holds a file to is none either,
//! since it says nothing about the case. It is in loading because it knows trees;
//! what a change costs is asked elsewhere.

mod edit;
mod same;
mod walk;
mod written;

use super::document::Document;
use super::pack::Packs;
use super::tree::{Node, Table, Value};
use edit::Edit;

/// One thing that is said differently.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its dotted path.
    pub path: String,
    /// What the first document says, as one would write it; none if it says nothing.
    pub from: Option<String>,
    /// What the second document says.
    pub to: Option<String>,
    edit: Edit,
}

/// The changes that turn one document into another, in the order of the second.
#[derive(Clone, Debug)]
pub struct Changes {
    list: Vec<Change>,
    before: Document,
    rates: Packs,
}

impl Changes {
    /// The changes from a document to another.
    ///
    /// ```
    /// use comanage_format::load::{Changes, Document};
    /// let parse = |rate: &str| {
    ///     let text = format!("currency = \"USD\"\n[offers.a]\nper_user = {rate}\n");
    ///     Document::parse("a.toml", text.as_bytes(), &mut |_| Err(std::io::ErrorKind::NotFound.into()))
    /// };
    /// let changes = Changes::between(&parse("68"), &parse("72.50"));
    /// let change = &changes.list()[0];
    /// assert_eq!(change.path, "offers.a.per_user.rate");
    /// assert_eq!((change.from.as_deref(), change.to.as_deref()), (Some("68"), Some("72.50")));
    /// assert!(Changes::between(&parse("68"), &parse("\"$68.00\"")).list().is_empty());
    /// ```
    pub fn between(a: &Document, b: &Document) -> Self {
        let mut before = a.clone();
        let mut after = b.root.clone();
        shift(&mut after, a.sources.0.len());
        before.sources.0.extend(b.sources.0.iter().cloned());
        drop_expectations(&mut before.root);
        walk::spell_out(&mut before.root);
        walk::spell_out(&mut after);
        let mut list = Vec::new();
        list.extend(packs(a, b, &after));
        list.extend(walk::changes(&before.root, &after));
        Self { list, before, rates: b.rates.clone() }
    }

    /// The changes, in the order of the files.
    pub fn list(&self) -> &[Change] {
        &self.list
    }

    /// The first document with this many of the changes made.
    pub fn document(&self, changes: usize) -> Document {
        let mut document = self.before.clone();
        for change in self.list.iter().take(changes) {
            if matches!(change.edit, Edit::Packs(_)) {
                document.rates = self.rates.clone();
            }
            change.edit.make(&mut document.root);
        }
        document
    }
}

/// What is expected of the first scenario is not expected on the way to the second.
fn drop_expectations(root: &mut Node) {
    if let Value::Table(table) = &mut root.value {
        table.entries.retain(|entry| entry.key != "expect");
    }
}

/// Other packs, or packs that say something else.
fn packs(a: &Document, b: &Document, after: &Node) -> Option<Change> {
    let own = |root: &Node| root.table().and_then(|table| table.get("packs")).map(written::value);
    let (from, to) = (own(&a.root), own(&b.root));
    if from == to && a.rates == b.rates {
        return None;
    }
    let node = after.table().and_then(|table| table.get("packs")).cloned();
    Some(Change { path: "packs".into(), from, to, edit: Edit::Packs(node) })
}

/// Moves every place of a tree behind this many files.
fn shift(node: &mut Node, files: usize) {
    node.span.file += files;
    match &mut node.value {
        Value::List(nodes) => nodes.iter_mut().for_each(|node| shift(node, files)),
        Value::Table(Table { entries }) => {
            for entry in entries {
                entry.key_span.file += files;
                shift(&mut entry.node, files);
            }
        }
        _ => {}
    }
}
