//! The keys of the scenario itself, and of every table but people and offers.

use super::super::defaults;
use super::*;
use Fallback::{Assumed, Nothing, Required, Value};
use Shape::{
    Amount, Bool, ByClass, Categories, Choice, Correlations, Currency, Duration, Heads, Holders, Hours, Input, InputOr,
    Map, Month, MonthNames, Name, Names, Percent, Phases, Rates, RequiredHours, Table, Tables, Text, Whole,
};
use comanage_model::choice::Choice as _;
use comanage_model::scenario::{Distribution, OnHolidays};

/// The whole file.
pub static ROOT: TableFormat = table(
    "a scenario",
    "A scenario: alternative ways to run IT, compared by cost and coverage.",
    &[
        key("schema", Whole(1, 1), Required, "The version of this format: 1."),
        key("name", Name, Required, "Name of the scenario."),
        key("summary", Text, Nothing("none"), "One-line description."),
        key("extends", Text, Nothing("none"), "Base file that this file extends, by relative path."),
        key("packs", Names, Nothing("the published ones"), "Additional packs of published figures, by relative path."),
        key("currency", Currency, Required, "Three-letter currency code (ISO 4217); its minor unit sets the rounding."),
        key("start", Month, Value("2027-01"), "First month of the term."),
        key("term_months", Whole(1, 120), Required, "Length of the term in months."),
        key("discount_rate", Input(PART), Value("0%"), "Effective annual discount rate for present values."),
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
            "Minimum expected coverage of a recommended alternative.",
        ),
        key(
            "work_target",
            Input(PART),
            Assumed(&defaults::WORK_TARGET),
            "Minimum share of work done of a recommended alternative.",
        ),
        key(
            "budget",
            InputOr(MONEY, &BUDGET),
            Nothing("no limit"),
            "Maximum cost of a recommended alternative over the term, or a table of limits.",
        ),
        key("organization", Table(&ORGANIZATION), Nothing("none"), "Users, devices and sites."),
        key("services", Map(&SERVICE, "service"), Nothing("none"), "Services to cover, in order of priority."),
        key("employment", Table(&EMPLOYMENT), Nothing("the defaults"), "Employment costs and working time."),
        key("team", Tables(&ROLE, EntryName::By("role")), Nothing("none"), "Current employees."),
        key("hire", Tables(&HIRE, EntryName::By("role")), Nothing("none"), "Possible hires."),
        key("tools", Map(&TOOL, "tool"), Nothing("none"), "Tools and software."),
        key("cost", Tables(&COST, EntryName::By("name")), Nothing("none"), "Other costs or savings."),
        key("offers", Map(&OFFER, "offer"), Nothing("none"), "Offers of providers."),
        key(
            "plugs",
            Map(&PLUG, "service"),
            Nothing("none"),
            "Your own prices for services that offers leave out and no one in-house does, by service.",
        ),
        key("alternatives", Map(&ALTERNATIVE, "alternative"), Nothing("none"), "Combinations of hires and offers."),
        key(
            "plan",
            Table(&PLAN),
            Nothing("every hire up to its headcount, and any two offers"),
            "What `comanage plan` may choose from.",
        ),
        key("simulation", Table(&SIMULATION), Nothing("the defaults"), "How ranges are sampled."),
        key("document", Table(&DOCUMENT), Nothing("the name of the scenario"), "Title, addressee and look of reports."),
        key("expect", Table(&EXPECT), Nothing("nothing"), "Expected results; `comanage check` compares them."),
    ],
);

