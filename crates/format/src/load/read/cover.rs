//! `[offers.X.covers]`: the services that an offer takes on, and when.
//!
//! What a cover leaves out follows from the charges of its offer: whether someone is obliged to
//! come, how the work is billed, whether what the team leaves undone is taken on.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Billed, Cover, Input, Mode, Offer, Service};
use comanage_model::source::Span;
use comanage_model::week::Week;

use super::super::fields::{Fields, found};
use super::super::format::COVER;
use super::super::path::join;
use super::super::reader::Reader;
use super::super::tree::{Entry, Node, Value};
use super::offer::Known;

/// What the charges of an offer mean for its covers.
struct Terms {
    contractors_only: bool,
    by_the_hour_only: bool,
    by_the_hour: bool,
    has_hours: bool,
    respond_within: Option<u32>,
    availability: Input,
}

impl Terms {
    fn new(offer: &Offer) -> Self {
        Self {
            contractors_only: offer.is_staff_augmentation(),
            by_the_hour_only: offer.bills_only_hours(),
            by_the_hour: offer.bills_by_the_hour(),
            has_hours: offer.sells_hours(),
            respond_within: offer.respond_within,
            availability: offer.availability,
        }
    }
}

/// What a cover says, before it is laid on a service.
struct Written {
    hours: Option<Week>,
    own_hours: bool,
    respond_within: Option<u32>,
    people: Option<Input>,
    availability: Input,
    mode: Mode,
    billed: Billed,
    rate: Option<Input>,
    share: Option<Input>,
    overflow: Option<bool>,
    accountable: bool,
    from_month: Option<Input>,
    until_month: Option<Input>,
}

/// Reads the covers of an offer, in the order of the services.
pub(super) fn read(fields: &Fields<'_>, reader: &mut Reader, offer: &Offer, known: &Known<'_>) -> Vec<Cover> {
    let Some(node) = fields.get("covers") else { return Vec::new() };
    let terms = Terms::new(offer);
    if let Some(text) = node.text() {
        return read_all(text, node, fields, reader, &terms, known);
    }
    let Some((entries, source)) = fields.chosen(reader, "covers", "service") else { return Vec::new() };
    let path = fields.path_of("covers");
    let mut covers: Vec<Option<Cover>> = known.services.iter().map(|_| None).collect();
    let mut rest = None;
    for entry in entries {
        let path = join(&path, &entry.key);
        if entry.key == "all" {
            rest = read_cover(&entry.node, &path, source, true, reader, &terms);
            continue;
        }
        let place = known.service_names.find(reader, &entry.key, &entry.key_span, &path);
        let written = read_cover(&entry.node, &path, source, false, reader, &terms);
        if let (Some(place), Some(written)) = (place, written)
            && let (Some(cover), Some(service)) = (covers.get_mut(place), known.services.get(place))
        {
            *cover = Some(written.on(place, service, &terms));
        }
    }
    if let Some(rest) = rest {
        for (place, (cover, service)) in covers.iter_mut().zip(known.services).enumerate() {
            cover.get_or_insert_with(|| rest.on(place, service, &terms));
        }
    }
    covers.into_iter().flatten().collect()
}

/// `covers = "all"`: every service in its own hours.
fn read_all(
    text: &str,
    node: &Node,
    fields: &Fields<'_>,
    reader: &mut Reader,
    terms: &Terms,
    known: &Known<'_>,
) -> Vec<Cover> {
    let path = fields.path_of("covers");
    if text != "all" {
        let message = format!("`{path}` must be \"all\" or a table of services");
        let hint = format!("write covers = \"all\", or [{path}] with a key for each service");
        reader.report(
            Diagnostic::error("unknown-value", message).at(node.span.clone(), found(node)).path(path).hint(hint),
        );
        return Vec::new();
    }
    let written = Written { hours: None, own_hours: true, ..Written::plain(terms) };
    let services = known.services.iter().enumerate();
    services.map(|(place, service)| written.on(place, service, terms)).collect()
}

/// Where an offer of contractors says that it takes on what the team leaves undone.
pub(super) fn contractor_overflow(fields: &Fields<'_>, offer: &Offer) -> Option<Span> {
    if !offer.is_staff_augmentation() {
        return None;
    }
    let covers = fields.get("covers")?.table()?;
    let overflow = |entry: &Entry| entry.node.table().and_then(|cover| cover.get("overflow")).cloned();
    let mut written = covers.entries.iter().filter_map(overflow);
    written.find(|node| matches!(node.value, Value::Bool(true))).map(|node| node.span)
}

