//! Ctrl-C: a run that is asked to stop ends cleanly.

use std::sync::atomic::{AtomicBool, Ordering};

static STOPPED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C asks the run to stop.
pub fn listen() {
    // A second handler in one process is refused; the first one serves.
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::Relaxed));
}

/// Whether the run was asked to stop.
pub fn is_asked() -> bool {
    STOPPED.load(Ordering::Relaxed)
}
