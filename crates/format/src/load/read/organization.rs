//! `[organization]`: users, devices and sites, and how they change.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Change, Class, Counted, Growth, Input, Organization, Season};

use super::super::fields::Fields;
use super::super::format::{CHANGE, Classes, MONTHS, SEASON};
use super::super::reader::Reader;
use super::super::tree::Value;

/// Reads the organization; without one no one is there.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader) -> Organization {
    let fields = root.open_or_empty(reader, "organization");
    let users = fields.counted(reader, "users");
    let devices = fields.counted(reader, "devices");
    let sites = fields.input(reader, "sites");
    let counts = fields.counted(reader, "counts");
    let changes = fields.tables(reader, "change", &CHANGE).iter().map(|change| read_change(change, reader)).collect();
    let seasons = fields.tables(reader, "season", &SEASON).iter().map(|season| read_season(season, reader)).collect();
    let users = or_nobody(&fields, reader, users);
    let growth = read_growth(&fields.open_or_empty(reader, "growth"), reader);
    Organization {
        users: counted(reader, Classes::Users, &users),
        devices: counted(reader, Classes::Devices, &devices),
        sites,
        counts: counted(reader, Classes::Things, &counts),
        growth,
        changes,
        seasons,
    }
}

/// Users that are named nowhere are 0 of the class of a bare number, as they are where one writes so.
fn or_nobody(fields: &Fields<'_>, reader: &mut Reader, users: Vec<(usize, Input)>) -> Vec<(usize, Input)> {
    if !reader.classes(Classes::Users).names().is_empty() {
        return users;
    }
    vec![fields.nobody(reader, "users")]
}

/// All classes that are named anywhere, with what they start from.
fn counted(reader: &Reader, which: Classes, start: &[(usize, Input)]) -> Counted {
    let names = reader.classes(which).names();
    let mut classes: Vec<Class> = names.iter().map(|name| Class { name: name.clone(), start: None }).collect();
    for &(class, input) in start {
        if let Some(class) = classes.get_mut(class) {
            class.start = Some(input);
        }
    }
    Counted { classes }
}

fn read_growth(growth: &Fields<'_>, reader: &mut Reader) -> Growth {
    Growth {
        users: growth.input(reader, "users"),
        devices: growth.input(reader, "devices"),
        sites: growth.input(reader, "sites"),
        counts: growth.by_class_or_default(reader, "counts"),
    }
}

fn read_change(fields: &Fields<'_>, reader: &mut Reader) -> Change {
    Change {
        month: fields.input(reader, "month"),
        users: fields.counted(reader, "users"),
        devices: fields.counted(reader, "devices"),
        sites: fields.maybe_input(reader, "sites"),
        counts: fields.counted(reader, "counts"),
        span: fields.span.clone(),
    }
}

fn read_season(fields: &Fields<'_>, reader: &mut Reader) -> Season {
    Season {
        months: months(fields, reader),
        users: fields.counted(reader, "users"),
        devices: fields.counted(reader, "devices"),
        sites: fields.maybe_input(reader, "sites"),
        counts: fields.counted(reader, "counts"),
        workload: fields.input(reader, "workload"),
        span: fields.span.clone(),
    }
}

/// The calendar months of `months`, 1 to 12; empty where they are left out.
pub(super) fn months(fields: &Fields<'_>, reader: &mut Reader) -> Vec<u32> {
    let names = fields.names(reader, "months");
    let path = fields.path_of("months");
    if let Some(node) = fields.get("months")
        && matches!(&node.value, Value::List(nodes) if nodes.is_empty())
    {
        let diagnostic = Diagnostic::error("empty-list", format!("`{path}` has no month"));
        let hint = "write the months, such as [\"nov\", \"dec\"]";
        reader.report(diagnostic.at(node.span.clone(), "empty").path(&path).hint(hint));
    }
    let mut months = Vec::with_capacity(names.len());
    for (name, span) in names {
        match MONTHS.iter().position(|month| *month == name.to_lowercase()) {
            Some(month) => months.push(month as u32 + 1),
            None => {
                let start = MONTHS.iter().find(|month| name.to_lowercase().starts_with(*month));
                let hint = match start {
                    Some(month) => format!("write {month:?}"),
                    None => format!("months are {}", MONTHS.join(", ")),
                };
                let diagnostic = Diagnostic::error("unknown-value", format!("there is no month {name:?}"));
                reader.report(diagnostic.at(span, "not a month of the calendar").path(&path).hint(hint));
            }
        }
    }
    months
}
