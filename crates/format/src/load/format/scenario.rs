//! The keys of the scenario itself, and of every table but people and offers.

use super::super::defaults;
use super::*;
use Fallback::{Assumed, Nothing, Required, Value};
use Shape::{
    Amount, Bool, ByClass, Categories, Choice, Correlations, Currency, Duration, Hours, Input, Map, Month, MonthNames,
    Name, Names, Percent, Phases, Rates, RequiredHours, Table, Tables, Text, Whole,
};
use comanage_model::choice::Choice as _;
use comanage_model::scenario::{Distribution, OnHolidays};

/// The whole file.
pub static ROOT: TableFormat = table(
    "a scenario",
    "A scenario: ways to run IT, compared by what they cost and what is then covered.",
    &[
        key("schema", Whole(1, 1), Required, "The version of this format: 1."),
        key("name", Name, Required, "The scenario's name."),
        key("summary", Text, Nothing("none"), "A line about it."),
        key("extends", Text, Nothing("none"), "A file that this one is laid over, by its path from here."),
        key("packs", Names, Nothing("the published ones"), "Packs of figures of one's own, by their paths from here."),
        key("currency", Currency, Required, "ISO 4217; its minor unit sets the rounding."),
        key("start", Month, Value("2027-01"), "The first month."),
        key("term_months", Whole(1, 120), Required, "Months of the term."),
        key("discount_rate", Input(PART), Value("0%"), "Effective, a year; for present values."),
        key(
            "baseline",
            Text,
            Nothing("`in_house`, if there is one"),
            "The alternative that savings are measured against.",
        ),
        key(
            "coverage_target",
            Input(PART),
            Assumed(&defaults::COVERAGE_TARGET),
            "An alternative with less expected coverage is not recommended.",
        ),
        key(
            "work_target",
            Input(PART),
            Assumed(&defaults::WORK_TARGET),
            "An alternative that gets a lower share of the work done is not recommended.",
        ),
        key("organization", Table(&ORGANIZATION), Nothing("nobody"), "Users, devices and sites."),
        key("services", Map(&SERVICE, "service"), Nothing("none"), "What must be covered, in order of priority."),
        key("employment", Table(&EMPLOYMENT), Nothing("the defaults"), "What it costs to employ somebody."),
        key("team", Tables(&ROLE, EntryName::By("role")), Nothing("nobody"), "Who is there today."),
        key("hire", Tables(&HIRE, EntryName::By("role")), Nothing("nobody"), "Who could be hired."),
        key("tools", Map(&TOOL, "tool"), Nothing("none"), "What somebody pays for."),
        key("cost", Tables(&COST, EntryName::By("name")), Nothing("none"), "Anything else that costs or saves."),
        key("offers", Map(&OFFER, "offer"), Nothing("none"), "What providers offer."),
        key(
            "plugs",
            Map(&PLUG, "service"),
            Nothing("none"),
            "Your own prices for services that offers leave out and nobody in-house does, by service.",
        ),
        key("alternatives", Map(&ALTERNATIVE, "alternative"), Nothing("none"), "Mixes of hires and offers."),
        key("simulation", Table(&SIMULATION), Nothing("the defaults"), "How ranges are sampled."),
        key("expect", Table(&EXPECT), Nothing("nothing"), "What must come out; `comanage check` holds the file to it."),
    ],
);

/// Users, devices and sites.
pub static ORGANIZATION: TableFormat = table(
    "[organization]",
    "Users, devices and sites, and how they change.",
    &[
        key("users", ByClass(COUNT, Classes::Users), Value("0"), "Users, or a table of classes."),
        key("devices", ByClass(COUNT, Classes::Devices), Nothing("none"), "Devices, or a table of classes."),
        key("sites", Input(COUNT), Value("1"), "Sites."),
        key(
            "counts",
            ByClass(COUNT, Classes::Things),
            Nothing("none"),
            "Other things that are counted, by name: mailboxes, phones.",
        ),
        key("growth", Table(&GROWTH), Nothing("none"), "Growth a year, at each anniversary."),
        key("change", Tables(&CHANGE, EntryName::Number), Nothing("none"), "From a month on, so many more or fewer."),
        key(
            "season",
            Tables(&SEASON, EntryName::Number),
            Nothing("none"),
            "In some calendar months of every year, so many more or fewer.",
        ),
    ],
);

