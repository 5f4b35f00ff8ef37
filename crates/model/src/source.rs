//! Source texts and places in them.
//!
//! A scenario can be made of several files, each extending another. A [`Span`] says where in them
//! something was written; line and column are found when someone asks.

use std::ops::Range;

use sha2::{Digest, Sha256};

/// A file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name as the user would write it.
    pub name: String,
    /// The whole text; of a sheet of a workbook, a line a row, each cell behind the letters of its column.
    pub text: String,
    /// Whether it is a sheet of a workbook.
    pub is_sheet: bool,
}

impl SourceFile {
    /// A file of text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), is_sheet: false }
    }

    /// A sheet of a workbook.
    pub fn sheet(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { is_sheet: true, ..Self::new(name, text) }
    }

    /// SHA-256 of its bytes, in hexadecimal.
    pub fn sha256(&self) -> String {
        sha256(self.text.as_bytes())
    }
}

/// SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// All files a scenario was read from; the first is the one that was named.
#[derive(Clone, Debug, Default)]
pub struct Sources(pub Vec<SourceFile>);

/// A stretch of bytes in one of the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Index into [`Sources`].
    pub file: usize,
    /// The bytes.
    pub range: Range<usize>,
}

/// A place as people name it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Sources {
    /// The place where a span starts.
    pub fn place(&self, span: &Span) -> Place {
        let source = &self.0[span.file];
        let start = span.range.start.min(source.text.len());
        let before = &source.text.as_bytes()[..start];
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        Place {
            file: source.name.clone(),
            line: before.iter().filter(|&&b| b == b'\n').count() + 1,
            column: String::from_utf8_lossy(&before[line_start..]).chars().count() + 1,
        }
    }
}
