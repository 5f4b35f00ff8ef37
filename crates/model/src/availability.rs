//! How much of the time a person is there: vacancy, absence, productive hours.
//!
//! The same shares make coverage (is anyone there?) and work (how many hours can be done?), so
//! they are in one place. A vacancy is the share of time a position is vacant because people leave and
//! it takes months to find the next one.

use rust_decimal::Decimal;

use crate::scenario::{Employment, Input, Rota, Scenario};
use crate::week::{MINUTES, Week};
use comanage_expr::number::{Exact, Number};

/// Share of the time a position is vacant: `q t / (1 + q t)`, with `q` the turnover a year and `t` the
/// years it takes to fill the seat.
///
/// With a turnover of 13% and 4 months to fill: 0.13 * 4 / (12 + 0.13 * 4) = 4.15%.
pub fn vacancy<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let empty = turnover_months::<N>(scenario, employment);
    (empty / (N::whole(12) + empty)).named(|| "vacancy".into())
}

/// Share of the time a position is filled, `1 - vacancy`, as one division.
pub fn filled<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let twelve = N::whole(12);
    (twelve / (twelve + turnover_months(scenario, employment)))
        .named(|| "share of the time the position is filled".into())
}

/// Share of a seat's output that its people give: [`filled`] with a new person's months of learning
/// at half output counted as empty, `t = (months_to_fill + ramp_months / 2) / 12`.
pub fn productive_share<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let (twelve, turnover) = (N::whole(12), scenario.get::<N>(employment.turnover));
    let learning = turnover * scenario.get(employment.ramp_months) / N::whole(2);
    let share = twelve / (twelve + turnover_months(scenario, employment) + learning);
    share.named(|| "share of full output".into())
}

fn turnover_months<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let turnover: N = scenario.get(employment.turnover);
    turnover * scenario.get(employment.months_to_fill)
}

/// Days a year away from work: leave, sickness, training.
pub fn days_away<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let leave: N = scenario.get(employment.leave_days);
    let away = leave + scenario.get(employment.sick_days) + scenario.get(employment.training_days);
    away.named(|| "days away".into())
}

/// Hours a year that one full-time person is there: `52 * weekly_hours - (holidays + away) * day`,
/// a day being a fifth of the week.
///
/// 40 hours a week, 11 holidays and 27 days away leave 1,776 hours, the constant of OMB Circular A-76.
pub fn productive_hours<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let weekly: N = scenario.get(employment.weekly_hours);
    let holidays: N = scenario.get(employment.holidays);
    let off = (holidays + days_away(scenario, employment)) * weekly / N::whole(5);
    (N::whole(52) * weekly - off).named(|| "productive hours a year".into())
}

/// Chance that a person with fixed hours is there on a working day:
/// `(1 - vacancy) * (1 - away / (workdays - holidays))`.
pub fn fixed_presence<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    filled::<N>(scenario, employment) * presence_on_workdays(scenario, employment)
}

/// Chance that someone who never leaves is there on a working day.
pub fn presence_on_workdays<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let workdays: N = scenario.get(employment.workdays_per_year);
    let open = workdays - scenario.get(employment.holidays);
    N::one() - days_away::<N>(scenario, employment) / open
}

/// Chance that someone who never leaves is there on any day, holidays among them: `1 - away / workdays`.
/// It is that of people on call, who work on holidays and take their leave on workdays.
pub fn presence_on_any_day<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let workdays: N = scenario.get(employment.workdays_per_year);
    N::one() - days_away::<N>(scenario, employment) / workdays
}

/// Chance that someone on call is available: `(1 - vacancy) * (1 - away / workdays)`.
pub fn on_call_presence<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    filled::<N>(scenario, employment) * presence_on_any_day(scenario, employment)
}

