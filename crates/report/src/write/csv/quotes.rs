//! Offers side by side as CSV: a row a figure.

use rust_decimal::Decimal;

use super::{Csv, text};
use crate::write::json::position_name;
use comanage_analysis::guide::Guide;
use comanage_analysis::quotes::{Price, Quote, Quotes, Scope};
use comanage_model::money::{Currency, Money};
use comanage_model::scenario::Scenario;

/// Every figure of every offer, one a row: what it is about, its name, its value, its source.
pub fn quotes(of: &Quotes) -> Vec<u8> {
    let scenario = of.comparison.scenario;
    let mut rows =
        Rows { csv: Csv::new(&["offer", "topic", "item", "figure", "value", "source"]), offer: String::new() };
    for quote in &of.offers {
        rows.offer = text(&quote.offer.key);
        prices(&mut rows, quote, scenario.currency);
        for scope in &quote.services {
            service(&mut rows, scenario, scope);
        }
        stated(&mut rows, quote, scenario.currency);
        rates(&mut rows, quote);
        leaving(&mut rows, quote, scenario.currency);
        answers(&mut rows, quote);
    }
    rows.csv.finish()
}

/// Rows of an offer.
struct Rows {
    csv: Csv,
    offer: String,
}

impl Rows {
    fn figure(&mut self, topic: &str, item: &str, figure: &str, value: impl Into<String>) {
        self.sourced(topic, item, figure, value, "");
    }

    fn sourced(&mut self, topic: &str, item: &str, figure: &str, value: impl Into<String>, source: &str) {
        let (value, item, source) = (value.into(), text(item), text(source));
        self.csv.row([self.offer.as_str(), topic, &item, figure, &value, &source]);
    }
}

fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

fn prices(rows: &mut Rows, quote: &Quote, currency: Currency) {
    let mut price = |item, price: Price| {
        rows.figure("price", item, "year_1", price.year_1.to_data(currency));
        rows.figure("price", item, "term", price.term.to_data(currency));
        let per_user = price.per_user_month.map_or_else(String::new, |price| price.to_data(currency));
        rows.figure("price", item, "per_user_month", per_user);
    };
    price("paper", quote.paper);
    price("practice", quote.practice);
    for step in &quote.bridge {
        rows.figure("bridge", &step.item, "year_1", step.year_1.to_data(currency));
        rows.figure("bridge", &step.item, "term", step.term.to_data(currency));
        rows.figure("bridge", &step.item, "quantity", plain(step.quantity));
    }
}

fn service(rows: &mut Rows, scenario: &Scenario, scope: &Scope) {
    let key = scenario.services[scope.service].key.as_str();
    let mut figure = |name: &str, value: Option<String>| rows.figure("service", key, name, value.unwrap_or_default());
    figure("scope", Some(scope.status.name().to_string()));
    figure("best_effort", Some(scope.is_best_effort.to_string()));
    figure("covered_hours", scope.hours.as_ref().map(|hours| hours.words()));
    figure("wanted_within_minutes", scope.wanted.map(|minutes| minutes.to_string()));
    figure("respond_within_minutes", scope.promised.map(|minutes| minutes.to_string()));
    figure("availability", scope.availability.map(|share| plain(scenario.decimal(share))));
    figure("hours_per_month", Some(scope.hours_per_month.to_string()));
    figure("out_of_scope_rate", scope.rate.map(|rate| plain(scenario.decimal(rate))));
    figure("out_of_scope_term", scope.billed.map(|billed| billed.term.to_data(scenario.currency)));
}

fn stated(rows: &mut Rows, quote: &Quote, currency: Currency) {
    let data = |money: Option<Money>| money.map_or_else(String::new, |money| money.to_data(currency));
    for price in &quote.stated {
        rows.figure("stated", &price.what, "stated", data(Some(price.said)));
        rows.figure("stated", &price.what, "own", data(price.own));
        rows.figure("stated", &price.what, "difference", data(price.difference()));
    }
}

fn rates(rows: &mut Rows, quote: &Quote) {
    for rate in &quote.rates {
        rows.figure("rate", &rate.item, "rate", plain(rate.rate));
        for band in &rate.bands {
            let source = format!("{}, {}, {}", band.source, band.region, band.date);
            let end = |end: Option<Decimal>| end.map_or_else(String::new, plain);
            rows.sourced("rate", &rate.item, "band_low", end(band.low), &source);
            rows.sourced("rate", &rate.item, "band_high", end(band.high), &source);
            rows.sourced("rate", &rate.item, "position", position_name(band.position), &source);
        }
    }
}

fn leaving(rows: &mut Rows, quote: &Quote, currency: Currency) {
    let months = quote.leaving.iter().flat_map(|leaving| (1..).zip(&leaving.months));
    for (month, cost) in months {
        let month: u32 = month;
        rows.figure("leaving", &month.to_string(), "cost", cost.to_data(currency));
    }
}

fn answers(rows: &mut Rows, quote: &Quote) {
    for answer in &quote.answers {
        let (key, guides) = (answer.question.key, Guide::list(answer.question.guides));
        rows.sourced("answer", key, "answer", answer.words().unwrap_or_default(), &guides);
        rows.figure("answer", key, "red_flag", answer.is_red_flag().to_string());
    }
}
