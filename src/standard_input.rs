//! Standard input that Ctrl-C can end the wait for.
//!
//! A read waits until something comes, and whoever stops the run does not want to wait. So another
//! thread reads, and what waits for it looks up now and then.

use std::io::{self, ErrorKind, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use crate::interrupt;

/// Bytes that are read at once, and how many such pieces may wait.
const PIECE: usize = 1 << 16;
const PIECES: usize = 8;

/// How long it waits before it looks whether it should go on.
const LOOK_UP: Duration = Duration::from_millis(100);

/// Standard input, read by a thread of its own.
pub struct StandardInput {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    taken: usize,
}

impl StandardInput {
    /// Begins to read.
    pub fn open() -> Self {
        let (sender, pieces) = sync_channel(PIECES);
        std::thread::spawn(move || {
            let mut input = io::stdin().lock();
            loop {
                let mut piece = vec![0; PIECE];
                let read = match input.read(&mut piece) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                    read => read,
                };
                let is_last = !matches!(read, Ok(1..));
                let read = read.map(|many| {
                    piece.truncate(many);
                    piece
                });
                // Nobody waits for more once the run has ended.
                if sender.send(read).is_err() || is_last {
                    return;
                }
            }
        });
        Self { pieces, piece: Vec::new(), taken: 0 }
    }
}

impl Read for StandardInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.piece.len() {
            match self.pieces.recv_timeout(LOOK_UP) {
                Ok(piece) => {
                    (self.piece, self.taken) = (piece?, 0);
                    if self.piece.is_empty() {
                        return Ok(0);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) if interrupt::is_asked() => {
                    return Err(io::Error::other("the wait was ended"));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
        let mut rest = &self.piece[self.taken..];
        let many = rest.read(buffer)?;
        self.taken += many;
        Ok(many)
    }
}