/// What an alternative may cost.
pub static BUDGET: TableFormat = table(
    "budget",
    "Maximum cost of a recommended alternative.",
    &[
        key("total", Input(MONEY), Nothing("no limit"), "Maximum over the term, signature included."),
        key(BUDGET_YEARS[0], Input(MONEY), Nothing("no limit"), "Maximum in the first 12 months, signature included."),
        key(BUDGET_YEARS[1], Input(MONEY), Nothing("no limit"), "Maximum in the second year."),
        key(BUDGET_YEARS[2], Input(MONEY), Nothing("no limit"), "Maximum in the third year."),
        key(BUDGET_YEARS[3], Input(MONEY), Nothing("no limit"), "Maximum in the fourth year."),
        key(BUDGET_YEARS[4], Input(MONEY), Nothing("no limit"), "Maximum in the fifth year."),
        key(BUDGET_YEARS[5], Input(MONEY), Nothing("no limit"), "Maximum in the sixth year."),
        key(BUDGET_YEARS[6], Input(MONEY), Nothing("no limit"), "Maximum in the seventh year."),
        key(BUDGET_YEARS[7], Input(MONEY), Nothing("no limit"), "Maximum in the eighth year."),
        key(BUDGET_YEARS[8], Input(MONEY), Nothing("no limit"), "Maximum in the ninth year."),
        key(BUDGET_YEARS[9], Input(MONEY), Nothing("no limit"), "Maximum in the tenth year."),
        key("monthly", Input(MONEY), Nothing("no limit"), "Maximum in any month, the signature (month 0) included."),
    ],
);

/// The keys of the limits of years, from the first.
pub const BUDGET_YEARS: [&str; 10] =
    ["year_1", "year_2", "year_3", "year_4", "year_5", "year_6", "year_7", "year_8", "year_9", "year_10"];

/// Users, devices and sites.
pub static ORGANIZATION: TableFormat = table(
    "[organization]",
    "Users, devices and sites, and their changes.",
    &[
        key("users", ByClass(COUNT, Classes::Users), Value("0"), "Number of users, or a table of classes."),
        key("devices", ByClass(COUNT, Classes::Devices), Nothing("none"), "Number of devices, or a table of classes."),
        key("sites", Input(COUNT), Value("1"), "Number of sites."),
        key("counts", ByClass(COUNT, Classes::Things), Nothing("none"), "Other counts, by name: mailboxes, phones."),
        key("growth", Table(&GROWTH), Nothing("none"), "Annual growth, at each anniversary."),
        key("change", Tables(&CHANGE, EntryName::Number), Nothing("none"), "Permanent changes from a given month."),
        key(
            "season",
            Tables(&SEASON, EntryName::Number),
            Nothing("none"),
            "Temporary changes in given calendar months.",
        ),
    ],
);

/// Growth a year.
pub static GROWTH: TableFormat = table(
    "growth",
    "Annual growth, at each anniversary.",
    &[
        key("users", Input(CHANGE_RATE), Value("0%"), "Growth of users."),
        key("devices", Input(CHANGE_RATE), Value("0%"), "Growth of devices."),
        key("sites", Input(CHANGE_RATE), Value("0%"), "Growth of sites."),
        key(
            "counts",
            ByClass(CHANGE_RATE, Classes::Things),
            Value("0%"),
            "Growth of other counts: for all, or a table by name.",
        ),
    ],
);

/// From a month on.
pub static CHANGE: TableFormat = table(
    "a change",
    "A permanent change from this month, such as a merger or a plant closure.",
    &[
        key("month", Input(months(1, 120)), Required, "First month in which it applies."),
        key("users", ByClass(SIGNED_COUNT, Classes::Users), Nothing("none"), "Users added (negative: removed)."),
        key("devices", ByClass(SIGNED_COUNT, Classes::Devices), Nothing("none"), "Devices added (negative: removed)."),
        key("sites", Input(SIGNED_COUNT), Nothing("none"), "Sites added (negative: removed)."),
        key(
            "counts",
            ByClass(SIGNED_COUNT, Classes::Things),
            Nothing("none"),
            "Other counts added (negative: removed), by name.",
        ),
    ],
);

/// In some calendar months.
pub static SEASON: TableFormat = table(
    "a season",
    "A seasonal change in these calendar months of every year.",
    &[
        key("months", MonthNames, Required, "The calendar months, by their first three letters."),
        key("users", ByClass(SIGNED_COUNT, Classes::Users), Nothing("none"), "Users added (negative: removed)."),
        key("devices", ByClass(SIGNED_COUNT, Classes::Devices), Nothing("none"), "Devices added (negative: removed)."),
        key("sites", Input(SIGNED_COUNT), Nothing("none"), "Sites added (negative: removed)."),
        key(
            "counts",
            ByClass(SIGNED_COUNT, Classes::Things),
            Nothing("none"),
            "Other counts added (negative: removed), by name.",
        ),
        key(
            "workload",
            Input(quantity(Kind::Share, Limit::From(-100), MAX_SHARE, false)),
            Value("0%"),
            "Additional work on every service, as a share.",
        ),
    ],
);

