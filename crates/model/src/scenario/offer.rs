//! What providers offer: charges, and what they cover for them.

use super::{BlockHours, Charge, Contractors, Hourly, Input, PriceLine, PricingModel, Retainer, Uplift};
use crate::choice::choice;
use crate::source::Span;
use crate::week::Week;

/// A provider's offer.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The key in `[offers]`.
    pub key: String,
    /// Its name; the key if none is written.
    pub name: String,
    /// Who offers.
    pub provider: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// `note` of its table.
    pub note: Option<String>,
    /// What is charged for, in the order of the format.
    pub charges: Vec<Charge>,
    /// Named prices once, at signature.
    pub once: Vec<NamedPrice>,
    /// Taking over.
    pub onboarding: Onboarding,
    /// How every price rises but onboarding and once.
    pub uplift: Uplift,
    /// The first year of the offer that rises, from 2.
    pub uplift_from_year: Input,
    /// Billed months whose recurring lines cost nothing.
    pub free_months: Input,
    /// Least sum of the lines of a month.
    pub minimum_monthly: Input,
    /// Least sum of the lines of a year of the offer.
    pub minimum_yearly: Option<Input>,
    /// Highest sum of the lines of a month.
    pub maximum_monthly: Option<Input>,
    /// Highest sum of the lines of a year of the offer.
    pub maximum_yearly: Option<Input>,
    /// What is taken off, in this order.
    pub discounts: Vec<Discount>,
    /// Hours that count more than one.
    pub after_hours: Vec<AfterHours>,
    /// Minutes that a ticket billed by the hour is rounded up to.
    pub increment_minutes: Option<Input>,
    /// Minutes that a ticket billed by the hour counts at least.
    pub minimum_minutes: Option<Input>,
    /// An hour of work that no one covers.
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
    /// Its table in the file.
    pub span: Span,
}

impl Offer {
    /// The kinds of charge in the offer, each once.
    pub fn models(&self) -> Vec<PricingModel> {
        let mut models = Vec::new();
        for model in self.charges.iter().filter(|charge| !charge.is_optional()).map(Charge::model) {
            if !models.contains(&model) {
                models.push(model);
            }
        }
        models
    }

    /// The pricing model: the one kind of charge, or hybrid for several.
    pub fn pricing_model(&self) -> PricingModel {
        match self.models().as_slice() {
            [] => PricingModel::TailoredPackage,
            [one] => *one,
            _ => PricingModel::Hybrid,
        }
    }

    /// The lines of its price list.
    pub fn price_lines(&self) -> impl Iterator<Item = &PriceLine> {
        self.charges.iter().filter_map(|charge| match charge {
            Charge::Line(line) => Some(line),
            _ => None,
        })
    }

    /// Whether contractors are its only charge: they are then people in addition to the team.
    pub fn is_staff_augmentation(&self) -> bool {
        let mut taken = self.charges.iter().filter(|charge| !charge.is_optional());
        matches!((taken.next(), taken.next()), (Some(Charge::Contractors(_)), None))
    }

    /// Whether a cover that does not say so is billed by the hour: hours are sold, and nothing that would
    /// pay for its work otherwise.
    pub fn bills_by_the_hour(&self) -> bool {
        self.sells_hours() && !self.charges.iter().any(Charge::is_flat)
    }

    /// What an hour of a cover's work costs, as far as it is counted: the cover's own rate, else the hourly
    /// one, else that beyond included or bought hours.
    pub fn rate_of_work(&self, cover: &Cover) -> Option<Input> {
        let hourly = || self.hourly().map(|hourly| hourly.rate);
        let retainer = || self.retainer().and_then(|retainer| retainer.overage_rate);
        let blocks = || self.block_hours().and_then(|blocks| blocks.overage_rate);
        cover.rate.or_else(hourly).or_else(retainer).or_else(blocks)
    }

    /// Whether it has a price for hours: as they come, or in blocks.
    pub fn sells_hours(&self) -> bool {
        self.charges.iter().any(is_of_hours)
    }

    /// Whether it bills nothing for being there: by the hour, and no contractors.
    pub fn bills_only_hours(&self) -> bool {
        self.bills_by_the_hour() && self.contractors().is_none()
    }

