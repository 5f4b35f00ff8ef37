//! A table of clients: the rows are the same whatever is read at once, and every row is a client or a
//! reject; heads are columns or are refused at their place.
//!
//! The first byte says in which pieces the rest is read, and whether its first row has the heads.

use std::io::{self, Cursor, Read};
use std::sync::{Arc, LazyLock};

use comanage_analysis::portfolio::{Detail, Evaluator, Named, Rejected, Sink, Summary, stream};
use comanage_format::load::Document;
use comanage_format::load::clients::{Clients, Naming, RowFault, split_rows};
use comanage_model::diagnostic::render;
use comanage_model::scenario::Scenario;

const BASE: &str = "schema = 1\nname = \"Base\"\ncurrency = \"USD\"\nterm_months = 2\n\
    [organization]\nusers = 10\n[services.desk]\nhours = \"24x7\"\nhours_per_month = 5\n\
    [[team]]\nrole = \"IT\"\nheadcount = 1\nsalary = 50_000\nservices = [\"desk\"]\nhours = \"mon-fri 08:00-17:00\"\n\
    [offers.one]\nper_user = { rate = 90, minimum = 3 }\ncovers = \"all\"\n";

static DOCUMENT: LazyLock<Document> =
    LazyLock::new(|| Document::parse("base.toml", BASE.as_bytes(), &mut |_| Err(io::ErrorKind::NotFound.into())));

static SCENARIO: LazyLock<Scenario> = LazyLock::new(|| DOCUMENT.read().scenario.expect("the base is valid"));

static EVALUATOR: LazyLock<Evaluator> = LazyLock::new(|| {
    let columns = DOCUMENT.columns(&["organization.users", "offers.one.per_user.rate"]).expect("they are there");
    Evaluator::new(&DOCUMENT, &SCENARIO, columns, Detail::Everything)
});

/// Reads bytes as a table of clients.
pub fn run(bytes: &[u8]) {
    let Some((&pieces, bytes)) = bytes.split_first() else { return };
    // What begins as gzip does is another matter: unpacked it may be of any size.
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return;
    }
    if pieces % 4 == 0 {
        return with_heads(bytes);
    }
    let Some(rows) = rows(Cursor::new(bytes.to_vec()), BLOCK) else { return };
    match pieces % 4 {
        1 => assert_eq!(rows, rows_of_blocks(bytes, pieces)),
        _ => assert_eq!(rows, rows_of_pieces(bytes, pieces)),
    }
    assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0), "rows stand in their order");
    assert!(rows.iter().all(|(offset, _)| *offset < bytes.len() as u64));
    are_clients_or_rejects(bytes, &rows);
}

/// A row: where it begins, and its cells or why it has none.
type Row = (u64, Result<Vec<String>, RowFault>);

/// Bytes of a block.
const BLOCK: usize = 1 << 16;

/// The rows of a table that is read in pieces, and in blocks of their size.
fn rows_of_pieces(bytes: &[u8], pieces: u8) -> Vec<Row> {
    let size = usize::from(pieces).max(bytes.len() / 16 + 1);
    let pieces = Pieces { bytes: Cursor::new(bytes.to_vec()), size, first: usize::from(pieces % 7) + 1 };
    rows(pieces, size).expect("it was opened before")
}

/// The rows of a table that follow on a row so long that the first block ends somewhere in them.
fn rows_of_blocks(bytes: &[u8], place: u8) -> Vec<Row> {
    const MARK: &[u8] = &[0xef, 0xbb, 0xbf];
    let bytes = bytes.strip_prefix(MARK).map_or_else(|| bytes.to_vec(), |rest| [b"\n\r\n", rest].concat());
    let shift = BLOCK - bytes.len() * usize::from(place) / usize::from(u8::MAX);
    let mut table = vec![b'x'; shift - 1];
    table.push(b'\n');
    table.extend(bytes);
    let mut found = rows(Cursor::new(table), BLOCK).expect("memory can be read");
    drop(found.remove(0));
    found.iter_mut().for_each(|(offset, _)| *offset -= shift as u64);
    found
}

