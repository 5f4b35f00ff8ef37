//! Staffing: a row for each service and role that holds it, and for each offer next to it.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::staff::{People, RoleStaff, ServiceStaff, Staff};
use rust_decimal::Decimal;

/// What a row is about.
struct Of<'a> {
    service: &'a ServiceStaff,
    role: Option<&'a RoleStaff>,
    /// The offer next to the role, by its place among those of the service.
    offer: Option<usize>,
}

impl Of<'_> {
    fn people(&self) -> Option<People> {
        let role = self.role?;
        self.offer.map_or(Some(role.alone), |offer| role.with_offers[offer].people)
    }

    fn to_target(&self) -> Option<u32> {
        let role = self.role?;
        self.offer.map_or(role.to_target, |offer| role.with_offers[offer].to_target)
    }

    fn alone(&self) -> Option<&RoleStaff> {
        self.role.filter(|_| self.offer.is_none())
    }
}

/// People to the decimals that are shown.
fn people(number: Decimal) -> Decimal {
    number.round_dp(4)
}

/// A row for each role of each service alone, then next to each offer.
pub fn staff(of: &Staff) -> Dataset {
    let scenario = of.scenario;
    let rows = of.services.iter().flat_map(|service| {
        let rows = move |role| {
            let offers = (0..service.offers.len()).map(Some);
            std::iter::once(None).chain(offers).map(move |offer| Of { service, role, offer })
        };
        let none = service.roles.is_empty().then_some(None);
        service.roles.iter().map(Some).chain(none).flat_map(rows)
    });
    Fields::default()
        .text("service", "Service", |of: &Of| scenario.services[of.service.service].key.clone())
        .figure("hours_a_week", "Required hours/week", "h", |of| of.service.required.hours())
        .count("people", "People at once", "people", |of| of.service.required.0.len() as u32)
        .text("role", "Role", |of| of.role.map(|role| scenario.role(role.role).name.clone()))
        .text("offer", "Beside offer", |of| {
            of.offer.map(|offer| scenario.offers[of.service.offers[offer].offer].key.clone())
        })
        .number("seat_hours", "Hours/week that seats take", "h", |of| of.people().map(|of| people(of.seat_hours)))
        .number("by_schedule", "People by schedule", "people", |of| of.people().map(|of| people(of.by_schedule)))
        .number("with_absence", "People with absence", "people", |of| of.people().map(|of| people(of.with_absence)))
        .count("to_target", "People to the target", "people", |of| of.to_target())
        .money("yearly_cost", "Cost a year", |of| of.alone().and_then(|role| role.yearly_cost))
        .price("cost_per_covered_hour", "Cost per covered hour", |of| {
            of.alone().and_then(|role| role.cost_per_covered_hour)
        })
        .money("offer_yearly_price", "Price of the offer a year", |of| {
            of.offer.and_then(|offer| of.service.offers[offer].yearly_price)
        })
        .dataset("staffing", scenario.currency, rows)
}
