//! Ctrl-C: the run ends at once, wherever it is, and leaves nothing behind. What a search has found so far is
//! said.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::failure::Exit;
use crate::files::{Files, Progress};

/// What a search has found so far, and how far it is.
#[derive(Debug)]
struct SoFar {
    /// What was found.
    found: Option<String>,
    /// Parts of the pass that are done, and all of them.
    parts: (u64, u64),
}

static SO_FAR: Mutex<SoFar> = Mutex::new(SoFar { found: None, parts: (0, 0) });

fn with_so_far<T>(ask: impl FnOnce(&mut SoFar) -> T) -> T {
    ask(&mut SO_FAR.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Remembers what a search has found, to be said if it is interrupted.
pub fn remember(found: &str) {
    with_so_far(|so_far| so_far.found = Some(found.to_string()));
}

/// Remembers how far a pass over all mixes is.
pub fn advance(done: u64, all: u64) {
    with_so_far(|so_far| so_far.parts = (done, all));
}

/// Forgets a search that is over.
pub fn forget() {
    with_so_far(|so_far| *so_far = SoFar { found: None, parts: (0, 0) });
}

/// What there is to say of an interrupted search; none if there was none.
fn so_far() -> Option<String> {
    with_so_far(|so_far| match (&so_far.found, so_far.parts) {
        (None, (_, 0)) => None,
        (found, (done, all)) => {
            let found = found.clone().unwrap_or_else(|| "no mix that meets the targets so far".to_string());
            Some(format!("{found}; not proved: {done} of {all} parts of the pass were done"))
        }
    })
}

/// From now on Ctrl-C takes away what a run has begun to write and ends it. Files that are being put
/// in their places are waited for.
pub fn listen(files: &Arc<Files>) {
    let files = Arc::clone(files);
    // A second handler in one process is refused; the first one serves.
    let _ = ctrlc::set_handler(move || {
        let stopped = files.stop();
        let left = match stopped.progress() {
            Progress::Nothing => "nothing was written",
            Progress::Rows => "these are not all rows",
            Progress::Placed => "the files were complete already",
        };
        let mut err = io::stderr().lock();
        // A progress bar may be in the line.
        let line = if err.is_terminal() { "\r\u{1b}[K" } else { "" };
        if let Some(so_far) = so_far() {
            let _ = writeln!(err, "{line}{}", comanage_model::diagnostic::escape(&so_far));
        }
        let _ = writeln!(err, "{line}interrupted: {left}");
        std::process::exit(Exit::Interrupted as i32);
    });
}
