//! What an offer charges for: one enum, so that the compiler finds what a new charge touches.

use super::{Input, Scenario};
use crate::choice::choice;
use crate::source::Span;
use crate::week::Week;

/// A charge of an offer. Short forms of the format (`per_user`, `monthly`) are lines of the price list.
#[derive(Clone, Debug)]
pub enum Charge {
    /// A line of the price list: a quantity at a rate, month by month.
    Line(PriceLine),
    /// A fixed fee a month, with hours included.
    Retainer(Retainer),
    /// Hours bought in blocks.
    BlockHours(BlockHours),
    /// Hours billed as they come.
    Hourly(Hourly),
    /// People who work under the client's lead.
    Contractors(Contractors),
}

impl Charge {
    /// How its lines read, without parts, classes and tiers.
    pub fn name(&self) -> &str {
        match self {
            Self::Line(line) => line.name(),
            Self::Retainer(retainer) => retainer.fee.name(),
            Self::BlockHours(_) => "block hours",
            Self::Hourly(_) => "hourly",
            Self::Contractors(_) => "contractors",
        }
    }

    /// The name of a class that the charge has a rate for.
    pub fn class_name<'s>(&self, scenario: &'s Scenario, class: usize) -> &'s str {
        let organization = &scenario.organization;
        let counted = match self {
            Self::Line(PriceLine { measure: Measure::Users, .. }) => &organization.users,
            _ => &organization.devices,
        };
        &counted.classes[class].name
    }

    /// The line of the price list that it is, or that its fee is.
    pub fn price_line(&self) -> Option<&PriceLine> {
        match self {
            Self::Line(line) => Some(line),
            Self::Retainer(retainer) => Some(&retainer.fee),
            Self::BlockHours(_) | Self::Hourly(_) | Self::Contractors(_) => None,
        }
    }

    /// Whether it is billed only where it is chosen.
    pub fn is_optional(&self) -> bool {
        matches!(self, Self::Line(line) if line.optional)
    }

    /// Whether it pays for the work of covers that do not say how they are billed. Tickets do not, and neither
    /// does what is billed only where it is chosen.
    pub fn is_flat(&self) -> bool {
        match self {
            Self::Line(line) => !line.optional && line.measure != Measure::Tickets,
            Self::Retainer(_) => true,
            Self::BlockHours(_) | Self::Hourly(_) | Self::Contractors(_) => false,
        }
    }

    /// Whether it is billed only as work comes.
    pub fn is_on_demand(&self) -> bool {
        match self {
            Self::Hourly(_) => true,
            Self::BlockHours(terms) => terms.every_months.is_none(),
            Self::Line(_) | Self::Retainer(_) | Self::Contractors(_) => false,
        }
    }

    /// Its prices of an hour, as they are written.
    pub fn hour_prices(&self) -> Vec<HourPrice> {
        let (hour, overage) = match self {
            Self::Line(_) => (None, None),
            Self::Retainer(terms) => (None, terms.overage_rate),
            Self::BlockHours(terms) => {
                (Some(HourPrice::InBlock { price: terms.price, hours: terms.hours }), terms.overage_rate)
            }
            Self::Hourly(terms) => (Some(HourPrice::Provider(terms.rate)), None),
            Self::Contractors(terms) => (Some(HourPrice::Contractor(terms.rate)), None),
        };
        overage.map(HourPrice::Overage).into_iter().chain(hour).collect()
    }

    /// The pricing model of an offer that charges nothing else.
    pub fn model(&self) -> PricingModel {
        match self {
            Self::Line(line) => line.measure.model(),
            Self::Retainer(_) => PricingModel::Retainer,
            Self::BlockHours(_) => PricingModel::BlockHours,
            Self::Hourly(_) => PricingModel::Hourly,
            Self::Contractors(_) => PricingModel::StaffAugmentation,
        }
    }
}

/// A price of an hour.
#[derive(Clone, Copy, Debug)]
pub enum HourPrice {
    /// Of the provider's work, as it comes.
    Provider(Input),
    /// Of the provider's work beyond hours that are included or bought.
    Overage(Input),
    /// Of a block, over its hours.
    InBlock {
        /// Of the block.
        price: Input,
        /// In it.
        hours: Input,
    },
    /// Of people under the client's lead.
    Contractor(Input),
}

