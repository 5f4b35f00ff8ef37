//! `[offers.X]`: charges and terms. What an offer covers is read in `cover`.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{
    AfterHours, Answers, BandPrice, BillFrom, Charge, Contract, Discount, DiscountedSum, Exit, Offer, Onboarding,
    ReplacesTeam, Service, Stated, Tool, name_of_key,
};
use comanage_model::week::Week;

use super::super::fields::Fields;
use super::super::format::{AFTER_HOURS, DISCOUNT, RATE};
use super::super::lists::Keyed;
use super::super::names::Names;
use super::super::nearest::some_of;
use super::super::reader::Reader;
use super::Places;
use super::charge;
use super::cover;
use super::people::People;

/// What an offer can refer to.
pub(super) struct Known<'a> {
    /// The services of the scenario, by index.
    pub services: &'a [Service],
    /// Their keys, to find a service that an offer names.
    pub service_names: Names,
    roles: Names,
    tools: Names,
}

impl<'a> Known<'a> {
    /// The names an offer can refer to.
    pub fn new(services: &'a [Service], people: &People, tools: &[Tool]) -> Self {
        Self {
            services,
            service_names: super::service::names(services),
            roles: Names::new(
                "role in the team",
                "unknown-role",
                &["team"],
                people.team.iter().map(|role| role.name.as_str()),
            ),
            tools: Names::new("tool", "unknown-tool", &["tools"], tools.iter().map(|tool| tool.key.as_str())),
        }
    }
}

/// The keys of which an offer needs at least one.
const PRICES: [&str; 10] = [
    "per_user",
    "per_device",
    "per_site",
    "retainer",
    "block_hours",
    "hourly",
    "monthly",
    "charges",
    "contractors",
    "once",
];

/// Reads the offers.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, places: &mut Places, known: &Known<'_>) -> Vec<Offer> {
    let tables = root.keyed(reader, "offers");
    places.offers = tables.iter().map(|table| table.key_span.clone()).collect();
    places.priced = tables.iter().map(|table| PRICES.iter().any(|price| table.fields.get(price).is_some())).collect();
    let mut offers = Vec::with_capacity(tables.len());
    for table in &tables {
        let offer = read_offer(table, reader, known);
        places.overflow.push(cover::contractor_overflow(&table.fields, &offer));
        offers.push(offer);
    }
    offers
}

fn read_offer(table: &Keyed<'_>, reader: &mut Reader, known: &Known<'_>) -> Offer {
    let fields = &table.fields;
    let tools = fields.names(reader, "includes_tools");
    let charges = charge::read(fields, reader);
    let mut offer = Offer {
        key: table.key.into(),
        name: fields.name(reader, "name").unwrap_or_else(|| name_of_key(table.key)),
        provider: fields.text(reader, "provider"),
        source: fields.source.map(String::from),
        note: fields.note.map(String::from),
        once: fields.prices(reader, "once"),
        onboarding: read_onboarding(fields, reader, &charges),
        charges,
        uplift: charge::read_uplift(fields, reader),
        uplift_from_year: fields.input(reader, "uplift_from_year"),
        free_months: fields.input(reader, "free_months"),
        minimum_monthly: fields.input(reader, "minimum_monthly"),
        minimum_yearly: fields.maybe_input(reader, "minimum_yearly"),
        maximum_monthly: fields.maybe_input(reader, "maximum_monthly"),
        maximum_yearly: fields.maybe_input(reader, "maximum_yearly"),
        discounts: read_discounts(fields, reader),
        after_hours: read_after_hours(fields, reader),
        increment_minutes: fields.maybe_input(reader, "increment_minutes"),
        minimum_minutes: fields.maybe_input(reader, "minimum_minutes"),
        out_of_scope_rate: fields.maybe_input(reader, "out_of_scope_rate"),
        tax: fields.input(reader, "tax"),
        tax_recoverable: fields.flag(reader, "tax_recoverable"),
        includes_tools: known.tools.find_all(reader, tools, &fields.path_of("includes_tools")),
        coordination_hours: fields.input(reader, "coordination_hours"),
        respond_within: fields.duration(reader, "respond_within"),
        availability: fields.input(reader, "availability"),
        bill_from: fields.choice(reader, "bill_from").unwrap_or(BillFrom::Signature),
        from_month: fields.maybe_input(reader, "from_month"),
        until_month: fields.maybe_input(reader, "until_month"),
        covers: Vec::new(),
        replaces_team: fields.open_table(reader, "replaces_team").map(|table| read_replaces(&table, reader, known)),
        stated: fields.open_table(reader, "stated").map(|table| read_stated(&table, reader)),
        contract: fields.open_table(reader, "contract").map(|table| read_contract(&table, reader)),
        answers: fields.open_table(reader, "answers").map(|table| read_answers(&table, reader)),
        span: fields.span.clone(),
    };
    offer.covers = cover::read(fields, reader, &offer, known);
    offer
}