/// One cover: hours in a text, or a table.
fn read_cover(
    node: &Node,
    path: &str,
    source: Option<&str>,
    is_rest: bool,
    reader: &mut Reader,
    terms: &Terms,
) -> Option<Written> {
    if let Value::Text(_) = node.value {
        let hours = reader.hours(node, path)?;
        return Some(Written { hours: Some(hours), ..Written::plain(terms) });
    }
    let fields = Fields::open(reader, node, &COVER, path.into(), source);
    let hours = fields.hours(reader, "hours");
    if fields.get("hours").is_none() && !terms.contractors_only && !is_rest && node.table().is_some() {
        fields.report_missing(reader, fields.key("hours"));
    }
    let plain = Written::plain(terms);
    let written = Written {
        own_hours: is_rest && fields.get("hours").is_none(),
        hours,
        respond_within: fields.duration(reader, "respond_within").or(terms.respond_within),
        people: fields.maybe_input(reader, "people"),
        availability: fields.maybe_input(reader, "availability").unwrap_or(terms.availability),
        mode: fields.choice(reader, "mode").unwrap_or(plain.mode),
        billed: fields.choice(reader, "billed").unwrap_or(plain.billed),
        rate: fields.maybe_input(reader, "rate"),
        share: fields.maybe_input(reader, "share"),
        overflow: fields.maybe_flag(reader, "overflow"),
        accountable: fields.flag(reader, "accountable"),
        from_month: fields.maybe_input(reader, "from_month"),
        until_month: fields.maybe_input(reader, "until_month"),
    };
    let is_flat = written.billed == Billed::Flat && fields.get("billed").is_some();
    if (is_flat || terms.contractors_only)
        && let Some(node) = fields.get("rate")
    {
        let (message, hint) = match terms.contractors_only {
            true => ("contractors are paid for their own hours, whatever they work on", "leave `rate` out"),
            false => ("work that is billed flat has no rate an hour", "leave `billed` or `rate` out"),
        };
        let diagnostic = Diagnostic::error("flat-with-rate", message).at(node.span.clone(), "no hour is billed");
        reader.report(diagnostic.path(fields.path_of("rate")).hint(hint));
    } else if written.billed == Billed::Hours && written.rate.is_none() && !terms.has_hours {
        report_no_hours(reader, &fields);
    }
    // A rate an hour is for work that is billed by the hour.
    let billed = if written.rate.is_some() { Billed::Hours } else { written.billed };
    Some(Written { billed, ..written })
}

/// Hours are billed in an offer that sells none.
fn report_no_hours(reader: &mut Reader, fields: &Fields<'_>) {
    let place: &Span = fields.get("billed").map_or(&fields.span, |node| &node.span);
    let message = "this offer has no price for an hour of work";
    let diagnostic = Diagnostic::error("no-hourly-price", message).at(place.clone(), "billed in hours");
    let hint = "add `hourly` or `block_hours` to the offer, or bill this service flat";
    reader.report(diagnostic.path(fields.path_of("billed")).hint(hint));
}

impl Written {
    /// A cover that says nothing but its hours.
    fn plain(terms: &Terms) -> Self {
        Self {
            hours: None,
            own_hours: false,
            respond_within: terms.respond_within,
            people: None,
            availability: terms.availability,
            mode: if terms.by_the_hour_only { Mode::BestEffort } else { Mode::Duty },
            billed: if terms.by_the_hour { Billed::Hours } else { Billed::Flat },
            rate: None,
            share: None,
            overflow: None,
            accountable: false,
            from_month: None,
            until_month: None,
        }
    }

    /// The cover of a service.
    fn on(&self, place: usize, service: &Service, terms: &Terms) -> Cover {
        let hours = match (&self.hours, self.own_hours) {
            (None, true) => Some(service.hours.clone()),
            (hours, _) => hours.clone(),
        };
        let holds_all = hours.as_ref().is_some_and(|hours| hours.holds(&service.hours));
        let by_rule = self.billed == Billed::Hours || (holds_all && self.share.is_none());
        Cover {
            service: place,
            hours,
            respond_within: self.respond_within,
            people: self.people,
            availability: self.availability,
            mode: self.mode,
            billed: self.billed,
            rate: self.rate,
            share: self.share,
            overflow: self.overflow.unwrap_or(by_rule) && !terms.contractors_only,
            accountable: self.accountable,
            from_month: self.from_month,
            until_month: self.until_month,
        }
    }
}
