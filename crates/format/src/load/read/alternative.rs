//! The alternatives: those that come by themselves, and `[alternatives.X]`.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Alternative, Cost, HIRE, IN_HOUSE, Offer, Phase, Role, Service, Tool, name_of_key};
use comanage_model::source::Span;

use super::super::fields::Fields;
use super::super::names::Names;
use super::super::nearest::some_of;
use super::super::reader::Reader;
use super::Places;
use super::people::People;

/// The alternatives in the order of the model, and their ids.
pub(super) fn read(
    root: &Fields<'_>,
    reader: &mut Reader,
    places: &mut Places,
    people: &People,
    offers: &[Offer],
) -> (Vec<Alternative>, Vec<Role>, Names) {
    let hires = Names::new("hire", "unknown-hire", &["hire"], people.hires.iter().map(|role| role.name.as_str()));
    let offer_names = Names::new("offer", "unknown-offer", &["offers"], offers.iter().map(|offer| offer.key.as_str()));
    let mut all = by_themselves(&people.hires, offers);
    let mut sized = Vec::new();
    for table in root.keyed(reader, "alternatives") {
        let fields = &table.fields;
        let named_options = fields.names(reader, "options");
        let engaged: Vec<Phase> =
            phases(fields, reader, "offers", &offer_names).into_iter().map(|(phase, _)| phase).collect();
        all.push(Alternative {
            options: find_options(reader, &named_options, &engaged, offers, &fields.path_of("options")),
            id: table.key.into(),
            name: fields.name(reader, "name").unwrap_or_else(|| name_of_key(table.key)),
            hires: hires_of(fields, reader, &hires, &people.hires, &mut sized),
            offers: engaged,
        });
        places.alternatives.push(table.key_span);
        places.alternative_keys.push(table.key.into());
    }
    let ids = ids(&all);
    (all, sized, ids)
}

/// The hires of an alternative; one of another number than its own is a role of its own among the sized.
fn hires_of(
    fields: &Fields<'_>,
    reader: &mut Reader,
    names: &Names,
    hires: &[Role],
    sized: &mut Vec<Role>,
) -> Vec<Phase> {
    let mut phases = phases(fields, reader, "hires", names);
    for (phase, table) in &mut phases {
        let headcount = table.as_ref().and_then(|table| table.maybe_input(reader, "headcount"));
        if let (Some(headcount), Some(hire)) = (headcount, hires.get(phase.of)) {
            phase.sized = Some(sized.len());
            sized.push(Role { headcount, ..hire.clone() });
        }
    }
    phases.into_iter().map(|(phase, _)| phase).collect()
}

/// The hires or offers of an alternative, with their months where they are written.
fn phases<'a>(fields: &Fields<'a>, reader: &mut Reader, name: &str, names: &Names) -> Vec<(Phase, Option<Fields<'a>>)> {
    let path = fields.path_of(name);
    let mut phases = Vec::new();
    for entry in fields.phases(reader, name) {
        let of = names.find(reader, entry.name, &entry.span, &path);
        let mut month = |key| entry.fields.as_ref().and_then(|fields| fields.maybe_input(reader, key));
        let (from_month, until_month) = (month("from_month"), month("until_month"));
        phases.extend(of.map(|of| (Phase { of, sized: None, from_month, until_month }, entry.fields)));
    }
    phases
}

/// Optional charges by offer and name: `standard.Advanced security`.
fn find_options(
    reader: &mut Reader,
    named: &[(&str, Span)],
    engaged: &[Phase],
    offers: &[Offer],
    path: &str,
) -> Vec<(usize, usize)> {
    let mut all: Vec<(String, (usize, usize))> = Vec::new();
    for index in engaged.iter().map(|phase| phase.of) {
        let Some(offer) = offers.get(index) else { continue };
        let optional = offer.charges.iter().enumerate().filter(|(_, charge)| charge.is_optional());
        all.extend(optional.map(|(charge, of)| (format!("{}.{}", offer.key, of.name()), (index, charge))));
    }
    let mut found = Vec::with_capacity(named.len());
    for (name, span) in named {
        let option = all.iter().find(|(option, _)| option == name).map(|(_, place)| *place);
        if option.is_none() {
            let names = || all.iter().map(|(option, _)| option.as_str());
            let hint = match reader.nearest(name, names()) {
                Some(near) => format!("did you mean {near:?}?"),
                None if all.is_empty() => "write `optional = true` at a charge of one of its offers".into(),
                None => format!("there is {}", some_of(names())),
            };
            let message = format!("no offer of the alternative has an optional charge {name:?}");
            let diagnostic = Diagnostic::error("unknown-option", message).at(span.clone(), "unknown");
            reader.report(diagnostic.path(path).hint(hint));
        }
        found.extend(option);
    }
    found
}

fn ids(alternatives: &[Alternative]) -> Names {
    let ids = alternatives.iter().map(|one| one.id.as_str());
    Names::new("alternative", "unknown-alternative", &["hire", "offers", "alternatives"], ids)
}

/// What a company has without hires and offers. Where it has nothing, going on as it is is no
/// alternative.
pub(super) struct Today<'a> {
    pub services: &'a [Service],
    pub team: &'a [Role],
    pub tools: &'a [Tool],
    pub costs: &'a [Cost],
    /// Whether no other alternative could bear a cost.
    pub is_alone: bool,
}

impl Today<'_> {
    /// Whether anyone is in the team, a service has required hours or work, a tool is paid regardless of who
    /// works, or a cost names `in_house` or no one while there is no other alternative. Only what is
    /// written counts, not how much it is, so that no number makes an alternative come or go.
    pub fn is_something(&self, reader: &Reader) -> bool {
        let is_required = |service: &Service| {
            let work =
                [service.hours_per_month, service.hours_per_year, service.tickets_per_user, service.minutes_per_ticket];
            !service.hours.is_empty()
                || service.minutes_per_device.is_some()
                || !service.minutes_per.is_empty()
                || service.hours_total.is_some()
                || work.into_iter().any(|input| reader.written(input).is_some())
        };
        let names_it = |cost: &Cost| match &cost.alternatives {
            Some(ids) => ids.iter().any(|id| id == IN_HOUSE),
            None => self.is_alone,
        };
        !self.team.is_empty()
            || self.services.iter().any(is_required)
            || self.tools.iter().any(|tool| tool.services.is_empty())
            || self.costs.iter().any(names_it)
    }
}

/// Leaves `in_house` out.
pub(super) fn without_in_house(alternatives: &mut Vec<Alternative>) -> Names {
    alternatives.retain(|alternative| alternative.id != IN_HOUSE);
    ids(alternatives)
}

/// In-house, hire, and one for each offer.
fn by_themselves(hires: &[Role], offers: &[Offer]) -> Vec<Alternative> {
    let mut all = vec![Alternative { id: IN_HOUSE.into(), name: "In-house".into(), ..Alternative::default() }];
    let is_meant = |role: &Role| role.hiring.as_ref().is_some_and(|hiring| !hiring.optional);
    let meant = (0..hires.len()).filter(|&hire| hires.get(hire).is_some_and(is_meant));
    let meant: Vec<Phase> = meant.map(Phase::whole).collect();
    if !meant.is_empty() {
        all.push(Alternative { id: HIRE.into(), name: "Hire".into(), hires: meant, ..Alternative::default() });
    }
    all.extend(offers.iter().enumerate().map(|(index, offer)| Alternative {
        id: offer.key.clone(),
        name: offer.name.clone(),
        offers: vec![Phase::whole(index)],
        ..Alternative::default()
    }));
    all
}