/// People of a rota who are there at any minute, on the mean:
/// `n * (1 - vacancy) * productive hours / (H * 365/7)`, with `H` the hours a week that a seat takes. Four people of
/// 1,776 hours are 81.1% of one around the clock.
pub fn people_of_rota<N: Number>(scenario: &Scenario, headcount: Input, employment: &Employment, rota: &Rota) -> N {
    let seat = N::constant(seat_minutes(scenario, rota).0.unwrap_or(Decimal::MAX));
    let supplied = scenario.get::<N>(headcount) * filled(scenario, employment) * productive_hours(scenario, employment);
    supplied * (N::whole(7 * 60) / (seat * N::whole(365)))
}

/// Share of the days on which no one with fixed hours works.
pub fn holiday_share<N: Number>(scenario: &Scenario, employment: &Employment) -> N {
    let holidays: N = scenario.get(employment.holidays);
    holidays / scenario.get(employment.workdays_per_year)
}

/// How long a shift is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Hours of it, above 0.
    pub hours: Decimal,
    /// Minutes by which it is longer, to hand over to the next.
    pub handover_minutes: Decimal,
}

impl Shift {
    /// The shifts of a rota, where it says how long they are.
    pub fn of(scenario: &Scenario, rota: &Rota) -> Option<Self> {
        let handover_minutes = rota.handover_minutes.map_or(Decimal::ZERO, |minutes| scenario.decimal(minutes));
        Some(Self { hours: scenario.decimal(rota.shift_hours?), handover_minutes })
    }
}

/// Minutes a week that a seat of a rota takes, above 0: see [`seat_minutes_of`].
pub fn seat_minutes(scenario: &Scenario, rota: &Rota) -> Exact {
    seat_minutes_of(&rota.hours, Shift::of(scenario, rota))
}

/// Hours a week that a seat of a rota takes, above 0.
pub fn seat_hours(scenario: &Scenario, rota: &Rota) -> Exact {
    seat_minutes(scenario, rota) / Exact::whole(60)
}

/// Minutes a week that a seat takes in some hours, above 0: those of the hours, or of whole shifts and the
/// time they hand over in. A stretch of hours takes whole shifts for each day of 24 hours, and for what is
/// left.
///
/// Around the clock that is 168 hours, 210 in shifts of 10 hours (three fill a day), 178.5 in shifts of 8
/// hours with a handover of 30 minutes.
pub fn seat_minutes_of(hours: &Week, shift: Option<Shift>) -> Exact {
    let Some(shift) = shift else { return Exact::whole(hours.minutes().max(1).into()) };
    let minutes = Exact(Some(shift.hours)) * Exact::whole(60);
    let shifts = minutes.0.map_or(1, |minutes| shifts_a_week(hours, minutes).max(1));
    Exact(Some(Decimal::from(shifts))) * (minutes + Exact(Some(shift.handover_minutes)))
}

/// Whole shifts of this many minutes that fill weekly schedules.
fn shifts_a_week(hours: &Week, minutes: Decimal) -> u64 {
    const DAY: usize = 24 * 60;
    let shifts = |length: usize| -> u64 {
        let shifts = Decimal::from(length).checked_div(minutes).map_or(Decimal::ZERO, |shifts| shifts.ceil());
        u64::try_from(shifts).unwrap_or(u64::MAX)
    };
    let of_stretch =
        |length: usize| shifts(DAY).saturating_mul((length / DAY) as u64).saturating_add(shifts(length % DAY));
    stretches(hours).into_iter().map(of_stretch).fold(0, u64::saturating_add)
}

/// The minutes of each stretch of hours, one around the end of the week in one piece.
fn stretches(hours: &Week) -> Vec<usize> {
    let spans = hours.spans();
    let mut lengths: Vec<usize> = spans.iter().map(|(from, to)| to - from).collect();
    if let ([first, .., last], true) = (spans.as_slice(), lengths.len() > 1)
        && first.0 == 0
        && last.1 == MINUTES
    {
        lengths[0] += lengths.pop().unwrap_or(0);
    }
    lengths
}
