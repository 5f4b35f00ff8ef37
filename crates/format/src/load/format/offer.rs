//! The keys of `[offers.X]` and of its tables beside prices: what it covers, its terms, its answers.

use super::super::defaults;
use super::price::{AFTER_HOURS, BLOCK_HOURS, CHARGE, CONTRACTORS, DISCOUNT, HOURLY, RETAINER, UPLIFT};
use super::*;
use Fallback::{Assumed, Nothing, Required, Value};
use Shape::{
    Bool, Choice, Covers, Duration, Hours, Input, InputOr, Name, Names, PerUser, Prices, Rate, Rates, Table, Tables,
    Text,
};
use comanage_model::choice::Choice as _;
use comanage_model::scenario::{BillFrom, Billed, Mode};

/// A provider's offer.
pub static OFFER: TableFormat = table(
    "an offer",
    "What a provider offers. The charges in the table define the pricing model.",
    &[
        key("name", Name, Nothing("its key"), "Display name of the offer."),
        key("provider", Text, Nothing("not stated"), "Name of the provider."),
        key("per_user", PerUser, Nothing("not charged"), "Monthly price per user."),
        key(
            "per_device",
            Rates(Classes::Devices),
            Nothing("not charged"),
            "Monthly price per device, for all or by class.",
        ),
        key("per_site", Rate, Nothing("not charged"), "Monthly price per site."),
        key("retainer", Table(&RETAINER), Nothing("not charged"), "A fixed monthly fee for a defined scope."),
        key("block_hours", Table(&BLOCK_HOURS), Nothing("not charged"), "Hours bought in blocks."),
        key("hourly", Table(&HOURLY), Nothing("not charged"), "Time and materials: hours billed as used."),
        key("monthly", Prices, Nothing("not charged"), "Named monthly prices, such as { \"Backup service\" = 550 }."),
        key("charges", Tables(&CHARGE, EntryName::By("name")), Nothing("not charged"), "Lines of the price list."),
        key(
            "contractors",
            Table(&CONTRACTORS),
            Nothing("not charged"),
            "Contractors who work under the client's direction.",
        ),
        key("once", Prices, Nothing("not charged"), "Named one-time prices at signature; not a charge."),
        key("onboarding", Table(&ONBOARDING), Nothing("none"), "Onboarding."),
        key(
            "uplift",
            InputOr(CHANGE_RATE, &UPLIFT),
            Value("0%"),
            "Share a year, on every price but onboarding and once, or a table with a floor and a cap.",
        ),
        key(
            "uplift_from_year",
            Input(quantity(Kind::Count, Limit::From(2), 120, true)),
            Value("2"),
            "The first year of the offer in which prices are higher; until then they are held.",
        ),
        key("free_months", Input(months(0, 120)), Value("0"), "Number of billed months without recurring charges."),
        key("minimum_monthly", Input(MONEY), Value("0"), "Least sum of the recurring charges and hours of a month."),
        key("minimum_yearly", Input(MONEY), Nothing("none"), "Least sum of the recurring charges and hours of a year."),
        key(
            "maximum_monthly",
            Input(MONEY),
            Nothing("none"),
            "Highest sum of the recurring charges and hours of a month.",
        ),
        key(
            "maximum_yearly",
            Input(MONEY),
            Nothing("none"),
            "Highest sum of the recurring charges and hours of a year.",
        ),
        key(
            "discounts",
            Tables(&DISCOUNT, EntryName::By("name")),
            Nothing("none"),
            "What is taken off, in this order.",
        ),
        key("after_hours", Tables(&AFTER_HOURS, EntryName::Number), Nothing("none"), "Hours billed at a multiplier."),
        key(
            "increment_minutes",
            Input(quantity(Kind::Number, Limit::Above(0), 10_080, false)),
            Nothing("none"),
            "Billing increment in minutes: tickets billed hourly are rounded up to it.",
        ),
        key(
            "minimum_minutes",
            Input(quantity(Kind::Number, Limit::Above(0), 10_080, false)),
            Nothing("none"),
            "Minutes that a ticket billed by the hour counts at least.",
        ),
        key("out_of_scope_rate", Input(MONEY), Nothing("not done"), "Price per hour of work that no one covers."),
        key("tax", Input(SHARE), Value("0%"), "Tax rate on every line of the invoice."),
        key("tax_recoverable", Bool, Value("false"), "Whether the tax is recoverable and therefore not a cost."),
        key("includes_tools", Names, Nothing("none"), "Tools included in the offer, by key."),
        key(
            "coordination_hours",
            Input(NUMBER),
            Value("0"),
            "Hours per month the team spends coordinating with the provider.",
        ),
        key("respond_within", Duration, Nothing("not promised"), "Promised response time for all covers."),
        key(
            "availability",
            Input(PART),
            Assumed(&defaults::AVAILABILITY),
            "Share of its duty hours in which the provider is available.",
        ),
        key("bill_from", Choice(BillFrom::WORDS), Value("signature"), "When billing starts."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("from the start"),
            "First month of the term in which it applies.",
        ),
        key("until_month", Input(months(1, 120)), Nothing("to the end"), "Last month of the term in which it applies."),
        key("covers", Covers, Nothing("none"), "The services the provider covers, and when."),
        key(
            "replaces_team",
            Table(&REPLACES_TEAM),
            Nothing("the team stays"),
            "Team roles that the provider replaces.",
        ),
        key("stated", Table(&STATED), Nothing("not stated"), "Totals stated in the quote, checked against its rates."),
        key("contract", Table(&CONTRACT), Nothing("not stated"), "Contract terms."),
        key("answers", Table(&ANSWERS), Nothing("not asked"), "Answers of the provider."),
    ],
);