    /// The retainer, if there is one.
    pub fn retainer(&self) -> Option<&Retainer> {
        self.charges.iter().find_map(|charge| match charge {
            Charge::Retainer(retainer) => Some(retainer),
            _ => None,
        })
    }

    /// Hours in blocks, if they are sold.
    pub fn block_hours(&self) -> Option<&BlockHours> {
        self.charges.iter().find_map(|charge| match charge {
            Charge::BlockHours(blocks) => Some(blocks),
            _ => None,
        })
    }

    /// The price of hours as they come, if there is one.
    pub fn hourly(&self) -> Option<&Hourly> {
        self.charges.iter().find_map(|charge| match charge {
            Charge::Hourly(hourly) => Some(hourly),
            _ => None,
        })
    }

    /// The contractors, if there are any.
    pub fn contractors(&self) -> Option<&Contractors> {
        self.charges.iter().find_map(|charge| match charge {
            Charge::Contractors(contractors) => Some(contractors),
            _ => None,
        })
    }

    /// The cover of a service.
    pub fn cover(&self, service: usize) -> Option<&Cover> {
        self.covers.iter().find(|cover| cover.service == service)
    }
}

fn is_of_hours(charge: &Charge) -> bool {
    matches!(charge, Charge::Hourly(_) | Charge::BlockHours(_))
}

/// A price with a name.
#[derive(Clone, Debug)]
pub struct NamedPrice {
    /// What is paid for, as it reads on the invoice.
    pub name: String,
    /// The amount, paid once.
    pub price: Input,
}

/// Taking over.
#[derive(Clone, Debug)]
pub struct Onboarding {
    /// A fee at signature.
    pub fee: Option<Input>,
    /// The fee as a multiple of the first recurring month.
    pub fee_months: Option<Input>,
    /// The charges that `fee_months` counts, by index; none: all.
    pub of: Option<Vec<usize>>,
    /// Where they are named.
    pub of_span: Option<Span>,
    /// Monthly parts that the fee is paid in; none: at signature.
    pub instalments: Option<Input>,
    /// Days from signature until the provider works.
    pub days: Input,
}

/// Hours that count more than one.
#[derive(Clone, Debug)]
pub struct AfterHours {
    /// When.
    pub hours: Week,
    /// How much more an hour costs.
    pub price: BandPrice,
}

/// What an hour of a band costs.
#[derive(Clone, Copy, Debug)]
pub enum BandPrice {
    /// A multiple of an hour of other work.
    Multiplier(Input),
    /// A rate an hour, in place of that of the work.
    Rate(Input),
}

/// What is taken off an invoice.
#[derive(Clone, Debug)]
pub struct Discount {
    /// How the line reads.
    pub name: String,
    /// The share that is taken off, 0 to 1.
    pub share: Input,
    /// What it is taken of.
    pub on: DiscountedSum,
    /// The first month of the offer in which it applies.
    pub from_month: Option<Input>,
    /// The last month of the offer in which it applies.
    pub until_month: Option<Input>,
    /// Its table in the file.
    pub span: Span,
}

choice! {
    /// The lines of a month that a discount is taken of.
    pub enum DiscountedSum {
        /// Recurring charges.
        Recurring = "recurring",
        /// Hours.
        Hours = "hours",
        /// Onboarding and prices once.
        OneTime = "one-time",
        /// The three, each for itself.
        All = "all",
    }
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
    /// What an hour of it costs, where it has a rate of its own.
    pub rate: Option<Input>,
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
        /// Someone is on duty.
        Duty = "duty",
        /// Someone must respond to a call.
        OnCall = "on_call",
        /// No one is obliged to come.
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
    /// The stated price of a month.
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
    /// What leaving costs in addition to the notice.
    pub exit: Option<Exit>,
}

/// What leaving costs in addition to the notice.
#[derive(Clone, Copy, Debug)]
pub enum Exit {
    /// A share of the recurring lines of the months that remain.
    ShareOfRemaining(Input),
    /// The recurring lines of this many of them.
    Months(Input),
}

/// What the provider answered; none: not asked or not answered.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Both teams see documentation and tools.
    pub shared_documentation: Option<bool>,
    /// Someone is named.
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