/// A service: its required hours and its work.
pub static SERVICE: TableFormat = table(
    "a service",
    "A service to cover: required hours and workload.",
    &[
        key("name", Name, Nothing("its key in words"), "Display name of the service."),
        key("hours", RequiredHours, Required, "Required hours, or a list of entries with `hours` and `people`."),
        key("people", Input(PEOPLE), Value("1"), "Number of people required at once."),
        key(
            "on_holidays",
            Choice(OnHolidays::WORDS),
            Nothing("open where the hours make the whole week, else closed"),
            "Whether the hours are required on public holidays too.",
        ),
        key("respond_within", Duration, Nothing("not stated"), "Required response time."),
        key("live", Bool, Value("false"), "Whether callers wait on the line until someone is free."),
        key("weight", Input(POSITIVE), Value("1"), "Weight in the coverage of an alternative."),
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
        key("months", MonthNames, Nothing("all"), "Required only in these calendar months of every year."),
        key("hours_per_month", Input(NUMBER), Value("0"), "Hours of work per month."),
        key("hours_per_year", Input(NUMBER), Value("0"), "Hours of work per year."),
        key(
            "hours_total",
            Input(NUMBER),
            Nothing("none"),
            "Total hours of work over all its months, spread evenly; not affected by seasons.",
        ),
        key("tickets_per_user", Input(NUMBER), Value("0"), "Tickets per user per month."),
        key("minutes_per_ticket", Input(NUMBER), Value("0"), "Minutes of work per ticket."),
        key(
            "minutes_per_device",
            ByClass(NUMBER, Classes::Devices),
            Nothing("none"),
            "Minutes of work per device per month, for all or by class.",
        ),
        key(
            "minutes_per",
            ByClass(NUMBER, Classes::Things),
            Nothing("none"),
            "Minutes of work per month for each of the other counts, by name.",
        ),
        key(
            "loss_per_uncovered_hour",
            Input(RATE),
            Nothing("not stated"),
            "What an hour in which it is required and not covered costs the business.",
        ),
        key("accountable", Text, Nothing("not stated"), "Who is accountable: `team`, or an offer's key."),
        key("consulted", Names, Nothing("not stated"), "Who is consulted."),
        key("informed", Names, Nothing("not stated"), "Who is informed."),
        key("reviewed", Month, Nothing("not stated"), "When the responsibilities were last reviewed."),
    ],
);

/// A piece of the hours of a service.
pub static HOURS_PIECE: TableFormat = table(
    "an entry of hours",
    "Hours of a service with the number of people required at once. Where entries overlap, the larger number applies.",
    &[
        key("hours", Hours, Required, "Hours."),
        key("people", Input(PEOPLE), Nothing("the service's"), "Number of people required at once."),
    ],
);

/// A tool and its price.
pub static TOOL: TableFormat = table(
    "a tool",
    "Tools and software.",
    &[
        key("for", Names, Nothing("always needed"), "Services it supports."),
        key("per_user", Rates(Classes::Users), Nothing("none"), "Monthly price per user, for all or by class."),
        key("per_device", Rates(Classes::Devices), Nothing("none"), "Monthly price per device, for all or by class."),
        key("monthly", Input(MONEY), Value("0"), "A month."),
        key("once", Input(MONEY), Value("0"), "One-time price, in its first paid month."),
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
        key("uplift", Input(CHANGE_RATE), Value("0%"), "Annual increase of the monthly prices, at each anniversary."),
    ],
);

