//! Blocks of a table: bytes that end where a row ends.
//!
//! A block is as large as the rows in it need, and no row may be longer than [`LONGEST_ROW`], so
//! memory has a bound whatever the file holds. A row that is too long, and a quote that is opened
//! and not closed, cost that one row and none of the others. Where a block is cut depends on the
//! reads; what the rows are does not.

use std::io::{self, ErrorKind, Read};
use std::sync::Arc;

use memchr::{memchr, memrchr};

use super::layout::Layout;
use super::quotes::{End, end_of_row};

/// Bytes of the longest row.
pub const LONGEST_ROW: usize = 1 << 20;

/// Bytes that are read at once.
const READ: usize = 1 << 16;

/// Rows in a piece.
pub struct Block {
    /// The bytes, line breaks included.
    pub bytes: Vec<u8>,
    /// Where they begin in the table.
    pub offset: u64,
    /// What they are.
    pub kind: BlockKind,
    /// The line of the file in which they begin, from 1, if that is known.
    pub line: Option<u64>,
    /// Whether a line break always ends a row, in quotes as elsewhere.
    pub is_of_lines: bool,
    /// What separates cells.
    pub separator: u8,
    /// How the cells of a row are arranged; none where they are as they must be, with commas between them.
    pub layout: Option<Arc<Layout>>,
}

impl Block {
    /// A block of rows as they must be, such as a row that was typed.
    pub fn standard(bytes: Vec<u8>) -> Self {
        let kind = BlockKind::Rows;
        Self { bytes, offset: 0, kind, line: Some(1), is_of_lines: false, separator: b',', layout: None }
    }
}

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Rows.
    Rows,
    /// One line, in which a quote is opened that is not closed.
    Unclosed,
    /// The beginning of one row that is too long.
    TooLong,
}

/// The blocks of a table, in order.
pub struct Blocks {
    bytes: Box<dyn Read + Send>,
    /// What has been read and not been given away.
    held: Vec<u8>,
    /// Where it begins in the table.
    offset: u64,
    is_at_end: bool,
    /// Why it cannot be read on; told once the rows before are given away.
    error: Option<io::Error>,
    is_of_lines: bool,
    /// The line of the file in which it begins, from 1; none for a part of a file.
    line: Option<u64>,
    separator: u8,
    /// How the cells of rows are arranged, where that is not as they must be.
    pub layout: Option<Arc<Layout>>,
    /// Whether the bytes are those of the file, and not unpacked or decoded on the way.
    pub is_as_stored: bool,
}

impl Blocks {
    /// The blocks of some bytes, which begin at an offset.
    pub fn new(bytes: Box<dyn Read + Send>, offset: u64) -> Self {
        Self {
            bytes,
            held: Vec::new(),
            offset,
            is_at_end: false,
            error: None,
            is_of_lines: false,
            line: Some(1),
            separator: b',',
            layout: None,
            is_as_stored: true,
        }
    }

    /// The same where every line break ends a row, so that a reader may begin at any of them.
    pub fn of_lines(bytes: Box<dyn Read + Send>, offset: u64) -> Self {
        Self { is_of_lines: true, line: None, ..Self::new(bytes, offset) }
    }

    /// Where the next block begins.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Passes over a byte order mark.
    pub fn skip_mark(&mut self) {
        const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
        self.fill(MARK.len());
        if self.held.starts_with(&MARK) {
            self.take(MARK.len());
        }
    }

    /// What separates cells.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// Sets what separates cells.
    pub fn set_separator(&mut self, separator: u8) {
        self.separator = separator;
    }

    /// Finds what separates cells: what a first line such as `sep=;` says, else which of comma,
    /// semicolon and tab the first line has most of.
    pub fn find_separator(&mut self) {
        self.fill(READ);
        let line_end = memchr(b'\n', &self.held).map_or(self.held.len(), |end| end + 1);
        let line = &self.held[..line_end];
        let said = line.strip_prefix(b"sep=").and_then(|rest| rest.first().copied().filter(u8::is_ascii));
        if let Some(separator) = said {
            self.take(line_end);
            self.separator = separator;
            return;
        }
        let bare: Vec<u8> = outside_quotes(line).collect();
        let count = |separator: u8| memchr::memchr_iter(separator, &bare).count();
        // The last of those that are equal wins.
        self.separator = [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',');
    }

