//! A table of clients: a CSV file as a stream of blocks, cut where rows end.
//!
//! It may be of any size, compressed, or a part of a file that others share, so it is never held as
//! a whole. What a cell means is left to the columns.

mod blocks;
mod encoding;
mod gzip;
mod header;
mod layout;
mod quotes;
mod rows;

pub use blocks::{Block, BlockKind, Blocks, LONGEST_ROW, line_breaks};
pub use encoding::Encoding;
pub use gzip::TRAILING;
pub use header::{Header, Naming};
pub use layout::Layout;
pub use rows::{Content, Row, RowFault, split_rows};

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::file_kind::FileKind;
use super::workbook;

/// A part of a file: the one of a number of parts, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

/// A table that is open.
pub struct Clients {
    /// The first row; none if the table has none.
    pub header: Option<Header>,
    /// The other rows.
    pub blocks: Blocks,
    /// Bytes of the file that have been read so far, compressed as they are.
    pub read: Arc<AtomicU64>,
    /// Bytes to read, if it is known.
    pub size: Option<u64>,
    /// How its text is stored.
    pub encoding: Encoding,
}

/// Why a table cannot be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The machine or the file system says so.
    Io(io::Error),
    /// It is compressed, or no file, and so has no parts.
    NotSplittable,
    /// The first row is no header row.
    Header(RowFault),
    /// There is nothing in it.
    Empty,
    /// It is a file of another kind: what it is.
    OtherKind(&'static str),
    /// It is a workbook that cannot be read: why.
    BrokenWorkbook(String),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

type Bytes = Box<dyn Read + Send>;

impl Clients {
    /// Opens a file. `encoding` is how its text is stored; where it is left out, its first bytes say.
    ///
    /// # Errors
    /// It cannot be read, is empty where a header must be, or has no parts.
    pub fn open(
        path: &str,
        has_header: bool,
        shard: Option<Shard>,
        encoding: Option<Encoding>,
    ) -> Result<Self, OpenError> {
        let read = Arc::new(AtomicU64::new(0));
        let file = File::open(path)?;
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(io::Error::from(ErrorKind::IsADirectory).into());
        }
        let size = about.is_file().then_some(about.len());
        let mut whole = Self::whole(path, Box::new(file), (has_header, encoding), (Arc::clone(&read), size))?;
        let Some(shard) = shard else { return Ok(whole) };
        let size = size.filter(|_| whole.blocks.is_as_stored).ok_or(OpenError::NotSplittable)?;
        let (from, to) = part(&mut File::open(path)?, whole.blocks.offset(), size, shard)?;
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from))?;
        read.store(0, Ordering::Relaxed);
        let bytes = Box::new(Counted { inner: file.take(to - from), read: Arc::clone(&read) });
        let separator = whole.blocks.separator();
        whole.blocks = Blocks::of_lines(bytes, from);
        whole.blocks.set_separator(separator);
        whole.size = Some(to - from);
        Ok(whole)
    }

    /// Takes a table from a stream, such as standard input.
    ///
    /// # Errors
    /// It cannot be read, or is empty where a header must be.
    pub fn of_stream(
        name: &str,
        bytes: Box<dyn Read + Send>,
        has_header: bool,
        encoding: Option<Encoding>,
    ) -> Result<Self, OpenError> {
        Self::whole(name, bytes, (has_header, encoding), (Arc::default(), None))
    }

    fn whole(
        name: &str,
        bytes: Bytes,
        (has_header, encoding): (bool, Option<Encoding>),
        (read, size): (Arc<AtomicU64>, Option<u64>),
    ) -> Result<Self, OpenError> {
        let counted = Box::new(Counted { inner: bytes, read: Arc::clone(&read) });
        let (bytes, is_compressed) = decompressed(counted)?;
        let (bytes, encoding) = decoded(bytes, encoding)?;
        let mut blocks = Blocks::new(bytes, 0);
        blocks.is_as_stored = !is_compressed && encoding == Encoding::Utf8;
        blocks.skip_mark();
        blocks.find_separator();
        let header = if has_header { Some(header(name, &mut blocks)?) } else { None };
        Ok(Self { header, blocks, read, size, encoding })
    }
}