/// Any other cost.
pub static COST: TableFormat = table(
    "a cost",
    "Another cost: break-fix today, insurance, a saving (negative).",
    &[
        key("name", Name, Required, "Name of the cost."),
        key("monthly", Input(SIGNED_MONEY), Nothing("none"), "Monthly amount, from `from_month` to `until_month`."),
        key("from_month", Input(months(1, 120)), Nothing("from the start"), "First month of `monthly`."),
        key("until_month", Input(months(1, 120)), Nothing("to the end"), "Last month of `monthly`."),
        key("uplift", Input(CHANGE_RATE), Value("0%"), "Annual increase of `monthly`, at each anniversary."),
        key("once", Input(SIGNED_MONEY), Nothing("none"), "One-time amount."),
        key("month", Input(months(0, 120)), Value("0"), "Month in which `once` is paid."),
        key("alternatives", Names, Nothing("all"), "Alternatives that bear it, by id."),
    ],
);

/// The buyer's own price for a service that an offer leaves out.
pub static PLUG: TableFormat = table(
    "a price of your own",
    "Your own price for a service that an offer leaves out, no one in-house does, and no offer has a rate for.",
    &[
        key("rate", Input(MONEY), Nothing("none"), "Price per hour of the service's work."),
        key("monthly", Input(MONEY), Nothing("none"), "Price per month, in place of `rate`."),
    ],
);

/// A mix of hires and offers.
pub static ALTERNATIVE: TableFormat = table(
    "an alternative",
    "The team with selected hires and offers.",
    &[
        key("name", Name, Nothing("its key"), "Display name of the alternative."),
        key("hires", Phases(&PHASE_OF_HIRE, "hire"), Nothing("none"), "Hires, by role, or with their months."),
        key("offers", Phases(&PHASE_OF_OFFER, "offer"), Nothing("none"), "Offers, by key, or with their months."),
        key(
            "options",
            Names,
            Nothing("none"),
            "Optional charges that are taken, such as \"standard.Advanced security\".",
        ),
    ],
);

/// A hire in an alternative, for some months.
pub static PHASE_OF_HIRE: TableFormat = table(
    "a hire of an alternative",
    "A hire employed in part of the term.",
    &[
        key("hire", Name, Required, "The hire, by role."),
        key("headcount", Input(POSITIVE), Nothing("the hire's own"), "How many people are hired."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("the month after the position is filled"),
            "First month of employment.",
        ),
        key("until_month", Input(months(1, 120)), Nothing("the hire's own"), "Last month of employment."),
    ],
);

/// An offer in an alternative, for some months.
pub static PHASE_OF_OFFER: TableFormat = table(
    "an offer of an alternative",
    "An offer that applies in part of the term.",
    &[
        key("offer", Name, Required, "The offer, by key."),
        key(
            "from_month",
            Input(months(1, 120)),
            Nothing("the offer's own"),
            "First month of the term in which it applies.",
        ),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("the offer's own"),
            "Last month of the term in which it applies.",
        ),
    ],
);

/// What a search for the best plan may choose from.
pub static PLAN: TableFormat = table(
    "[plan]",
    "What `comanage plan` may choose from: numbers of hires, offers, and who must or must not hold a service.",
    &[
        key("hires", Heads, Nothing("the whole people of each headcount"), "The most people of each hire, by role."),
        key("offers", Names, Nothing("all"), "The offers that may be taken, by key."),
        key("most_offers", Whole(0, 8), Value("2"), "The most offers at once."),
        key(
            "must",
            Holders,
            Nothing("no rule"),
            "Who must hold a service: `team`, or an offer; of a list one of them.",
        ),
        key("never", Holders, Nothing("no rule"), "Who must not hold a service: `team`, or offers."),
    ],
);

/// How ranges are sampled.
pub static SIMULATION: TableFormat = table(
    "[simulation]",
    "How ranges are sampled.",
    &[
        key("samples", Whole(16, 10_000_000), Value("4096"), "Number of samples."),
        key("seed", Whole(0, i64::MAX as u64), Value("1"), "Random seed; the same seed gives the same results."),
        key(
            "correlations",
            Correlations,
            Nothing("none"),
            "Rank correlations, such as [[\"offers.a.uplift\", \"offers.b.uplift\", 0.6]].",
        ),
    ],
);