/// The rows of a table, in blocks of a size.
fn rows(bytes: impl Read + Send + 'static, size: usize) -> Option<Vec<Row>> {
    let mut clients = Clients::of_stream("clients.csv", Box::new(bytes), false, None).ok()?;
    let mut found = Vec::new();
    while let Some(block) = clients.blocks.next_block(size).expect("memory can be read") {
        found.extend(split_rows(&block).iter().map(|row| {
            let cells = row.cells().into_iter().map(String::from).collect();
            (row.offset, row.fault().map_or(Ok(cells), Err))
        }));
    }
    Some(found)
}

/// Bytes that come in pieces.
struct Pieces {
    bytes: Cursor<Vec<u8>>,
    size: usize,
    first: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = std::mem::replace(&mut self.first, self.size);
        let many = buffer.len().min(size);
        self.bytes.read(&mut buffer[..many])
    }
}

/// Counts what comes out.
#[derive(Default)]
struct Counts {
    clients: usize,
    rejects: Vec<(u64, u64)>,
}

impl Sink for Counts {
    type Error = ();

    fn rows(&mut self, bytes: &[u8]) -> Result<(), ()> {
        self.clients += bytes.len();
        Ok(())
    }

    fn reject(&mut self, rejected: &Rejected) -> Result<(), ()> {
        assert!(!rejected.faults.is_empty());
        self.rejects.push((rejected.row, rejected.offset));
        Ok(())
    }
}

fn are_clients_or_rejects(bytes: &[u8], rows: &[Row]) {
    let table = Box::new(Cursor::new(bytes.to_vec()));
    let mut clients = Clients::of_stream("clients.csv", table, false, None).expect("it was opened before");
    let (tally, counts) = evaluated(&mut clients, &EVALUATOR);
    assert_eq!(tally.rows, rows.len() as u64);
    for (number, offset) in counts.rejects {
        assert_eq!(rows[number as usize - 1].0, offset, "a reject is where its row is");
    }
    let faulty = rows.iter().filter(|(_, row)| row.is_err()).count();
    assert!(tally.rejects >= faulty as u64);
}

/// Evaluates the rows of a table: rows in are clients and rejects together.
fn evaluated(clients: &mut Clients, evaluator: &Evaluator) -> (Summary, Counts) {
    let mut counts = Counts::default();
    // A byte for each client.
    let in_words = |clients: &[Named<'_>], words: &mut Vec<u8>| words.resize(words.len() + clients.len(), b'.');
    let tally = stream(&mut clients.blocks, evaluator, &in_words, &mut counts, &|_, _| true);
    let tally = tally.unwrap_or_else(|_| panic!("nothing stops it"));
    assert_eq!(tally.rejects, counts.rejects.len() as u64);
    assert_eq!(tally.rows, (counts.clients + counts.rejects.len()) as u64);
    (tally, counts)
}

fn with_heads(bytes: &[u8]) {
    let Ok(mut clients) = Clients::of_stream("clients.csv", Box::new(Cursor::new(bytes.to_vec())), true, None) else {
        return;
    };
    let header = clients.header.take().expect("a table with heads has them");
    match header.columns(&DOCUMENT, &Naming::default(), false) {
        Ok((columns, layout)) => {
            assert_eq!(columns.len(), layout.values.len());
            clients.blocks.layout = (!layout.is_standard()).then(|| Arc::new(layout));
            evaluated(&mut clients, &Evaluator::new(&DOCUMENT, &SCENARIO, columns, Detail::Everything));
        }
        Err(problems) => {
            for span in problems.iter().filter_map(|problem| problem.span.as_ref()) {
                let text = &header.sources.0[span.file].text;
                assert!(text.get(span.range.clone()).is_some(), "{span:?} is no place in {text:?}");
            }
            render(&problems[..problems.len().min(2)], &header.sources, false);
        }
    }
}
