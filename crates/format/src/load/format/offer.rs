//! The keys of `[offers.X]` and of the tables in it.

use super::super::defaults;
use super::*;
use Fallback::{Assumed, Nothing, Required, Value};
use Shape::{
    Bool, Choice, Covers, Duration, Hours, Input, InputOr, Inputs, Name, Names, PerUser, Prices, Rate, Rates, Table,
    Tables, Text,
};

/// A provider's offer.
pub static OFFER: TableFormat = table(
    "an offer",
    "What a provider offers. The charges that stand in the table are the pricing model.",
    &[
        key("name", Name, Nothing("its key"), "The offer's name in print."),
        key("provider", Text, Nothing("not stated"), "Who offers."),
        key("per_user", PerUser, Nothing("not charged"), "A month and user."),
        key("per_device", Rates(Classes::Devices), Nothing("not charged"), "A month and device, for all or by class."),
        key("per_site", Rate, Nothing("not charged"), "A month and site."),
        key("retainer", Table(&RETAINER), Nothing("not charged"), "A fixed fee a month for a defined scope."),
        key("block_hours", Table(&BLOCK_HOURS), Nothing("not charged"), "Hours bought in lots."),
        key("hourly", Table(&HOURLY), Nothing("not charged"), "Hours billed as they come."),
        key("monthly", Prices, Nothing("not charged"), "Named prices a month, such as { \"Backup service\" = 550 }."),
        key("charges", Tables(&CHARGE, EntryName::By("name")), Nothing("not charged"), "Lines of the price list."),
        key("contractors", Table(&CONTRACTORS), Nothing("not charged"), "People who work under the client's lead."),
        key("once", Prices, Nothing("not charged"), "Named prices at signature; not a charge."),
        key("onboarding", Table(&ONBOARDING), Nothing("none"), "Taking over."),
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
        key("free_months", Input(months(0, 120)), Value("0"), "Billed months whose recurring lines cost nothing."),
        key("minimum_monthly", Input(MONEY), Value("0"), "Least sum of the recurring charges and hours of a month."),
        key("minimum_yearly", Input(MONEY), Nothing("none"), "Least sum of the recurring charges and hours of a year."),
        key("maximum_monthly", Input(MONEY), Nothing("none"), "Highest sum of the recurring charges and hours of a month."),
        key("maximum_yearly", Input(MONEY), Nothing("none"), "Highest sum of the recurring charges and hours of a year."),
        key("discounts", Tables(&DISCOUNT, EntryName::By("name")), Nothing("none"), "What is taken off, in this order."),
        key("after_hours", Tables(&AFTER_HOURS, EntryName::Number), Nothing("none"), "Hours that count more than one."),
        key(
            "increment_minutes",
            Input(quantity(Kind::Number, Limit::Above(0), 10_080, false)),
            Nothing("none"),
            "Minutes that a ticket billed by the hour is rounded up to.",
        ),
        key(
            "minimum_minutes",
            Input(quantity(Kind::Number, Limit::Above(0), 10_080, false)),
            Nothing("none"),
            "Minutes that a ticket billed by the hour counts at least.",
        ),
        key("out_of_scope_rate", Input(MONEY), Nothing("not done"), "An hour of work that nobody covers."),
        key("tax", Input(SHARE), Value("0%"), "Share on every line of the invoice."),
        key("tax_recoverable", Bool, Value("false"), "Whether the tax comes back, and so is no cost."),
        key("includes_tools", Names, Nothing("none"), "Tools that come with the offer, by key."),
        key(
            "coordination_hours",
            Input(NUMBER),
            Value("0"),
            "Hours of the team a month, spent on working with the provider.",
        ),
        key(
            "respond_within",
            Duration,
            Nothing("not promised"),
            "Within what time a response is promised, for all its covers.",
        ),
        key(
            "availability",
            Input(PART),
            Assumed(&defaults::AVAILABILITY),
            "Share of the time the provider is there when it has a duty.",
        ),
        key("bill_from", Choice(&["signature", "go_live"]), Value("signature"), "When billing starts."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("from the start"),
            "First month of the term in which it runs.",
        ),
        key("until_month", Input(months(1, 120)), Nothing("to the end"), "Last month of the term in which it runs."),
        key("covers", Covers, Nothing("none"), "The services that the provider takes on, and when."),
        key("replaces_team", Table(&REPLACES_TEAM), Nothing("the team stays"), "Roles of the team leave."),
        key("stated", Table(&STATED), Nothing("not stated"), "What the paper says, held against its own prices."),
        key("contract", Table(&CONTRACT), Nothing("not stated"), "Terms of the contract."),
        key("answers", Table(&ANSWERS), Nothing("not asked"), "What the provider answered."),
    ],
);