/// What reports say of themselves.
pub static DOCUMENT: TableFormat = table(
    "[document]",
    "Title, addressee and look of reports.",
    &[
        key("title", Name, Nothing("the name of the scenario"), "Title of reports."),
        key("prepared_for", Name, Nothing("not stated"), "The organization or person that a report is for."),
        key("prepared_by", Name, Nothing("not stated"), "The organization or person that a report is by."),
        key("date", Text, Nothing("not stated"), "Date of the report: year-month-day, such as \"2027-01-15\"."),
        key("valid_until", Text, Nothing("not stated"), "Last day on which the report is valid, likewise."),
        key("accent", Text, Nothing("dark blue"), "Colour of headings and rules: \"#1f4e8c\", legible on white."),
        key(
            "sections",
            Names,
            Nothing("all of them"),
            "Sections of the report, in order: comparison, cost, coverage, plan, uncertainty, offers, responsibilities, \
             findings, assumptions, audit.",
        ),
        key("signatures", Names, Nothing("none"), "Who signs the report, a line for each."),
    ],
);

/// What must come out.
pub static EXPECT: TableFormat = table(
    "[expect]",
    "Expected results of the comparison; those of an alternative are in [expect.ID].",
    &[
        key("cheapest", Text, Nothing("not checked"), "Cheapest alternative, by id."),
        key("recommended", Text, Nothing("not checked"), "Recommended alternative, by id."),
        key(
            "frontier",
            Names,
            Nothing("not checked"),
            "Efficient alternatives (nothing cheaper covers as much), by id.",
        ),
    ],
);

/// What must come out of an alternative, beside `month_N`, `year_N`, `provider_month_N` and
/// `provider_year_N`.
pub static EXPECT_ALTERNATIVE: TableFormat = table(
    "an expectation",
    "Expected results of an alternative; also month_N, year_N, provider_month_N and provider_year_N.",
    &[
        key("total", Amount, Nothing("not checked"), "Total over the term."),
        key("present_value", Amount, Nothing("not checked"), "Present value."),
        key("saving", Amount, Nothing("not checked"), "Saving against the baseline."),
        key("payback_month", Whole(0, 120), Nothing("not checked"), "Payback month: first month of a lasting saving."),
        key("expected_loss", Amount, Nothing("not checked"), "Expected loss of hours without cover."),
        key("risk_adjusted_total", Amount, Nothing("not checked"), "Total with the expected loss."),
        key("paper", Amount, Nothing("not checked"), "Quoted price over the term."),
        key("practice", Amount, Nothing("not checked"), "Expected cost of the provider over the term."),
        key("category", Categories, Nothing("not checked"), "Totals of categories over the term, by name."),
        key("coverage", Percent, Nothing("not checked"), "Expected coverage, steady state."),
        key("scheduled", Percent, Nothing("not checked"), "Scheduled coverage."),
        key("coverage_term", Percent, Nothing("not checked"), "Expected coverage, average over the term."),
        key("work_done", Percent, Nothing("not checked"), "Work done, steady state."),
        key("tolerance", Amount, Value("0"), "Tolerance of amounts."),
    ],
);

/// Something that may happen, in the place of a number.
pub static EVENT: TableFormat = table(
    "an event",
    "A value with a chance, and another where it does not come to that.",
    &[
        key("chance", Input(PART), Required, "The chance that it happens."),
        key("value", Input(NUMBER), Required, "The value where it happens."),
        key("otherwise", Input(NUMBER), Nothing("0"), "The value where it does not."),
    ],
);

/// A range in the place of a number.
pub static RANGE: TableFormat = table(
    "a range",
    "An uncertain value.",
    &[
        key("low", Input(NUMBER), Required, "Low end; the 5th percentile of a lognormal."),
        key("likely", Input(NUMBER), Nothing("the middle"), "Likely value, used for exact results."),
        key("high", Input(NUMBER), Required, "High end; the 95th percentile of a lognormal."),
        key(
            "dist",
            Choice(Distribution::WORDS),
            Nothing("pert with `likely`, else uniform"),
            "Distribution between them.",
        ),
    ],
);
