//! Where each rate of an offer lies among the published bands.
//!
//! Published bands disagree, and none of them is wrong: each is with its source and date, and a
//! rate is held against every one of its kind. A kind of price that no one publishes a band for is
//! shown without one.

use rust_decimal::Decimal;

use crate::compare::Compared;
use comanage_format::rates::{Entry, Figure, Position, RateKind, Rates as Book, bands};
use comanage_model::plan::Kind;
use comanage_model::scenario::{
    BlockHours, Charge, Class, Input, LinePrice, Measure, Offer, PriceLine, Rate, Rates, Scenario, TierPrice,
};

/// A rate of an offer.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotedRate {
    /// What it is the rate of: `per user`, `per device, server`, `block hours`.
    pub item: String,
    /// The rate.
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
    let scenario = alternative.evaluation.plan.scenario;
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
        match charge {
            Charge::Line(line) => rates.extend(of_line(scenario, offer, kind, line)),
            Charge::Retainer(terms) => {
                rates.extend(fee(scenario, &terms.fee));
                rates.extend(overage(scenario, charge, terms.overage_rate));
            }
            Charge::BlockHours(terms) => {
                rates.extend(overage(scenario, charge, terms.overage_rate));
                rates.extend(block_hour(scenario, charge, terms));
            }
            Charge::Hourly(terms) => rates.push(one(scenario, charge.name(), terms.rate, "hour", &[RateKind::Hourly])),
            Charge::Contractors(terms) => rates.push(one(scenario, charge.name(), terms.rate, "hour", &[])),
        }
    }
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

/// An hour beyond those included or bought.
fn overage(scenario: &Scenario, charge: &Charge, rate: Option<Input>) -> Option<WithKinds> {
    Some(one(scenario, &format!("{} overage", charge.name()), rate?, "hour", &[RateKind::Hourly]))
}

/// An hour of a block, at what it costs if all of the block is used.
fn block_hour(scenario: &Scenario, charge: &Charge, terms: &BlockHours) -> Option<WithKinds> {
    let rate = scenario.decimal(terms.price).checked_div(scenario.decimal(terms.hours))?;
    let price = quoted(scenario, charge.name().into(), terms.price, "hour");
    Some((QuotedRate { rate, ..price }, vec![RateKind::BlockHour]))
}

/// The rates of a line of the price list; a price a month is no rate of anything.
fn of_line(scenario: &Scenario, offer: &Offer, kind: Kind, line: &PriceLine) -> Vec<WithKinds> {
    let organization = &scenario.organization;
    let mut rates = Vec::new();
    let LinePrice::Rates(of) = &line.price else { return rates };
    let months = line.every_months.map_or(1, |months| scenario.months(months)).max(1);
    let (item, out) = (line.name(), &mut rates);
    match line.measure {
        Measure::Users => {
            let kinds = per_user_kinds(offer, kind);
            let of_class = |_: &str| kinds.clone();
            by_class(scenario, item, of, &organization.users.classes, "user / month", of_class, out);
        }
        Measure::Devices => {
            let classes = &organization.devices.classes;
            by_class(scenario, item, of, classes, "device / month", device_kinds, out);
        }
        Measure::ExtraDevices(_) => by_class(scenario, item, of, &[], "device / month", |_| Vec::new(), out),
        Measure::Sites => by_class(scenario, item, of, &[], "site / month", |_| Vec::new(), out),
        Measure::Tickets => by_class(scenario, item, of, &[], "ticket", |_| Vec::new(), out),
        Measure::Things(_) => by_class(scenario, item, of, &[], "unit / month", |_| Vec::new(), out),
        Measure::Months => {}
    }
    for (of, _) in &mut rates {
        of.rate = of.rate.checked_div(months.into()).unwrap_or(of.rate);
    }
    rates
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
    match () {
        () if class.contains("workstation") || class.contains("desktop") || class.contains("laptop") => {
            vec![RateKind::PerWorkstation]
        }
        () if class.contains("server") => vec![RateKind::PerServer],
        () => Vec::new(),
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
                each(scenario, &format!("{item}, {class}"), rate, unit, &kinds(class), out);
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
