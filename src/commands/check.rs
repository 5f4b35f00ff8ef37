//! `comanage check`: whether files are valid and come to what they expect.

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::{codes, paths};
use crate::args::SetArgs;
use crate::failure::{Exit, Failure, Kind};
use crate::session::{Opened, Session, in_file};
use comanage_analysis::compare::Comparison;
use comanage_analysis::expect;
use comanage_analysis::matrix;
use comanage_analysis::quotes;
use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::source::Sources;

const AFTER_HELP: &str = "\
Examples:
  comanage check                                          every scenario in scenarios/
  comanage check scenario.toml --deny work-not-done       fail if work is not completed

`comanage compare` prints the code of each finding in brackets. Exit code 1: an expectation
was missed or a denied finding came up; 2: a file is not valid.";

/// Validate scenarios and check their expected figures.
///
/// Reports every error with its location, evaluates each scenario and compares the results with its
/// [expect] tables. Writes no files.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct CheckArgs {
    /// Scenario files, and folders with .toml files in them; `-` is standard input.
    #[arg(default_value = "scenarios")]
    paths: Vec<PathBuf>,
    /// Fail on findings with this code, including those of `quotes` and `matrix`. May be given several times.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
    #[command(flatten)]
    set: SetArgs,
}

/// Checks every file and says how each fares.
///
/// # Errors
/// Nothing to check.
pub fn run(args: CheckArgs, session: &Session) -> Result<Exit, Failure> {
    codes::known(&args.deny)?;
    let found = paths::find(&args.paths, &session.console)?;
    let checked: Vec<Checked> = found.par_iter().map(|path| check(&path.file, &args, session)).collect();
    for (path, file) in found.iter().zip(&checked) {
        session.console.show(&file.diagnostics, &file.sources);
        session.console.print_line(&format!("{}: {}", path.file.display(), file.verdict))?;
    }
    let failed = checked.iter().filter(|file| file.exit != Exit::Done).count();
    if failed > 0 && checked.len() > 1 {
        session.console.say(&format!("{failed} of {} scenarios failed the check", checked.len()));
    }
    Ok(checked.iter().map(|file| file.exit).max().unwrap_or(Exit::Done))
}

/// The outcome of a file.
struct Checked {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
    verdict: String,
    exit: Exit,
}

impl From<Failure> for Checked {
    fn from(failure: Failure) -> Self {
        let exit = failure.exit();
        let verdict = if failure.kind == Kind::System { "cannot be read" } else { "not valid" };
        let (diagnostics, sources) = *failure.found;
        Self { diagnostics, sources, verdict: verdict.into(), exit }
    }
}

/// Checks a file.
fn check(file: &Path, args: &CheckArgs, session: &Session) -> Checked {
    let mut opened = match session.read(file, &args.set) {
        Ok(opened) => opened,
        Err(failure) => return failure.into(),
    };
    let mut diagnostics = std::mem::take(&mut opened.warnings);
    let found = held(&opened, &args.deny, &mut diagnostics);
    let sources = opened.sources().clone();
    match found {
        Ok((verdict, exit)) => Checked { diagnostics, sources, verdict, exit },
        Err(failure) => {
            let mut checked = Checked::from(failure);
            diagnostics.append(&mut checked.diagnostics);
            Checked { diagnostics, ..checked }
        }
    }
}

/// Holds a scenario to what it expects and to what is denied: the verdict and the exit code. What is
/// missed or denied is added to what was found.
fn held(opened: &Opened, deny: &[String], found: &mut Vec<Diagnostic>) -> Result<(String, Exit), Failure> {
    let comparison = opened.compare()?;
    // What would keep the percentiles out of a comparison is said here too.
    found.extend(opened.simulate_or_warn(&comparison)?.1);
    let missed = expect::missed(&comparison);
    let is_denied = |finding: &Diagnostic| deny.iter().any(|code| code == finding.code);
    let of_reading = found.extract_if(.., |finding| is_denied(finding));
    let mut denied: Vec<Diagnostic> = of_reading.collect();
    denied.extend(comparison.findings.iter().filter(|finding| is_denied(finding)).cloned());
    if !deny.is_empty() {
        let closely = looked_at_closely(opened, &comparison)?;
        denied.extend(closely.into_iter().filter(is_denied));
    }
    let verdict = verdict(opened.scenario.expect.len(), missed.len(), denied.len());
    let exit = if missed.is_empty() && denied.is_empty() { Exit::Done } else { Exit::CheckFailed };
    found.extend(missed);
    denied = denied.into_iter().map(in_file).collect();
    found.extend(denied.into_iter().map(|finding| Diagnostic { severity: Severity::Error, ..finding }));
    Ok((verdict, exit))
}

/// How a file fares, in words.
fn verdict(expected: usize, missed: usize, denied: usize) -> String {
    match (missed, denied) {
        (0, 0) if expected == 0 => "valid (no [expect] figures to check)".into(),
        (0, 0) => format!("ok, {expected} expectations met"),
        (missed, 0) => format!("{missed} of {expected} expectations missed"),
        (0, denied) => format!("{denied} denied findings"),
        (missed, denied) => format!("{missed} of {expected} expectations missed, {denied} denied findings"),
    }
}

/// What `quotes` and `matrix` find besides the comparison, each once.
fn looked_at_closely(opened: &Opened, comparison: &Comparison) -> Result<Vec<Diagnostic>, Failure> {
    let quotes = quotes::quotes(comparison, &opened.rates, false).map_err(|problem| opened.refuse(problem))?;
    let mut findings = quotes.findings;
    let of_offers: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    let is_new = |finding: &Diagnostic| !of_offers.contains(&finding.code) && !comparison.findings.contains(finding);
    let of_matrix: Vec<Diagnostic> = matrix::matrix(comparison).findings.into_iter().filter(is_new).collect();
    findings.extend(of_matrix);
    Ok(findings)
}
