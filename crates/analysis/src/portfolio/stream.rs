//! Rows in, words out, in the order they came.
//!
//! Every thread takes the next block of rows, works on it alone, and hands in what it came to; anyone who
//! hands in what is next in order writes all that is ready. Threads wait for each other only to take a
//! block, and where those before are so slow that too much would wait to be written.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::{Client, Evaluator, Fault, Reject, Summary};
use comanage_format::load::clients::{Block, Blocks, line_breaks, split_rows};

/// Where results go.
pub trait Sink: Send {
    /// Why it cannot take them.
    type Error: Send;

    /// Takes rows in words, in their order.
    ///
    /// # Errors
    /// They cannot be written.
    fn rows(&mut self, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Takes a row that is no client.
    ///
    /// # Errors
    /// It cannot be written.
    fn reject(&mut self, rejected: &Rejected) -> Result<(), Self::Error>;
}

/// A row that is no client.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// Its number, from 1; blank lines and the header do not count.
    pub row: u64,
    /// The line of the file in which it begins, from 1, as a spreadsheet counts; none in a part of a file.
    pub line: Option<u64>,
    /// Its id, as far as it can be read.
    pub id: String,
    /// Everything that is wrong with it.
    pub faults: Vec<Fault>,
    /// Its first byte in the table, from 0.
    pub offset: u64,
}

/// Why a stream did not come to its end.
#[derive(Debug)]
pub enum Stopped<E> {
    /// The table cannot be read.
    Read(io::Error),
    /// Results cannot be written.
    Write(E),
    /// It was reported to.
    Request,
}

/// A client with what tells it apart.
#[derive(Clone, Copy, Debug)]
pub struct Named<'r> {
    /// The id of the client, as the table has it.
    pub id: &'r str,
    /// Its name, where the table has a column for it.
    pub name: Option<&'r str>,
    /// The first byte of its row in the table.
    pub offset: u64,
    /// What it comes to.
    pub client: Client<'r>,
}

/// What puts clients into words, after those before.
pub type Formatter<'w> = &'w (dyn Fn(&[Named<'_>], &mut Vec<u8>) + Sync);

/// What is reported of rows and bytes as they are done, and says whether to go on.
pub type Progress<'p> = &'p (dyn Fn(usize, u64) -> bool + Sync);

/// Blocks for each thread that may be read and not yet be written.
const AHEAD: u64 = 8;

/// Bytes of a block at the least: the first ones are small, so that few rows keep every thread busy
/// too; they double after this many blocks for each thread.
const SMALLEST: usize = 1 << 12;
const LARGEST: usize = 1 << 18;
const OF_A_SIZE: u64 = 4;

/// Rows that are evaluated in one go, at the most.
const ROWS: usize = 2_048;

/// Evaluates the rows of a table and hands on what they come to. `progress` is reported of rows as they
/// are done, and says whether to go on. What is before the place where a table cannot be read is
/// handed on.
///
/// It keeps all threads of the pool it runs on until it ends: no other stream may run there meanwhile,
/// for a thread that waits in one might take up the other.
///
/// # Errors
/// The table cannot be read, results cannot be written, it was reported to stop.
pub fn stream<S: Sink>(
    blocks: &mut Blocks,
    evaluator: &Evaluator,
    in_words: Formatter,
    sink: &mut S,
    progress: Progress,
) -> Result<Summary, Stopped<S::Error>> {
    let threads = rayon::current_num_threads().max(1) as u64;
    let stream = Stream {
        threads,
        source: Mutex::new(Source { blocks, taken: 0, is_over: false }),
        order: Mutex::new(Order::new(sink)),
        is_written: Condvar::new(),
        evaluator,
        in_words,
        progress,
    };
    let tallies = rayon::broadcast(|_| stream.work());
    let order = stream.order.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(stopped) = order.stopped {
        return Err(stopped);
    }
    let mut tally = Summary::default();
    tallies.into_iter().for_each(|of_thread| tally.append(of_thread));
    tally.sort();
    Ok(tally)
}

/// What all threads share.
struct Stream<'s, S: Sink> {
    threads: u64,
    source: Mutex<Source<'s>>,
    order: Mutex<Order<'s, S>>,
    /// Told when something has been written, or the stream is stopped.
    is_written: Condvar,
    evaluator: &'s Evaluator,
    in_words: Formatter<'s>,
    progress: Progress<'s>,
}

/// Where blocks come from.
struct Source<'s> {
    blocks: &'s mut Blocks,
    /// How many have been taken.
    taken: u64,
    is_over: bool,
}

/// What is done and what is written, in order.
struct Order<'s, S: Sink> {
    /// Where results go; none while a thread writes.
    sink: Option<&'s mut S>,
    /// The number of the next block to write.
    next: u64,
    /// Rows written.
    rows: u64,
    /// Blocks that are done and not written, by number; why there is none at the end of what can be read.
    done: BTreeMap<u64, io::Result<Chunk>>,
    stopped: Option<Stopped<S::Error>>,
}

/// What the rows of a block came to.
struct Chunk {
    words: Vec<u8>,
    /// Row numbers count from the block's first row, from 0.
    rejects: Vec<Rejected>,
    rows: u64,
}

impl<'s, S: Sink> Stream<'s, S> {
    /// Works on blocks until there are no more, and gives the tally of them.
    fn work(&self) -> Summary {
        let _all_end = AllEnd(self);
        let mut tally = Summary::default();
        while let Some((number, block)) = self.next_block() {
            let piece = self.piece(&block, &mut tally);
            let goes_on = (self.progress)(piece.rows as usize, block.bytes.len() as u64);
            self.hand_in(number, Ok(piece));
            if !goes_on {
                self.stop(Stopped::Request);
            }
        }
        tally
    }

