//! Where each rate of an offer lies among the published bands.
//!
//! Published bands disagree, and none of them is wrong: each is with its source and date, and a
//! rate is held against every one of its kind. A kind of price that no one publishes a band for is
//! shown without one.

use rust_decimal::Decimal;

use crate::compare::Compared;
use comanage_format::rates::{Entry, Figure, Position, RateKind, Rates as Book, bands};
use comanage_model::scenario::{
    AfterHours, BandPrice, Charge, Class, Cover, HourPrice, Input, LinePrice, Measure, Offer, PriceLine, Rate, Rates,
    Scenario, TierPrice,
};
use comanage_model::staffing::Kind;
use comanage_model::words::in_words;

/// A rate of an offer.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotedRate {
    /// What it is the rate of: `per user`, `per device, server`, `block hours`.
    pub item: String,
    /// The price of a unit in the currency of the scenario.
    pub rate: Decimal,
    /// What it is for: `user / month`, `hour`.
    pub unit: &'static str,
    /// Where it is written.
    pub input: Input,
    /// The published bands of its kind, in the order of the book.
    pub bands: Vec<Band>,
}

/// A published band, and where the rate lies in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// What kind of price it is a band of.
    pub kind: RateKind,
    /// The low end, if one is published.
    pub low: Option<Decimal>,
    /// The high end, if one is published.
    pub high: Option<Decimal>,
    /// Where the rate lies.
    pub position: Position,
    /// Where it holds.
    pub region: String,
    /// Who published it.
    pub source: String,
    /// When.
    pub date: String,
}

impl Band {
    fn new(kind: RateKind, entry: &Entry, rate: Decimal) -> Self {
        let (low, high) = match entry.figure {
            Figure::Value(value) => (Some(value), Some(value)),
            Figure::Band { low, high, .. } => (low, high),
        };
        Self {
            kind,
            low,
            high,
            position: entry.position(rate),
            region: entry.region.clone(),
            source: entry.source.words(),
            date: entry.date.words(),
        }
    }
}

impl QuotedRate {
    /// Where the rate lies, if it lies outside every band on the same side.
    pub fn outside(&self) -> Option<Position> {
        let first = self.bands.first()?.position;
        let is_outside = first != Position::Inside && self.bands.iter().all(|band| band.position == first);
        is_outside.then_some(first)
    }
}

/// Every rate of an offer, with the bands of its kind.
pub fn lie(offer: &Offer, alternative: &Compared, book: &Book) -> Vec<QuotedRate> {
    let scenario = alternative.evaluation.staffing.scenario;
    let rates = written(scenario, offer, alternative.kind).into_iter();
    let with_bands = rates.map(|(of, kinds)| {
        let published = |&kind: &RateKind| {
            let entries = bands(book, kind, scenario.currency).into_iter();
            entries.map(|entry| Band::new(kind, entry, of.rate)).collect::<Vec<_>>()
        };
        QuotedRate { bands: kinds.iter().flat_map(published).collect(), ..of }
    });
    with_bands.collect()
}

type WithKinds = (QuotedRate, Vec<RateKind>);

/// Every rate as it is written, with the kinds of price that it is one of.
fn written(scenario: &Scenario, offer: &Offer, kind: Kind) -> Vec<WithKinds> {
    let mut rates = Vec::new();
    for charge in &offer.charges {
        match (charge, charge.price_line()) {
            (Charge::Retainer(terms), _) => rates.extend(fee(scenario, &terms.fee)),
            (_, Some(line)) => rates.extend(of_line(scenario, offer, kind, line)),
            _ => {}
        }
        let prices = charge.hour_prices().into_iter();
        rates.extend(prices.filter_map(|price| of_an_hour(scenario, charge.name(), price)));
    }
    rates.extend(whole_per_user(scenario, offer, kind));
    rates.extend(hours_of_covers(scenario, offer));
    rates.extend(offer.out_of_scope_rate.map(|rate| one(scenario, "out of scope", rate, "hour", &[RateKind::Hourly])));
    rates
}

fn one(scenario: &Scenario, item: &str, input: Input, unit: &'static str, kinds: &[RateKind]) -> WithKinds {
    (quoted(scenario, item.into(), input, unit), kinds.to_vec())
}

/// The fee of a retainer.
fn fee(scenario: &Scenario, line: &PriceLine) -> Option<WithKinds> {
    let LinePrice::Rates(Rates::One(Rate::Each(fee))) = &line.price else { return None };
    Some(one(scenario, line.name(), *fee, "month", &[RateKind::Retainer]))
}

