//! How many people a service takes: by schedule, with absence, to the target, alone and next to an offer.
//!
//! The question is asked as if people of a role shared the required hours in a rota. So it is the rota of
//! the model (section 4 of docs/model.md) solved for the number of people; the arithmetic of a seat is in
//! `seat`.

mod seat;

pub use seat::{Levels, People, Person};

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::compare::{Comparison, Targets, hourly};
use comanage_expr::number::{Exact, Number, round_half_away};
use comanage_model::availability::Shift;
use comanage_model::coverage::{Attendance, Group, sources};
use comanage_model::ledger::{Category, yearly_items};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::scenario::{Phase, Role, Scenario};
use comanage_model::staffing::Staffing;

/// Lengths of shifts that are compared, in hours.
const SHIFTS: [i64; 3] = [8, 10, 12];

/// How many people some services take.
#[derive(Clone, Debug)]
pub struct Staff<'a> {
    /// The scenario whose services are staffed.
    pub scenario: &'a Scenario,
    /// The share of the required hours that must be covered.
    pub target: f64,
    /// The services that were asked for, with required hours.
    pub services: Vec<ServiceStaff>,
}

/// How many people a service takes.
#[derive(Clone, Debug)]
pub struct ServiceStaff {
    /// The service, by index.
    pub service: usize,
    /// Its hours by how many people must be there.
    pub required: Levels,
    /// By role that holds it.
    pub roles: Vec<RoleStaff>,
    /// By offer that must come in some of its hours.
    pub offers: Vec<OfferPrice>,
}

/// How many people of a role a service takes.
#[derive(Clone, Debug)]
pub struct RoleStaff {
    /// The role, by its index.
    pub role: usize,
    /// The shifts it works in, where its rota says so.
    pub shift: Option<Shift>,
    /// What one of its people gives.
    pub person: Person,
    /// The people it takes alone.
    pub alone: People,
    /// Whole people that meet the target alone.
    pub to_target: Option<u32>,
    /// What those cost in a year, averaged over the term, without what is paid once.
    pub yearly_cost: Option<Money>,
    /// The same over the hours that they cover in a year.
    pub cost_per_covered_hour: Option<Money>,
    /// The people it takes by the length of shifts.
    pub shifts: Vec<(Shift, People)>,
    /// The people it takes next to each offer of the service, in their order.
    pub with_offers: Vec<Beside>,
}

/// The people of a role next to an offer: those for the hours that the offer does not fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// The people for those hours; none where no hours are left.
    pub people: Option<People>,
    /// Whole people that meet the target together with the offer; none where filling those hours is not
    /// enough.
    pub to_target: Option<u32>,
}

/// An offer's price for the hours of a service that it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfferPrice {
    /// The offer, by index.
    pub offer: usize,
    /// Required hours a week in which it must come in time.
    pub hours_a_week: f64,
    /// Share of the time in which it does.
    pub availability: f64,
    /// What the offer costs in a year for all that it covers, averaged over its billed months, without what
    /// is paid once.
    pub yearly_price: Option<Money>,
}

/// Works out the people of some services.
pub fn staff<'a>(comparison: &Comparison<'a>, services: &[usize]) -> Staff<'a> {
    let scenario = comparison.scenario;
    let target = Targets::of(scenario).coverage;
    let of = services.iter().map(|&service| of_service(comparison, service, target));
    Staff { scenario, target, services: of.collect() }
}

fn of_service(comparison: &Comparison, service: usize, target: f64) -> ServiceStaff {
    let scenario = comparison.scenario;
    let required = Levels::required(scenario, service);
    let fills = fills(comparison, service, &required);
    let roles = (0..scenario.team.len() + scenario.hires.len())
        .filter(|&role| scenario.role(role).services.contains(&service))
        .map(|role| of_role(scenario, role, &required, &fills, target))
        .collect();
    ServiceStaff { service, roles, offers: fills.into_iter().map(|fill| fill.price).collect(), required }
}

/// An offer, and what it leaves to the team.
struct Fill {
    price: OfferPrice,
    left: Levels,
}

/// The offers that must come in required hours of a service.
fn fills(comparison: &Comparison, service: usize, required: &Levels) -> Vec<Fill> {
    let scenario = comparison.scenario;
    let attendance = Attendance::new(scenario);
    let of = |offer: usize| {
        let alone = |phases: &[Phase]| phases == [Phase::whole(offer)];
        let is_alone =
            |staffing: &Staffing| staffing.alternative.hires.is_empty() && alone(&staffing.alternative.offers);
        let compared = comparison.alternatives.iter().find(|compared| is_alone(&compared.evaluation.staffing))?;
        let staffing = &compared.evaluation.staffing;
        let all = sources(staffing, service, &attendance);
        let source = all.into_iter().find(|source| matches!(source.presence.group, Group::Provider(_)))?;
        let Group::Provider(provider) = source.presence.group else { return None };
        let left = required.without(&source.counted, provider.people);
        let hours_a_week = required.hours() - left.hours();
        let billed = i64::try_from(staffing.engagements[0].billed_months().count()).unwrap_or(0);
        let once = compared.sums.category(Category::ProviderOneTime);
        let sum = compared.sums.practice.map(|practice| Exact(Some((practice - once).0)));
        let yearly = sum.and_then(|sum| (sum * Exact::whole(12) / Exact::whole(billed)).0);
        let yearly_price = yearly.map(|price| Money(round_half_away(price, scenario.currency.digits)));
        let price = OfferPrice { offer, hours_a_week, availability: provider.availability, yearly_price };
        (hours_a_week > 0.0).then_some(Fill { price, left })
    };
    (0..scenario.offers.len()).filter_map(of).collect()
}