fn read_onboarding(offer: &Fields<'_>, reader: &mut Reader, charges: &[Charge]) -> Onboarding {
    let fields = offer.open_or_empty(reader, "onboarding");
    Onboarding {
        fee: fields.maybe_input(reader, "fee"),
        fee_months: fields.maybe_input(reader, "fee_months"),
        days: fields.input(reader, "days"),
        of: fields.get("of").map(|_| read_charge_names(&fields, reader, charges)),
        of_span: fields.get("of").map(|node| node.span.clone()),
        instalments: fields.maybe_input(reader, "instalments"),
    }
}

/// The charges that a fee in months counts, by name.
fn read_charge_names(fields: &Fields<'_>, reader: &mut Reader, charges: &[Charge]) -> Vec<usize> {
    let path = fields.path_of("of");
    let mut found = Vec::new();
    for (name, span) in fields.names(reader, "of") {
        let place = charges.iter().position(|charge| charge.name() == name);
        if place.is_none() {
            let hint = match reader.nearest(name, charges.iter().map(Charge::name)) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("it charges for {}", some_of(charges.iter().map(Charge::name))),
            };
            let message = format!("the offer has no charge {name:?}");
            reader.report(Diagnostic::error("unknown-charge", message).at(span, "unknown").path(&path).hint(hint));
        }
        found.extend(place);
    }
    found
}

fn read_discounts(offer: &Fields<'_>, reader: &mut Reader) -> Vec<Discount> {
    let mut discounts = Vec::new();
    for fields in offer.tables(reader, "discounts", &DISCOUNT) {
        discounts.push(Discount {
            name: fields.name(reader, "name").unwrap_or_default(),
            share: fields.input(reader, "share"),
            on: fields.choice(reader, "on").unwrap_or(DiscountedSum::Recurring),
            from_month: fields.maybe_input(reader, "from_month"),
            until_month: fields.maybe_input(reader, "until_month"),
            span: fields.span.clone(),
        });
    }
    discounts
}

fn read_after_hours(offer: &Fields<'_>, reader: &mut Reader) -> Vec<AfterHours> {
    let mut bands = Vec::new();
    for fields in offer.tables(reader, "after_hours", &AFTER_HOURS) {
        let hours = fields.hours(reader, "hours");
        let outside = fields.hours(reader, "outside").map(|week| Week::all().without(&week));
        if fields.get("hours").is_some() == fields.get("outside").is_some() {
            let (code, fault) = match fields.get("hours") {
                Some(_) => ("both-hours-and-outside", "has both `hours` and `outside`"),
                None => ("missing-key", "needs `hours` or `outside`"),
            };
            let diagnostic = Diagnostic::error(code, format!("`{}` {fault}", fields.path));
            let hint = "`hours` names the hours that count more, `outside` all hours but those";
            reader.report(diagnostic.at(fields.span.clone(), "one of the two").path(&fields.path).hint(hint));
        }
        bands.push(AfterHours {
            hours: hours.or(outside).unwrap_or_else(Week::none),
            price: read_band_price(&fields, reader),
        });
    }
    bands
}