/// Growth a year.
pub static GROWTH: TableFormat = table(
    "growth",
    "Growth a year, at each anniversary.",
    &[
        key("users", Input(CHANGE_RATE), Value("0%"), "Of users."),
        key("devices", Input(CHANGE_RATE), Value("0%"), "Of devices."),
        key("sites", Input(CHANGE_RATE), Value("0%"), "Of sites."),
        key(
            "counts",
            ByClass(CHANGE_RATE, Classes::Things),
            Value("0%"),
            "Of other counted things: for all, or a table by name.",
        ),
    ],
);

/// From a month on.
pub static CHANGE: TableFormat = table(
    "a change",
    "From this month on, so many more or fewer: a merger, a plant that closes.",
    &[
        key("month", Input(months(1, 120)), Required, "The first month it holds in."),
        key("users", ByClass(SIGNED_COUNT, Classes::Users), Nothing("none"), "Users more, or fewer."),
        key("devices", ByClass(SIGNED_COUNT, Classes::Devices), Nothing("none"), "Devices more, or fewer."),
        key("sites", Input(SIGNED_COUNT), Nothing("none"), "Sites more, or fewer."),
        key("counts", ByClass(SIGNED_COUNT, Classes::Things), Nothing("none"), "Other things more, or fewer, by name."),
    ],
);

/// In some calendar months.
pub static SEASON: TableFormat = table(
    "a season",
    "In these calendar months of every year, so many more or fewer, and more work.",
    &[
        key("months", MonthNames, Required, "The calendar months, by their first three letters."),
        key("users", ByClass(SIGNED_COUNT, Classes::Users), Nothing("none"), "Users more, or fewer."),
        key("devices", ByClass(SIGNED_COUNT, Classes::Devices), Nothing("none"), "Devices more, or fewer."),
        key("sites", Input(SIGNED_COUNT), Nothing("none"), "Sites more, or fewer."),
        key("counts", ByClass(SIGNED_COUNT, Classes::Things), Nothing("none"), "Other things more, or fewer, by name."),
        key(
            "workload",
            Input(quantity(Kind::Share, Limit::From(-100), MOST_SHARE, false)),
            Value("0%"),
            "More work, on every service.",
        ),
    ],
);

/// A service.
pub static SERVICE: TableFormat = table(
    "a service",
    "What must be covered, when, and how much work it is.",
    &[
        key("name", Name, Nothing("its key in words"), "The service's name in outputs for people."),
        key(
            "hours",
            RequiredHours,
            Required,
            "When somebody must be there; or a list of pieces, each with its `hours` and `people`.",
        ),
        key("people", Input(PEOPLE), Value("1"), "How many people must be there at once."),
        key(
            "on_holidays",
            Choice(OnHolidays::WORDS),
            Nothing("open where the hours make the whole week, else closed"),
            "Whether the hours are wanted on public holidays too.",
        ),
        key("respond_within", Duration, Nothing("not stated"), "What the business needs."),
        key("live", Bool, Value("false"), "Whether somebody waits on the line: calls queue until somebody is free."),
        key("weight", Input(POSITIVE), Value("1"), "Weight in the headline coverage."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("from the start"),
            "First month of the term in which it is required.",
        ),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("to the end"),
            "Last month of the term in which it is required.",
        ),
        key("months", MonthNames, Nothing("all"), "Required in these calendar months of every year only."),
        key("hours_per_month", Input(NUMBER), Value("0"), "Hours of work a month."),
        key("hours_per_year", Input(NUMBER), Value("0"), "Hours of work a year."),
        key(
            "hours_total",
            Input(NUMBER),
            Nothing("none"),
            "Hours of work over all its months, spread evenly; seasons do not raise them.",
        ),
        key("tickets_per_user", Input(NUMBER), Value("0"), "Tickets a user and month."),
        key("minutes_per_ticket", Input(NUMBER), Value("0"), "Minutes of work a ticket."),
        key(
            "minutes_per_device",
            ByClass(NUMBER, Classes::Devices),
            Nothing("none"),
            "Minutes of work a device and month, for all or by class.",
        ),
        key(
            "minutes_per",
            ByClass(NUMBER, Classes::Things),
            Nothing("none"),
            "Minutes of work a month for each of other counted things, by name.",
        ),
        key("accountable", Text, Nothing("not stated"), "Who is accountable: `team`, or an offer's key."),
        key("consulted", Names, Nothing("not stated"), "Who is consulted."),
        key("informed", Names, Nothing("not stated"), "Who is informed."),
        key("reviewed", Month, Nothing("not stated"), "When the responsibilities were last reviewed."),
    ],
);