    /// The next row that is not blank, alone in a block.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn first_row(&mut self) -> io::Result<Option<Block>> {
        loop {
            self.fill(1);
            if self.held.is_empty() {
                return self.error.take().map_or(Ok(None), Err);
            }
            let block = self.one_row()?;
            if !is_blank(&block.bytes, self.separator) {
                return Ok(Some(block));
            }
        }
    }

    /// The next block, of at most this many bytes if a row is not longer.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn next_block(&mut self, size: usize) -> io::Result<Option<Block>> {
        self.fill(size);
        if self.held.is_empty() {
            return self.error.take().map_or(Ok(None), Err);
        }
        match self.last_end(size) {
            0 => self.one_row().map(Some),
            end => Ok(Some(self.block(end, BlockKind::Rows))),
        }
    }

    /// The end of the last row that is whole within this many bytes; 0 if none is, or the first has a
    /// fault.
    fn last_end(&self, size: usize) -> usize {
        let held = &self.held[..self.held.len().min(size)];
        if self.is_of_lines || memchr(b'"', held).is_none() {
            return memrchr(b'\n', held).map_or(0, |end| end + 1);
        }
        let mut end = 0;
        while let End::At(next) = end_of_row(within(&held[end..]), self.separator) {
            end += next;
        }
        end
    }

    /// The first row that is held, alone, whatever is wrong with it.
    fn one_row(&mut self) -> io::Result<Block> {
        loop {
            let has_room = self.held.len() < LONGEST_ROW + 2;
            let end = self.end_of_first();
            if matches!(end, End::Open(_))
                && let Some(error) = self.error.take()
            {
                // No one knows how the row goes on.
                return Err(error);
            }
            match end {
                End::At(end) => return Ok(self.block(end, BlockKind::Rows)),
                End::Open(_) if has_room && !self.is_at_end => self.fill(self.held.len() + READ),
                End::Open(true) if memchr(b'\n', within(&self.held)).is_some() || has_room => {
                    let line = memchr(b'\n', &self.held).map_or(self.held.len(), |end| end + 1);
                    return Ok(self.block(line, BlockKind::Unclosed));
                }
                End::Open(false) if has_room => return Ok(self.block(self.held.len(), BlockKind::Rows)),
                End::Open(_) => return self.too_long(),
            }
        }
    }

    fn end_of_first(&self) -> End {
        let held = within(&self.held);
        if self.is_of_lines {
            return memchr(b'\n', held).map_or(End::Open(false), |end| End::At(end + 1));
        }
        end_of_row(held, self.separator)
    }

    /// The beginning of a row that is too long; the rest of it is passed over.
    fn too_long(&mut self) -> io::Result<Block> {
        const KEPT: usize = 1 << 12;
        let block = self.described(self.held[..KEPT].to_vec(), BlockKind::TooLong);
        loop {
            match memchr(b'\n', &self.held) {
                Some(end) => {
                    self.take(end + 1);
                    return Ok(block);
                }
                None => {
                    self.take(self.held.len());
                    self.fill(READ);
                    if self.held.is_empty() {
                        return self.error.take().map_or(Ok(block), Err);
                    }
                }
            }
        }
    }

    fn block(&mut self, end: usize, kind: BlockKind) -> Block {
        let block = self.described(Vec::new(), kind);
        Block { bytes: self.take(end), ..block }
    }

    fn described(&self, bytes: Vec<u8>, kind: BlockKind) -> Block {
        let Self { offset, line, is_of_lines, separator, .. } = *self;
        Block { bytes, offset, line, kind, is_of_lines, separator, layout: self.layout.clone() }
    }

    /// Gives the first bytes away.
    fn take(&mut self, many: usize) -> Vec<u8> {
        self.offset += many as u64;
        self.line = self.line.map(|line| line + line_breaks(&self.held[..many]));
        let rest = self.held.split_off(many);
        std::mem::replace(&mut self.held, rest)
    }

    /// Reads until this many bytes are held, or there are no more.
    fn fill(&mut self, many: usize) {
        while self.held.len() < many && !self.is_at_end {
            let before = self.held.len();
            self.held.resize(before + READ, 0);
            let read = self.bytes.read(&mut self.held[before..]);
            self.held.truncate(before + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.is_at_end = true,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => (self.is_at_end, self.error) = (true, Some(error)),
            }
        }
    }
}

/// The bytes of a line that are in no quotes.
fn outside_quotes(line: &[u8]) -> impl Iterator<Item = u8> {
    let mut is_quoted = false;
    line.iter().copied().filter(move |byte| {
        is_quoted ^= *byte == b'"';
        !is_quoted
    })
}

/// How many lines end in some bytes.
pub fn line_breaks(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Whether a row says nothing: spreadsheets write separators alone for rows that are empty.
pub(super) fn is_blank(row: &[u8], separator: u8) -> bool {
    row.iter().all(|byte| *byte == separator || matches!(byte, b'\r' | b'\n' | b' '))
}

/// As many bytes as a row may have, with its line break.
fn within(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(LONGEST_ROW + 2)]
}
