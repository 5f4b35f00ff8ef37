//! Rules about counts: users, devices and sites in every month.

use rust_decimal::Decimal;

use comanage_expr::number::round_half_away;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::month::contract_year;
use comanage_model::scenario::{Class, Input, Scenario};
use comanage_model::source::Span;

use super::super::path::spell;
use super::super::rates::STANDARD;
use super::super::read::Places;
use super::super::reader::Reader;

/// A change falls in a month of the term.
pub(super) fn changes_fall_in_the_term(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for change in &scenario.organization.changes {
        if let Some(month) = reader.good(change.month)
            && month > scenario.term_months.into()
            && let Some(span) = reader.written(change.month).cloned()
        {
            let path = reader.inputs.about(change.month).path.clone();
            super::report_after_term(reader, scenario.term_months, span, path);
        }
    }
}

/// How one class changes.
#[derive(Default)]
struct Course {
    /// A value of it could not be read, so nothing is said about it.
    unknown: bool,
    start: Decimal,
    growth: Decimal,
    /// Month, amount, and the change it is of.
    changes: Vec<(u32, Decimal, usize)>,
    /// Calendar months, amount, and the season it is of.
    seasons: Vec<(Vec<u32>, Decimal, usize)>,
}

/// What takes a count below zero.
enum Culprit {
    Change(usize),
    Season(usize),
}

/// No count falls below zero in any month, whatever comes first.
pub(super) fn counts_stay_above_zero(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let mut reported: Vec<Span> = Vec::new();
    for (what, course) in courses(scenario, reader) {
        let Some((month, count, culprit)) = first_below_zero(scenario, &course) else { continue };
        let organization = &scenario.organization;
        let (span, cause) = match culprit {
            Culprit::Change(index) => (organization.changes.get(index).map(|change| &change.span), "change"),
            Culprit::Season(index) => (organization.seasons.get(index).map(|season| &season.span), "season"),
        };
        let Some(span) = span.cloned() else { continue };
        if reported.contains(&span) {
            continue;
        }
        let message = format!("this {cause} takes {what} to {} in month {month}", count.normalize());
        let diagnostic = Diagnostic::error("count-below-zero", message).at(span.clone(), format!("this {cause}"));
        reader
            .report(diagnostic.path("organization").hint("a count is never below 0: take away no more than there are"));
        reported.push(span);
    }
}

/// The course of every class and of the sites; none where nothing but growth moves them.
fn courses(scenario: &Scenario, reader: &Reader) -> Vec<(String, Course)> {
    let organization = &scenario.organization;
    if organization.changes.is_empty() && organization.seasons.is_empty() {
        return Vec::new();
    }
    let (users, devices) = (&organization.users, &organization.devices);
    let mut courses = Vec::new();
    for (thing, counted, growth) in
        [("users", users, organization.growth.users), ("devices", devices, organization.growth.devices)]
    {
        let start = |class: &Class| Course::new(reader, class.start, growth);
        let mut by_class: Vec<Course> = counted.classes.iter().map(start).collect();
        for (index, change) in organization.changes.iter().enumerate() {
            for &(class, input) in if thing == "users" { &change.users } else { &change.devices } {
                by_class
                    .get_mut(class)
                    .into_iter()
                    .for_each(|course| course.change(reader, change.month, input, index));
            }
        }
        for (index, season) in organization.seasons.iter().enumerate() {
            for &(class, input) in if thing == "users" { &season.users } else { &season.devices } {
                by_class
                    .get_mut(class)
                    .into_iter()
                    .for_each(|course| course.season(reader, &season.months, input, index));
            }
        }
        let named = counted.classes.iter().zip(by_class);
        courses.extend(named.map(|(class, course)| (name_class(thing, &class.name), course)));
    }
    courses.push(("`organization.sites`".into(), sites(scenario, reader)));
    courses.retain(|(_, course)| !course.unknown);
    courses
}

impl Course {
    fn new(reader: &Reader, start: Option<Input>, growth: Input) -> Self {
        let mut course = Self::default();
        course.start = start.map(|start| course.value(reader, start)).unwrap_or_default();
        course.growth = course.value(reader, growth);
        course
    }

    fn value(&mut self, reader: &Reader, input: Input) -> Decimal {
        self.unknown |= !reader.is_good(input);
        reader.inputs.value(input)
    }

    fn change(&mut self, reader: &Reader, month: Input, input: Input, index: usize) {
        use rust_decimal::prelude::ToPrimitive;
        let month = self.value(reader, month).to_u32().unwrap_or(u32::MAX);
        let amount = self.value(reader, input);
        self.changes.push((month, amount, index));
    }

    fn season(&mut self, reader: &Reader, months: &[u32], input: Input, index: usize) {
        let amount = self.value(reader, input);
        self.seasons.push((months.to_vec(), amount, index));
    }
}

fn name_class(thing: &str, class: &str) -> String {
    match class {
        STANDARD => format!("`organization.{thing}`"),
        class => format!("`organization.{thing}.{}`", spell(class)),
    }
}

fn sites(scenario: &Scenario, reader: &Reader) -> Course {
    let organization = &scenario.organization;
    let mut course = Course::new(reader, Some(organization.sites), organization.growth.sites);
    for (index, change) in organization.changes.iter().enumerate() {
        change.sites.into_iter().for_each(|sites| course.change(reader, change.month, sites, index));
    }
    for (index, season) in organization.seasons.iter().enumerate() {
        season.sites.into_iter().for_each(|sites| course.season(reader, &season.months, sites, index));
    }
    course
}

/// The first month in which a count falls below zero at any step, the count, and what did it.
///
/// Growth acts on the start value; then come the changes in the order of their months, then the
/// seasons of the calendar month in the order of the file.
fn first_below_zero(scenario: &Scenario, course: &Course) -> Option<(u32, Decimal, Culprit)> {
    let mut changes = course.changes.clone();
    changes.sort_by_key(|&(month, ..)| month);
    let mut grown = course.start;
    for month in 1..=scenario.term_months {
        if month > 1 && contract_year(month) > contract_year(month - 1) {
            grown = grow(course, contract_year(month));
        }
        let mut count = grown;
        for &(_, amount, index) in changes.iter().take_while(|&&(from, ..)| from <= month) {
            count = count.checked_add(amount)?;
            if count < Decimal::ZERO {
                return Some((month, count, Culprit::Change(index)));
            }
        }
        let calendar = scenario.start.plus(month - 1).month;
        for (_, amount, index) in course.seasons.iter().filter(|(months, ..)| months.contains(&calendar)) {
            count = count.checked_add(*amount)?;
            if count < Decimal::ZERO {
                return Some((month, count, Culprit::Season(*index)));
            }
        }
    }
    None
}

/// `start * (1 + growth)^year`, rounded.
fn grow(course: &Course, year: u32) -> Decimal {
    let factor = Decimal::ONE + course.growth;
    let power = (0..year).try_fold(Decimal::ONE, |power, _| power.checked_mul(factor));
    let grown = power.and_then(|power| course.start.checked_mul(power));
    grown.map_or(course.start, |grown| round_half_away(grown, 0))
}
