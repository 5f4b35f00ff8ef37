//! Offers side by side: a row for each figure of each offer.

use rust_decimal::Decimal;

use crate::dataset::{Column, Dataset, Fields, Kind, Value};
use comanage_analysis::guide::Guide;
use comanage_analysis::quotes::{Price, Quote, Quotes, Scope};
use comanage_model::money::Money;
use comanage_model::scenario::{PlugPrice, Scenario};

/// A figure of an offer.
struct Of<'a> {
    offer: &'a str,
    topic: &'static str,
    item: String,
    figure: &'static str,
    value: Value,
    source: Option<String>,
}

/// Every figure of every offer, one a row: what it is about, its name, its value, its source.
pub fn quotes(of: &Quotes) -> Dataset {
    let value = Column { key: "value".into(), header: "Value".into(), kind: Kind::Written, unit: "" };
    let fields = Fields::default()
        .text("offer", "Offer", |of: &Of| of.offer.to_string())
        .text("topic", "Topic", |of| of.topic.to_string())
        .text("item", "Item", |of| of.item.clone())
        .text("figure", "Figure", |of| of.figure.to_string())
        .column(value, |of| of.value.clone())
        .text("source", "Source", |of| of.source.clone());
    let scenario = of.comparison.scenario;
    fields.dataset("figures", scenario.currency, of.offers.iter().flat_map(|quote| rows(scenario, quote)))
}

fn rows<'a>(scenario: &Scenario, quote: &'a Quote) -> Vec<Of<'a>> {
    let mut rows = Rows { offer: quote.key(), rows: Vec::new() };
    prices(&mut rows, quote);
    for scope in &quote.services {
        service(&mut rows, scenario, scope);
    }
    stated(&mut rows, quote);
    rates(&mut rows, quote);
    leaving(&mut rows, quote);
    answers(&mut rows, quote);
    rows.rows
}

/// The rows of an offer.
struct Rows<'a> {
    offer: &'a str,
    rows: Vec<Of<'a>>,
}

impl Rows<'_> {
    fn figure(&mut self, topic: &'static str, item: &str, figure: &'static str, value: Value) {
        self.sourced(topic, item, figure, value, None);
    }

    fn sourced(&mut self, topic: &'static str, item: &str, figure: &'static str, value: Value, source: Option<&str>) {
        let (item, source) = (item.to_string(), source.map(String::from));
        self.rows.push(Of { offer: self.offer, topic, item, figure, value, source });
    }
}

fn money(amount: Option<Money>) -> Value {
    amount.map_or(Value::None, Value::Money)
}

fn number(number: Option<Decimal>) -> Value {
    number.map_or(Value::None, Value::Number)
}

fn written(text: Option<String>) -> Value {
    text.map_or(Value::None, Value::Written)
}

fn minutes(minutes: Option<u32>) -> Value {
    minutes.map_or(Value::None, |minutes| Value::Count(minutes.into()))
}

fn prices(rows: &mut Rows, quote: &Quote) {
    let mut price = |item, price: Price| {
        rows.figure("price", item, "year_1", Value::Money(price.year_1));
        rows.figure("price", item, "term", Value::Money(price.term));
        rows.figure("price", item, "per_user_month", money(price.per_user_month));
    };
    price("paper", quote.paper);
    price("practice", quote.practice);
    rows.figure("price", "", "ranked", Value::Flag(quote.is_ranked()));
    rows.figure("price", "", "needed", Value::Flag(quote.is_needed()));
    for line in &quote.lines {
        let mut figure = |name, value| rows.figure("line", &line.item, name, value);
        figure("first_month", Value::Count(line.first_month.into()));
        figure("first_quantity", Value::Number(line.first_quantity));
        figure("first_price", Value::Number(line.first_price));
        figure("quantity", Value::Number(line.quantity));
        figure("year_1", Value::Money(line.year_1));
        figure("term", Value::Money(line.term));
    }
    for option in &quote.options {
        let name = format!("{}.{}", option.offer.key, option.name);
        rows.figure("option", &name, "taken", Value::Flag(option.is_taken));
        rows.figure("option", &name, "year_1", Value::Money(option.year_1));
        rows.figure("option", &name, "term", Value::Money(option.term));
    }
    for step in &quote.bridge {
        rows.figure("bridge", &step.item, "year_1", Value::Money(step.year_1));
        rows.figure("bridge", &step.item, "term", Value::Money(step.term));
        rows.figure("bridge", &step.item, "quantity", Value::Number(step.quantity));
    }
}

fn service(rows: &mut Rows, scenario: &Scenario, scope: &Scope) {
    let service = &scenario.services[scope.service];
    let key = service.key.as_str();
    let mut figure = |name, value| rows.figure("service", key, name, value);
    figure("name", Value::Text(service.name.clone()));
    figure("scope", Value::Written(scope.status.name().to_string()));
    figure("best_effort", Value::Flag(scope.is_best_effort));
    figure("covered_hours", written(scope.hours.as_ref().map(|hours| hours.words())));
    figure("wanted_within_minutes", minutes(scope.wanted));
    figure("respond_within_minutes", minutes(scope.promised));
    figure("availability", number(scope.availability.map(|share| scenario.decimal(share))));
    figure("hours_per_month", Value::Figure(scope.hours_per_month));
    figure("out_of_scope_rate", number(scope.rate.map(|rate| scenario.decimal(rate))));
    let plug = |price: PlugPrice| Some(scenario.decimal(price.input()));
    match scope.plug {
        Some(price @ PlugPrice::Hour(_)) => figure("buyers_rate", number(plug(price))),
        Some(price @ PlugPrice::Month(_)) => figure("buyers_monthly", number(plug(price))),
        None => {}
    }
    figure("has_no_price", Value::Flag(scope.has_no_price));
    figure("out_of_scope_term", money(scope.billed.map(|billed| billed.term)));
}

fn stated(rows: &mut Rows, quote: &Quote) {
    for price in &quote.stated {
        rows.figure("stated", &price.what, "stated", Value::Money(price.said));
        rows.figure("stated", &price.what, "own", money(price.own));
        rows.figure("stated", &price.what, "difference", money(price.difference()));
    }
}

fn rates(rows: &mut Rows, quote: &Quote) {
    for rate in &quote.rates {
        rows.figure("rate", &rate.item, "rate", Value::Number(rate.rate));
        for band in &rate.bands {
            let source = format!("{}, {}, {}", band.source, band.region, band.date);
            let mut figure = |name, value| rows.sourced("rate", &rate.item, name, value, Some(&source));
            figure("band_low", number(band.low));
            figure("band_high", number(band.high));
            figure("position", Value::Written(band.position.name().to_string()));
        }
    }
}

fn leaving(rows: &mut Rows, quote: &Quote) {
    let months = quote.leaving.iter().flat_map(|leaving| (1..).zip(&leaving.months));
    for (month, cost) in months {
        let month: u32 = month;
        if let Some(cost) = cost {
            rows.figure("leaving", &month.to_string(), "cost", Value::Money(*cost));
        }
    }
}

fn answers(rows: &mut Rows, quote: &Quote) {
    for answer in &quote.answers {
        let (key, guides) = (answer.question.key, Guide::list(answer.question.guides));
        rows.sourced("answer", key, "answer", written(answer.words()), Some(&guides));
        rows.figure("answer", key, "red_flag", Value::Flag(answer.is_red_flag()));
    }
}
