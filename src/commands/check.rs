//! `comanage check`: whether files are valid and come to what they expect.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use super::{Console, paths};
use crate::failure::{Exit, Failure};
use comanage_analysis::compare::{self, Comparison};
use comanage_analysis::expect;
use comanage_analysis::matrix;
use comanage_analysis::quotes;
use comanage_format::load;
use comanage_format::rates::Rates;
use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::source::Sources;

const AFTER_HELP: &str = "\
Examples:
  comanage check                                          every scenario in scenarios/
  comanage check scenario.toml --deny work-not-done       fail where work is left undone

`comanage compare` prints the code of a finding in brackets behind it. Exit code 1: an expectation
was missed or a denied finding came up; 2: a file is not valid.";

/// Validate scenarios, and hold each to the figures it expects.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct Check {
    /// Scenario files, and folders with .toml files in them; `-` is standard input.
    #[arg(default_value = "scenarios")]
    pub paths: Vec<PathBuf>,
    /// Fail on findings with this code, of `quotes` and `matrix` too. May be given several times.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
}

struct Checked {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
    line: String,
    exit: Exit,
}

/// Checks every file and says how each fares.
///
/// # Errors
/// Nothing to check.
pub fn run(args: Check, console: &Console) -> Result<Exit, Failure> {
    let found = paths::find(&args.paths)?;
    let checked: Vec<Checked> = found.par_iter().map(|path| check(&path.file.to_string_lossy(), &args.deny)).collect();
    for file in &checked {
        console.show(&file.diagnostics, &file.sources);
        console.print(format!("{}\n", file.line))?;
    }
    Ok(checked.iter().map(|file| file.exit).max().unwrap_or(Exit::Done))
}

fn check(file: &str, deny: &[String]) -> Checked {
    let mut loaded = load::load(file);
    let Some(scenario) = loaded.scenario.take() else {
        return of(loaded.diagnostics, loaded.sources, file, "not valid", Exit::Unusable);
    };
    let comparison = match compare::compare(&scenario) {
        Ok(comparison) => comparison,
        Err(problem) => {
            loaded.diagnostics.push(problem);
            return of(loaded.diagnostics, loaded.sources, file, "not valid", Exit::Unusable);
        }
    };
    let is_denied = |finding: &Diagnostic| deny.iter().any(|code| code == finding.code);
    let denied = |findings: &[Diagnostic]| -> Vec<Diagnostic> {
        let denied = findings.iter().filter(|finding| is_denied(finding)).cloned();
        denied.map(|finding| Diagnostic { severity: Severity::Error, ..finding }).collect()
    };
    let missed = expect::missed(&comparison);
    let mut refused = denied(&loaded.diagnostics);
    refused.extend(denied(&comparison.findings));
    if !deny.is_empty() {
        match looked_at_closely(&comparison, &loaded.rates) {
            Ok(findings) => refused.extend(denied(&findings)),
            Err(problem) => {
                loaded.diagnostics.push(problem);
                return of(loaded.diagnostics, loaded.sources, file, "not valid", Exit::Unusable);
            }
        }
    }
    loaded.diagnostics.retain(|finding| !is_denied(finding));

    let expected = scenario.expect.len();
    let verdict = match (missed.len(), refused.len()) {
        (0, 0) if expected == 0 => "valid, expects nothing".to_string(),
        (0, 0) => format!("ok, {expected} expectations met"),
        (missed, 0) => format!("{missed} of {expected} expectations missed"),
        (0, denied) => format!("{denied} denied findings"),
        (missed, denied) => format!("{missed} of {expected} expectations missed, {denied} denied findings"),
    };
    let exit = if missed.is_empty() && refused.is_empty() { Exit::Done } else { Exit::Missed };
    loaded.diagnostics.extend(missed);
    loaded.diagnostics.extend(refused);
    of(loaded.diagnostics, loaded.sources, file, &verdict, exit)
}

/// What `quotes` and `matrix` find beside the comparison, each once.
fn looked_at_closely(comparison: &Comparison, rates: &Rates) -> Result<Vec<Diagnostic>, Diagnostic> {
    let mut findings = quotes::quotes(comparison, rates)?.findings;
    let of_offers: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    let is_new = |finding: &Diagnostic| !of_offers.contains(&finding.code) && !comparison.findings.contains(finding);
    let of_matrix: Vec<Diagnostic> = matrix::matrix(comparison).findings.into_iter().filter(is_new).collect();
    findings.extend(of_matrix);
    Ok(findings)
}

fn of(diagnostics: Vec<Diagnostic>, sources: Sources, file: &str, verdict: &str, exit: Exit) -> Checked {
    Checked { diagnostics, sources, line: format!("{file}: {verdict}"), exit }
}
