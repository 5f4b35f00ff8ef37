//! `[simulation]`: samples, seed, correlations.

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Simulation;

use super::super::digits;
use super::super::fields::{Fields, found};
use super::super::path;
use super::super::reader::Reader;
use super::super::tree::{Node, Value};
use super::Places;

/// Reads how to sample; without the table, the defaults.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, places: &mut Places) -> Simulation {
    let fields = root.open_or_empty(reader, "simulation");
    Simulation {
        samples: fields.whole(reader, "samples").unwrap_or_default(),
        seed: fields.whole(reader, "seed").unwrap_or_default(),
        correlations: read_correlations(&fields, reader, places),
    }
}

/// A path in its one spelling; what is no path stays as it is, and is not found later.
fn spell(path: &str) -> String {
    path::canonical(path).unwrap_or_else(|| path.into())
}

fn read_correlations(fields: &Fields<'_>, reader: &mut Reader, places: &mut Places) -> Vec<(String, String, Decimal)> {
    let Some(nodes) = fields.list(reader, "correlations", "correlation") else { return Vec::new() };
    let mut correlations = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = format!("{}[{index}]", fields.path_of("correlations"));
        let parts = match &node.value {
            Value::List(parts) => parts.as_slice(),
            _ => &[],
        };
        let read = match parts {
            [
                Node { value: Value::Text(a), .. },
                Node { value: Value::Text(b), .. },
                Node { value: Value::Number(r), .. },
            ] => digits::exact(r).ok().map(|r| (spell(a), spell(b), r)),
            _ => None,
        };
        match read {
            Some(correlation) => {
                correlations.push(correlation);
                places.correlations.push(node.span.clone());
            }
            None => {
                let diagnostic = Diagnostic::error("wrong-type", format!("`{path}` must be two paths and a number"));
                let hint = "write [\"offers.a.uplift\", \"offers.b.uplift\", 0.6]";
                reader.report(diagnostic.at(node.span.clone(), found(node)).path(path).hint(hint));
            }
        }
    }
    correlations
}
