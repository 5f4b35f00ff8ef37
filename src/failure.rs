//! Why a run stops before its end, and the exit code of each way a run can end.

use std::fmt;
use std::io;
use std::process::ExitCode;

use comanage_analysis::vary::VaryError;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::Sources;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// A check failed: an expectation was missed, or a denied finding came up.
    CheckFailed = 1,
    /// A file or a flag is wrong.
    Unusable = 2,
    /// The system failed: disk, permission.
    System = 3,
    /// The user stopped it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file or a flag is wrong.
    Unusable,
    /// The system failed: disk, permission.
    System,
    /// The reader of standard output went away, which is no failure of ours.
    BrokenPipe,
}

/// Why a run stops: findings in files, a message, or both.
#[derive(Debug)]
pub struct Failure {
    /// What kind it is; it decides the exit code.
    pub kind: Kind,
    /// What was being done and what went wrong; empty where the findings say it all.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
    /// What was found in files, and their texts.
    pub found: Box<(Vec<Diagnostic>, Sources)>,
}

impl Failure {
    /// A failure of some kind with a message.
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new(), found: Box::default() }
    }

    /// A wrong file or flag.
    pub fn unusable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unusable, message)
    }

    /// A failure of the system while doing something.
    pub fn system(doing: impl fmt::Display, error: &io::Error) -> Self {
        let is_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self::new(if is_pipe { Kind::BrokenPipe } else { Kind::System }, format!("{doing}: {error}"))
    }

    /// Findings in files.
    pub fn found(kind: Kind, diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        Self { found: Box::new((diagnostics, sources)), ..Self::new(kind, "") }
    }

    /// Adds what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self.kind {
            Kind::Unusable => Exit::Unusable,
            Kind::System => Exit::System,
            Kind::BrokenPipe => Exit::Done,
        }
    }
}

/// Values that cannot be tried.
impl From<VaryError> for Failure {
    fn from(refusal: VaryError) -> Self {
        Self::found(Kind::Unusable, refusal.diagnostics, refusal.sources)
    }
}
