//! `comanage breakeven`: where the answer turns.

use std::path::PathBuf;

use clap::Args;

use super::Console;
use super::varying::{Base, Flags, Results, refuse};
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::breakeven;
use comanage_analysis::vary::{Asked, Axis, Spacing, Varied};
use comanage_report::chart_data;
use comanage_report::document;
use comanage_report::write;

/// Find the values of one number at which alternatives change places.
#[derive(Debug, Args)]
#[command(after_help = "\
Values are written as in a scenario:
  comanage breakeven FILE --vary organization.users --from 40 --to 250
  comanage breakeven FILE --vary offers.a.per_user.rate --from 50 --to '$120' --between hire,a
  comanage breakeven FILE --vary 'team.\"IT manager\".salary' --from 90_000 --to 140_000")]
pub struct Breakeven {
    /// The scenario file; `-` is standard input.
    file: PathBuf,
    /// The number to vary, by its dotted path.
    #[arg(long, value_name = "PATH")]
    vary: String,
    /// The lowest value, as one would write it in the file.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    from: String,
    /// The highest value.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    to: String,
    /// Only these two alternatives, by id.
    #[arg(long, value_name = "X,Y")]
    between: Option<String>,
    #[command(flatten)]
    flags: Flags,
}

/// Finds the break-evens, prints them and writes tables and a chart.
///
/// # Errors
/// An output that cannot be written, a flag that means nothing.
pub fn run(args: Breakeven, console: &Console) -> Result<Exit, Failure> {
    let mut base = match Base::open(&args.file, console) {
        Ok(base) => base,
        Err(exit) => return Ok(exit),
    };
    if let Some(between) = &args.between {
        base.keep(&pair(&base, between)?);
    }
    let asked = Asked { path: &args.vary, from: &args.from, to: &args.to, spacing: Spacing::Unit };
    let axis = Axis::new(&base.document, &base.scenario, &asked);
    let varied = match axis.and_then(|axis| Varied::new(&base.document, &base.scenario, vec![axis])) {
        Ok(varied) => varied,
        Err(refusal) => return Ok(refuse(console, &refusal)),
    };
    output::prepare(&args.flags.output.output)?;
    let progress = console.progress(varied.axes[0].points().len() as u64, "values");
    let found = breakeven::find(&base.scenario, &varied, &base.useful, args.between.is_some(), &|| progress.inc(1));
    progress.finish_and_clear();
    let found = match found {
        Ok(found) => found,
        Err(refusal) => return Ok(refuse(console, &refusal)),
    };
    let results = Results {
        report: document::breakeven(&found),
        picture: chart_data::turns::breakeven_picture(&found),
        csv: write::csv::breakeven(&found),
        json: write::json::breakeven(&found),
        json_pretty: write::json::breakeven_pretty(&found),
    };
    results.publish(&args.file, &args.flags, console)
}

/// The two alternatives of `--between`.
fn pair(base: &Base, between: &str) -> Result<[usize; 2], Failure> {
    let ids: Vec<&str> = between.split(',').map(str::trim).collect();
    let hint = "write two ids with a comma between, such as --between hire,hybrid";
    let [a, b] = ids[..] else {
        return Err(
            Failure::unusable(format!("--between takes two alternatives, and {between:?} is not two")).hint(hint)
        );
    };
    if a == b {
        return Err(Failure::unusable(format!("--between takes two alternatives, and both are `{a}`")).hint(hint));
    }
    Ok([base.alternative(a)?, base.alternative(b)?])
}
