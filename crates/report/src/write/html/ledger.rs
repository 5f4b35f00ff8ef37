//! The ledger as data in the page, for looking up a month.

use std::collections::HashMap;

use maud::Markup;
use serde_json::{Value, json};

use super::super::text::visible;
use super::words::own;
use crate::document::{Handover, LedgerRun, Shown};
use comanage_model::money::Money;

/// The lines of every alternative. A line that is the same in following months stands once; its item
/// is in a list by its number.
pub(super) fn data(document: &Handover) -> Markup {
    let mut items = Items::default();
    let alternatives: Vec<Value> =
        document.alternatives.iter().map(|of| alternative(document, of, &mut items)).collect();
    let data = json!({
        "months": document.term_months,
        "currency": document.currency.code,
        "digits": document.currency.digits,
        "items": items.names,
        "alternatives": alternatives,
    });
    in_script(&data)
}

/// Data in a script element.
pub(super) fn in_script(data: &Value) -> Markup {
    // Only `<` could end the element; the others would not be XML.
    let marks = [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")];
    own(&marks.into_iter().fold(data.to_string(), |data, (mark, code)| data.replace(mark, code)))
}

/// The names of items, each once.
#[derive(Default)]
struct Items {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Items {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.names.push(visible(name));
        self.places.insert(name.into(), self.names.len() - 1);
        self.names.len() - 1
    }
}

fn alternative(document: &Handover, of: &Shown, items: &mut Items) -> Value {
    let currency = document.currency;
    let line = |run: &LedgerRun| {
        json!([
            run.from,
            run.to,
            run.category.name(),
            items.place(&run.item),
            run.quantity.to_string(),
            run.unit.name(),
            Money(run.unit_price).to_finest_prose(currency),
            run.amount.to_exact_prose(currency),
        ])
    };
    json!({
        "name": visible(&of.name),
        "is_leading": of.mark.is_some_and(crate::document::Mark::is_recommended),
        "months": of.months.iter().map(|sum| sum.to_exact_prose(currency)).collect::<Vec<_>>(),
        "lines": of.ledger.iter().map(line).collect::<Vec<_>>(),
    })
}
