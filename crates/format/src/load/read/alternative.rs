//! The alternatives: those that come by themselves, and `[alternatives.X]`.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Alternative, HIRE, IN_HOUSE, Offer, Phase, Role};
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
) -> (Vec<Alternative>, Names) {
    let hires = Names::new("hire", "unknown-hire", &["hire"], people.hires.iter().map(|role| role.name.as_str()));
    let offer_names = Names::new("offer", "unknown-offer", &["offers"], offers.iter().map(|offer| offer.key.as_str()));
    let mut all = by_themselves(&people.hires, offers);
    for table in root.keyed(reader, "alternatives") {
        let fields = &table.fields;
        let named_options = fields.names(reader, "options");
        let engaged = phases(fields, reader, "offers", &offer_names);
        all.push(Alternative {
            options: find_options(reader, &named_options, &engaged, offers, &fields.path_of("options")),
            id: table.key.into(),
            name: fields.name(reader, "name").unwrap_or_else(|| table.key.into()),
            hires: phases(fields, reader, "hires", &hires),
            offers: engaged,
        });
        places.alternatives.push(table.key_span);
        places.alternative_keys.push(table.key.into());
    }
    let ids = Names::new(
        "alternative",
        "unknown-alternative",
        &["hire", "offers", "alternatives"],
        all.iter().map(|one| one.id.as_str()),
    );
    (all, ids)
}

/// The hires or offers of an alternative, with their months where they are written.
fn phases(fields: &Fields<'_>, reader: &mut Reader, name: &str, names: &Names) -> Vec<Phase> {
    let path = fields.path_of(name);
    let mut phases = Vec::new();
    for entry in fields.phases(reader, name) {
        let of = names.find(reader, entry.name, &entry.span, &path);
        let mut month = |key| entry.fields.as_ref().and_then(|fields| fields.maybe_input(reader, key));
        let (from_month, until_month) = (month("from_month"), month("until_month"));
        phases.extend(of.map(|of| Phase { of, from_month, until_month }));
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

/// In-house, hire, and one for each offer.
fn by_themselves(hires: &[Role], offers: &[Offer]) -> Vec<Alternative> {
    let mut all =
        vec![Alternative { id: IN_HOUSE.into(), name: "In-house".into(), ..Alternative::default() }];
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