/// A line of the price list.
pub static CHARGE: TableFormat = table(
    "a charge",
    "A line of the price list.",
    &[
        key("name", Name, Required, "How the line reads."),
        key("per", Name, Required, "What is counted: user, device, site, month or ticket."),
        key(
            "rate",
            Rates(Classes::Users),
            Nothing("`by_year` is given"),
            "The price of a unit: money, tiers, a bundle, or a table of these by class.",
        ),
        key(
            "by_year",
            Inputs(MONEY),
            Nothing("`rate` is given"),
            "The price of a unit in each year of the offer; the last holds on, and none of them rises.",
        ),
        key("classes", Names, Nothing("all"), "The classes of users or devices that count."),
        key("quantity", Input(NUMBER), Nothing("1"), "How many there are of what is charged by the month."),
        key("included", Input(NUMBER), Nothing("none"), "Units that cost nothing."),
        key("minimum", InputOr(NUMBER, &MINIMUM), Nothing("none"), "Units billed at least."),
        key(
            "every_months",
            Input(months(1, 120)),
            Nothing("1"),
            "Months that the rate is for, paid in advance in the first of them.",
        ),
        key("spread", Bool, Value("false"), "Whether a rate for several months is paid in that many parts."),
        key("from_month", Input(months(1, 120)), Nothing("its first"), "The first month of the offer in which it stands."),
        key("until_month", Input(months(1, 120)), Nothing("its last"), "The last month of the offer in which it stands."),
        key("uplift", InputOr(CHANGE_RATE, &UPLIFT), Nothing("the offer's"), "How its price rises each year."),
        key("tax", Input(SHARE), Nothing("the offer's"), "Share of tax on it."),
        key("optional", Bool, Value("false"), "Whether it is billed only where an alternative lists it in `options`."),
    ],
);

/// Units billed at least, by those of another month.
pub static MINIMUM: TableFormat = table(
    "a minimum",
    "Units billed at least, as a share of those of another month.",
    &[
        key("share", Input(SHARE), Value("100%"), "The share; what it comes to is rounded up."),
        key(
            "of",
            Choice(&["first", "peak"]),
            Required,
            "Of the first month in which the line is billed, or of the one with the most units so far.",
        ),
    ],
);

/// How prices rise.
pub static UPLIFT: TableFormat = table(
    "an uplift",
    "How prices rise each year, within a floor and a cap.",
    &[
        key("rate", Input(CHANGE_RATE), Required, "Share a year."),
        key("floor", Input(CHANGE_RATE), Nothing("none"), "The least that prices rise."),
        key("cap", Input(CHANGE_RATE), Nothing("none"), "The most that prices rise."),
    ],
);

/// What is taken off.
pub static DISCOUNT: TableFormat = table(
    "a discount",
    "A share that is taken off some of the lines of a month.",
    &[
        key("name", Name, Required, "How the line reads."),
        key("share", Input(PART), Required, "The share."),
        key(
            "on",
            Choice(&["recurring", "hours", "one-time", "all"]),
            Required,
            "What it is taken of: recurring charges, hours, onboarding and prices once, or all three.",
        ),
        key("from_month", Input(months(1, 120)), Nothing("its first"), "The first month of the offer in which it stands."),
        key("until_month", Input(months(1, 120)), Nothing("its last"), "The last month of the offer in which it stands."),
    ],
);

/// A price a user, with what belongs to it.
pub static PER_USER: TableFormat = table(
    "a per-user charge",
    "A price a month and user.",
    &[
        key("rate", Rates(Classes::Users), Required, "The rate, for all or by class."),
        key("minimum", Input(NUMBER), Nothing("none"), "Users billed at least."),
        key("included_devices", Input(NUMBER), Nothing("not counted"), "Devices included for each user."),
        key("extra_device_rate", Rate, Nothing("none"), "A month and device beyond those included."),
    ],
);

/// A rate in tiers.
pub static TIERED: TableFormat = table(
    "a rate in tiers",
    "A rate that depends on the quantity.",
    &[
        key("tiers", Tables(&TIER, EntryName::Number), Required, "The tiers, in rising order."),
        key(
            "mode",
            Choice(&["volume", "graduated"]),
            Value("volume"),
            "Whether every unit has the rate of the tier that the whole quantity reaches, or each tier its own units.",
        ),
    ],
);