    /// The next block with its number; none at the end, and where the stream is stopped.
    fn next_block(&self) -> Option<(u64, Block)> {
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        if source.is_over || !self.has_room(source.taken) {
            return None;
        }
        let number = source.taken;
        let doublings = (number / (OF_A_SIZE * self.threads)).min(u64::from(usize::BITS - 1));
        let block = source.blocks.next_block(SMALLEST.saturating_mul(1 << doublings).min(LARGEST));
        source.taken += 1;
        source.is_over = !matches!(block, Ok(Some(_)));
        drop(source);
        match block {
            Ok(block) => block.map(|block| (number, block)),
            Err(error) => {
                self.hand_in(number, Err(error));
                None
            }
        }
    }

    /// Waits until not too much waits to be written; false if the stream is stopped.
    fn has_room(&self, number: u64) -> bool {
        let is_full = |order: &mut Order<S>| order.stopped.is_none() && number >= order.next + AHEAD * self.threads;
        let order = self.is_written.wait_while(self.order(), is_full).unwrap_or_else(PoisonError::into_inner);
        order.stopped.is_none()
    }

    fn order(&self) -> MutexGuard<'_, Order<'s, S>> {
        self.order.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what a block came to, and writes what is next in order if no one does.
    fn hand_in(&self, number: u64, piece: io::Result<Chunk>) {
        let mut order = self.order();
        order.done.insert(number, piece);
        while let Some((piece, sink)) = order.take_next() {
            let before = order.rows;
            drop(order);
            let written = piece.map_err(Stopped::Read).and_then(|piece| piece.write(before, sink));
            order = self.order();
            order.sink = Some(sink);
            order.next += 1;
            match written {
                Ok(rows) => order.rows += rows,
                Err(why) => order.stop(why),
            }
            self.is_written.notify_all();
        }
    }

    fn stop(&self, why: Stopped<S::Error>) {
        self.order().stop(why);
        self.is_written.notify_all();
    }

    fn piece(&self, block: &Block, tally: &mut Summary) -> Chunk {
        let rows = split_rows(block);
        let mut piece = Chunk { words: Vec::new(), rejects: Vec::new(), rows: rows.len() as u64 };
        let mut lines = LineCount { block, at: 0, line: block.line };
        for (chunk, some) in rows.chunks(ROWS).enumerate() {
            let batch = self.evaluator.block(some);
            let mut clients: Vec<Named<'_>> = Vec::with_capacity(some.len());
            for (number, row) in some.iter().enumerate() {
                match batch.client(number) {
                    Ok(client) => {
                        let (id, name, offset) = (row.first(), row.name.as_deref(), row.offset);
                        clients.push(Named { id, name, offset, client });
                    }
                    Err(Reject(faults)) => {
                        piece.rejects.push(Rejected {
                            row: (chunk * ROWS + number) as u64,
                            line: lines.of(row.offset),
                            id: row.first().to_string(),
                            faults: faults.clone(),
                            offset: row.offset,
                        });
                        tally.reject();
                    }
                }
            }
            tally.add(clients.iter().map(|of| &of.client));
            (self.in_words)(&clients, &mut piece.words);
        }
        piece
    }
}

/// Counts the lines of a block up to rows, which are asked for in their order.
struct LineCount<'b> {
    block: &'b Block,
    /// The byte up to which lines are counted.
    at: usize,
    line: Option<u64>,
}

impl LineCount<'_> {
    /// The line in which the row with an offset begins.
    fn of(&mut self, offset: u64) -> Option<u64> {
        let to = (offset - self.block.offset) as usize;
        self.line = self.line.map(|line| line + line_breaks(&self.block.bytes[self.at..to]));
        self.at = to;
        self.line
    }
}

/// Lets the other threads end where one of them panics: they would wait for its block for ever.
struct AllEnd<'w, 's, S: Sink>(&'w Stream<'s, S>);

impl<S: Sink> Drop for AllEnd<'_, '_, S> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop(Stopped::Request);
        }
    }
}

impl<'s, S: Sink> Order<'s, S> {
    fn new(sink: &'s mut S) -> Self {
        Self { sink: Some(sink), next: 0, rows: 0, done: BTreeMap::new(), stopped: None }
    }

    /// What is next to be written, with where to, if it is done and no one writes.
    fn take_next(&mut self) -> Option<(io::Result<Chunk>, &'s mut S)> {
        if self.sink.is_none() || self.stopped.is_some() {
            return None;
        }
        let piece = self.done.remove(&self.next)?;
        Some((piece, self.sink.take()?))
    }

    /// Stops for a reason; the first one counts.
    fn stop(&mut self, why: Stopped<S::Error>) {
        self.stopped.get_or_insert(why);
    }
}

impl Chunk {
    /// Writes it, after this many rows, and gives the number of its own.
    fn write<S: Sink>(&self, before: u64, sink: &mut S) -> Result<u64, Stopped<S::Error>> {
        sink.rows(&self.words).map_err(Stopped::Write)?;
        for rejected in &self.rejects {
            let rejected = Rejected { row: before + rejected.row + 1, ..rejected.clone() };
            sink.reject(&rejected).map_err(Stopped::Write)?;
        }
        Ok(self.rows)
    }
}
