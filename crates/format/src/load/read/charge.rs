//! What an offer charges for. Short forms such as `per_user` and `monthly` become lines of the price list;
//! `[[offers.X.charges]]` are such lines in full.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{
    BlockHours, Charge, Contractors, Hourly, LinePrice, Measure, Minimum, PriceLine, Rate, Rates, Reference, Retainer,
    Uplift,
};
use comanage_model::week::Week;

use super::super::fields::{Fields, InputOr};
use super::super::format::{CHARGE, Classes, RATE};
use super::super::nearest::some_of;
use super::super::rates::MEASURES;
use super::super::reader::Reader;

/// Reads the charges of an offer, in the order of the format.
pub(super) fn read(fields: &Fields<'_>, reader: &mut Reader) -> Vec<Charge> {
    let mut charges = Vec::new();
    if let Some(node) = fields.get("per_user") {
        let lines = reader.per_user(node, fields.beside("per_user"));
        charges.extend(lines.into_iter().map(Charge::Line));
    }
    if let Some(rates) = fields.rates(reader, "per_device") {
        charges.push(Charge::Line(PriceLine::short(Measure::Devices, rates)));
    }
    if let Some(node) = fields.get("per_site") {
        let rate = reader.rate(node, fields.beside("per_site"));
        charges.push(Charge::Line(PriceLine::short(Measure::Sites, Rates::One(rate))));
    }
    if let Some(table) = fields.open_table(reader, "retainer") {
        charges.push(Charge::Retainer(read_retainer(&table, reader)));
    }
    if let Some(table) = fields.open_table(reader, "block_hours") {
        charges.push(Charge::BlockHours(read_block_hours(&table, reader)));
    }
    if let Some(table) = fields.open_table(reader, "hourly") {
        charges.push(Charge::Hourly(read_hourly(&table, reader)));
    }
    let monthly = fields.prices(reader, "monthly").into_iter();
    charges.extend(monthly.map(|price| {
        let rates = Rates::One(Rate::Each(price.price));
        Charge::Line(PriceLine { name: Some(price.name), ..PriceLine::short(Measure::Months, rates) })
    }));
    let lines = fields.tables(reader, "charges", &CHARGE);
    charges.extend(lines.iter().filter_map(|line| read_line(line, reader)).map(Charge::Line));
    if let Some(table) = fields.open_table(reader, "contractors") {
        charges.push(Charge::Contractors(read_contractors(&table, reader)));
    }
    charges
}

/// A line of the price list; none where it cannot be said what it counts.
fn read_line(fields: &Fields<'_>, reader: &mut Reader) -> Option<PriceLine> {
    let name = fields.name(reader, "name");
    let measure = read_measure(fields, reader);
    let classes_of = match measure {
        Some(Measure::Users) => Some(Classes::Users),
        Some(Measure::Devices) => Some(Classes::Devices),
        _ => None,
    };
    let price = read_price(fields, reader, classes_of);
    let classes = fields.get("classes").and_then(|_| read_classes(fields, reader, classes_of));
    let line = PriceLine {
        name,
        classes,
        quantity: fields.maybe_input(reader, "quantity"),
        included: fields.maybe_input(reader, "included"),
        minimum: read_minimum(fields, reader),
        every_months: fields.maybe_input(reader, "every_months"),
        spread: fields.flag(reader, "spread"),
        from_month: fields.maybe_input(reader, "from_month"),
        until_month: fields.maybe_input(reader, "until_month"),
        uplift: fields.get("uplift").map(|_| read_uplift(fields, reader)),
        tax: fields.maybe_input(reader, "tax"),
        optional: fields.flag(reader, "optional"),
        span: Some(fields.span.clone()),
        price,
        measure: measure?,
    };
    Some(line)
}

/// What a line counts: one of the words for it, or a counted thing of the organization.
fn read_measure(fields: &Fields<'_>, reader: &mut Reader) -> Option<Measure> {
    let node = fields.get("per")?;
    let path = fields.path_of("per");
    let text = reader.text(node, &path)?;
    let measure = match text {
        "user" => Some(Measure::Users),
        "device" => Some(Measure::Devices),
        "site" => Some(Measure::Sites),
        "month" => Some(Measure::Months),
        "ticket" => Some(Measure::Tickets),
        thing => reader.classes(Classes::Things).find(thing).map(Measure::Things),
    };
    if measure.is_none() {
        let things = reader.classes(Classes::Things).names().to_vec();
        let all = || MEASURES.into_iter().chain(things.iter().map(String::as_str));
        let hint = match (reader.nearest(text, all()), other_words(text)) {
            (Some(near), _) => format!("did you mean {near:?}?"),
            (None, Some(words)) => words.to_string(),
            (None, None) => {
                format!("it is one of {}; other things are counted in `organization.counts`", some_of(all()))
            }
        };
        let message = format!("{text:?} is not counted");
        reader.report(
            Diagnostic::error("unknown-measure", message).at(node.span.clone(), "unknown").path(path).hint(hint),
        );
    }
    measure
}

/// How to write what price lists count in other words.
fn other_words(measure: &str) -> Option<&'static str> {
    let measure = measure.to_lowercase();
    if measure.contains("visit") {
        Some("write per = \"month\", with the visits a month as `quantity`")
    } else if ["year", "annual", "quarter"].iter().any(|word| measure.contains(word)) {
        Some("write per = \"month\", with the months that a payment is for as `every_months`")
    } else if measure.contains("hour") {
        Some("write `hourly`, `block_hours` or `retainer` in the offer, or a `rate` at the cover")
    } else if ["seat", "employee", "person"].iter().any(|word| measure.contains(word)) {
        Some("write per = \"user\"")
    } else if ["endpoint", "server", "workstation", "computer"].iter().any(|word| measure.contains(word)) {
        Some("write per = \"device\", with the classes that count as `classes`")
    } else {
        None
    }
}