/// The price of an hour; of one in a block, what it costs if all of the block is used.
fn of_an_hour(scenario: &Scenario, charge: &str, price: HourPrice) -> Option<WithKinds> {
    let of = |item: &str, rate, kinds| one(scenario, item, rate, "hour", kinds);
    match price {
        HourPrice::Provider(rate) => Some(of(charge, rate, &[RateKind::Hourly])),
        HourPrice::Overage(rate) => Some(of(&format!("{charge} overage"), rate, &[RateKind::Hourly])),
        HourPrice::Contractor(rate) => Some(of(charge, rate, &[])),
        HourPrice::InBlock { price, hours } => {
            let rate = scenario.decimal(price).checked_div(scenario.decimal(hours))?;
            let (of_block, kinds) = of(charge, price, &[RateKind::BlockHour]);
            Some((QuotedRate { rate, ..of_block }, kinds))
        }
    }
}

/// The lines of the price list that every user is charged by; options are no part of the price.
fn per_user_lines(offer: &Offer) -> impl Iterator<Item = &PriceLine> {
    let lines = offer.charges.iter().filter(|charge| !charge.is_optional()).filter_map(Charge::price_line);
    lines.filter(|line| line.measure == Measure::Users)
}

/// What a user costs a month where several lines charge for users: published ranges are of all that a user
/// costs, so the sum is held against them, and the lines are not. None unless each has one rate for all.
fn whole_per_user(scenario: &Scenario, offer: &Offer, kind: Kind) -> Option<WithKinds> {
    let lines: Vec<&PriceLine> = per_user_lines(offer).collect();
    if lines.len() < 2 {
        return None;
    }
    let one_rate = |line: &&PriceLine| match &line.price {
        LinePrice::Rates(Rates::One(Rate::Each(rate))) if line.classes.is_none() => Some(*rate),
        LinePrice::ByYear(years) => match years.first() {
            Some(Rate::Each(rate)) => Some(*rate),
            _ => None,
        },
        LinePrice::Rates(_) => None,
    };
    let rates = lines.iter().map(one_rate).collect::<Option<Vec<Input>>>()?;
    let a_month = |(line, rate): (&&PriceLine, &Input)| scenario.decimal(*rate).checked_div(months(scenario, line));
    let sum = lines.iter().zip(&rates).map(a_month).try_fold(Decimal::ZERO, |sum, rate| sum.checked_add(rate?))?;
    let whole = quoted(scenario, format!("per user, {} lines", lines.len()), *rates.first()?, "user / month");
    Some((QuotedRate { rate: sum, ..whole }, per_user_kinds(offer, kind)))
}

/// The rates of covers that have their own.
fn hours_of_covers(scenario: &Scenario, offer: &Offer) -> Vec<WithKinds> {
    let of_cover = |cover: &Cover| {
        let item = format!("hourly: {}", scenario.services[cover.service].key);
        Some(one(scenario, &item, cover.rate?, "hour", &[RateKind::Hourly]))
    };
    let of_band = |band: &AfterHours| match band.price {
        BandPrice::Rate(rate) => {
            Some(one(scenario, &format!("after hours, {}", band.hours.words()), rate, "hour", &[]))
        }
        BandPrice::Multiplier(_) => None,
    };
    offer.covers.iter().filter_map(of_cover).chain(offer.after_hours.iter().filter_map(of_band)).collect()
}

/// The months that a price of a line is for.
fn months(scenario: &Scenario, line: &PriceLine) -> Decimal {
    line.every_months.map_or(1, |months| scenario.months(months)).max(1).into()
}

/// The rates of a line of the price list; a price a month is no rate of anything.
fn of_line(scenario: &Scenario, offer: &Offer, kind: Kind, line: &PriceLine) -> Vec<WithKinds> {
    let mut rates = Vec::new();
    match &line.price {
        LinePrice::Rates(of) => of_rates(scenario, offer, kind, line, of, &mut rates),
        LinePrice::ByYear(years) => {
            for (year, rate) in (1..).zip(years) {
                let from = rates.len();
                of_rates(scenario, offer, kind, line, &Rates::One(rate.clone()), &mut rates);
                rates[from..].iter_mut().for_each(|(of, _)| of.item += &format!(", year {year}"));
            }
        }
    }
    let months = months(scenario, line);
    for (of, _) in &mut rates {
        of.rate = of.rate.checked_div(months).unwrap_or(of.rate);
    }
    rates
}