/// A piece of the hours of a service.
pub static HOURS_PIECE: TableFormat = table(
    "a piece of hours",
    "Hours of a service in which so many people must be there at once. Where pieces overlap, the larger number holds.",
    &[
        key("hours", Hours, Required, "When."),
        key("people", Input(PEOPLE), Nothing("the service's"), "How many people must be there at once."),
    ],
);

/// A tool.
pub static TOOL: TableFormat = table(
    "a tool",
    "What somebody pays for.",
    &[
        key("for", Names, Nothing("always needed"), "The services it is for."),
        key("per_user", Rates(Classes::Users), Nothing("none"), "A month and user, for all or by class."),
        key("per_device", Rates(Classes::Devices), Nothing("none"), "A month and device, for all or by class."),
        key("monthly", Input(MONEY), Value("0"), "A month."),
        key("once", Input(MONEY), Value("0"), "Once, in its first paid month."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("from the start"),
            "First month of the term in which it may be paid.",
        ),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("to the end"),
            "Last month of the term in which it may be paid.",
        ),
        key("uplift", Input(CHANGE_RATE), Value("0%"), "Annual rise of the monthly prices, at each anniversary."),
    ],
);

/// Any other cost.
pub static COST: TableFormat = table(
    "a cost",
    "Anything else: break-fix today, insurance, a saving (negative).",
    &[
        key("name", Name, Required, "What it is."),
        key("monthly", Input(SIGNED_MONEY), Nothing("none"), "Each month, from `from_month` to `until_month`."),
        key("from_month", Input(months(1, 120)), Nothing("from the start"), "First month of `monthly`."),
        key("until_month", Input(months(1, 120)), Nothing("to the end"), "Last month of `monthly`."),
        key("uplift", Input(CHANGE_RATE), Value("0%"), "Annual rise of `monthly`, at each anniversary."),
        key("once", Input(SIGNED_MONEY), Nothing("none"), "Once."),
        key("month", Input(months(0, 120)), Value("0"), "The month of `once`."),
        key("alternatives", Names, Nothing("all"), "The alternatives that bear it, by id."),
    ],
);

/// The buyer's own price for a service that an offer leaves out.
pub static PLUG: TableFormat = table(
    "a price of your own",
    "Your own price for a service that an offer leaves out, nobody in-house does, and no offer has a rate for.",
    &[
        key("rate", Input(MONEY), Nothing("none"), "Price per hour of the service's work."),
        key("monthly", Input(MONEY), Nothing("none"), "Price per month, in place of `rate`."),
    ],
);

/// A mix of hires and offers.
pub static ALTERNATIVE: TableFormat = table(
    "an alternative",
    "The team with some hires and some offers.",
    &[
        key("name", Name, Nothing("its key"), "The alternative's name in print."),
        key("hires", Phases(&PHASE_OF_HIRE, "hire"), Nothing("none"), "Hires, by role, or with their months."),
        key("offers", Phases(&PHASE_OF_OFFER, "offer"), Nothing("none"), "Offers, by key, or with their months."),
    ],
);