/// A tier of a rate.
pub static TIER: TableFormat = table(
    "a tier",
    "A tier of a rate.",
    &[
        key("up_to", Input(POSITIVE), Nothing("no end"), "The highest quantity of the tier; the last has none."),
        key("rate", Input(MONEY), Nothing("`flat` is given"), "A unit."),
        key("flat", Input(MONEY), Nothing("`rate` is given"), "One price for the tier."),
    ],
);

/// A rate in bundles.
pub static BUNDLE: TableFormat = table(
    "a bundle",
    "Units that are sold in lots.",
    &[
        key("bundle", Input(POSITIVE), Required, "Units in a lot."),
        key("price", Input(MONEY), Required, "Price of a lot."),
    ],
);

/// A fixed fee a month.
pub static RETAINER: TableFormat = table(
    "a retainer",
    "A fixed fee a month for a defined scope.",
    &[
        key("monthly", Input(MONEY), Required, "The fee."),
        key("included_hours", Input(NUMBER), Nothing("not counted"), "Hours in it."),
        key("overage_rate", Input(MONEY), Nothing("not worked"), "An hour beyond them."),
    ],
);

/// Hours bought in lots.
pub static BLOCK_HOURS: TableFormat = table(
    "block hours",
    "Hours bought in lots.",
    &[
        key("hours", Input(POSITIVE), Required, "Hours in a lot."),
        key("price", Input(MONEY), Required, "Price of a lot."),
        key(
            "every_months",
            Input(months(1, 120)),
            Nothing("bought when needed"),
            "Months from one purchase to the next.",
        ),
        key("count", Input(quantity(Kind::Count, Limit::From(1), 1_000_000, true)), Value("1"), "Lots a purchase."),
        key(
            "expires_months",
            Input(months(1, 1_200)),
            Nothing("never"),
            "Months that a lot is good for, its own included.",
        ),
        key("overage_rate", Input(MONEY), Nothing("none"), "An hour that no lot has; needs `every_months`."),
    ],
);

/// Hours billed as they come.
pub static HOURLY: TableFormat = table(
    "an hourly charge",
    "Hours billed as they come.",
    &[
        key("rate", Input(MONEY), Required, "An hour."),
        key("minimum_hours", Input(NUMBER), Value("0"), "Hours billed at least, a month."),
    ],
);

/// People who work under the client's lead.
pub static CONTRACTORS: TableFormat = table(
    "contractors",
    "People who work under the client's lead, with the client's tools.",
    &[
        key("headcount", Input(POSITIVE), Required, "People."),
        key("rate", Input(MONEY), Required, "An hour."),
        key(
            "hours_per_month",
            Input(quantity(Kind::Number, Limit::Above(0), 744, false)),
            Required,
            "Hours a person and month.",
        ),
        key("hours", Hours, Required, "When they are on duty."),
    ],
);

/// Taking over.
pub static ONBOARDING: TableFormat = table(
    "onboarding",
    "Taking over.",
    &[
        key("fee", Input(MONEY), Nothing("none"), "A fee at signature."),
        key("fee_months", Input(NUMBER), Nothing("none"), "The fee as a multiple of the first recurring month."),
        key("of", Names, Nothing("all"), "The charges that `fee_months` counts, by name."),
        key("instalments", Input(months(1, 120)), Nothing("at signature"), "Monthly parts that the fee is paid in."),
        key("days", Input(days(3_600)), Value("0"), "Days from signature until the provider works."),
    ],
);

/// Hours that count more than one.
pub static AFTER_HOURS: TableFormat = table(
    "an after-hours band",
    "Hours that count more than one.",
    &[
        key("outside", Hours, Nothing("`hours` is given"), "All hours but these."),
        key("hours", Hours, Nothing("`outside` is given"), "These hours."),
        key(
            "multiplier",
            Input(quantity(Kind::Number, Limit::From(0), 100, false)),
            Nothing("`rate` is given"),
            "How much an hour counts.",
        ),
        key("rate", Input(MONEY), Nothing("`multiplier` is given"), "What an hour costs in place of the work's rate."),
    ],
);