/// Taking over.
pub static ONBOARDING: TableFormat = table(
    "onboarding",
    "Onboarding.",
    &[
        key("fee", Input(MONEY), Nothing("none"), "Fee at signature."),
        key("fee_months", Input(NUMBER), Nothing("none"), "Fee as a multiple of the first recurring month."),
        key("of", Names, Nothing("all"), "The charges that `fee_months` counts, by name."),
        key("instalments", Input(months(1, 120)), Nothing("at signature"), "Monthly parts that the fee is paid in."),
        key("days", Input(days(3_600)), Value("0"), "Days from signature until the provider is operational."),
    ],
);

/// A service that an offer takes on.
pub static COVER: TableFormat = table(
    "a cover",
    "A service that the offer covers.",
    &[
        key("hours", Hours, Nothing("contractors: all their hours"), "Covered hours."),
        key("respond_within", Duration, Nothing("the offer's"), "Promised response time."),
        key(
            "availability",
            Input(PART),
            Nothing("the offer's"),
            "Share of its duty hours in which the provider is available.",
        ),
        key(
            "mode",
            Choice(Mode::WORDS),
            Nothing("duty; best_effort where the offer bills only by the hour"),
            "Whether the provider is on duty, on call, or without an obligation to respond.",
        ),
        key("people", Input(PEOPLE), Nothing("as many as the service requires"), "Number of people on duty at once."),
        key(
            "billed",
            Choice(Billed::WORDS),
            Nothing("hours where hours are sold and nothing else pays for the work; else flat"),
            "How the work is billed.",
        ),
        key("rate", Input(MONEY), Nothing("the offer's"), "What an hour of this service costs."),
        key(
            "share",
            Input(PART),
            Nothing("the work of the hours only the provider covers"),
            "Share of the work it takes over.",
        ),
        key(
            "overflow",
            Bool,
            Nothing("true where billed in hours, or the hours contain all required hours and no share is given"),
            "Whether it takes over work that the team cannot complete.",
        ),
        key("accountable", Bool, Value("false"), "Whether the provider is accountable for the service."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("from the start"),
            "First month of the offer in which it applies.",
        ),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("to the end"),
            "Last month of the offer in which it applies.",
        ),
    ],
);

/// The team leaves.
pub static REPLACES_TEAM: TableFormat = table(
    "`replaces_team`",
    "Team roles that leave once the provider has taken over.",
    &[
        key("keep", Names, Nothing("none"), "Roles that stay."),
        key(
            "handover_months",
            Input(months(0, 120)),
            Value("0"),
            "Month at the end of which the others leave; 0 if they are never paid.",
        ),
        key("severance_weeks", Input(days(520)), Value("0"), "One-time severance, in weeks of salary."),
    ],
);

/// What the paper says.
pub static STATED: TableFormat = table(
    "stated prices",
    "Totals stated in the quote.",
    &[
        key("monthly", Input(MONEY), Nothing("not stated"), "A month."),
        key("year_1", Input(MONEY), Nothing("not stated"), "Total of the first year."),
        key("onboarding", Input(MONEY), Nothing("not stated"), "Onboarding."),
        key("lines", Prices, Nothing("not stated"), "Monthly amounts, by item."),
    ],
);

/// Terms of a contract.
pub static CONTRACT: TableFormat = table(
    "a contract",
    "Contract terms.",
    &[
        key("months", Input(months(1, 1_200)), Required, "Initial term, in months."),
        key("notice_days", Input(days(3_660)), Value("0"), "Notice period, in days."),
        key("renews_months", Input(months(1, 1_200)), Nothing("does not renew"), "Renewal period, in months."),
        key(
            "renewal_uplift",
            Input(CHANGE_RATE),
            Nothing("as any anniversary"),
            "Price increase at renewal, replacing `uplift`.",
        ),
        key("exit", Table(&EXIT), Nothing("nothing"), "Early termination fee, in addition to the notice period."),
    ],
);

/// What leaving costs.
pub static EXIT: TableFormat = table(
    "an exit fee",
    "Early termination fee in addition to the notice period: one of the two.",
    &[
        key(
            "share_of_remaining",
            Input(PART),
            Nothing("`months` is given"),
            "Share of the recurring fees of the remaining months.",
        ),
        key(
            "months",
            Input(months(0, 1_200)),
            Nothing("`share_of_remaining` is given"),
            "Number of remaining months whose recurring fees are due.",
        ),
    ],
);

/// What the provider answered.
pub static ANSWERS: TableFormat = table(
    "answers",
    "The provider's answers to the buyer's questions.",
    &[
        key("shared_documentation", Bool, Nothing("not asked"), "Both teams have access to documentation and tools."),
        key("named_engineer", Bool, Nothing("not asked"), "A named engineer is assigned."),
        key("escalation_path", Bool, Nothing("not asked"), "There is a written escalation path."),
        key("offboarding_plan", Bool, Nothing("not asked"), "There is a written hand-back plan."),
        key("tool_lock_in", Bool, Nothing("not asked"), "Its tools cannot be kept after the contract ends."),
        key("absorbs_team", Bool, Nothing("not asked"), "It aims to replace the team."),
        key("co_managed_clients", Input(COUNT), Nothing("not asked"), "Current number of co-managed clients."),
        key("references", Input(COUNT), Nothing("not asked"), "Number of references."),
    ],
);
