//! What made a line of the ledger. Lines are distinguished by it; their English item is made from it
//! when they are printed.

use super::line::Category;
use crate::scenario::{Charge, Offer};
use crate::staffing::Staffing;
use crate::words::in_words;

/// What made a line. With the line's category and unit it is the line's identity: the salary and the
/// bonus of a role have one source, as have a tool's months and its price once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineSource {
    /// A role, by index among the team, then the hires, of the scenario.
    Role(usize),
    /// A tool, by index.
    Tool(usize),
    /// Another cost, by index.
    Cost(usize),
    /// A service that offers leave to no one, at the buyer's own price, by the index of the service.
    Plug(usize),
    /// A line of a provider's invoice.
    Provider {
        /// Whose invoice, by index among the alternative's.
        engagement: usize,
        /// What of it.
        entry: Entry,
    },
}

/// What made a line of a provider's invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// A charge of the price list.
    Charge {
        /// By index among those of the offer.
        charge: usize,
        /// Which part of it.
        part: Part,
        /// The class that is charged for, by index; none: all classes together.
        class: Option<usize>,
        /// The tier, by its number from 1; none: the rate has no tiers.
        tier: Option<usize>,
    },
    /// A price once, by index.
    Once(usize),
    /// The onboarding fee.
    Onboarding,
    /// The fee for leaving before the contract ends.
    ExitFee,
    /// Work of a service that no one covers, by the index of the service.
    OutOfScope(usize),
    /// What a limit on the invoice adds or takes away.
    Limit(Limit),
    /// A discount, by index, and the lines that it is taken of.
    Discount {
        /// The index of the discount in the offer.
        index: usize,
        /// The category of the lines.
        of: Category,
    },
    /// Hours of a service whose cover has a rate of its own, by the index of the service.
    Cover(usize),
    /// Tax on the invoice: at the offer's rate, or at that of a charge, by its index.
    Tax(Option<usize>),
}

/// Parts of a charge that have lines of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What the paper says.
    Fee,
    /// Hours beyond those included or bought.
    Overage,
    /// Lots that are bought in addition to those on schedule.
    Further,
    /// Units that come between two payments in advance.
    Added,
}

/// Limits on an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// The least sum of a month.
    MinimumMonthly,
    /// The highest sum of a month.
    MaximumMonthly,
    /// The least sum of a year of the offer.
    MinimumYearly,
    /// The highest sum of a year of the offer.
    MaximumYearly,
}

impl Limit {
    fn name(self) -> &'static str {
        match self {
            Self::MinimumMonthly => "minimum monthly",
            Self::MaximumMonthly => "maximum monthly",
            Self::MinimumYearly => "minimum yearly",
            Self::MaximumYearly => "maximum yearly",
        }
    }
}

impl LineSource {
    /// The provider whose invoice the line is on, by index among the alternative's.
    pub fn engagement(self) -> Option<usize> {
        match self {
            Self::Provider { engagement, .. } => Some(engagement),
            Self::Role(_) | Self::Tool(_) | Self::Cost(_) | Self::Plug(_) => None,
        }
    }

    /// What it is on a provider's invoice.
    pub fn entry(self) -> Option<Entry> {
        match self {
            Self::Provider { entry, .. } => Some(entry),
            Self::Role(_) | Self::Tool(_) | Self::Cost(_) | Self::Plug(_) => None,
        }
    }

    /// The service that the line is for alone, by index; none of a line for several or for none.
    pub fn service(self, staffing: &Staffing) -> Option<usize> {
        match self {
            Self::Plug(service) => Some(service),
            Self::Provider { entry: Entry::OutOfScope(service) | Entry::Cover(service), .. } => Some(service),
            Self::Tool(tool) => match staffing.scenario.tools[tool].services[..] {
                [only] => Some(only),
                _ => None,
            },
            Self::Role(_) | Self::Cost(_) | Self::Provider { .. } => None,
        }
    }

    /// How the item of its lines reads: a role, a tool, a charge; with the offer's name where the
    /// alternative has several.
    pub fn item(self, staffing: &Staffing) -> String {
        let scenario = staffing.scenario;
        match self {
            Self::Role(role) => scenario.role(role).name.clone(),
            Self::Tool(tool) => in_words(&scenario.tools[tool].key),
            Self::Cost(cost) => scenario.costs[cost].name.clone(),
            Self::Plug(service) => format!("out of scope: {} (buyer's price)", scenario.services[service].name),
            Self::Provider { engagement, entry } => {
                let what = entry.item(staffing, staffing.engagements[engagement].offer);
                match staffing.engagements.as_slice() {
                    [_] => what,
                    several => format!("{}: {what}", several[engagement].offer.name),
                }
            }
        }
    }
}

impl Entry {
    /// How its item reads on an invoice of the offer alone.
    pub fn item(self, staffing: &Staffing, offer: &Offer) -> String {
        match self {
            Self::Charge { charge, part, class, tier } => {
                let charge = &offer.charges[charge];
                let name = |class| in_words(charge.class_name(staffing.scenario, class));
                let class = class.map(|class| format!(", {}", name(class))).unwrap_or_default();
                let tier = tier.map(|tier| format!(", tier {tier}")).unwrap_or_default();
                format!("{}{}{class}{tier}", charge.name(), part.suffix())
            }
            Self::Once(index) => offer.once[index].name.clone(),
            Self::Onboarding => "onboarding".to_string(),
            Self::ExitFee => "exit fee".to_string(),
            Self::OutOfScope(service) => format!("out of scope: {}", staffing.scenario.services[service].name),
            Self::Limit(limit) => limit.name().to_string(),
            Self::Discount { index, .. } => offer.discounts[index].name.clone(),
            Self::Cover(service) => format!("hourly: {}", staffing.scenario.services[service].name),
            Self::Tax(None) => "tax".to_string(),
            Self::Tax(Some(charge)) => format!("tax, {}", offer.charges[charge].name()),
        }
    }

    /// Whether a name that a paper gives a line is this one's: its charge's, with or without the class
    /// and the tier.
    pub fn is_called(self, name: &str, staffing: &Staffing, offer: &Offer) -> bool {
        let without_tier = match self {
            Self::Charge { charge, part, class, .. } => Self::Charge { charge, part, class, tier: None },
            other => other,
        };
        let alone = match self {
            Self::Charge { charge, part, .. } => Self::Charge { charge, part, class: None, tier: None },
            other => other,
        };
        let items = [self, without_tier, alone].map(|entry| entry.item(staffing, offer));
        items.iter().any(|item| *item == name || *item == in_words(name))
    }

    /// Whether the line bills hours by the hour or in blocks, as the covers say; hours beyond a retainer
    /// are flat ones.
    pub fn is_by_the_hour(self, offer: &Offer) -> bool {
        matches!(self, Self::Charge { charge, .. }
            if matches!(offer.charges[charge], Charge::Hourly(_) | Charge::BlockHours(_)))
    }
}

impl Entry {
    /// A charge's entry in a tier, by its number from 1.
    pub(super) fn in_tier(self, number: usize) -> Self {
        match self {
            Self::Charge { charge, part, class, .. } => Self::Charge { charge, part, class, tier: Some(number) },
            other => other,
        }
    }

    /// A charge as a whole: all classes, no tier.
    pub(super) fn of_charge(charge: usize, part: Part) -> Self {
        Self::Charge { charge, part, class: None, tier: None }
    }
}

impl Part {
    fn suffix(self) -> &'static str {
        match self {
            Self::Fee => "",
            Self::Overage => " overage",
            Self::Further => ", further",
            Self::Added => ", added",
        }
    }
}
