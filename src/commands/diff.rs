//! `comanage diff`: what changed between two scenarios, and which change moved the totals.

use std::path::PathBuf;

use clap::Args;

use crate::args::{FormatArgs, SetArgs};
use crate::failure::{Exit, Failure, Kind};
use crate::session::{Opened, Session};
use comanage_analysis::diff;
use comanage_report::write::write;

/// Compare two scenarios: what changed, and the effect of each change on the totals.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The scenario before; one of the two may be `-`, standard input.
    a: PathBuf,
    /// The scenario after.
    b: PathBuf,
    #[command(flatten)]
    set: SetArgs,
    #[command(flatten)]
    format: FormatArgs,
}

/// Prints the changes, the totals and the bridges between them.
///
/// # Errors
/// A file that cannot be used, standard output that fails.
pub fn run(args: DiffArgs, session: &Session) -> Result<Exit, Failure> {
    let (a, b) = both(&args, session)?;
    let (before, after) = (a.compare()?, b.compare()?);
    let difference = diff::diff((&a.document, &before), (&b.document, &after)).map_err(|problem| b.refuse(*problem))?;
    session.console.print(write(&difference, args.format.format.written(session.console.results)))?;
    Ok(Exit::Done)
}

/// Reads both scenarios; what is wrong with the first does not hide what is wrong with the second.
fn both(args: &DiffArgs, session: &Session) -> Result<(Opened, Opened), Failure> {
    if args.a.as_os_str() == "-" && args.b.as_os_str() == "-" {
        return Err(Failure::unusable("standard input can be one of the two scenarios, not both"));
    }
    match (session.open(&args.a, &args.set), session.open(&args.b, &args.set)) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(a), Err(b)) => {
            session.console.fail(&a);
            Err(Failure { kind: if a.kind == Kind::System { a.kind } else { b.kind }, ..b })
        }
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}
