//! What the commands about one scenario's offers and responsibilities share: from a file to its
//! comparison.

use std::path::{Path, PathBuf};

use super::Console;
use super::compare::keep_alternatives;
use crate::failure::Exit;
use crate::output;
use comanage_analysis::compare::{self, Comparison};
use comanage_format::load::{self, Loaded};
use comanage_format::rates::Rates;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;

/// Loads a file, compares the alternatives that are wanted and hands the comparison on, with the
/// published figures that the file knows.
///
/// # Errors
/// What `then` says of the machine.
pub fn with_comparison<E>(
    file: &Path,
    wanted: &[String],
    console: &Console,
    then: impl FnOnce(&Comparison, &Rates) -> Result<Result<(), Diagnostic>, E>,
) -> Result<Exit, E> {
    with_prepared(file, wanted, |_| (), console, then)
}

/// The same, where something is done to the scenario before it is compared.
///
/// # Errors
/// What `then` says of the machine.
pub fn with_prepared<E>(
    file: &Path,
    wanted: &[String],
    prepare: impl FnOnce(&mut Scenario),
    console: &Console,
    then: impl FnOnce(&Comparison, &Rates) -> Result<Result<(), Diagnostic>, E>,
) -> Result<Exit, E> {
    let Loaded { scenario, diagnostics, sources, rates, machine_failed } = load::load(&file.to_string_lossy());
    console.show(&diagnostics, &sources);
    let Some(mut scenario) = scenario else {
        return Ok(if machine_failed { Exit::Machine } else { Exit::Unusable });
    };
    let refuse = |problem| {
        console.show(&[problem], &sources);
        Ok(Exit::Unusable)
    };
    prepare(&mut scenario);
    if let Err(problem) = keep_alternatives(&mut scenario, wanted) {
        return refuse(problem);
    }
    let comparison = match compare::compare(&scenario) {
        Ok(comparison) => comparison,
        Err(problem) => return refuse(problem),
    };
    match then(&comparison, &rates)? {
        Ok(()) => Ok(Exit::Done),
        Err(problem) => refuse(problem),
    }
}

/// The folder that the results of a file are written to.
pub fn folder(output: &Path, file: &Path) -> PathBuf {
    let name = file.file_name().filter(|name| *name != "-").map_or_else(|| PathBuf::from("stdin"), PathBuf::from);
    output.join(output::folder_of(&name))
}