/// The bytes as they are, or unpacked if they begin as gzip does.
fn decompressed(mut bytes: Bytes) -> io::Result<(Bytes, bool)> {
    const MAGIC: [u8; 2] = [0x1f, 0x8b];
    let mut first = [0; 2];
    let mut many = 0;
    while many < first.len() {
        match bytes.read(&mut first[many..]) {
            Ok(0) => break,
            Ok(more) => many += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let again = Cursor::new(first[..many].to_vec()).chain(bytes);
    if many == first.len() && first == MAGIC {
        return Ok((Box::new(gzip::Unpacked::new(io::BufReader::with_capacity(1 << 16, again))), true));
    }
    Ok((Box::new(again), false))
}

/// Bytes of a file that are looked at to see how its text is stored.
const START: usize = 1 << 16;

/// The bytes as UTF-8, with how they are stored: as is said, as a byte order mark says, or, in a table
/// whose cells are separated as only spreadsheets do and whose first bytes are not UTF-8, Windows-1252.
fn decoded(mut bytes: Bytes, said: Option<Encoding>) -> Result<(Bytes, Encoding), OpenError> {
    let mut start = vec![0; START];
    let mut many = 0;
    // No more than the first lines are waited for: rows may come slowly.
    while many < START && memchr::memchr(b'\n', &start[..many]).is_none() {
        match bytes.read(&mut start[many..]) {
            Ok(0) => break,
            Ok(more) => many += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    start.truncate(many);
    if FileKind::is_workbook(&start) {
        bytes.read_to_end(&mut start)?;
        let table = workbook::first_sheet(start).map_err(OpenError::BrokenWorkbook)?;
        return Ok((Box::new(Cursor::new(table)), Encoding::Workbook));
    }
    let encoding = said.or_else(|| Encoding::of_mark(&start)).unwrap_or_else(|| guess(&start));
    if encoding == Encoding::Utf8
        && let Some(kind) = FileKind::by_signature(&start)
    {
        return Err(OpenError::OtherKind(kind.name));
    }
    let again = Cursor::new(start).chain(bytes);
    let bytes: Bytes = match encoding {
        Encoding::Utf8 | Encoding::Workbook => Box::new(again),
        encoding => Box::new(encoding::Decoded::new(again, encoding)),
    };
    Ok((bytes, encoding))
}

fn guess(start: &[u8]) -> Encoding {
    let line = memchr::memchr(b'\n', start).map_or(start, |end| &start[..end]);
    let is_of_spreadsheet = memchr::memchr2(b';', b'\t', line).is_some() && memchr::memchr(b',', line).is_none();
    // A letter that is cut at the end is no sign of another encoding.
    let is_broken = std::str::from_utf8(start).is_err_and(|error| error.error_len().is_some());
    if is_of_spreadsheet && is_broken { Encoding::Windows1252 } else { Encoding::Utf8 }
}

/// The first row.
fn header(name: &str, blocks: &mut Blocks) -> Result<Header, OpenError> {
    let block = blocks.first_row()?.ok_or(OpenError::Empty)?;
    Header::new(name, &block).map_err(OpenError::Header)
}

/// The bytes of a part: of as many parts as even in bytes as rows allow, from the first byte after
/// the header on. A row belongs to the part that its first byte lies in.
fn part(file: &mut File, first: u64, size: u64, shard: Shard) -> io::Result<(u64, u64)> {
    let rows = u128::from(size.saturating_sub(first));
    let edge = |number: u64| first + (rows * u128::from(number) / u128::from(shard.of.max(1))) as u64;
    let mut start_of_row = |at: u64| {
        if at <= first || at >= size {
            return Ok(at.clamp(first, size.max(first)));
        }
        file.seek(SeekFrom::Start(at - 1))?;
        let mut passed = at - 1;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => return Ok(size),
                Ok(many) => match memchr::memchr(b'\n', &buffer[..many]) {
                    Some(end) => return Ok(passed + end as u64 + 1),
                    None => passed += many as u64,
                },
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    };
    let from = start_of_row(edge(shard.number - 1))?;
    let to = start_of_row(edge(shard.number))?;
    Ok((from, to))
}

/// Bytes that are counted as they are read.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let many = self.inner.read(buffer)?;
        self.read.fetch_add(many as u64, Ordering::Relaxed);
        Ok(many)
    }
}
