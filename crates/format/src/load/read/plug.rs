//! `[plugs]`: the buyer's own prices for services that offers leave out.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Plug, PlugPrice};

use super::super::fields::Fields;
use super::super::lists::Keyed;
use super::super::names::Names;
use super::super::reader::Reader;

/// Reads the prices, each for a service by its key.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, services: &Names) -> Vec<Plug> {
    let tables = root.keyed(reader, "plugs");
    tables.iter().filter_map(|table| read_plug(table, reader, services)).collect()
}

fn read_plug(table: &Keyed<'_>, reader: &mut Reader, services: &Names) -> Option<Plug> {
    let fields = &table.fields;
    let service = services.find(reader, table.key, &table.key_span, &fields.path);
    let (rate, monthly) = (fields.maybe_input(reader, "rate"), fields.maybe_input(reader, "monthly"));
    let price = match (rate, monthly) {
        (Some(rate), None) => Some(PlugPrice::Hour(rate)),
        (None, Some(monthly)) => Some(PlugPrice::Month(monthly)),
        (Some(_), Some(_)) => {
            let message = format!("`{}` has both `rate` and `monthly`", fields.path);
            let diagnostic = Diagnostic::error("both-plug-prices", message).at(fields.span.clone(), "two prices");
            reader.report(diagnostic.path(&fields.path).hint("leave one of them out"));
            None
        }
        (None, None) => {
            let diagnostic = Diagnostic::error("missing-key", format!("`{}` has no price", fields.path));
            let hint = "add rate = 185 for each hour of work, or monthly = 900";
            reader.report(diagnostic.at(fields.span.clone(), "needed here").path(&fields.path).hint(hint));
            None
        }
    };
    let (source, note) = (fields.source.map(String::from), fields.note.map(String::from));
    Some(Plug { service: service?, price: price?, source, note })
}