/// What a unit costs: at a rate, or by year.
fn read_price(fields: &Fields<'_>, reader: &mut Reader, classes: Option<Classes>) -> LinePrice {
    let by_year = fields.inputs(reader, "by_year");
    let rates = fields.get("rate").map(|node| match classes {
        Some(classes) => reader.rates(node, classes, fields.beside("rate")),
        None => Rates::One(reader.rate(node, fields.beside("rate"))),
    });
    if let Some(fault) = match (&rates, by_year.is_empty()) {
        (Some(_), false) => Some("has both `rate` and `by_year`"),
        (None, true) => Some("needs `rate` or `by_year`"),
        _ => None,
    } {
        let code = if rates.is_some() { "both-rate-and-by-year" } else { "missing-key" };
        let span = fields.get("by_year").map_or(&fields.span, |node| &node.span).clone();
        let diagnostic = Diagnostic::error(code, format!("`{}` {fault}", fields.path)).at(span, "one of the two");
        let hint = "`rate` is the price of a unit, which rises; `by_year` has one for each year, and none rises";
        reader.report(diagnostic.path(&fields.path).hint(hint));
    }
    match rates {
        Some(rates) => LinePrice::Rates(rates),
        None if by_year.is_empty() => {
            LinePrice::ByYear(vec![Rate::Each(reader.add_invalid(&RATE, fields.beside("rate")))])
        }
        None => LinePrice::ByYear(by_year.into_iter().map(Rate::Each).collect()),
    }
}

fn read_classes(fields: &Fields<'_>, reader: &mut Reader, of: Option<Classes>) -> Option<Vec<usize>> {
    let names = fields.names(reader, "classes");
    let path = fields.path_of("classes");
    let Some(of) = of else {
        let diagnostic = Diagnostic::error("no-classes", "only users and devices have classes");
        let span = fields.get("classes").map_or(&fields.span, |node| &node.span).clone();
        let diagnostic = diagnostic.at(span, "this charge counts neither").path(path);
        reader.report(diagnostic.hint("leave `classes` out"));
        return None;
    };
    let mut classes = Vec::with_capacity(names.len());
    for (name, span) in names {
        let known = reader.classes(of).find(name);
        if known.is_none() {
            let all = reader.classes(of).names().to_vec();
            let hint = match reader.nearest(name, all.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near:?}?"),
                None => "write classes as `organization` names them".into(),
            };
            let message = format!("the organization has no class `{name}` of what is counted");
            reader
                .report(Diagnostic::warning("unknown-class", message).at(span, "has no effect").path(&path).hint(hint));
        }
        classes.extend(known);
    }
    Some(classes)
}

fn read_minimum(fields: &Fields<'_>, reader: &mut Reader) -> Option<Minimum> {
    match fields.input_or(reader, "minimum")? {
        InputOr::Number(units) => Some(Minimum::Units(units)),
        InputOr::Table(table) => {
            let share = table.input(reader, "share");
            let of = table.choice(reader, "of").unwrap_or(Reference::First);
            Some(Minimum::Share { share, of })
        }
    }
}

/// How prices rise; where nothing is written, not at all.
pub(super) fn read_uplift(fields: &Fields<'_>, reader: &mut Reader) -> Uplift {
    match fields.input_or(reader, "uplift") {
        Some(InputOr::Number(rate)) => Uplift { rate, floor: None, cap: None },
        Some(InputOr::Table(table)) => Uplift {
            rate: table.input(reader, "rate"),
            floor: table.maybe_input(reader, "floor"),
            cap: table.maybe_input(reader, "cap"),
        },
        None => Uplift { rate: fields.input(reader, "uplift"), floor: None, cap: None },
    }
}

fn read_retainer(fields: &Fields<'_>, reader: &mut Reader) -> Retainer {
    let rates = Rates::One(Rate::Each(fields.input(reader, "monthly")));
    Retainer {
        fee: PriceLine { name: Some("retainer".into()), ..PriceLine::short(Measure::Months, rates) },
        included_hours: fields.maybe_input(reader, "included_hours"),
        overage_rate: fields.maybe_input(reader, "overage_rate"),
    }
}

fn read_block_hours(fields: &Fields<'_>, reader: &mut Reader) -> BlockHours {
    BlockHours {
        hours: fields.input(reader, "hours"),
        price: fields.input(reader, "price"),
        every_months: fields.maybe_input(reader, "every_months"),
        count: fields.input(reader, "count"),
        expires_months: fields.maybe_input(reader, "expires_months"),
        overage_rate: fields.maybe_input(reader, "overage_rate"),
    }
}

fn read_hourly(fields: &Fields<'_>, reader: &mut Reader) -> Hourly {
    Hourly { rate: fields.input(reader, "rate"), minimum_hours: fields.input(reader, "minimum_hours") }
}

fn read_contractors(fields: &Fields<'_>, reader: &mut Reader) -> Contractors {
    Contractors {
        headcount: fields.input(reader, "headcount"),
        rate: fields.input(reader, "rate"),
        hours_per_month: fields.input(reader, "hours_per_month"),
        hours: fields.hours(reader, "hours").unwrap_or_else(Week::none),
    }
}
