//! A document: the merged tree of a file and its bases, before it is read.
//!
//! It can be read as it is, or with other values set by dotted path: so a row of a table
//! of clients, or a value that is varied, is an ordinary scenario with the same checks.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::scenario::Override;
use comanage_model::source::{self, Sources, Span};

use super::Loaded;
use super::files::{self, Fetch, Files, Reach, Trust};
use super::format::ROOT;
use super::merge::{self, Merge};
use super::pack::{self, Packs};
use super::read::{self, Origin};
use super::template::Template;
use super::tree::{Node, Table, Value};

/// A scenario file and its bases, merged and not yet understood.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) root: Node,
    pub(super) sources: Sources,
    pub(super) rates: Packs,
    name: String,
    paths: Vec<PathBuf>,
    sha256: String,
    found: Arc<Vec<Diagnostic>>,
    overrides: Vec<Override>,
    trust: Trust,
    machine_failed: bool,
}

/// Findings about a value by itself, which stand even where other parts of a file are lost.
const OF_VALUES: [&str; 23] = [
    "bad-color",
    "bad-date",
    "bad-duration",
    "bad-hours",
    "bad-money",
    "bad-month",
    "bad-name",
    "bad-number",
    "bad-range",
    "bad-share",
    "duplicate-entry",
    "low-contrast",
    "not-whole",
    "open-band",
    "out-of-range",
    "range-too-fine",
    "reserved-name",
    "too-many-digits",
    "unknown-currency",
    "unknown-key",
    "unknown-value",
    "wrong-type",
    "wrong-unit",
];

impl Document {
    /// Opens a file and the files that it extends, which must lie below its folder; `-` is standard
    /// input.
    pub fn open(path: &str) -> Self {
        Self::open_path(Path::new(path), Reach::Below)
    }

    /// Opens a file by its path, with the files that it extends.
    pub fn open_path(path: &Path, reach: Reach) -> Self {
        let mut named = |base: &Path| files::fetch_named(path, base, reach);
        Self::from_bytes(path, files::fetch(path), &mut named)
    }

    /// Takes the bytes of a file; `base` gives those of a file that it extends, by path.
    pub fn parse(name: &str, bytes: &[u8], base: &mut dyn FnMut(&str) -> io::Result<Vec<u8>>) -> Self {
        Self::from_bytes(Path::new(name), Ok(bytes.to_vec()), &mut |path| base(&path.to_string_lossy()))
    }

    fn from_bytes(path: &Path, bytes: io::Result<Vec<u8>>, fetch: Fetch<'_>) -> Self {
        let sha256 = bytes.as_ref().map(|bytes| source::sha256(bytes)).unwrap_or_default();
        let mut files = Files::read(path, bytes, &mut *fetch);
        let trees = std::mem::take(&mut files.trees);
        let table = lay_all(trees, &mut files.diagnostics);
        let rates = pack::of_scenario(&table, &mut files, fetch);
        let span = Span { file: 0, range: 0..0 };
        Self {
            root: Node { span, value: Value::Table(table) },
            name: files.sources.0.first().map_or(path.to_string_lossy().into_owned(), |source| source.name.clone()),
            paths: files.paths,
            sources: files.sources,
            rates,
            sha256,
            found: Arc::new(files.diagnostics),
            overrides: Vec::new(),
            trust: files.trust,
            machine_failed: files.machine_failed,
        }
    }

    /// Reads the scenario and checks it, to set numbers in.
    ///
    /// # Errors
    /// What is wrong with it, in the order of the places.
    pub fn template(&self) -> Result<Template, Vec<Diagnostic>> {
        let loaded = self.read();
        if loaded.scenario.is_none() {
            return Err(loaded.errors());
        }
        let (scenario, reader, places) = read::scenario(&self.root, &self.origin());
        Ok(Template { scenario, places, reader })
    }

    fn origin(&self) -> Origin<'_> {
        let Self { name, sha256, sources, rates, overrides, .. } = self;
        Origin { file: name, sha256, sources, rates, overrides }
    }

    /// Reads the scenario and checks it.
    pub fn read(&self) -> Loaded {
        let mut diagnostics: Vec<Diagnostic> = self.found.to_vec();
        let mut scenario = None;
        if self.trust != Trust::Nothing {
            let (read, reader, _) = read::scenario(&self.root, &self.origin());
            let broken = self.broken_lines();
            let stands = |diagnostic: &Diagnostic| self.trust == Trust::Whole || self.stands(diagnostic, &broken);
            diagnostics.extend(reader.diagnostics.into_iter().filter(stands));
            scenario = Some(read);
        }
        sort(&mut diagnostics);
        let has_errors = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        Loaded {
            scenario: scenario.filter(|_| !has_errors),
            diagnostics,
            sources: self.sources.clone(),
            rates: self.rates.clone(),
            machine_failed: self.machine_failed,
        }
    }

    /// Sets a value of the user's over the place of a path, and remembers that it is the user's.
    pub fn override_value(&mut self, path: &str, value: &str) -> Result<(), Box<Diagnostic>> {
        let path = self.set(path, value)?;
        self.overrides.retain(|known| known.path != path);
        self.overrides.push(Override { path, value: value.into() });
        Ok(())
    }

    /// The paths of the files that were read.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The texts of the files, and of the values set over them.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// This document without how its ranges are drawn, which figures do not depend on: a correlation
    /// is wrong once a value is in the place of its range.
    pub fn without_simulation(&self) -> Self {
        let mut document = self.clone();
        if let Value::Table(table) = &mut document.root.value {
            table.entries.retain(|entry| entry.key != "simulation");
        }
        document
    }

    /// Whether a finding can be reported although other parts of the file are lost.
    fn stands(&self, diagnostic: &Diagnostic, broken: &HashSet<(usize, usize)>) -> bool {
        let is_broken = |span: &Span| broken.contains(&self.line_start(span));
        OF_VALUES.contains(&diagnostic.code) && !diagnostic.span.as_ref().is_some_and(is_broken)
    }

    /// The lines that are not TOML, by file and first byte.
    fn broken_lines(&self) -> HashSet<(usize, usize)> {
        let broken = self.found.iter().filter(|diagnostic| diagnostic.code == "broken-toml");
        broken.filter_map(|diagnostic| diagnostic.span.as_ref()).map(|span| self.line_start(span)).collect()
    }

    /// The file and the first byte of the line that a span starts in.
    fn line_start(&self, span: &Span) -> (usize, usize) {
        let text = self.sources.0.get(span.file).map_or(&[][..], |source| source.text.as_bytes());
        let before = text.get(..span.range.start).unwrap_or_default();
        (span.file, before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1))
    }
}

/// The trees of a chain of files as one; the nearest comes first.
fn lay_all(trees: Vec<Table>, found: &mut Vec<Diagnostic>) -> Table {
    let mut merged: Option<Table> = None;
    let last = trees.len().saturating_sub(1);
    for (place, mut tree) in trees.into_iter().enumerate().rev() {
        if place > 0 {
            tree.entries.retain(|entry| entry.key != "expect");
        }
        merged = Some(match merged {
            Some(base) if place < last => merge::lay(base, tree, Merge::Keys(&ROOT), "", found),
            _ => tree,
        });
    }
    merged.unwrap_or_default()
}

/// Sorts findings by place; those without one come first.
pub(super) fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics
        .sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| (span.file, span.range.start, span.range.end)));
}
