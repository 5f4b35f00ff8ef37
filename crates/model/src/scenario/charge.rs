//! What an offer charges for: one enum, so that the compiler finds what a new charge touches.

use super::{Input, Scenario};
use crate::choice::choice;
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
            Self::Retainer(_) => "retainer",
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

/// A line of the price list.
#[derive(Clone, Debug)]
pub struct PriceLine {
    /// How the line reads; none: as its measure does.
    pub name: Option<String>,
    /// What is counted.
    pub measure: Measure,
    /// The rate, for all that is counted or by class.
    pub rates: Rates,
    /// Units billed at least.
    pub minimum: Option<Input>,
}

impl PriceLine {
    /// A line of a short form: the measure at a rate, and nothing else.
    pub fn short(measure: Measure, rates: Rates) -> Self {
        Self { name: None, measure, rates, minimum: None }
    }

    /// Whether it has a rate for a class.
    pub fn prices(&self, class: usize) -> bool {
        match &self.rates {
            Rates::One(_) => true,
            Rates::ByClass(rates) => rates.iter().any(|(priced, _)| *priced == class),
        }
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
    /// Months: the line is there once a month.
    Months,
}

impl Measure {
    /// How a line that has no name of its own reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Users => "per user",
            Self::Devices => "per device",
            Self::ExtraDevices(_) => "extra devices",
            Self::Sites => "per site",
            Self::Months => "per month",
        }
    }

    fn model(self) -> PricingModel {
        match self {
            // Devices beyond those included are part of the price of a user.
            Self::Users | Self::ExtraDevices(_) => PricingModel::PerUser,
            Self::Devices => PricingModel::PerDevice,
            Self::Sites => PricingModel::PerSite,
            Self::Months => PricingModel::TailoredPackage,
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
    /// Its price.
    pub price: TierPrice,
}

/// The price of a tier.
#[derive(Clone, Copy, Debug)]
pub enum TierPrice {
    /// A unit.
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
    /// The fee.
    pub monthly: Input,
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
    /// An hour.
    pub rate: Input,
    /// Hours billed at least, a month.
    pub minimum_hours: Input,
}

/// People who work under the client's lead, with the client's tools.
#[derive(Clone, Debug)]
pub struct Contractors {
    /// People.
    pub headcount: Input,
    /// An hour.
    pub rate: Input,
    /// Hours a person and month.
    pub hours_per_month: Input,
    /// When they are on duty.
    pub hours: Week,
}
