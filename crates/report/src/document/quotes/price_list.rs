//! The lines of a quoted price, and the options of an offer.

use super::super::parts::{body, headers, text};
use super::super::{Cell, Row, Table};
use super::name;
use comanage_analysis::quotes::{QuotedLine, Quotes};
use comanage_expr::number::round_half_away;
use comanage_model::ledger::Unit;
use comanage_model::money::{Currency, Money, group_thousands};
use comanage_model::words::in_words;
use rust_decimal::Decimal;

/// How many of what, to one decimal place: `2,088 hours`, `1 month`.
pub(super) fn counted(quantity: Decimal, unit: Unit) -> String {
    let number = group_thousands(&round_half_away(quantity, 1).normalize().to_string());
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {}{plural}", unit.name())
}

/// How many a line bills first, and at what price: `46 users at 48.00 a month`; of a discount or a tax its
/// share.
pub(super) fn quantity(line: &QuotedLine, currency: Currency) -> String {
    let price = Money(line.first_price).to_finest_prose(currency);
    let often = match line.every_months {
        Some(1) => " a month".to_string(),
        Some(12) => " a year".to_string(),
        Some(months) => format!(" every {months} months"),
        None => String::new(),
    };
    match line.unit {
        _ if line.is_share => {
            let share = line.first_price.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
            format!("{}%", share.normalize())
        }
        Unit::Once | Unit::Money => format!("month {}", line.first_month),
        Unit::Month if line.every_months.is_none() => format!("month {}", line.first_month),
        Unit::Month if line.first_quantity == Decimal::ONE => format!("{price}{often}"),
        Unit::Month => format!("{} at {price}{often}", line.first_quantity.normalize()),
        Unit::Thing if line.thing.is_some() => {
            let thing = in_words(line.thing.as_deref().unwrap_or_default());
            format!("{} {thing} at {price}{often}", group_thousands(&line.first_quantity.normalize().to_string()))
        }
        unit => format!("{} at {price}{often}", counted(line.first_quantity, unit)),
    }
}

/// What each option adds to the expected cost of its offer; none where no offer has any.
pub(super) fn options(quotes: &Quotes) -> Option<Table> {
    let mut rows: Vec<Row> = Vec::new();
    for quote in &quotes.offers {
        for option in &quote.options {
            let option_name = match quote.only_offer() {
                Some(_) => option.name.to_string(),
                None => format!("{}: {}", option.offer.name, option.name),
            };
            let taken = if option.is_taken { "yes" } else { "no" };
            let (year_1, term) = (Cell::Money(option.year_1), Cell::Money(option.term));
            rows.push(body(vec![name(quote), text(option_name), text(taken), year_1, term]));
        }
    }
    let headers = headers(&["Offer", "Option", "In the price", "Year 1", "Term"]);
    (!rows.is_empty()).then_some(Table { headers, rows })
}