/// What an hour of a band costs: a multiple of the others, or a rate.
fn read_band_price(fields: &Fields<'_>, reader: &mut Reader) -> BandPrice {
    let multiplier = fields.maybe_input(reader, "multiplier");
    let rate = fields.maybe_input(reader, "rate");
    let (code, fault) = match (multiplier, rate) {
        (Some(multiplier), None) => return BandPrice::Multiplier(multiplier),
        (None, Some(rate)) => return BandPrice::Rate(rate),
        (Some(_), Some(_)) => ("both-multiplier-and-rate", "has both `multiplier` and `rate`"),
        (None, None) => ("missing-key", "needs `multiplier` or `rate`"),
    };
    let diagnostic = Diagnostic::error(code, format!("`{}` {fault}", fields.path));
    let hint = "`multiplier` is how much an hour counts, `rate` what it costs";
    reader.report(diagnostic.at(fields.span.clone(), "one of the two").path(&fields.path).hint(hint));
    BandPrice::Rate(reader.add_invalid(&RATE, fields.beside("rate")))
}

fn read_replaces(fields: &Fields<'_>, reader: &mut Reader, known: &Known<'_>) -> ReplacesTeam {
    let keep = fields.names(reader, "keep");
    ReplacesTeam {
        keep: known.roles.find_all(reader, keep, &fields.path_of("keep")),
        handover_months: fields.input(reader, "handover_months"),
        severance_weeks: fields.input(reader, "severance_weeks"),
    }
}

fn read_stated(fields: &Fields<'_>, reader: &mut Reader) -> Stated {
    Stated {
        monthly: fields.maybe_input(reader, "monthly"),
        year_1: fields.maybe_input(reader, "year_1"),
        onboarding: fields.maybe_input(reader, "onboarding"),
        lines: fields.prices(reader, "lines"),
    }
}

fn read_contract(fields: &Fields<'_>, reader: &mut Reader) -> Contract {
    Contract {
        months: fields.input(reader, "months"),
        notice_days: fields.input(reader, "notice_days"),
        renews_months: fields.maybe_input(reader, "renews_months"),
        renewal_uplift: fields.maybe_input(reader, "renewal_uplift"),
        exit: fields.open_table(reader, "exit").and_then(|exit| read_exit(&exit, reader)),
    }
}

fn read_exit(fields: &Fields<'_>, reader: &mut Reader) -> Option<Exit> {
    let share = fields.maybe_input(reader, "share_of_remaining");
    let months = fields.maybe_input(reader, "months");
    let fault = match (share, months) {
        (Some(share), None) => return Some(Exit::ShareOfRemaining(share)),
        (None, Some(months)) => return Some(Exit::Months(months)),
        (Some(_), Some(_)) => "has both `share_of_remaining` and `months`",
        (None, None) => "needs `share_of_remaining` or `months`",
    };
    let code = if share.is_some() { "both-exit-fees" } else { "missing-key" };
    let diagnostic = Diagnostic::error(code, format!("`{}` {fault}", fields.path));
    let hint = "write { share_of_remaining = \"50%\" } or { months = 6 }";
    reader.report(diagnostic.at(fields.span.clone(), "one of the two").path(&fields.path).hint(hint));
    None
}

fn read_answers(fields: &Fields<'_>, reader: &mut Reader) -> Answers {
    Answers {
        shared_documentation: fields.maybe_flag(reader, "shared_documentation"),
        named_engineer: fields.maybe_flag(reader, "named_engineer"),
        escalation_path: fields.maybe_flag(reader, "escalation_path"),
        offboarding_plan: fields.maybe_flag(reader, "offboarding_plan"),
        tool_lock_in: fields.maybe_flag(reader, "tool_lock_in"),
        absorbs_team: fields.maybe_flag(reader, "absorbs_team"),
        co_managed_clients: fields.maybe_input(reader, "co_managed_clients"),
        references: fields.maybe_input(reader, "references"),
    }
}