/// A hire in an alternative, for some months.
pub static PHASE_OF_HIRE: TableFormat = table(
    "a hire of an alternative",
    "A hire, paid in some months of the term.",
    &[
        key("hire", Name, Required, "The hire, by role."),
        key("headcount", Input(POSITIVE), Nothing("the hire's own"), "How many people are hired."),
        key("from_month", Input(months(1, 120)), Nothing("the month after its seat is filled"), "First paid month."),
        key("until_month", Input(months(1, 120)), Nothing("the hire's own"), "Last paid month."),
    ],
);

/// An offer in an alternative, for some months.
pub static PHASE_OF_OFFER: TableFormat = table(
    "an offer of an alternative",
    "An offer that runs in some months of the term.",
    &[
        key("offer", Name, Required, "The offer, by key."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("the offer's own"),
            "First month of the term in which it runs.",
        ),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("the offer's own"),
            "Last month of the term in which it runs.",
        ),
    ],
);

/// How ranges are sampled.
pub static SIMULATION: TableFormat = table(
    "[simulation]",
    "How ranges are sampled.",
    &[
        key("samples", Whole(16, 10_000_000), Value("4096"), "Samples."),
        key("seed", Whole(0, i64::MAX as u64), Value("1"), "Seed: the same seed gives the same figures."),
        key(
            "correlations",
            Correlations,
            Nothing("none"),
            "Rank correlations, such as [[\"offers.a.uplift\", \"offers.b.uplift\", 0.6]].",
        ),
    ],
);

/// What must come out.
pub static EXPECT: TableFormat = table(
    "[expect]",
    "What must come out of the comparison; [expect.ID] says it of an alternative.",
    &[
        key("cheapest", Text, Nothing("not checked"), "The cheapest alternative, by id."),
        key("recommended", Text, Nothing("not checked"), "The recommended alternative, by id."),
        key("frontier", Names, Nothing("not checked"), "The alternatives on the frontier, by id."),
    ],
);

/// What must come out of an alternative, beside `month_N`, `year_N`, `provider_month_N` and
/// `provider_year_N`.
pub static EXPECT_ALTERNATIVE: TableFormat = table(
    "an expectation",
    "What must come out of an alternative; also month_N, year_N, provider_month_N and provider_year_N.",
    &[
        key("total", Amount, Nothing("not checked"), "The term total."),
        key("present_value", Amount, Nothing("not checked"), "The present value."),
        key("saving", Amount, Nothing("not checked"), "The saving against the baseline."),
        key("payback_month", Whole(0, 120), Nothing("not checked"), "The month from which the saving stays."),
        key("paper", Amount, Nothing("not checked"), "The paper price."),
        key("practice", Amount, Nothing("not checked"), "The practice price."),
        key("category", Categories, Nothing("not checked"), "Categories over the term, by name."),
        key("coverage", Percent, Nothing("not checked"), "Expected coverage, steady state."),
        key("scheduled", Percent, Nothing("not checked"), "Scheduled coverage."),
        key("coverage_term", Percent, Nothing("not checked"), "Expected coverage, mean of the term."),
        key("work_done", Percent, Nothing("not checked"), "Work done, steady state."),
        key("tolerance", Amount, Value("0"), "How far money may lie beside what is written."),
    ],
);

/// A range in the place of a number.
pub static RANGE: TableFormat = table(
    "a range",
    "An uncertain value.",
    &[
        key("low", Input(NUMBER), Required, "The low end; for a lognormal the 5th percentile."),
        key("likely", Input(NUMBER), Nothing("the middle"), "The likely value, which exact results use."),
        key("high", Input(NUMBER), Required, "The high end; for a lognormal the 95th percentile."),
        key(
            "dist",
            Choice(Distribution::WORDS),
            Nothing("pert with `likely`, else uniform"),
            "The shape between them.",
        ),
    ],
);
