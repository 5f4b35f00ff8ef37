//! `comanage staff`: how many people a service takes.

use clap::Args;

use crate::args::{FormatArgs, OutputArgs, ScenarioArgs};
use crate::failure::{Exit, Failure};
use crate::session::{Opened, Results, Session, unknown};
use comanage_analysis::staff;

const AFTER_HELP: &str = "\
Examples:
  comanage staff scenario.toml                             every service with required hours
  comanage staff scenario.toml --service security_monitoring
  comanage staff scenario.toml --format csv

A role works in shifts where its rota says so: rota = { hours = \"24x7\", shift_hours = 12, handover_minutes = 15 }";

/// Show how many people each service needs, by role: by schedule, with absence, to the coverage target.
///
/// For the required hours of a service and each role that holds it: the people that fill the schedule, the
/// people with leave, sickness, holidays and vacancies, the whole people that meet the coverage target, what
/// they cost a year and per covered hour, the same in shifts of 8, 10 and 12 hours, and what offers ask for
/// the same hours. The arithmetic of a seat is shown line by line.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct StaffArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Only this service, by its key. May be given several times.
    #[arg(long = "service", value_name = "KEY")]
    services: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
}

/// Prints the people of services and writes them as tables and data.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written, a service without required hours.
pub fn run(args: StaffArgs, session: &Session) -> Result<Exit, Failure> {
    let opened = session.open(&args.scenario.file, &args.scenario.set)?;
    let services = services(&opened, &args.services)?;
    let comparison = opened.compare()?;
    let staff = staff::staff(&comparison, &services);
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let results = Results { name: "staff".into(), outcome: Box::new(staff), more: Vec::new(), pictures: None };
    session.publish(&results, &folder, &args.format)?;
    Ok(Exit::Done)
}

/// The services that are asked for; all that have required hours, if none is.
fn services(opened: &Opened, wanted: &[String]) -> Result<Vec<usize>, Failure> {
    let all = &opened.scenario.services;
    let keys = all.iter().map(|service| service.key.as_str());
    let mut found = Vec::new();
    for key in wanted {
        let place = keys.clone().position(|own| own == key);
        let place = place.ok_or_else(|| unknown("service", key, &opened.scenario.file, keys.clone()))?;
        if all[place].hours.is_empty() {
            let failure = Failure::unusable(format!("service `{key}` has no required hours, so it needs no one on duty"));
            return Err(failure.hint("write its `hours`, or name another service"));
        }
        found.push(place);
    }
    if wanted.is_empty() {
        found.extend((0..all.len()).filter(|&service| !all[service].hours.is_empty()));
        if found.is_empty() {
            let failure = Failure::unusable(format!("{} has no service with required hours", opened.scenario.file));
            return Err(failure.hint("write [services.X] with the `hours` that must be covered"));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