/// A line of the price list.
#[derive(Clone, Debug)]
pub struct PriceLine {
    /// How the line reads; none: as its measure does.
    pub name: Option<String>,
    /// What is counted.
    pub measure: Measure,
    /// What a unit costs.
    pub price: LinePrice,
    /// The classes that count, by index; none: all.
    pub classes: Option<Vec<usize>>,
    /// How many there are of what is billed by the month; none: one.
    pub quantity: Option<Input>,
    /// Units that cost nothing.
    pub included: Option<Input>,
    /// Units billed at least.
    pub minimum: Option<Minimum>,
    /// Months that the rate is for, paid in advance; none: one.
    pub every_months: Option<Input>,
    /// Whether a rate for several months is paid in that many parts.
    pub spread: bool,
    /// The first month of the offer in which the line stands; none: its first.
    pub from_month: Option<Input>,
    /// The last month of the offer in which the line stands; none: its last.
    pub until_month: Option<Input>,
    /// How its price rises; none: as the offer's.
    pub uplift: Option<Uplift>,
    /// Share of tax on it; none: the offer's.
    pub tax: Option<Input>,
    /// Whether it is billed only in alternatives that name it among their options.
    pub optional: bool,
    /// Its table; none of a short form.
    pub span: Option<Span>,
}

/// What a unit of a line costs.
#[derive(Clone, Debug)]
pub enum LinePrice {
    /// A rate for all, or one a class; it rises.
    Rates(Rates),
    /// A rate for each year of the offer, the last one for all that follow; they never rise.
    ByYear(Vec<Rate>),
}

/// Units that are billed at least.
#[derive(Clone, Copy, Debug)]
pub enum Minimum {
    /// A number of units.
    Units(Input),
    /// A share of the units of another month, rounded up.
    Share {
        /// The share of the units of that month, 0 to 1 or more.
        share: Input,
        /// Of which month.
        of: Reference,
    },
}

choice! {
    /// The month whose units a minimum is a share of.
    pub enum Reference {
        /// The first in which the line is billed.
        First = "first",
        /// The one with the most so far.
        Peak = "peak",
    }
}

/// How prices rise each year.
#[derive(Clone, Copy, Debug)]
pub struct Uplift {
    /// Share a year.
    pub rate: Input,
    /// The least the rate may be.
    pub floor: Option<Input>,
    /// The most the rate may be.
    pub cap: Option<Input>,
}

impl PriceLine {
    /// A line of a short form: the measure at a rate, and nothing else.
    pub fn short(measure: Measure, rates: Rates) -> Self {
        Self {
            name: None,
            measure,
            price: LinePrice::Rates(rates),
            classes: None,
            quantity: None,
            included: None,
            minimum: None,
            every_months: None,
            spread: false,
            from_month: None,
            until_month: None,
            uplift: None,
            tax: None,
            optional: false,
            span: None,
        }
    }

    /// Whether it has a rate for a class.
    pub fn prices(&self, class: usize) -> bool {
        let is_counted = self.classes.as_ref().is_none_or(|classes| classes.contains(&class));
        let has_rate = match &self.price {
            LinePrice::Rates(Rates::ByClass(rates)) => rates.iter().any(|(priced, _)| *priced == class),
            LinePrice::Rates(Rates::One(_)) | LinePrice::ByYear(_) => true,
        };
        is_counted && has_rate
    }

    /// Whether the units it bills follow those of other months.
    pub fn looks_back(&self) -> bool {
        matches!(self.minimum, Some(Minimum::Share { .. }))
    }

    /// How the line reads, without class and tier.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.measure.name())
    }
}

/// What a line of the price list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Users.
    Users,
    /// Devices.
    Devices,
    /// Devices beyond this many for each user; none: beyond none.
    ExtraDevices(Option<Input>),
    /// Sites.
    Sites,
    /// Another counted thing, by its index among `organization.counts`.
    Things(usize),
    /// Months: the line is there once a month, or as often as its quantity says.
    Months,
    /// Tickets of the services that the offer covers, as far as it does their work.
    Tickets,
}

impl Measure {
    /// How a line that has no name of its own reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Users => "per user",
            Self::Devices => "per device",
            Self::ExtraDevices(_) => "extra devices",
            Self::Sites => "per site",
            Self::Things(_) => "per unit",
            Self::Months => "per month",
            Self::Tickets => "per ticket",
        }
    }

    fn model(self) -> PricingModel {
        match self {
            // Devices beyond those included are part of the price of a user.
            Self::Users | Self::ExtraDevices(_) => PricingModel::PerUser,
            Self::Devices => PricingModel::PerDevice,
            Self::Sites => PricingModel::PerSite,
            Self::Things(_) => PricingModel::PerUnit,
            Self::Months => PricingModel::TailoredPackage,
            Self::Tickets => PricingModel::PerTicket,
        }
    }
}

