//! The keys of `[employment]`, `[[team]]` and `[[hire]]`.

use super::super::defaults;
use super::*;
use Fallback::{Assumed, Nothing, Required, Value};
use Shape::{Bool, Choice, Duration, Hours, HoursOr, Input, MonthNames, Name, Names, Tables};
use comanage_model::choice::Choice as _;
use comanage_model::scenario::BenefitsOn;

/// What it costs to employ somebody.
pub static EMPLOYMENT: TableFormat = table(
    "[employment]",
    "What it costs to employ somebody here, and how much of a year they are there. Each key may be set again on a role.",
    &[
        key(
            "payroll_taxes",
            Tables(&PAYROLL_TAX, EntryName::Number),
            Nothing("none"),
            "Taxes that the employer pays on wages.",
        ),
        key("bonus", Input(SHARE), Value("0%"), "Share of salary, a year."),
        key("benefits", Input(SHARE), Value("0%"), "Share of salary, a year."),
        key(
            "benefits_on",
            Choice(BenefitsOn::WORDS),
            Nothing("`salary`"),
            "What `benefits` are a share of: the salary, or pay (salary and bonus).",
        ),
        key("benefits_per_person", Input(MONEY), Value("0"), "Money a year and full-time person."),
        key("training", Input(MONEY), Value("0"), "Money a year and full-time person."),
        key("software", Input(MONEY), Value("0"), "Money a year and full-time person."),
        key("overhead", Input(MONEY), Value("0"), "Desk, phone, management: money a year and full-time person."),
        key("equipment", Input(MONEY), Value("0"), "Money once for a hire."),
        key("recruiting", Input(SHARE), Value("0%"), "Share of salary, once for a hire."),
        key("recruiting_fee", Input(MONEY), Value("0"), "Money once for a hire, beside the share of salary."),
        key("raise", Input(SHARE), Value("0%"), "Share a year, at each anniversary."),
        key(
            "inflation",
            Input(CHANGE_RATE),
            Value("0%"),
            "Yearly rise of `benefits_per_person`, `training`, `software`, `overhead` and `equipment`, at each anniversary.",
        ),
        key(
            "turnover",
            Input(quantity(Kind::Share, Limit::From(0), 300, false)),
            Value("0%"),
            "Share of the people who leave in a year.",
        ),
        key(
            "months_to_fill",
            Input(quantity(Kind::Months, Limit::From(0), 24, false)),
            Value("0"),
            "Months that a seat stays empty; of a hire: whole months until the first day.",
        ),
        key("ramp_months", Input(months(0, 24)), Value("0"), "Paid months until a new person has full output."),
        key("leave_days", Input(days(366)), Assumed(&defaults::LEAVE_DAYS), "Days of leave a year."),
        key("sick_days", Input(days(366)), Assumed(&defaults::SICK_DAYS), "Days of sickness a year."),
        key("training_days", Input(days(366)), Assumed(&defaults::TRAINING_DAYS), "Days of training a year."),
        key("holidays", Input(days(366)), Assumed(&defaults::HOLIDAYS), "Public holidays a year that are workdays."),
        key(
            "workdays_per_year",
            Input(quantity(Kind::Number, Limit::Above(0), 366, false)),
            Assumed(&defaults::WORKDAYS_PER_YEAR),
            "Workdays a year, holidays included.",
        ),
        key(
            "weekly_hours",
            Input(quantity(Kind::Number, Limit::Above(0), 168, false)),
            Assumed(&defaults::WEEKLY_HOURS),
            "Hours a week of one full-time person.",
        ),
        key(
            "utilization",
            Input(quantity(Kind::Share, Limit::From(1), 100, false)),
            Assumed(&defaults::UTILIZATION),
            "Share of the hours present that is spent on the services.",
        ),
    ],
);

/// A tax on wages.
pub static PAYROLL_TAX: TableFormat = table(
    "a payroll tax",
    "A tax that the employer pays on wages.",
    &[
        key("rate", Input(PART), Required, "Share of wages."),
        key("cap", Input(MONEY), Nothing("no cap"), "Yearly wages of one person up to which the rate applies."),
        key("from", Input(MONEY), Value("0"), "Yearly wages of one person from which on the rate applies."),
    ],
);