/// A service that an offer takes on.
pub static COVER: TableFormat = table(
    "a cover",
    "A service that the offer takes on.",
    &[
        key("hours", Hours, Nothing("contractors: all their hours"), "When."),
        key("respond_within", Duration, Nothing("the offer's"), "Within what time a response is promised."),
        key("availability", Input(PART), Nothing("the offer's"), "Share of the time the provider is there."),
        key(
            "mode",
            Choice(&["duty", "on_call", "best_effort"]),
            Nothing("duty; best_effort where the offer bills only by the hour"),
            "Whether somebody is on duty, on call, or not obliged to come.",
        ),
        key("people", Input(PEOPLE), Nothing("as many as the service requires"), "How many people it sends at once."),
        key(
            "billed",
            Choice(&["flat", "hours"]),
            Nothing("hours where hours are sold and nothing else pays for the work; else flat"),
            "How the work is billed.",
        ),
        key("rate", Input(MONEY), Nothing("the offer's"), "What an hour of this service costs."),
        key("share", Input(PART), Nothing("the work of the hours only the provider covers"), "Share of the work."),
        key(
            "overflow",
            Bool,
            Nothing("true where billed in hours, or the hours hold all wanted ones and no share is written"),
            "Whether it takes on what the team leaves undone.",
        ),
        key("accountable", Bool, Value("false"), "Whether the provider takes over accountability."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("from the start"),
            "First month of the offer in which it holds.",
        ),
        key("until_month", Input(months(1, 120)), Nothing("to the end"), "Last month of the offer in which it holds."),
    ],
);

/// The team leaves.
pub static REPLACES_TEAM: TableFormat = table(
    "`replaces_team`",
    "Roles of the team leave when the provider has taken over.",
    &[
        key("keep", Names, Nothing("nobody"), "Roles that stay."),
        key(
            "handover_months",
            Input(months(0, 120)),
            Value("0"),
            "The month at whose end the others leave; 0: never paid.",
        ),
        key("severance_weeks", Input(days(520)), Value("0"), "Weeks of salary, once."),
    ],
);

/// What the paper says.
pub static STATED: TableFormat = table(
    "stated prices",
    "What the paper says its price is.",
    &[
        key("monthly", Input(MONEY), Nothing("not stated"), "A month."),
        key("year_1", Input(MONEY), Nothing("not stated"), "The first year."),
        key("onboarding", Input(MONEY), Nothing("not stated"), "Onboarding."),
        key("lines", Prices, Nothing("not stated"), "Lines a month, by item."),
    ],
);

/// Terms of a contract.
pub static CONTRACT: TableFormat = table(
    "a contract",
    "Terms of the contract.",
    &[
        key("months", Input(months(1, 1_200)), Required, "The first term."),
        key("notice_days", Input(days(3_660)), Value("0"), "Notice."),
        key("renews_months", Input(months(1, 1_200)), Nothing("does not renew"), "Months of each renewal."),
        key(
            "renewal_uplift",
            Input(CHANGE_RATE),
            Nothing("as any anniversary"),
            "Share, in place of `uplift` where an anniversary is a renewal.",
        ),
        key("exit", Table(&EXIT), Nothing("nothing"), "What leaving costs beside the notice."),
    ],
);

/// What leaving costs.
pub static EXIT: TableFormat = table(
    "an exit fee",
    "What leaving costs beside the notice: one of the two.",
    &[
        key(
            "share_of_remaining",
            Input(PART),
            Nothing("`months` is given"),
            "Share of the recurring lines of the months that remain.",
        ),
        key(
            "months",
            Input(months(0, 1_200)),
            Nothing("`share_of_remaining` is given"),
            "The recurring lines of so many of them.",
        ),
    ],
);

/// What the provider answered.
pub static ANSWERS: TableFormat = table(
    "answers",
    "What the provider answered when the buyer asked.",
    &[
        key("shared_documentation", Bool, Nothing("not asked"), "Both teams see documentation and tools."),
        key("named_engineer", Bool, Nothing("not asked"), "Somebody is named."),
        key("escalation_path", Bool, Nothing("not asked"), "Who decides is written."),
        key("offboarding_plan", Bool, Nothing("not asked"), "Handing back is written."),
        key("tool_lock_in", Bool, Nothing("not asked"), "Its tools cannot be taken along."),
        key("absorbs_team", Bool, Nothing("not asked"), "It wants the team's work."),
        key("co_managed_clients", Input(COUNT), Nothing("not asked"), "Co-managed clients today."),
        key("references", Input(COUNT), Nothing("not asked"), "References named."),
    ],
);
