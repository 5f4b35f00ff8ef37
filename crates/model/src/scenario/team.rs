//! People: the team of today, who could be hired, and what employing them costs.

use super::Input;
use crate::choice::choice;
use crate::source::Span;
use crate::week::Week;

/// A role of the team, or a hire.
#[derive(Clone, Debug)]
pub struct Role {
    /// The name of the role, unique among team and hires.
    pub name: String,
    /// People, full-time equivalents.
    pub headcount: Input,
    /// A year, full time.
    pub salary: Input,
    /// The services its people can do, by index.
    pub services: Vec<usize>,
    /// When they are on duty.
    pub duty: Duty,
    /// Being on call, if its people ever are.
    pub on_call: Option<OnCall>,
    /// A week, for the role.
    pub on_call_pay: Input,
    /// First month of employment; a hire starts by its `months_to_fill`.
    pub from_month: Input,
    /// Last month of employment, if one is known.
    pub until_month: Option<Input>,
    /// The calendar months of employment, 1 to 12; empty: all.
    pub months: Vec<u32>,
    /// What employing them costs.
    pub employment: Employment,
    /// Set for a hire.
    pub hiring: Option<Hiring>,
    /// Where it comes from.
    pub source: Option<String>,
    /// `note` of its table.
    pub note: Option<String>,
    /// Its table in the file.
    pub span: Span,
}

/// When people of a role are on call, not on duty. They take turns.
#[derive(Clone, Debug)]
pub struct OnCall {
    /// When.
    pub hours: Week,
    /// Minutes until someone answers a call; none if it is not stated.
    pub response: Option<u32>,
    /// People on call at once.
    pub people: Input,
    /// Money a week for each person on call.
    pub pay_per_week: Input,
    /// Calls a month, for the role.
    pub calls_per_month: Input,
    /// Minutes of work a call.
    pub minutes_per_call: Input,
    /// Money a call.
    pub pay_per_call: Input,
    /// Share of the time of calls that is given back as time off.
    pub time_off_in_lieu: Input,
}

/// How the people of a role are on duty.
#[derive(Clone, Debug)]
pub enum Duty {
    /// Everyone in these hours.
    Hours(Week),
    /// These hours shared between them.
    Rota(Rota),
}

/// Hours that the people of a role share.
#[derive(Clone, Debug)]
pub struct Rota {
    /// The weekly hours on call.
    pub hours: Week,
    /// Hours of a shift, 0 to 24; none: shifts of any length.
    pub shift_hours: Option<Input>,
    /// Minutes by which each shift is longer, to hand over to the next.
    pub handover_minutes: Option<Input>,
}

impl Duty {
    /// The hours, shared or not.
    pub fn week(&self) -> &Week {
        match self {
            Self::Hours(week) => week,
            Self::Rota(rota) => &rota.hours,
        }
    }
}

/// What it takes until a hire is there and useful.
#[derive(Clone, Debug)]
pub struct Hiring {
    /// Months until this person counts as cover.
    pub qualified_after: Input,
    /// Not in the alternative `hire`.
    pub optional: bool,
}

/// What it costs to employ someone, and how much of a year they are there.
#[derive(Clone, Debug)]
pub struct Employment {
    /// Taxes on wages.
    pub payroll_taxes: Vec<PayrollTax>,
    /// Share of salary.
    pub bonus: Input,
    /// Share of salary.
    pub benefits: Input,
    /// What `benefits` are a share of.
    pub benefits_on: BenefitsOn,
    /// Money a year and person.
    pub benefits_per_person: Input,
    /// Money a year and person.
    pub training: Input,
    /// Money a year and person.
    pub software: Input,
    /// Money a year and person.
    pub overhead: Input,
    /// Money once a hire.
    pub equipment: Input,
    /// Share of salary, once a hire.
    pub recruiting: Input,
    /// Money once a hire, in addition to the share.
    pub recruiting_fee: Input,
    /// Annual rise of the amounts a person and hire: benefits, training, software, overhead, equipment.
    pub inflation: Input,
    /// Share a year, at each anniversary.
    pub raise: Input,
    /// Share of people who leave in a year.
    pub turnover: Input,
    /// Months a position is vacant.
    pub months_to_fill: Input,
    /// Paid months until a new person has full output.
    pub ramp_months: Input,
    /// Days a year.
    pub leave_days: Input,
    /// Days a year.
    pub sick_days: Input,
    /// Days a year.
    pub training_days: Input,
    /// Days a year.
    pub holidays: Input,
    /// Days a year.
    pub workdays_per_year: Input,
    /// Hours a week of one full-time person.
    pub weekly_hours: Input,
    /// Share of the hours present that is spent on the services.
    pub utilization: Input,
}

/// A tax on wages.
#[derive(Clone, Debug)]
pub struct PayrollTax {
    /// Share of wages.
    pub rate: Input,
    /// Annual wages of one person up to which the rate applies.
    pub cap: Option<Input>,
    /// Annual wages of one person from which on the rate applies; 0 if none is set.
    pub from: Input,
}

choice! {
    /// What benefits are a share of.
    pub enum BenefitsOn {
        /// Of the salary.
        Salary = "salary",
        /// Of salary and bonus.
        Pay = "pay",
    }
}
