//! Ctrl-C: the run ends at once, wherever it is, and leaves nothing behind.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use crate::failure::Exit;
use crate::files::{Files, Progress};

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
        let _ = writeln!(err, "{line}interrupted: {left}");
        std::process::exit(Exit::Interrupted as i32);
    });
}