fn of_role(scenario: &Scenario, index: usize, required: &Levels, fills: &[Fill], target: f64) -> RoleStaff {
    let role = scenario.role(index);
    let (shift, person) = (seat::shift_of(scenario, role), Person::of(scenario, role));
    let alone = People::of(required, shift, person);
    let hours = required.hours();
    let to_target = heads(required, alone, person, target * hours);
    let yearly_cost = to_target.filter(|&people| people > 0).and_then(|people| yearly_cost(scenario, role, people));
    let covered = to_target.map(|people| covered_hours(required, alone, person, people));
    let a_year = covered.map(|hours| hours * 365.0 / 7.0);
    let length = |hours: i64| {
        let handover_minutes = shift.map_or(Decimal::ZERO, |shift| shift.handover_minutes);
        let shift = Shift { hours: Decimal::from(hours), handover_minutes };
        (shift, People::of(required, Some(shift), person))
    };
    let beside = |fill: &Fill| {
        let people = (!fill.left.0.is_empty()).then(|| People::of(&fill.left, shift, person));
        let owed = target * hours - fill.price.availability * fill.price.hours_a_week;
        let to_target = match people {
            Some(people) => heads(&fill.left, people, person, owed),
            None => (owed <= NEARLY).then_some(0),
        };
        Beside { people, to_target }
    };
    RoleStaff {
        role: index,
        shift,
        person,
        alone,
        to_target,
        yearly_cost,
        cost_per_covered_hour: yearly_cost.zip(a_year).and_then(|(cost, hours)| hourly(scenario, cost, hours)),
        shifts: SHIFTS.into_iter().map(length).collect(),
        with_offers: fills.iter().map(beside).collect(),
    }
}

/// Hours and people closer than this are equal.
const NEARLY: f64 = 1e-9;

/// Hours a week that one post gives to seats.
fn hours_of_one(person: Person) -> f64 {
    (Exact(Some(person.hours_a_year())) / seat::weeks_a_year()).0.and_then(|hours| hours.to_f64()).unwrap_or(0.0)
}

/// Hours that seats take beyond the first person's, and for each hour of the first.
fn beyond(levels: &Levels, people: People) -> (f64, f64) {
    let all = people.seat_hours.to_f64().unwrap_or(f64::MAX);
    let first = Levels(levels.0.first().cloned().into_iter().collect());
    // Every level takes its part of the whole in proportion to its hours.
    let hours: f64 = levels.0.iter().map(|week| f64::from(week.minutes()) / 60.0).sum();
    let each = all / hours.max(NEARLY);
    (all - first.hours() * each, each)
}

/// The fewest whole people who cover this many hours a week with as many at once as are required: anyone who is
/// required beyond the first comes before anything is covered. None if all the hours are not enough.
fn heads(levels: &Levels, people: People, person: Person, owed: f64) -> Option<u32> {
    if owed <= NEARLY {
        return Some(0);
    }
    if owed > levels.hours() + NEARLY {
        return None;
    }
    let (further, each) = beyond(levels, people);
    ((further + owed * each) / hours_of_one(person) - NEARLY).ceil().to_u32()
}

/// Hours a week that this many people cover, at most all.
fn covered_hours(levels: &Levels, people: People, person: Person, heads: u32) -> f64 {
    let (further, each) = beyond(levels, people);
    ((f64::from(heads) * hours_of_one(person) - further) / each).clamp(0.0, levels.hours())
}

/// What this many people of a role cost in a year, averaged over the months of the term, without what is paid
/// once.
fn yearly_cost(scenario: &Scenario, role: &Role, people: u32) -> Option<Money> {
    let mut sized = scenario.clone();
    let index = sized.add_sized(role.clone(), Decimal::from_u32(people)?);
    let role = &sized.sized_hires[index];
    let term = scenario.term_months;
    let mut sum = Exact::zero();
    for year in 0..=contract_year(term) {
        let months = (1..=term).filter(|&month| contract_year(month) == year).count();
        let items = yearly_items::<Exact>(&sized, role, year).into_iter();
        let all = items.fold(Exact::zero(), |sum, (_, amount)| sum + amount);
        sum = sum + all * Exact::whole(months as i64);
    }
    let average = sum / Exact::whole(term.into());
    average.0.map(|cost| Money(round_half_away(cost, scenario.currency.digits)))
}
