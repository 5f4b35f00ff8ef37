//! The rows of a block, and the cells of a row.
//!
//! Where no quote stands in a row, cells are what lies between commas; other rows are taken apart by
//! the reader of the `csv` crates.

use std::borrow::Cow;
use std::str;

use memchr::{memchr, memchr_iter};

use super::blocks::{Block, BlockKind, LONGEST_ROW};
use super::quotes::{End, end_of_row, is_open};

/// The rows of a block.
pub struct Rows<'b> {
    /// The rows, in order.
    pub rows: Vec<Row>,
    cells: Vec<Cow<'b, str>>,
    /// Takes rows with quotes apart; made at the first of them, since that takes longer than a row does.
    reader: Option<csv_core::Reader>,
}

/// A row: where it stands, and which cells it has.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its first byte in the table.
    pub offset: u64,
    /// Why its cells cannot be used.
    pub fault: Option<RowFault>,
    first: u32,
    many: u32,
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
}

impl<'b> Rows<'b> {
    /// The cells of a row; those of a faulty one are its first as far as it can be read.
    pub fn cells_of(&self, row: &Row) -> &[Cow<'b, str>] {
        &self.cells[row.first as usize..(row.first + row.many) as usize]
    }

    fn add(&mut self, offset: u64, fault: Option<RowFault>, cells: impl IntoIterator<Item = Cow<'b, str>>) {
        let first = self.cells.len() as u32;
        self.cells.extend(cells);
        self.rows.push(Row { offset, fault, first, many: self.cells.len() as u32 - first });
    }
}

/// Takes a block apart; blank lines are no rows.
pub fn split_rows(block: &Block) -> Rows<'_> {
    let mut rows = Rows { rows: Vec::new(), cells: Vec::new(), reader: None };
    match block.kind {
        BlockKind::Rows => {}
        BlockKind::Unclosed => {
            rows.add(block.offset, Some(RowFault::Unclosed), first_cell(&block.bytes));
            return rows;
        }
        BlockKind::TooLong => {
            rows.add(block.offset, Some(RowFault::TooLong), first_cell(&block.bytes));
            return rows;
        }
    }
    let is_plain = memchr(b'"', &block.bytes).is_none();
    let whole = str::from_utf8(&block.bytes).ok();
    let mut at = 0;
    while at < block.bytes.len() {
        let end = match is_plain || block.is_of_lines {
            true => memchr(b'\n', &block.bytes[at..]).map_or(block.bytes.len(), |end| at + end + 1),
            false => match end_of_row(&block.bytes[at..]) {
                End::At(end) => at + end,
                End::Open(_) => block.bytes.len(),
            },
        };
        let row = without_break(&block.bytes[at..end]);
        if !row.is_empty() {
            let text = whole.map_or_else(|| str::from_utf8(row).ok(), |whole| whole.get(at..at + row.len()));
            rows.split(block.offset + at as u64, row, text, is_plain);
        }
        at = end;
    }
    rows
}

impl<'b> Rows<'b> {
    fn split(&mut self, offset: u64, row: &'b [u8], text: Option<&'b str>, is_plain: bool) {
        if row.len() > LONGEST_ROW {
            return self.add(offset, Some(RowFault::TooLong), first_cell(row));
        }
        let Some(text) = text else {
            return self.add(offset, Some(RowFault::NotText), first_cell(row));
        };
        if is_plain || memchr(b'"', row).is_none() {
            let mut from = 0;
            let ends = memchr_iter(b',', row).chain([row.len()]);
            let cells = ends.map(|end| {
                let cell = &text[from..end];
                from = end + 1;
                Cow::Borrowed(cell)
            });
            return self.add(offset, None, cells);
        }
        if is_open(row) {
            return self.add(offset, Some(RowFault::Unclosed), first_cell(row));
        }
        let cells = quoted_cells(self.reader.get_or_insert_with(reader), row);
        self.add(offset, None, cells.into_iter().map(Cow::Owned));
    }
}

/// A row without the line break that ends it.
fn without_break(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

fn reader() -> csv_core::Reader {
    csv_core::ReaderBuilder::new().terminator(csv_core::Terminator::Any(b'\n')).build()
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
fn first_cell(row: &[u8]) -> Option<Cow<'_, str>> {
    const MOST: usize = 200;
    let row = without_break(&row[..row.len().min(MOST)]);
    let row = row.strip_prefix(b"\"").unwrap_or(row);
    let end = memchr::memchr2(b',', b'"', row).unwrap_or(row.len());
    Some(String::from_utf8_lossy(&row[..end]))
}
