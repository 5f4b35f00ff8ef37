//! How a run can end, and the exit code of each way.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// Something that the user asked to be held to was missed.
    Missed = 1,
    /// A file or a flag is wrong.
    Unusable = 2,
    /// The machine failed: disk, permission.
    Machine = 3,
    /// The user stopped it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a run stopped, in words for the user.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What was being done, and what went wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether only the reader of our output went away: no failure of ours.
    pub is_broken_pipe: bool,
}

impl Failure {
    /// A wrong file or flag.
    pub fn unusable(message: impl Into<String>) -> Self {
        Self { exit: Exit::Unusable, message: message.into(), hint: None, is_broken_pipe: false }
    }

    /// A failure of the machine while doing something.
    pub fn machine(doing: impl fmt::Display, error: &io::Error) -> Self {
        Self {
            exit: Exit::Machine,
            message: format!("{doing}: {error}"),
            hint: None,
            is_broken_pipe: error.kind() == io::ErrorKind::BrokenPipe,
        }
    }

    /// Adds what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)
    }
}
