//! The scenario from the tree: one file for each part of the format.
//!
//! The order of reading is the order of references: classes before rates, services before roles,
//! roles and tools before offers. A reference that means nothing is reported where it is.

mod alternative;
mod budget;
mod charge;
mod cover;
mod document;
mod expect;
mod offer;
mod organization;
mod people;
mod planning;
mod plug;
mod service;
mod simulation;
mod tool;

use comanage_model::money::Currency;
use comanage_model::month::CalendarMonth;
use comanage_model::scenario::{IN_HOUSE, Override, PLAN, Scenario};
use comanage_model::source::{Sources, Span};

use super::checks;
use super::fields::Fields;
use super::format::ROOT;
use super::pack::Packs;
use super::reader::Reader;
use super::tree::Node;

/// What the rules need in addition to the scenario, most of all where things stand.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The keys of the services.
    pub services: Vec<Span>,
    /// `accountable` of each service.
    pub accountable: Vec<Option<Span>>,
    /// The names of the roles, of the team and then of hires.
    pub roles: Vec<Span>,
    /// The duty hours of the roles, likewise.
    pub duties: Vec<Span>,
    /// The names of the costs.
    pub costs: Vec<Span>,
    /// The keys of the offers.
    pub offers: Vec<Span>,
    /// Whether a price is in each offer, readable or not.
    pub priced: Vec<bool>,
    /// The `overflow = true` of covers of contractors, by offer.
    pub overflow: Vec<Option<Span>>,
    /// The keys of the tables of alternatives.
    pub alternatives: Vec<Span>,
    /// The alternatives that have a table of their own.
    pub alternative_keys: Vec<String>,
    /// Each pair of `[simulation] correlations`.
    pub correlations: Vec<Span>,
}

/// The file a scenario is read from.
pub(super) struct Origin<'a> {
    /// The file as the user named it.
    pub file: &'a str,
    /// SHA-256 of its bytes.
    pub sha256: &'a str,
    /// All texts.
    pub sources: &'a Sources,
    /// The published figures that may be taken by name.
    pub rates: &'a Packs,
    /// Values that the user set over the files.
    pub overrides: &'a [Override],
}

/// Reads a scenario and checks it. It is whole only if no error was reported.
pub(super) fn scenario(root: &Node, origin: &Origin<'_>) -> (Scenario, Reader, Places) {
    let mut reader = Reader::new(Currency { code: "USD", digits: 2 });
    reader.rates = origin.rates.clone();
    let reader_ref = &mut reader;
    let root = Fields::open(reader_ref, root, &ROOT, String::new(), None);
    read_currency(&root, reader_ref);
    let mut places = Places::default();
    let scenario = assemble(&root, reader_ref, &mut places, origin);
    checks::run(&scenario, &places, reader_ref);
    let scenario = Scenario { inputs: std::mem::take(&mut reader.inputs), ..scenario };
    (scenario, reader, places)
}

fn assemble(root: &Fields<'_>, reader: &mut Reader, places: &mut Places, origin: &Origin<'_>) -> Scenario {
    root.whole(reader, "schema");
    root.names(reader, "packs");
    let name = root.name(reader, "name").unwrap_or_default();
    let summary = root.text(reader, "summary");
    let start = root.month(reader, "start").unwrap_or(CalendarMonth { year: 2027, month: 1 });
    let term_months = root.whole(reader, "term_months").unwrap_or(36) as u32;
    let discount_rate = root.input(reader, "discount_rate");
    let coverage_target = root.input(reader, "coverage_target");
    let work_target = root.input(reader, "work_target");
    let budget = budget::read(root, reader);
    let organization = organization::read(root, reader);
    let services = service::read(root, reader, places);
    let service_names = service::names(&services);
    let people = people::read(root, reader, places, &service_names);
    let tools = tool::read(root, reader, &service_names);
    let offers = offer::read(root, reader, places, &offer::Known::new(&services, &people, &tools));
    let plugs = plug::read(root, reader, &service_names);
    let (mut alternatives, sized_hires, ids) = alternative::read(root, reader, places, &people, &offers);
    let known =
        planning::Known { services: &services, service_names: &service_names, people: &people, offers: &offers };
    let planning = planning::read(root, reader, &known);
    let plan = planning.is_written.then_some(PLAN);
    let costs = tool::read_costs(root, reader, places, (&ids, &alternatives, plan));
    planning::costs_are_borne(root, reader, &costs, &places.costs, PLAN);
    let is_alone = alternatives.len() == 1;
    let today = alternative::Today { services: &services, team: &people.team, tools: &tools, costs: &costs, is_alone };
    let ids = if today.is_something(reader) { ids } else { alternative::without_in_house(&mut alternatives) };
    let baseline = root.text(reader, "baseline");
    if let (Some(id), Some(node)) = (&baseline, root.get("baseline")) {
        ids.find(reader, id, &node.span, "baseline");
    }
    let baseline = baseline.or_else(|| ids.place(IN_HOUSE).map(|_| IN_HOUSE.into()));
    let simulation = simulation::read(root, reader, places);
    let document = document::read(root, reader);
    let expect = expect::read(root, reader, &ids, term_months);
    Scenario {
        name,
        summary,
        file: origin.file.into(),
        sha256: origin.sha256.into(),
        sources: origin.sources.clone(),
        overrides: origin.overrides.to_vec(),
        currency: reader.currency,
        start,
        term_months,
        discount_rate,
        baseline,
        coverage_target,
        work_target,
        budget,
        organization,
        services,
        employment: people.employment,
        team: people.team,
        hires: people.hires,
        sized_hires,
        tools,
        costs,
        plugs,
        offers,
        alternatives,
        planning,
        simulation,
        document,
        expect,
        inputs: Default::default(),
    }
}

fn read_currency(root: &Fields<'_>, reader: &mut Reader) {
    let Some(node) = root.get("currency") else { return };
    if let Some(currency) = reader.currency_at(node, "currency") {
        reader.currency = currency;
    }
}
