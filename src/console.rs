//! The terminal: results to standard output, messages to standard error.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use anstream::ColorChoice;
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::CommonArgs;
use crate::failure::{Failure, Kind};
use comanage_model::diagnostic::{self, Diagnostic};
use comanage_model::source::Sources;
use comanage_report::write::Terminal;

/// Where a run speaks.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    is_quiet: bool,
    /// How results are shown.
    pub results: Terminal,
    colours_messages: bool,
}

impl Console {
    /// What the flags, the environment and the terminal allow.
    pub fn new(common: &CommonArgs) -> Self {
        let colours = |choice: ColorChoice| !common.no_color && choice != ColorChoice::Never;
        Self {
            is_quiet: common.quiet,
            results: Terminal { with_colour: colours(anstream::AutoStream::choice(&io::stdout())), width: columns() },
            colours_messages: colours(anstream::AutoStream::choice(&io::stderr())),
        }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// Standard output fails; a reader that went away is reported as such.
    pub fn print(&self, text: impl AsRef<[u8]>) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let printed = out.write_all(text.as_ref()).and_then(|()| out.flush());
        printed.map_err(|error| Failure::system("cannot write to standard output", &error))
    }

    /// Prints a line that may hold names of files and keys.
    ///
    /// # Errors
    /// Standard output fails.
    pub fn print_line(&self, text: &str) -> Result<(), Failure> {
        self.print(format!("{}\n", diagnostic::escape(text)))
    }

    /// Prints data as it is, but on a terminal without what acts on one.
    ///
    /// # Errors
    /// Standard output fails.
    pub fn print_data(&self, data: &[u8]) -> Result<(), Failure> {
        if io::stdout().is_terminal() {
            return self.print(harmless(&String::from_utf8_lossy(data)));
        }
        self.print(data)
    }

    /// Says something on standard error, unless the run is quiet. That no one listens is no failure.
    pub fn say(&self, text: &str) {
        if !self.is_quiet {
            let _ = writeln!(io::stderr().lock(), "{}", harmless(text));
        }
    }

    /// Shows diagnostics on standard error: errors always, the others unless the run is quiet.
    pub fn show(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        use comanage_model::diagnostic::Severity;
        let wanted: Vec<Diagnostic> =
            diagnostics.iter().filter(|d| !self.is_quiet || d.severity == Severity::Error).cloned().collect();
        if !wanted.is_empty() {
            let text = diagnostic::render(&wanted, sources, self.colours_messages);
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Whether progress may be shown.
    pub fn shows_progress(&self) -> bool {
        !self.is_quiet && io::stderr().is_terminal()
    }

    /// A bar on a terminal, for work that may take longer than a moment; `what` is counted.
    pub fn progress(&self, number: u64, what: &str) -> ProgressBar {
        if !self.shows_progress() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(number);
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{{human_pos}}/{{human_len}} {what} {{wide_bar}} {{eta}}"))
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(300));
        bar
    }

    /// Shows why a run failed; that the reader of its output went away is not worth a word.
    pub fn fail(&self, failure: &Failure) {
        if failure.kind == Kind::BrokenPipe {
            return;
        }
        let (diagnostics, sources) = failure.found.as_ref();
        self.show(diagnostics, sources);
        let mut err = io::stderr().lock();
        if !failure.message.is_empty() {
            let _ = writeln!(err, "error: {}", harmless(&failure.message));
        }
        for hint in &failure.hints {
            let _ = writeln!(err, "hint: {}", harmless(hint));
        }
    }
}

/// A text of several lines in which nothing acts on a terminal.
fn harmless(text: &str) -> String {
    text.split('\n').map(diagnostic::escape).collect::<Vec<String>>().join("\n")
}

/// The columns of standard output: what `COLUMNS` says, else the terminal; none if neither is there.
fn columns() -> Option<u16> {
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    stated.filter(|&columns: &u16| columns > 0).or_else(|| {
        let terminal = console::Term::stdout();
        terminal.is_term().then(|| terminal.size().1)
    })
}