/// Pricing models, by the charges of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PricingModel {
    /// Only prices a user.
    PerUser,
    /// Only prices a device.
    PerDevice,
    /// Only prices a site.
    PerSite,
    /// Only prices another counted thing.
    PerUnit,
    /// Only prices a ticket.
    PerTicket,
    /// Only `retainer`.
    Retainer,
    /// Only `block_hours`.
    BlockHours,
    /// Only `hourly`.
    Hourly,
    /// Only prices a month, or `once` alone.
    TailoredPackage,
    /// Only `contractors`.
    StaffAugmentation,
    /// Two kinds of charge or more.
    Hybrid,
}

impl PricingModel {
    /// The name in print and in data files.
    pub fn name(self) -> &'static str {
        match self {
            Self::PerUser => "per user",
            Self::PerDevice => "per device",
            Self::PerSite => "per site",
            Self::PerUnit => "per unit",
            Self::PerTicket => "per ticket",
            Self::Retainer => "retainer",
            Self::BlockHours => "block hours",
            Self::Hourly => "hourly",
            Self::TailoredPackage => "tailored package",
            Self::StaffAugmentation => "staff augmentation",
            Self::Hybrid => "hybrid",
        }
    }
}

/// One rate for all classes together, or one a class.
#[derive(Clone, Debug)]
pub enum Rates {
    /// One quantity, the total of the classes.
    One(Rate),
    /// A line a class, by class index in the order written.
    ByClass(Vec<(usize, Rate)>),
}

/// How a quantity is priced.
#[derive(Clone, Debug)]
pub enum Rate {
    /// So much each.
    Each(Input),
    /// By tier.
    Tiers {
        /// In rising order; only the last has no upper end.
        tiers: Vec<Tier>,
        /// Which tier prices which units.
        mode: TierMode,
    },
    /// Sold in blocks.
    Bundle {
        /// Units in a lot.
        size: Input,
        /// Price of a lot.
        price: Input,
    },
}

/// A tier of a rate.
#[derive(Clone, Debug)]
pub struct Tier {
    /// The highest quantity it reaches; the last has none.
    pub up_to: Option<Input>,
    /// What its units cost.
    pub price: TierPrice,
}

/// The price of a tier.
#[derive(Clone, Copy, Debug)]
pub enum TierPrice {
    /// The price of a unit.
    Rate(Input),
    /// For the tier as a whole.
    Flat(Input),
}

choice! {
    /// Which tier prices which units.
    pub enum TierMode {
        /// Every unit at the tier that the whole quantity reaches.
        Volume = "volume",
        /// Each tier's units at its own rate.
        Graduated = "graduated",
    }
}

/// A fixed fee a month for a defined scope.
#[derive(Clone, Debug)]
pub struct Retainer {
    /// The fee, a month at a time.
    pub fee: PriceLine,
    /// Hours in it; none: not counted.
    pub included_hours: Option<Input>,
    /// An hour beyond them; none: they are not worked.
    pub overage_rate: Option<Input>,
}

/// Hours bought in blocks.
#[derive(Clone, Debug)]
pub struct BlockHours {
    /// Hours in a lot.
    pub hours: Input,
    /// Price of a lot.
    pub price: Input,
    /// Months from one purchase to the next; none: bought when needed.
    pub every_months: Option<Input>,
    /// Lots a purchase.
    pub count: Input,
    /// Months until a block expires, its own included; none: it never expires.
    pub expires_months: Option<Input>,
    /// An hour that no lot has; needs `every_months`.
    pub overage_rate: Option<Input>,
}

/// Hours billed as they come.
#[derive(Clone, Debug)]
pub struct Hourly {
    /// The price of an hour.
    pub rate: Input,
    /// Hours billed at least, a month.
    pub minimum_hours: Input,
}

/// People who work under the client's lead, with the client's tools.
#[derive(Clone, Debug)]
pub struct Contractors {
    /// People.
    pub headcount: Input,
    /// The price of an hour.
    pub rate: Input,
    /// Hours a person and month.
    pub hours_per_month: Input,
    /// When they are on duty.
    pub hours: Week,
}
