//! The keys of `[employment]`, `[[team]]` and `[[hire]]`.

use super::super::defaults;
use super::*;
use Fallback::{Assumed, Nothing, Required, Value};
use Shape::{Bool, Choice, Duration, Hours, HoursOr, Input, MonthNames, Name, Names, Tables};
use comanage_model::choice::Choice as _;
use comanage_model::scenario::BenefitsOn;

/// What it costs to employ someone.
pub static EMPLOYMENT: TableFormat = table(
    "[employment]",
    "Employment costs and working time. Each key can be overridden for a role.",
    &[
        key(
            "payroll_taxes",
            Tables(&PAYROLL_TAX, EntryName::Number),
            Nothing("none"),
            "Payroll taxes paid by the employer.",
        ),
        key("bonus", Input(SHARE), Value("0%"), "Annual cost as a share of salary."),
        key("benefits", Input(SHARE), Value("0%"), "Annual cost as a share of salary."),
        key(
            "benefits_on",
            Choice(BenefitsOn::WORDS),
            Nothing("`salary`"),
            "Base of `benefits`: salary, or pay (salary plus bonus).",
        ),
        key("benefits_per_person", Input(MONEY), Value("0"), "Annual amount per full-time person."),
        key("training", Input(MONEY), Value("0"), "Annual amount per full-time person."),
        key("software", Input(MONEY), Value("0"), "Annual amount per full-time person."),
        key("overhead", Input(MONEY), Value("0"), "Desk, phone, management: annual amount per full-time person."),
        key("equipment", Input(MONEY), Value("0"), "One-time amount per hire."),
        key("recruiting", Input(SHARE), Value("0%"), "One-time share of salary per hire."),
        key(
            "recruiting_fee",
            Input(MONEY),
            Value("0"),
            "One-time amount per hire, in addition to the share of salary.",
        ),
        key("raise", Input(SHARE), Value("0%"), "Annual raise, at each anniversary."),
        key(
            "inflation",
            Input(CHANGE_RATE),
            Value("0%"),
            "Annual increase of `benefits_per_person`, `training`, `software`, `overhead` and `equipment`, at each anniversary.",
        ),
        key(
            "turnover",
            Input(quantity(Kind::Share, Limit::From(0), 300, false)),
            Value("0%"),
            "Share of employees who leave per year.",
        ),
        key(
            "months_to_fill",
            Input(quantity(Kind::Months, Limit::From(0), 24, false)),
            Value("0"),
            "Months to fill a vacancy; for a hire: whole months until the first working day.",
        ),
        key("ramp_months", Input(months(0, 24)), Value("0"), "Months until a new employee is fully productive."),
        key("leave_days", Input(days(366)), Assumed(&defaults::LEAVE_DAYS), "Days of paid leave per year."),
        key("sick_days", Input(days(366)), Assumed(&defaults::SICK_DAYS), "Days of sick leave per year."),
        key("training_days", Input(days(366)), Assumed(&defaults::TRAINING_DAYS), "Days of training per year."),
        key(
            "holidays",
            Input(days(366)),
            Assumed(&defaults::HOLIDAYS),
            "Public holidays per year that fall on workdays.",
        ),
        key(
            "workdays_per_year",
            Input(quantity(Kind::Number, Limit::Above(0), 366, false)),
            Assumed(&defaults::WORKDAYS_PER_YEAR),
            "Workdays per year, including holidays.",
        ),
        key(
            "weekly_hours",
            Input(quantity(Kind::Number, Limit::Above(0), 168, false)),
            Assumed(&defaults::WEEKLY_HOURS),
            "Weekly hours of a full-time person.",
        ),
        key(
            "utilization",
            Input(quantity(Kind::Share, Limit::From(1), 100, false)),
            Assumed(&defaults::UTILIZATION),
            "Share of hours present that is spent on the services.",
        ),
    ],
);

