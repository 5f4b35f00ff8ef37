//! The keys of the prices of an offer: lines of its price list, rates, hours, and what is taken off.

use super::*;
use Fallback::{Nothing, Required, Value};
use Shape::{Bool, Choice, Hours, Input, InputOr, Inputs, Name, Names, Rate, Rates, Tables};
use comanage_model::choice::Choice as _;
use comanage_model::scenario::{DiscountedSum, Reference, TierMode};

/// A line of the price list.
pub static CHARGE: TableFormat = table(
    "a charge",
    "A line of the price list.",
    &[
        key("name", Name, Required, "How the line reads."),
        key(
            "per",
            Name,
            Required,
            "What is counted: user, device, site, month, ticket, or the name of another counted thing.",
        ),
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
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("its first"),
            "The first month of the offer in which it applies.",
        ),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("its last"),
            "The last month of the offer in which it applies.",
        ),
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
            Choice(Reference::WORDS),
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
            Choice(DiscountedSum::WORDS),
            Required,
            "What it is taken of: recurring charges, hours, onboarding and prices once, or all three.",
        ),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("its first"),
            "The first month of the offer in which it applies.",
        ),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("its last"),
            "The last month of the offer in which it applies.",
        ),
    ],
);

/// A price a user, with what belongs to it.
pub static PER_USER: TableFormat = table(
    "a per-user charge",
    "A monthly price per user.",
    &[
        key("rate", Rates(Classes::Users), Required, "Monthly price per user, for all or by class."),
        key("minimum", Input(NUMBER), Nothing("none"), "Minimum number of users billed."),
        key("included_devices", Input(NUMBER), Nothing("not counted"), "Devices included per user."),
        key("extra_device_rate", Rate, Nothing("none"), "Monthly price per additional device."),
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
            Choice(TierMode::WORDS),
            Value("volume"),
            "Whether all units have the rate of the tier that the whole quantity reaches, or the units of each tier its own rate.",
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
    "Units sold in bundles.",
    &[
        key("bundle", Input(POSITIVE), Required, "Units per bundle."),
        key("price", Input(MONEY), Required, "Price per bundle."),
    ],
);

/// A fixed fee a month.
pub static RETAINER: TableFormat = table(
    "a retainer",
    "A fixed monthly fee for a defined scope.",
    &[
        key("monthly", Input(MONEY), Required, "Monthly fee."),
        key("included_hours", Input(NUMBER), Nothing("not counted"), "Hours included per month."),
        key("overage_rate", Input(MONEY), Nothing("not worked"), "Price per additional hour."),
    ],
);

/// Hours bought in blocks.
pub static BLOCK_HOURS: TableFormat = table(
    "block hours",
    "Hours bought in blocks.",
    &[
        key("hours", Input(POSITIVE), Required, "Hours per block."),
        key("price", Input(MONEY), Required, "Price per bundle."),
        key(
            "every_months",
            Input(months(1, 120)),
            Nothing("bought when needed"),
            "Months from one purchase to the next.",
        ),
        key("count", Input(quantity(Kind::Count, Limit::From(1), 1_000_000, true)), Value("1"), "Blocks per purchase."),
        key(
            "expires_months",
            Input(months(1, 1_200)),
            Nothing("never"),
            "Months until a block expires, including the month of purchase.",
        ),
        key("overage_rate", Input(MONEY), Nothing("none"), "Price per hour beyond the blocks; needs `every_months`."),
    ],
);

/// Hours billed as they come.
pub static HOURLY: TableFormat = table(
    "an hourly charge",
    "Time and materials: hours billed as used.",
    &[
        key("rate", Input(MONEY), Required, "Price per hour."),
        key("minimum_hours", Input(NUMBER), Value("0"), "Minimum hours billed per month."),
    ],
);

/// Contractors who work under the client's direction.
pub static CONTRACTORS: TableFormat = table(
    "contractors",
    "Contractors who work under the client's direction, with the client's tools.",
    &[
        key("headcount", Input(POSITIVE), Required, "Number of contractors."),
        key("rate", Input(MONEY), Required, "Price per hour."),
        key(
            "hours_per_month",
            Input(quantity(Kind::Number, Limit::Above(0), 744, false)),
            Required,
            "Hours per person per month.",
        ),
        key("hours", Hours, Required, "When they are on duty."),
    ],
);

/// Hours that count more than one.
pub static AFTER_HOURS: TableFormat = table(
    "an after-hours band",
    "Hours billed at a multiplier.",
    &[
        key("outside", Hours, Nothing("`hours` is given"), "All hours except these."),
        key("hours", Hours, Nothing("`outside` is given"), "These hours."),
        key(
            "multiplier",
            Input(quantity(Kind::Number, Limit::From(0), 100, false)),
            Nothing("`rate` is given"),
            "Multiplier of an hour.",
        ),
        key("rate", Input(MONEY), Nothing("`multiplier` is given"), "What an hour costs in place of the work's rate."),
    ],
);
