//! `[tools.X]` and `[[cost]]`.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Alternative, Cost, Tool};

use super::super::fields::Fields;
use super::super::format::COST;
use super::super::lists::Keyed;
use super::super::names::Names;
use super::super::reader::Reader;
use super::Places;

/// Reads the tools.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, services: &Names) -> Vec<Tool> {
    let tables = root.keyed(reader, "tools");
    tables.iter().map(|table| read_tool(table, reader, services)).collect()
}

fn read_tool(table: &Keyed<'_>, reader: &mut Reader, services: &Names) -> Tool {
    let fields = &table.fields;
    let used_for = fields.names(reader, "for");
    Tool {
        key: table.key.into(),
        services: services.find_all(reader, used_for, &fields.path_of("for")),
        from_month: fields.maybe_input(reader, "from_month"),
        until_month: fields.maybe_input(reader, "until_month"),
        per_user: fields.rates(reader, "per_user"),
        per_device: fields.rates(reader, "per_device"),
        monthly: fields.input(reader, "monthly"),
        once: fields.input(reader, "once"),
        uplift: fields.input(reader, "uplift"),
        source: fields.source.map(String::from),
        note: fields.note.map(String::from),
    }
}

/// Reads the other costs.
pub(super) fn read_costs(root: &Fields<'_>, reader: &mut Reader, places: &mut Places, of: Bearers) -> Vec<Cost> {
    let tables = root.tables(reader, "cost", &COST);
    let name = |cost: &Fields<'_>| cost.get("name").map_or_else(|| cost.span.clone(), |node| node.span.clone());
    places.costs = tables.iter().map(name).collect();
    tables.iter().map(|table| read_cost(table, reader, of)).collect()
}

/// The ids of the alternatives, the alternatives, and the id of a plan, where the file asks for one.
type Bearers<'a> = (&'a Names, &'a [Alternative], Option<&'a str>);

/// The offer that every alternative of some ids is made of, and nothing else.
fn only_offer(alternatives: &[Alternative], ids: &[String]) -> Option<usize> {
    let offer_of = |id: &String| {
        let of = alternatives.iter().find(|alternative| alternative.id == *id && alternative.hires.is_empty())?;
        if let [only] = of.offers.as_slice() { Some(only.of) } else { None }
    };
    let first = offer_of(ids.first()?)?;
    ids.iter().all(|id| offer_of(id) == Some(first)).then_some(first)
}

fn read_cost(fields: &Fields<'_>, reader: &mut Reader, (ids, alternatives, plan): Bearers) -> Cost {
    if fields.get("monthly").is_none() && fields.get("once").is_none() {
        let diagnostic = Diagnostic::error("missing-key", format!("`{}` has no amount", fields.path));
        let hint = "add monthly = 1_200, or once = 8_000 with its month";
        reader.report(diagnostic.at(fields.span.clone(), "needed here").path(&fields.path).hint(hint));
    }
    let bearers = fields.get("alternatives").map(|_| {
        let path = fields.path_of("alternatives");
        let mut bearers = Vec::new();
        for (name, span) in fields.names(reader, "alternatives") {
            if plan != Some(name) {
                ids.find(reader, name, &span, &path);
            }
            bearers.push(name.to_string());
        }
        bearers
    });
    Cost {
        name: fields.name(reader, "name").unwrap_or_default(),
        monthly: fields.maybe_input(reader, "monthly"),
        from_month: fields.maybe_input(reader, "from_month"),
        until_month: fields.maybe_input(reader, "until_month"),
        uplift: fields.input(reader, "uplift"),
        once: fields.maybe_input(reader, "once"),
        month: fields.input(reader, "month"),
        offer: bearers.as_deref().and_then(|ids| only_offer(alternatives, ids)),
        alternatives: bearers,
        source: fields.source.map(String::from),
        note: fields.note.map(String::from),
    }
}