fn of_rates(scenario: &Scenario, offer: &Offer, kind: Kind, line: &PriceLine, of: &Rates, out: &mut Vec<WithKinds>) {
    let organization = &scenario.organization;
    let item = line.name();
    match line.measure {
        Measure::Users => {
            let is_whole = !line.optional && per_user_lines(offer).count() == 1;
            let kinds = if is_whole { per_user_kinds(offer, kind) } else { Vec::new() };
            let of_class = |_: &str| kinds.clone();
            by_class(scenario, item, of, &organization.users.classes, "user / month", of_class, out);
        }
        Measure::Devices => {
            let classes = &organization.devices.classes;
            // A rate for all of one class is that of the class.
            let only = match line.classes.as_deref() {
                Some([class]) => classes[*class].name.as_str(),
                _ => "",
            };
            // Where users are charged for, the work on their workstations is in that price.
            let is_whole = per_user_lines(offer).next().is_none();
            let kinds = |class: &str| {
                let kinds = device_kinds(if class.is_empty() { only } else { class });
                let is_published = |kind: &RateKind| !line.optional && (is_whole || *kind != RateKind::PerWorkstation);
                kinds.into_iter().filter(is_published).collect()
            };
            by_class(scenario, item, of, classes, "device / month", kinds, out);
        }
        Measure::ExtraDevices(_) => by_class(scenario, item, of, &[], "device / month", |_| Vec::new(), out),
        Measure::Sites => by_class(scenario, item, of, &[], "site / month", |_| Vec::new(), out),
        Measure::Tickets => by_class(scenario, item, of, &[], "ticket", |_| Vec::new(), out),
        Measure::Things(_) => by_class(scenario, item, of, &[], "unit / month", |_| Vec::new(), out),
        Measure::Months => {}
    }
}

/// A rate a user is one of a fully managed offer where the team leaves, else of a co-managed one; beside
/// hours it is also the base of a hybrid.
fn per_user_kinds(offer: &Offer, kind: Kind) -> Vec<RateKind> {
    if kind == Kind::FullyManaged {
        return vec![RateKind::FullyManagedPerUser];
    }
    let mut kinds = vec![RateKind::CoManagedPerUser];
    if offer.sells_hours() {
        kinds.push(RateKind::HybridBase);
    }
    kinds
}

/// Bands are published for workstations and servers.
fn device_kinds(class: &str) -> Vec<RateKind> {
    let class = class.to_lowercase();
    if ["workstation", "desktop", "laptop"].iter().any(|kind| class.contains(kind)) {
        vec![RateKind::PerWorkstation]
    } else if class.contains("server") {
        vec![RateKind::PerServer]
    } else {
        Vec::new()
    }
}

/// A rate for all classes, or one a class.
fn by_class(
    scenario: &Scenario,
    item: &str,
    rates: &Rates,
    classes: &[Class],
    unit: &'static str,
    kinds: impl Fn(&str) -> Vec<RateKind>,
    out: &mut Vec<WithKinds>,
) {
    match rates {
        Rates::One(rate) => each(scenario, item, rate, unit, &kinds(""), out),
        Rates::ByClass(rates) => {
            for (class, rate) in rates {
                let class = &classes[*class].name;
                let item = format!("{item}, {}", in_words(class));
                each(scenario, &item, rate, unit, &kinds(class), out);
            }
        }
    }
}

/// Every rate of a rate: one, those of its tiers, what one of a bundle costs. A tier at one price has
/// no rate.
fn each(
    scenario: &Scenario,
    item: &str,
    rate: &Rate,
    unit: &'static str,
    kinds: &[RateKind],
    out: &mut Vec<WithKinds>,
) {
    match rate {
        Rate::Each(input) => out.push((quoted(scenario, item.into(), *input, unit), kinds.to_vec())),
        Rate::Bundle { size, price } => {
            let rate = scenario.decimal(*price).checked_div(scenario.decimal(*size));
            let of = quoted(scenario, item.into(), *price, unit);
            out.extend(rate.map(|rate| (QuotedRate { rate, ..of }, kinds.to_vec())));
        }
        Rate::Tiers { tiers, .. } => {
            for (number, tier) in (1..).zip(tiers) {
                if let TierPrice::Rate(input) = tier.price {
                    let item = format!("{item}, tier {number}");
                    out.push((quoted(scenario, item, input, unit), kinds.to_vec()));
                }
            }
        }
    }
}

fn quoted(scenario: &Scenario, item: String, input: Input, unit: &'static str) -> QuotedRate {
    QuotedRate { item, rate: scenario.decimal(input), unit, input, bands: Vec::new() }
}