/// A tax on wages.
pub static PAYROLL_TAX: TableFormat = table(
    "a payroll tax",
    "A tax that the employer pays on wages.",
    &[
        key("rate", Input(PART), Required, "Rate as a share of wages."),
        key("cap", Input(MONEY), Nothing("no cap"), "Annual wages per person up to which the rate applies."),
        key("from", Input(MONEY), Value("0"), "Annual wages per person from which the rate applies."),
    ],
);

/// Being on call.
pub static ON_CALL: TableFormat = table(
    "`on_call`",
    "On-call hours, response time and pay. The people of the role take turns.",
    &[
        key("hours", Hours, Required, "Hours on call, not on duty."),
        key(
            "response",
            Duration,
            Nothing("not stated: it does not count for services with a required response time"),
            "Time to answer a call.",
        ),
        key("people", Input(PEOPLE), Value("1"), "Number of people on call at once."),
        key("pay_per_week", Input(MONEY), Value("0"), "Weekly pay per person on call."),
        key("calls_per_month", Input(NUMBER), Value("0"), "Calls per month, for the role."),
        key("minutes_per_call", Input(NUMBER), Value("0"), "Minutes of work per call."),
        key("pay_per_call", Input(MONEY), Value("0"), "Pay per call."),
        key("time_off_in_lieu", Input(SHARE), Value("0%"), "Share of call time compensated by time off."),
    ],
);

/// A rota: hours that a group covers by turns.
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
    doc: "Current employees, by role.",
    keys: &[
        key("role", Name, Required, "Name of the role."),
        key("headcount", Input(POSITIVE), Required, "Headcount; 0.5 is one person at half time."),
        key("salary", Input(MONEY), Required, "Annual full-time salary."),
        key("services", Names, Required, "Services the role can perform."),
        key("hours", Hours, Nothing("`rota` is given"), "Hours in which everyone in this role is on duty."),
        key("rota", HoursOr(&ROTA), Nothing("`hours` is given"), "Hours that the people in this role share."),
        key("on_call", HoursOr(&ON_CALL), Value("none"), "On-call hours, or a table with response time and pay."),
        key("on_call_pay", Input(MONEY), Value("0"), "Weekly on-call pay for the role."),
        key("from_month", Input(months(1, 120)), Value("1"), "First month of employment."),
        key(
            "until_month",
            Input(months(1, 120)),
            Nothing("to the end"),
            "Last month of employment, such as a retirement.",
        ),
        key("months", MonthNames, Nothing("all"), "Employed only in these calendar months of every year."),
    ],
    again: Some(&EMPLOYMENT),
};

/// A role that could be hired.
pub static HIRE: TableFormat = TableFormat {
    what: "a hire",
    doc: "Possible hires, by role.",
    keys: &[
        key("role", Name, Required, "Name of the role; must be unique."),
        key("headcount", Input(POSITIVE), Required, "Headcount; 0.5 is one person at half time."),
        key("salary", Input(MONEY), Required, "Annual full-time salary."),
        key("services", Names, Required, "Services the role can perform."),
        key("hours", Hours, Nothing("`rota` is given"), "Hours in which everyone in this role is on duty."),
        key("rota", HoursOr(&ROTA), Nothing("`hours` is given"), "Hours that the people in this role share."),
        key("on_call", HoursOr(&ON_CALL), Value("none"), "On-call hours, or a table with response time and pay."),
        key("on_call_pay", Input(MONEY), Value("0"), "Weekly on-call pay for the role."),
        key("until_month", Input(months(1, 120)), Nothing("to the end"), "Last month of employment."),
        key("months", MonthNames, Nothing("all"), "Employed only in these calendar months of every year."),
        key("qualified_after", Input(months(0, 24)), Value("1"), "Months until these people count as coverage."),
        key(
            "optional",
            Bool,
            Value("false"),
            "Excluded from the alternative `hire`; used only where an [alternatives] table names it.",
        ),
    ],
    again: Some(&EMPLOYMENT),
};
