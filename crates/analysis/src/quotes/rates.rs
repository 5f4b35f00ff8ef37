//! Where each rate of an offer lies among the published bands.
//!
//! Published bands disagree, and none of them is wrong: each stands with its source and date, and a
//! rate is held against every one of its kind. A kind of price that nobody publishes a band for is
//! shown without one.

use rust_decimal::Decimal;

use crate::compare::Compared;
use comanage_format::rates::{Entry, Figure, Position, RateKind, Rates as Book, bands};
use comanage_model::plan::Kind;
use comanage_model::scenario::{Class, Input, Offer, Rate, Rates, Scenario, TierPrice};

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
    let organization = &scenario.organization;
    let mut rates = Vec::new();
    if let Some(charge) = &offer.per_user {
        let kinds = per_user_kinds(offer, kind);
        let of_class = |_: &str| kinds.clone();
        by_class(
            scenario,
            "per user",
            &charge.rates,
            &organization.users.classes,
            "user / month",
            of_class,
            &mut rates,
        );
        if let Some(extra) = &charge.extra_device_rate {
            each(scenario, "extra devices", extra, "device / month", &[], &mut rates);
        }
    }
    if let Some(charge) = &offer.per_device {
        let classes = &organization.devices.classes;
        by_class(scenario, "per device", charge, classes, "device / month", device_kinds, &mut rates);
    }
    if let Some(rate) = &offer.per_site {
        each(scenario, "per site", rate, "site / month", &[], &mut rates);
    }
    let mut one = |item: &str, input: Option<Input>, unit, kinds: &[RateKind]| {
        rates.extend(input.map(|input| (quoted(scenario, item.into(), input, unit), kinds.to_vec())));
    };
    one("retainer", offer.retainer.as_ref().map(|of| of.monthly), "month", &[RateKind::Retainer]);
    one("retainer overage", offer.retainer.as_ref().and_then(|of| of.overage_rate), "hour", &[RateKind::Hourly]);
    one("hourly", offer.hourly.as_ref().map(|of| of.rate), "hour", &[RateKind::Hourly]);
    one("block hours overage", offer.block_hours.as_ref().and_then(|of| of.overage_rate), "hour", &[RateKind::Hourly]);
    one("contractors", offer.contractors.as_ref().map(|of| of.rate), "hour", &[]);
    one("out of scope", offer.out_of_scope_rate, "hour", &[RateKind::Hourly]);
    rates.extend(block_hour(scenario, offer));
    rates
}

/// An hour of a block, at what it costs if all of the block is used.
fn block_hour(scenario: &Scenario, offer: &Offer) -> Option<WithKinds> {
    let block = offer.block_hours.as_ref()?;
    let rate = scenario.decimal(block.price).checked_div(scenario.decimal(block.hours))?;
    let price = quoted(scenario, "block hours".into(), block.price, "hour");
    Some((QuotedRate { rate, ..price }, vec![RateKind::BlockHour]))
}

/// A rate a user is one of a fully managed offer where the team leaves, else of a co-managed one; beside
/// hours it is also the base of a hybrid.
fn per_user_kinds(offer: &Offer, kind: Kind) -> Vec<RateKind> {
    if kind == Kind::FullyManaged {
        return vec![RateKind::FullyManagedPerUser];
    }
    let mut kinds = vec![RateKind::CoManagedPerUser];
    if offer.hourly.is_some() || offer.block_hours.is_some() {
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
