//! The rows of a block, and the cells of a row.
//!
//! Where no quote is in a row, cells are what lies between commas; other rows are taken apart by
//! the reader of the `csv` crates.

use std::borrow::Cow;
use std::str;

use memchr::memchr;

use super::blocks::{Block, BlockKind, LONGEST_ROW, is_blank};
use super::layout::Layout;
use super::quotes::{End, end_of_row, is_open};

/// A row: where it is, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'b> {
    /// Its first byte in the table.
    pub offset: u64,
    /// The name of the client, where the table has a column for it.
    pub name: Option<String>,
    /// What is in it.
    pub content: Content<'b>,
}

/// What is in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'b> {
    /// Cells with commas between them, none in quotes.
    Plain(Cow<'b, str>),
    /// Cells of which some are in quotes, without them.
    Quoted(Vec<String>),
    /// Something whose cells cannot be used: why, and its first cell as far as it can be read.
    Faulty(RowFault, String),
}

impl Row<'_> {
    /// The cells; of a faulty row the first.
    pub fn cells(&self) -> Vec<&str> {
        match &self.content {
            Content::Plain(text) => text.split(',').collect(),
            Content::Quoted(cells) => cells.iter().map(String::as_str).collect(),
            Content::Faulty(_, first) => vec![first],
        }
    }

    /// The first cell.
    pub fn first(&self) -> &str {
        match &self.content {
            Content::Plain(text) => &text[..memchr(b',', text.as_bytes()).unwrap_or(text.len())],
            Content::Quoted(cells) => cells.first().map_or("", String::as_str),
            Content::Faulty(_, first) => first,
        }
    }

    /// Why its cells cannot be used.
    pub fn fault(&self) -> Option<RowFault> {
        match self.content {
            Content::Faulty(fault, _) => Some(fault),
            Content::Plain(_) | Content::Quoted(_) => None,
        }
    }
}

/// Why the cells of a row cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// It is not UTF-8.
    NotText,
    /// A quote is opened and not closed.
    Unclosed,
    /// It has more bytes than [`LONGEST_ROW`].
    TooLong,
    /// It has another number of cells than the table has columns.
    Cells {
        /// How many cells it has.
        found: usize,
        /// How many columns there are.
        columns: usize,
    },
}

/// Takes a block apart; blank lines, and lines of separators alone, are no rows.
pub fn split_rows(block: &Block) -> Vec<Row<'_>> {
    let fault = match block.kind {
        BlockKind::Rows => None,
        BlockKind::Unclosed => Some(RowFault::Unclosed),
        BlockKind::TooLong => Some(RowFault::TooLong),
    };
    if let Some(fault) = fault {
        return vec![Row { offset: block.offset, name: None, content: faulty(fault, &block.bytes, block.separator) }];
    }
    let separator = block.separator;
    let mut splitter = Splitter {
        separator,
        layout: block.layout.as_deref(),
        whole: str::from_utf8(&block.bytes).ok(),
        has_quotes: memchr(b'"', &block.bytes).is_some(),
        reader: None,
    };
    let mut rows = Vec::new();
    let mut at = 0;
    while at < block.bytes.len() {
        let end = match splitter.has_quotes && !block.is_of_lines {
            false => memchr(b'\n', &block.bytes[at..]).map_or(block.bytes.len(), |end| at + end + 1),
            true => match end_of_row(&block.bytes[at..], separator) {
                End::At(end) => at + end,
                End::Open(_) => block.bytes.len(),
            },
        };
        let row = without_break(&block.bytes[at..end]);
        if !is_blank(row, separator) {
            let (content, name) = splitter.arranged(row, at);
            rows.push(Row { offset: block.offset + at as u64, name, content });
        }
        at = end;
    }
    rows
}

/// What takes the rows of a block apart.
struct Splitter<'b> {
    separator: u8,
    layout: Option<&'b Layout>,
    /// The block, if all of it is text.
    whole: Option<&'b str>,
    has_quotes: bool,
    /// Takes rows with quotes apart; made at the first of them, since that takes longer than a row does.
    reader: Option<csv_core::Reader>,
}

impl<'b> Splitter<'b> {
    /// What is in a row that begins at a byte of the block, arranged as the columns are, with the name
    /// of the client.
    fn arranged(&mut self, row: &'b [u8], at: usize) -> (Content<'b>, Option<String>) {
        let content = self.content(row, at);
        let Some(layout) = self.layout else { return (self.with_commas(content), None) };
        match &content {
            Content::Faulty(..) => (content, None),
            Content::Plain(text) => layout.arrange(&text.split(char::from(self.separator)).collect::<Vec<_>>()),
            Content::Quoted(cells) => layout.arrange(&cells.iter().map(String::as_str).collect::<Vec<_>>()),
        }
    }

    /// The same where cells have something else between them, as in a header.
    fn with_commas(&self, content: Content<'b>) -> Content<'b> {
        match content {
            Content::Plain(text) if self.separator != b',' => {
                Content::Quoted(text.split(char::from(self.separator)).map(String::from).collect())
            }
            content => content,
        }
    }

    /// What is in a row that begins at a byte of the block.
    fn content(&mut self, row: &'b [u8], at: usize) -> Content<'b> {
        if row.len() > LONGEST_ROW {
            return faulty(RowFault::TooLong, row, self.separator);
        }
        let text = self.whole.map_or_else(|| str::from_utf8(row).ok(), |whole| whole.get(at..at + row.len()));
        let Some(text) = text else { return faulty(RowFault::NotText, row, self.separator) };
        if !self.has_quotes || memchr(b'"', row).is_none() {
            return Content::Plain(text.into());
        }
        if is_open(row, self.separator) {
            return faulty(RowFault::Unclosed, row, self.separator);
        }
        let reader = self.reader.get_or_insert_with(|| reader(self.separator));
        Content::Quoted(quoted_cells(reader, row))
    }
}

fn faulty(fault: RowFault, row: &[u8], separator: u8) -> Content<'static> {
    Content::Faulty(fault, first_cell(row, separator))
}

/// A row without the line break that ends it.
fn without_break(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

fn reader(separator: u8) -> csv_core::Reader {
    csv_core::ReaderBuilder::new().delimiter(separator).terminator(csv_core::Terminator::Any(b'\n')).build()
}

/// The cells of a row with quotes in it.
fn quoted_cells(reader: &mut csv_core::Reader, row: &[u8]) -> Vec<String> {
    reader.reset();
    // Unquoted a row is no longer than it was, and it has at most a cell for each byte and one.
    let mut text = vec![0; row.len()];
    let mut ends = vec![0; row.len() + 1];
    let (_, read, _, cells) = reader.read_record(row, &mut text, &mut ends);
    let (_, _, _, last) = reader.read_record(&row[read..], &mut [], &mut ends[cells..]);
    let mut from = 0;
    let cell = |&end: &usize| {
        let cell = String::from_utf8_lossy(&text[from..end]).into_owned();
        from = end;
        cell
    };
    ends[..cells + last].iter().map(cell).collect()
}

/// The first cell of a row that cannot be used, as far as it can be read, to tell which it is.
fn first_cell(row: &[u8], separator: u8) -> String {
    const MAX: usize = 200;
    let row = without_break(&row[..row.len().min(MAX)]);
    let row = row.strip_prefix(b"\"").unwrap_or(row);
    let end = memchr::memchr2(separator, b'"', row).unwrap_or(row.len());
    String::from_utf8_lossy(&row[..end]).into_owned()
}
