//! Rows in, words out: blocks of rows worked on side by side, written in the order they came.
//!
//! A fixed number of blocks is under way at any time: while some are evaluated, those before are
//! written and those after are read.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::{Client, Evaluator, Reject, Tally};
use crate::load::clients::{Block, Blocks, Row, split_rows};

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
    /// Its id, as far as it can be read.
    pub id: String,
    /// Why.
    pub reason: String,
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
    /// It was told to.
    Asked,
}

/// What puts clients into words.
pub type InWords<'w> = &'w (dyn Fn(&[(&str, Client)]) -> Vec<u8> + Sync);

/// What is told of rows and bytes as they are done, and says whether to go on.
pub type Progress<'p> = &'p (dyn Fn(usize, u64) -> bool + Sync);

/// Blocks under way for each thread.
const BLOCKS: usize = 4;

/// Rows that are evaluated in one go, at the least and at the most.
const ROWS: std::ops::RangeInclusive<usize> = 64..=1_024;

/// Evaluates the rows of a table and hands on what they come to. `progress` is told of rows as they
/// are done, and says whether to go on.
///
/// # Errors
/// The table cannot be read, results cannot be written, it was told to stop.
pub fn stream<S: Sink>(
    blocks: &mut Blocks,
    evaluator: &Evaluator,
    in_words: InWords,
    sink: &mut S,
    progress: Progress,
) -> Result<Tally, Stopped<S::Error>> {
    let wave = rayon::current_num_threads().max(1) * BLOCKS;
    let is_stopped = AtomicBool::new(false);
    let worker = Worker { evaluator, in_words, progress, is_stopped: &is_stopped };
    let mut tally = Tally::default();
    let mut read = read_some(blocks, wave).map_err(Stopped::Read)?;
    let mut done: Vec<Piece> = Vec::new();
    loop {
        let (worked, moved) = rayon::join(
            || worker.pieces(&read),
            || {
                let written = write(std::mem::take(&mut done), sink, &mut tally).map_err(Stopped::Write);
                let next = written.and_then(|()| read_some(blocks, wave).map_err(Stopped::Read));
                is_stopped.fetch_or(next.is_err(), Ordering::Relaxed);
                next
            },
        );
        let is_end = read.is_empty();
        read = moved?;
        if is_stopped.load(Ordering::Relaxed) {
            return Err(Stopped::Asked);
        }
        if is_end {
            return Ok(tally);
        }
        done = worked;
    }
}

fn read_some(blocks: &mut Blocks, many: usize) -> io::Result<Vec<Block>> {
    let mut read = Vec::with_capacity(many);
    while read.len() < many
        && let Some(block) = blocks.next_block()?
    {
        read.push(block);
    }
    Ok(read)
}

/// What some rows came to.
#[derive(Default)]
struct Piece {
    words: Vec<u8>,
    /// Row numbers count from the piece's first row, from 0.
    rejects: Vec<Rejected>,
    tally: Tally,
}

fn write<S: Sink>(pieces: Vec<Piece>, sink: &mut S, tally: &mut Tally) -> Result<(), S::Error> {
    for piece in pieces {
        sink.rows(&piece.words)?;
        for mut rejected in piece.rejects {
            rejected.row += tally.rows + 1;
            sink.reject(&rejected)?;
        }
        tally.append(piece.tally);
    }
    Ok(())
}

struct Worker<'w> {
    evaluator: &'w Evaluator,
    in_words: InWords<'w>,
    progress: Progress<'w>,
    is_stopped: &'w AtomicBool,
}

impl Worker<'_> {
    fn pieces(&self, blocks: &[Block]) -> Vec<Piece> {
        blocks.par_iter().flat_map(|block| self.of_block(block)).collect()
    }

    fn of_block(&self, block: &Block) -> Vec<Piece> {
        let rows = split_rows(block);
        let share = rows.len().div_ceil(rayon::current_num_threads().max(1));
        let many = share.clamp(*ROWS.start(), *ROWS.end());
        let end = block.offset + block.bytes.len() as u64;
        let piece = |(number, some): (usize, &[Row])| {
            let next = rows.get((number + 1) * many).map_or(end, |row| row.offset);
            let from = if number == 0 { block.offset } else { some[0].offset };
            if self.is_stopped.load(Ordering::Relaxed) {
                return Piece::default();
            }
            let piece = self.piece(some);
            if !(self.progress)(some.len(), next - from) {
                self.is_stopped.store(true, Ordering::Relaxed);
            }
            piece
        };
        rows.par_chunks(many).enumerate().map(piece).collect()
    }

    fn piece(&self, rows: &[Row]) -> Piece {
        let mut piece = Piece::default();
        let batch = self.evaluator.block(rows);
        let mut clients: Vec<(&str, Client)> = Vec::with_capacity(rows.len());
        for (number, row) in rows.iter().enumerate() {
            match batch.client(number) {
                Ok(client) => clients.push((row.first(), client)),
                Err(Reject(reason)) => {
                    let (id, reason) = (row.first().to_string(), reason.clone());
                    piece.rejects.push(Rejected { row: number as u64, id, reason, offset: row.offset });
                    piece.tally.reject();
                }
            }
        }
        piece.tally.add(clients.iter().map(|(_, client)| client));
        piece.words = (self.in_words)(&clients);
        piece
    }
}
