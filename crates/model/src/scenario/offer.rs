//! What providers offer: charges, and what they cover for them.

use super::Input;
use crate::choice::choice;
use crate::source::Span;
use crate::week::Week;

/// A provider's offer.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its key.
    pub key: String,
    /// Its name; the key if none is written.
    pub name: String,
    /// Who offers.
    pub provider: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// A month and user.
    pub per_user: Option<PerUser>,
    /// A month and device.
    pub per_device: Option<Rates>,
    /// A month and site.
    pub per_site: Option<Rate>,
    /// A fixed fee a month.
    pub retainer: Option<Retainer>,
    /// Hours bought in lots.
    pub block_hours: Option<BlockHours>,
    /// Hours billed as they come.
    pub hourly: Option<Hourly>,
    /// Named prices a month.
    pub monthly: Vec<NamedPrice>,
    /// Named prices once, at signature.
    pub once: Vec<NamedPrice>,
    /// People who work under the client's lead.
    pub contractors: Option<Contractors>,
    /// Taking over.
    pub onboarding: Onboarding,
    /// Share a year, on every price but onboarding and once.
    pub uplift: Input,
    /// Billed months whose recurring lines cost nothing.
    pub free_months: Input,
    /// Least sum of the recurring lines of a month.
    pub minimum_monthly: Input,
    /// Hours that count more than one.
    pub after_hours: Vec<AfterHours>,
    /// Minutes that a ticket billed by the hour is rounded up to.
    pub increment_minutes: Option<Input>,
    /// An hour of work that nobody covers.
    pub out_of_scope_rate: Option<Input>,
    /// Share on every line of the invoice.
    pub tax: Input,
    /// Whether the tax comes back.
    pub tax_recoverable: bool,
    /// Tools that come with the offer, by index.
    pub includes_tools: Vec<usize>,
    /// Hours of the team a month, spent on working with the provider.
    pub coordination_hours: Input,
    /// Within how many minutes a response is promised, where a cover does not say otherwise.
    pub respond_within: Option<u32>,
    /// Share of the time the provider is there when it has a duty.
    pub availability: Input,
    /// When billing starts.
    pub bill_from: BillFrom,
    /// The first month of the term in which it runs; the months of the offer count from it.
    pub from_month: Option<Input>,
    /// The last month of the term in which it runs.
    pub until_month: Option<Input>,
    /// The services taken on, in the order of the services.
    pub covers: Vec<Cover>,
    /// The team leaves.
    pub replaces_team: Option<ReplacesTeam>,
    /// What the paper says its price is.
    pub stated: Option<Stated>,
    /// Terms of the contract.
    pub contract: Option<Contract>,
    /// What the provider answered.
    pub answers: Option<Answers>,
    /// The table.
    pub span: Span,
}

/// Pricing models, by the charges that stand in an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PricingModel {
    /// Only `per_user`.
    PerUser,
    /// Only `per_device`.
    PerDevice,
    /// Only `per_site`.
    PerSite,
    /// Only `retainer`.
    Retainer,
    /// Only `block_hours`.
    BlockHours,
    /// Only `hourly`.
    Hourly,
    /// Only `monthly`, or `once` alone.
    TailoredPackage,
    /// Only `contractors`.
    StaffAugmentation,
    /// Two kinds of charge or more.
    Hybrid,
}

impl PricingModel {
    /// Its name in print.
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

impl Offer {
    /// The kinds of charge that stand in the offer, in the order of the format.
    pub fn charges(&self) -> Vec<PricingModel> {
        let stands = [
            (self.per_user.is_some(), PricingModel::PerUser),
            (self.per_device.is_some(), PricingModel::PerDevice),
            (self.per_site.is_some(), PricingModel::PerSite),
            (self.retainer.is_some(), PricingModel::Retainer),
            (self.block_hours.is_some(), PricingModel::BlockHours),
            (self.hourly.is_some(), PricingModel::Hourly),
            (!self.monthly.is_empty(), PricingModel::TailoredPackage),
            (self.contractors.is_some(), PricingModel::StaffAugmentation),
        ];
        stands.into_iter().filter(|(stands, _)| *stands).map(|(_, model)| model).collect()
    }

    /// The pricing model: the one kind of charge, or hybrid for several.
    pub fn pricing_model(&self) -> PricingModel {
        match self.charges().as_slice() {
            [] => PricingModel::TailoredPackage,
            [one] => *one,
            _ => PricingModel::Hybrid,
        }
    }

    /// Whether contractors are its only charge: they are then people beside the team.
    pub fn is_staff_augmentation(&self) -> bool {
        self.contractors.is_some() && self.pricing_model() == PricingModel::StaffAugmentation
    }

    /// Whether it bills nothing but hours, as they come or in blocks.
    pub fn bills_only_hours(&self) -> bool {
        let charges = self.charges();
        !charges.is_empty() && charges.iter().all(|c| matches!(c, PricingModel::Hourly | PricingModel::BlockHours))
    }

    /// How a cover is billed where it does not say.
    pub fn default_billed(&self) -> Billed {
        if self.bills_only_hours() { Billed::Hours } else { Billed::Flat }
    }

