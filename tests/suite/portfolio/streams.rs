//! Streams of rows: what goes in comes out once and in order, and whatever ends one ends all of it.

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use comanage_analysis::portfolio::{Detail, Evaluator, Named, Rejected, Sink, Stopped, Summary, stream};
use comanage_format::load::Document;
use comanage_format::load::clients::Clients;

use crate::common::repository;

const ROWS: usize = 6_000;

/// A table in which every hundredth row is none.
fn table() -> Vec<u8> {
    let row = |number: usize| match number % 100 {
        0 => format!("c{number:05},many\n"),
        _ => format!("c{number:05},{}\n", 20 + number % 200),
    };
    format!("id,organization.users\n{}", (0..ROWS).map(row).collect::<String>()).into_bytes()
}

/// Takes ids, and fails after so many calls.
struct Ids {
    seen: String,
    rejects: Vec<u64>,
    left: usize,
}

impl Sink for Ids {
    type Error = &'static str;

    fn rows(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        self.left = self.left.checked_sub(1).ok_or("full")?;
        self.seen += std::str::from_utf8(bytes).expect("ids are text");
        std::thread::sleep(Duration::from_millis((self.left % 3) as u64));
        Ok(())
    }

    fn reject(&mut self, rejected: &Rejected) -> Result<(), Self::Error> {
        self.rejects.push(rejected.row);
        Ok(())
    }
}

/// Streams a table on so many threads, into a sink that takes so many pieces; `words` is told of each piece.
fn streamed(
    bytes: Box<dyn Read + Send>,
    threads: usize,
    max: usize,
    words: &(dyn Fn(usize) + Sync),
) -> (Result<Summary, Stopped<&'static str>>, Ids) {
    let document = Document::open(&repository("scenarios/strong-team.toml").to_string_lossy());
    let scenario = document.read().scenario.expect("it is a scenario");
    let columns = document.columns(&["organization.users"]).expect("it is there");
    let evaluator = Evaluator::new(&document, &scenario, columns, Detail::Totals);
    let mut clients = Clients::of_stream("t.csv", bytes, true, None).expect("it can be opened");
    let mut ids = Ids { seen: String::new(), rejects: Vec::new(), left: max };
    let pieces = AtomicUsize::new(0);
    let in_words = |clients: &[Named<'_>], out: &mut Vec<u8>| {
        words(pieces.fetch_add(1, Ordering::Relaxed));
        clients.iter().for_each(|of| out.extend(format!("{}\n", of.id).bytes()));
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    let tally = pool.install(|| stream(&mut clients.blocks, &evaluator, &in_words, &mut ids, &|_, _| true));
    (tally, ids)
}

#[test]
fn rows_come_out_in_order_however_long_each_takes() {
    let expected: String =
        (0..ROWS).filter(|number| number % 100 != 0).map(|number| format!("c{number:05}\n")).collect();
    for threads in [1, 2, 5] {
        let slow = |piece: usize| std::thread::sleep(Duration::from_millis((piece * 7 % 5) as u64));
        let (tally, ids) = streamed(Box::new(Cursor::new(table())), threads, usize::MAX, &slow);
        let tally = tally.unwrap_or_else(|stopped| panic!("nothing stops it: {stopped:?}"));
        assert_eq!((tally.rows, tally.rejects), (ROWS as u64, ROWS as u64 / 100));
        assert_eq!(ids.seen, expected, "{threads} threads");
        assert!(ids.rejects.iter().copied().eq((0..ROWS as u64).step_by(100).map(|number| number + 1)));
    }
}

#[test]
fn a_sink_that_fails_ends_all() {
    for threads in [1, 3] {
        let (tally, _) = streamed(Box::new(Cursor::new(table())), threads, 3, &|_| {});
        assert!(matches!(tally, Err(Stopped::Write("full"))), "{tally:?}");
    }
}

#[test]
fn a_table_that_cannot_be_read_on_ends_after_what_was_read() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    for threads in [1, 3] {
        let (tally, ids) = streamed(Box::new(Cursor::new(table()).chain(Broken)), threads, usize::MAX, &|_| {});
        assert!(matches!(&tally, Err(Stopped::Read(error)) if error.to_string() == "gone"), "{tally:?}");
        let read = ids.seen.lines().count() + ids.rejects.len();
        assert!(ids.seen.starts_with("c00001\nc00002\n") && read == ROWS, "{threads} threads: {read} rows");
    }
}

/// None waits for the piece of a thread that is gone.
#[test]
fn a_panic_ends_all() {
    for threads in [1, 3] {
        let words = |piece: usize| assert!(piece != 2, "this one is meant");
        let ended = catch_unwind(AssertUnwindSafe(|| {
            streamed(Box::new(Cursor::new(table().repeat(8))), threads, usize::MAX, &words)
        }));
        assert!(ended.is_err());
    }
}