/// Being on call.
pub static ON_CALL: TableFormat = table(
    "`on_call`",
    "When people of the role are on call, how soon they answer, and what that costs. They take turns.",
    &[
        key("hours", Hours, Required, "Hours on call, not on duty."),
        key(
            "response",
            Duration,
            Nothing("not stated: it counts for no service that wants a response time"),
            "Time until somebody answers a call.",
        ),
        key("people", Input(PEOPLE), Value("1"), "How many people are on call at once."),
        key("pay_per_week", Input(MONEY), Value("0"), "Money a week for each person on call."),
        key("calls_per_month", Input(NUMBER), Value("0"), "Calls a month, for the role."),
        key("minutes_per_call", Input(NUMBER), Value("0"), "Minutes of work a call."),
        key("pay_per_call", Input(MONEY), Value("0"), "Money a call."),
        key(
            "time_off_in_lieu",
            Input(SHARE),
            Value("0%"),
            "Share of the time of calls that is given back as time off.",
        ),
    ],
);

/// A rota.
pub static ROTA: TableFormat = table(
    "a rota",
    "Hours that the people of the role share, and the shifts that fill them.",
    &[
        key("hours", Hours, Required, "The hours that are shared."),
        key(
            "shift_hours",
            Input(quantity(Kind::Number, Limit::Above(0), 24, false)),
            Nothing("any length that fits"),
            "Hours of a shift; a day takes whole shifts, so that three of 10 hours fill 24.",
        ),
        key(
            "handover_minutes",
            Input(quantity(Kind::Number, Limit::From(0), 240, false)),
            Nothing("none"),
            "Minutes by which each shift is longer, to hand over to the next.",
        ),
    ],
);

/// A role of the team.
pub static ROLE: TableFormat = TableFormat {
    what: "a team role",
    doc: "People who are there today, by role.",
    keys: &[
        key("role", Name, Required, "The role's name."),
        key("headcount", Input(POSITIVE), Required, "People; 0.5 is a half-time person."),
        key("salary", Input(MONEY), Required, "A year, full time."),
        key("services", Names, Required, "The services that these people can do."),
        key("hours", Hours, Nothing("`rota` is given"), "Everybody of this role is on duty in these hours."),
        key(
            "rota",
            HoursOr(&ROTA),
            Nothing("`hours` is given"),
            "The people of this role share these hours between them.",
        ),
        key(
            "on_call",
            HoursOr(&ON_CALL),
            Value("none"),
            "Hours in which people of this role are on call, not on duty; or a table that says more about it.",
        ),
        key("on_call_pay", Input(MONEY), Value("0"), "Money a week, for the role."),
        key("from_month", Input(months(1, 120)), Value("1"), "First month of employment."),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("to the end"),
            "Last month of employment, such as a retirement.",
        ),
        key("months", MonthNames, Nothing("all"), "Employed in these calendar months of every year only."),
    ],
    again: Some(&EMPLOYMENT),
};

/// A role that could be hired.
pub static HIRE: TableFormat = TableFormat {
    what: "a hire",
    doc: "People who could be hired, by role.",
    keys: &[
        key("role", Name, Required, "The role's name, distinct from every other."),
        key("headcount", Input(POSITIVE), Required, "People; 0.5 is a half-time person."),
        key("salary", Input(MONEY), Required, "A year, full time."),
        key("services", Names, Required, "The services that these people can do."),
        key("hours", Hours, Nothing("`rota` is given"), "Everybody of this role is on duty in these hours."),
        key(
            "rota",
            HoursOr(&ROTA),
            Nothing("`hours` is given"),
            "The people of this role share these hours between them.",
        ),
        key(
            "on_call",
            HoursOr(&ON_CALL),
            Value("none"),
            "Hours in which people of this role are on call, not on duty; or a table that says more about it.",
        ),
        key("on_call_pay", Input(MONEY), Value("0"), "Money a week, for the role."),
        key("until_month", Input(months(1, 120)), Nothing("to the end"), "Last month of employment."),
        key("months", MonthNames, Nothing("all"), "Employed in these calendar months of every year only."),
        key("qualified_after", Input(months(0, 24)), Value("1"), "Months until these people count as cover."),
        key(
            "optional",
            Bool,
            Value("false"),
            "Not in the alternative `hire`, only where an [alternatives] table names it.",
        ),
    ],
    again: Some(&EMPLOYMENT),
};