    /// What a cover obliges to where it does not say: hours bought are capacity, not cover.
    pub fn default_mode(&self) -> Mode {
        if self.bills_only_hours() { Mode::BestEffort } else { Mode::Duty }
    }

    /// The cover of a service.
    pub fn cover(&self, service: usize) -> Option<&Cover> {
        self.covers.iter().find(|cover| cover.service == service)
    }
}

/// The charge a user and month.
#[derive(Clone, Debug)]
pub struct PerUser {
    /// The rate, for all or by class.
    pub rates: Rates,
    /// Users billed at least.
    pub minimum: Option<Input>,
    /// Devices included a user.
    pub included_devices: Option<Input>,
    /// A month and device beyond them.
    pub extra_device_rate: Option<Rate>,
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
    /// Sold in lots.
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

/// Hours bought in lots.
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
    /// Months a lot is good for, its own included; none: it never expires.
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

/// A price with a name.
#[derive(Clone, Debug)]
pub struct NamedPrice {
    /// The name.
    pub name: String,
    /// The price.
    pub price: Input,
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

/// Taking over.
#[derive(Clone, Debug)]
pub struct Onboarding {
    /// A fee at signature.
    pub fee: Option<Input>,
    /// The fee as a multiple of the first recurring month.
    pub fee_months: Option<Input>,
    /// Days from signature until the provider works.
    pub days: Input,
}

/// Hours that count more than one.
#[derive(Clone, Debug)]
pub struct AfterHours {
    /// When.
    pub hours: Week,
    /// How much an hour counts.
    pub multiplier: Input,
}

choice! {
    /// When billing starts.
    pub enum BillFrom {
        /// In month 1.
        Signature = "signature",
        /// In the first month the provider works in.
        GoLive = "go_live",
    }
}

/// A service that an offer takes on.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The service, by index.
    pub service: usize,
    /// When; none: contractors, in all their hours.
    pub hours: Option<Week>,
    /// Within how many minutes a response is promised; the offer's, if it does not say.
    pub respond_within: Option<u32>,
    /// People it sends at once; none: as many as the service requires.
    pub people: Option<Input>,
    /// Share of the time it is there when it has a duty; the offer's, if it does not say.
    pub availability: Input,
    /// What it obliges to.
    pub mode: Mode,
    /// How its work is billed.
    pub billed: Billed,
    /// The share of the work it takes, if one is agreed.
    pub share: Option<Input>,
    /// Whether it takes on what the team leaves undone.
    pub overflow: bool,
    /// Whether it takes over accountability.
    pub accountable: bool,
    /// The first month of the offer in which it holds.
    pub from_month: Option<Input>,
    /// The last one.
    pub until_month: Option<Input>,
}

choice! {
    /// What a cover obliges to.
    pub enum Mode {
        /// Somebody is on duty.
        Duty = "duty",
        /// Somebody must respond to a call.
        OnCall = "on_call",
        /// Nobody is obliged to come.
        BestEffort = "best_effort",
    }
}

choice! {
    /// How a cover's work is billed.
    pub enum Billed {
        /// Within the offer's fixed charges.
        Flat = "flat",
        /// By the hour.
        Hours = "hours",
    }
}

/// The team leaves.
#[derive(Clone, Debug)]
pub struct ReplacesTeam {
    /// Roles that stay, by index into the team.
    pub keep: Vec<usize>,
    /// The month at whose end the others leave; 0: they are never there.
    pub handover_months: Input,
    /// Weeks of salary, once.
    pub severance_weeks: Input,
}

/// What the paper says its price is.
#[derive(Clone, Debug)]
pub struct Stated {
    /// A month.
    pub monthly: Option<Input>,
    /// The first year.
    pub year_1: Option<Input>,
    /// Onboarding.
    pub onboarding: Option<Input>,
    /// Lines a month, by item.
    pub lines: Vec<NamedPrice>,
}

/// Terms of a contract.
#[derive(Clone, Debug)]
pub struct Contract {
    /// First term.
    pub months: Input,
    /// Notice.
    pub notice_days: Input,
    /// Months of each renewal.
    pub renews_months: Option<Input>,
    /// Share, in place of `uplift` where an anniversary is a renewal.
    pub renewal_uplift: Option<Input>,
    /// What leaving costs beside the notice.
    pub exit: Option<Exit>,
}

/// What leaving costs beside the notice.
#[derive(Clone, Copy, Debug)]
pub enum Exit {
    /// A share of the recurring lines of the months that remain.
    ShareOfRemaining(Input),
    /// The recurring lines of so many of them.
    Months(Input),
}

/// What the provider answered; none: not asked or not answered.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Both teams see documentation and tools.
    pub shared_documentation: Option<bool>,
    /// Somebody is named.
    pub named_engineer: Option<bool>,
    /// Who decides is written.
    pub escalation_path: Option<bool>,
    /// Handing back is written.
    pub offboarding_plan: Option<bool>,
    /// Its tools cannot be taken along.
    pub tool_lock_in: Option<bool>,
    /// It wants the team's work.
    pub absorbs_team: Option<bool>,
    /// Co-managed clients today.
    pub co_managed_clients: Option<Input>,
    /// References named.
    pub references: Option<Input>,
}
