//! What a service costs a month, as far as that is known by service.
//!
//! Means of the last twelve months, in which everyone has arrived. Three kinds of cost are known by
//! service: hours out of scope; what an offer bills by the hour, in proportion to the hours it counts
//! for each service in the month; and people, whose loaded cost is spread over the hours they have,
//! so that a service bears the hours assigned to it. An offer that covers one service is for it as a
//! whole. Everything else is next to the services: fees for several of them, hours of people that
//! none needs, tools. All of it sums to what the alternative costs, to the cent.

use crate::compare::Compared;
use comanage_expr::number::{Exact, Number};
use comanage_model::ledger::{Category, Entry, Line, LineSource};
use comanage_model::money::Money;
use comanage_model::scenario::Billed;
use comanage_model::staffing::Staffing;

/// The monthly cost of an alternative by service.
pub struct CostByService {
    /// By service.
    pub services: Vec<Money>,
    /// What no service bears, by what it is.
    pub rest: Vec<(&'static str, Money)>,
    /// All of it.
    pub total: Money,
}

/// The categories that make up the loaded cost of a person.
const LOADED: [Category; 9] = [
    Category::Salaries,
    Category::PayrollTaxes,
    Category::Benefits,
    Category::Bonus,
    Category::Training,
    Category::Software,
    Category::Overhead,
    Category::Turnover,
    Category::OnCall,
];

/// What is paid for no service in particular: providers' fees, people's time, all else.
const RESTS: [&str; 3] = ["shared provider fees", "unallocated staff cost", "tools and other costs"];

/// Spreads the cost of the last twelve months over the services.
pub fn by_service(alternative: &Compared) -> CostByService {
    let evaluation = &alternative.evaluation;
    let scenario = evaluation.staffing.scenario;
    let months = scenario.term_months.saturating_sub(11).max(1)..=scenario.term_months;
    let count = Exact::whole((months.end() - months.start() + 1).into());
    let known = scenario.services.len();
    let mut sums = vec![Exact::zero(); known + RESTS.len()];
    for line in evaluation.ledger.lines.iter().filter(|line| months.contains(&line.month)) {
        let mut left = line.amount;
        for (service, share) in shares(alternative, line) {
            let part = line.amount * share;
            sums[service] = sums[service] + part;
            left = left - part;
        }
        let rest = &mut sums[known + rest_of(line)];
        *rest = *rest + left;
    }
    let mean = |sum: Exact| Money((sum / count).round(scenario.currency.digits).0.unwrap_or_default());
    let mut means: Vec<Money> = sums.into_iter().map(mean).collect();
    let totals = months.clone().map(|month| Exact(Some(alternative.sums.months[month as usize].0)));
    let total = mean(totals.fold(Exact::zero(), |sum, month| sum + month));
    settle(&mut means, known, total);
    let rest = RESTS.into_iter().zip(means.split_off(known));
    CostByService { services: means, rest: rest.filter(|(_, money)| !money.0.is_zero()).collect(), total }
}

/// Puts the cents that rounding leaves over into the first of the rests that is paid, so that the
/// means sum to the total; into the first service where there is none.
fn settle(means: &mut [Money], services: usize, total: Money) {
    let left = total - means.iter().sum();
    let is_paid = |place: &usize| !means[*place].0.is_zero();
    let place = (services..means.len()).find(is_paid).or_else(|| (0..services).find(is_paid));
    if let Some(place) = place {
        means[place] += left;
    }
}

/// The place among the rests that a line's part for no service belongs to.
fn rest_of(line: &Line<Exact>) -> usize {
    match line.category {
        category if category.is_provider() => 0,
        Category::Tools | Category::Other => 2,
        _ => 1,
    }
}

/// Whether a provider does some of a service for a fee that is for other services too.
pub fn is_in_fee(staffing: &Staffing, service: usize) -> bool {
    let covers = staffing.engagements.iter().filter(|engaged| engaged.offer.covers.len() > 1);
    covers.filter_map(|engaged| engaged.offer.cover(service)).any(|cover| cover.billed == Billed::Flat)
}

/// The services that a line is for, with the share of it that each bears.
fn shares(alternative: &Compared, line: &Line<Exact>) -> Vec<(usize, Exact)> {
    let staffing = &alternative.evaluation.staffing;
    let whole = |service| vec![(service, Exact::one())];
    match line.source {
        LineSource::Role(role) if LOADED.contains(&line.category) => of_role(alternative, line.month, role),
        LineSource::Role(_) | LineSource::Tool(_) | LineSource::Cost(_) => Vec::new(),
        LineSource::Plug(service)
        | LineSource::Provider { entry: Entry::OutOfScope(service) | Entry::Cover(service), .. } => whole(service),
        LineSource::Provider { engagement, entry } => {
            let offer = staffing.engagements[engagement].offer;
            match offer.covers.as_slice() {
                [only] if !matches!(entry, Entry::Tax(_)) => whole(only.service),
                _ if entry.is_by_the_hour(offer) => by_hours_counted(alternative, engagement, line.month),
                _ => Vec::new(),
            }
        }
    }
}

/// A role's line: each service bears the hours assigned to it, out of the hours the role has.
fn of_role(alternative: &Compared, month: u32, role: usize) -> Vec<(usize, Exact)> {
    let evaluation = &alternative.evaluation;
    let Some(position) = evaluation.staffing.positions.iter().position(|position| position.index == role) else {
        return Vec::new();
    };
    let work = evaluation.work.at(month);
    let capacity = work.load[position].capacity;
    if !capacity.is_positive() {
        return Vec::new();
    }
    let services = 0..evaluation.staffing.scenario.services.len();
    services.filter_map(|service| Some((service, work.assigned(service, position)? / capacity))).collect()
}

/// Each service bears the hours counted for it, out of all that are billed by the hour in the month.
fn by_hours_counted(alternative: &Compared, index: usize, month: u32) -> Vec<(usize, Exact)> {
    let evaluation = &alternative.evaluation;
    let provider = &evaluation.work.at(month).providers[index];
    if !provider.by_the_hour.is_positive() {
        return Vec::new();
    }
    let covers = evaluation.staffing.engagements[index].offer.covers.iter();
    let by_the_hour = covers.filter(|cover| cover.billed == Billed::Hours && cover.rate.is_none());
    by_the_hour.map(|cover| (cover.service, provider.counted[cover.service] / provider.by_the_hour)).collect()
}
