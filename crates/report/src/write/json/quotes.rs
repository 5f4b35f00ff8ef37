//! Offers side by side as JSON, for machines. Money is a string of an exact decimal, a share a number
//! from 0 to 1, what is not known `null`.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Finding, Head, Layout, text};
use comanage_analysis::guide::Guide;
use comanage_analysis::quotes::{self, Given, Quote, Quotes};
use comanage_model::money::{Currency, Money};
use comanage_model::scenario::{Contract, Exit, Input, PlugPrice, Scenario};

/// The document.
pub fn quotes(of: &Quotes, layout: Layout) -> String {
    text(&document(of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    offers: Vec<Offer<'a>>,
}

#[derive(Serialize)]
struct Offer<'a> {
    id: &'a str,
    name: &'a str,
    provider: Option<String>,
    source: Option<String>,
    pricing_model: &'static str,
    /// Whether its price is held against others.
    ranked: bool,
    /// Whether anything is bought; nothing may be, where nothing was needed.
    needed: bool,
    /// The services that it leaves to no one without a price, by key.
    services_without_price: Vec<&'a str>,
    paper: Price,
    practice: Price,
    lines: Vec<Line<'a>>,
    options: Vec<OptionPrice<'a>>,
    bridge: Vec<Step<'a>>,
    services: Vec<Service<'a>>,
    stated: Vec<Stated<'a>>,
    bands: Vec<Rate<'a>>,
    contract: Option<Terms>,
    leaving: Option<Vec<Leaving>>,
    answers: Vec<Answer>,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Price {
    year_1: String,
    term: String,
    per_user_month: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    item: &'a str,
    unit: &'static str,
    quantity: String,
    first_month: u32,
    first_quantity: String,
    first_price: String,
    every_months: Option<u32>,
    year_1: String,
    term: String,
}

#[derive(Serialize)]
struct OptionPrice<'a> {
    option: String,
    name: &'a str,
    taken: bool,
    year_1: String,
    term: String,
}

#[derive(Serialize)]
struct Step<'a> {
    step: &'a str,
    amount: String,
    year_1: String,
    quantity: String,
    unit: &'static str,
}

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    scope: &'static str,
    best_effort: bool,
    wanted_hours: String,
    covered_hours: Option<String>,
    covers_all_hours: bool,
    respond_within_minutes: Option<u32>,
    wanted_within_minutes: Option<u32>,
    availability: Option<f64>,
    hours_per_month: f64,
    out_of_scope_rate: Option<String>,
    buyers_rate: Option<String>,
    buyers_monthly: Option<String>,
    out_of_scope_hours: Option<String>,
    out_of_scope_term: Option<String>,
    has_no_price: bool,
}

#[derive(Serialize)]
struct Stated<'a> {
    what: &'a str,
    stated: String,
    own: Option<String>,
    difference: Option<String>,
    worked: Option<&'a str>,
}

#[derive(Serialize)]
struct Rate<'a> {
    item: &'a str,
    path: &'a str,
    rate: String,
    unit: &'static str,
    bands: Vec<Band<'a>>,
}

#[derive(Serialize)]
struct Band<'a> {
    low: Option<String>,
    high: Option<String>,
    position: &'static str,
    region: &'a str,
    source: &'a str,
    date: &'a str,
}

#[derive(Serialize)]
struct Terms {
    months: u32,
    notice_days: String,
    notice_months: u32,
    renews_months: Option<u32>,
    renewal_uplift: Option<String>,
    exit_share_of_remaining: Option<String>,
    exit_months: Option<u32>,
}

#[derive(Serialize)]
struct Leaving {
    month: u32,
    cost: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    id: &'static str,
    question: &'static str,
    answer: Option<Value>,
    red_flag: bool,
    asked_by: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    YesNo(bool),
    Count(String),
}

fn document<'a>(of: &'a Quotes) -> Document<'a> {
    let scenario = of.comparison.scenario;
    Document { head: Head::new(scenario), offers: of.offers.iter().map(|quote| offer(of, scenario, quote)).collect() }
}

fn offer<'a>(of: &Quotes, scenario: &'a Scenario, quote: &'a Quote) -> Offer<'a> {
    let currency = scenario.currency;
    let findings = of.findings_of(quote);
    Offer {
        id: quote.key(),
        name: quote.name(),
        provider: quote.joined(|offer| offer.provider.as_deref()),
        source: quote.joined(|offer| offer.source.as_deref()),
        pricing_model: quote.alternative.pricing_model.map_or("", |model| model.name()),
        ranked: quote.is_ranked(),
        needed: quote.is_needed(),
        services_without_price: quote.unpriced(scenario).map(|service| service.key.as_str()).collect(),
        paper: price(quote.paper, currency),
        practice: price(quote.practice, currency),
        lines: quote.lines.iter().map(|of| line(of, currency)).collect(),
        options: quote.options.iter().map(|of| option(of, currency)).collect(),
        bridge: quote.bridge.iter().map(|of| step(of, currency)).collect(),
        services: quote.services.iter().map(|of| service(scenario, of)).collect(),
        stated: quote.stated.iter().map(|of| stated(of, currency)).collect(),
        bands: quote.rates.iter().map(|of| rate(scenario, of)).collect(),
        contract: quote.contract().zip(quote.leaving.as_ref()).map(|(of, l)| terms(scenario, of, l)),
        leaving: quote.leaving.as_ref().map(|of| leaving(of, currency)),
        answers: quote.answers.iter().map(answer).collect(),
        findings: findings.into_iter().map(|finding| Finding::new(finding, &scenario.sources)).collect(),
    }
}

fn price(of: quotes::Price, currency: Currency) -> Price {
    Price {
        year_1: of.year_1.to_data(currency),
        term: of.term.to_data(currency),
        per_user_month: of.per_user_month.map(|price| price.to_data(currency)),
    }
}

fn line(of: &quotes::QuotedLine, currency: Currency) -> Line<'_> {
    Line {
        item: &of.item,
        unit: of.unit.name(),
        quantity: plain(of.quantity),
        first_month: of.first_month,
        first_quantity: plain(of.first_quantity),
        first_price: plain(of.first_price),
        every_months: of.every_months,
        year_1: of.year_1.to_data(currency),
        term: of.term.to_data(currency),
    }
}

fn option<'a>(of: &quotes::OptionPrice<'a>, currency: Currency) -> OptionPrice<'a> {
    OptionPrice {
        option: format!("{}.{}", of.offer.key, of.name),
        name: of.name,
        taken: of.is_taken,
        year_1: of.year_1.to_data(currency),
        term: of.term.to_data(currency),
    }
}

fn step(of: &quotes::Step, currency: Currency) -> Step<'_> {
    Step {
        step: &of.item,
        amount: of.term.to_data(currency),
        year_1: of.year_1.to_data(currency),
        quantity: of.quantity.normalize().to_string(),
        unit: of.unit.name(),
    }
}

fn service<'a>(scenario: &'a Scenario, of: &quotes::Scope) -> Service<'a> {
    let service = &scenario.services[of.service];
    let plug = |of_kind: fn(PlugPrice) -> Option<Input>| Some(plain(scenario.decimal(of_kind(of.plug?)?)));
    Service {
        id: &service.key,
        name: &service.name,
        scope: of.status.name(),
        best_effort: of.is_best_effort,
        wanted_hours: service.hours.words(),
        covered_hours: of.hours.as_ref().map(|hours| hours.words()),
        covers_all_hours: of.is_whole,
        respond_within_minutes: of.promised,
        wanted_within_minutes: of.wanted,
        availability: of.availability.map(|share| scenario.f64(share)),
        hours_per_month: of.hours_per_month,
        out_of_scope_rate: of.rate.map(|rate| plain(scenario.decimal(rate))),
        buyers_rate: plug(|price| if let PlugPrice::Hour(rate) = price { Some(rate) } else { None }),
        buyers_monthly: plug(|price| if let PlugPrice::Month(monthly) = price { Some(monthly) } else { None }),
        out_of_scope_hours: of.billed.map(|billed| plain(billed.hours)),
        out_of_scope_term: of.billed.map(|billed| billed.term.to_data(scenario.currency)),
        has_no_price: of.has_no_price,
    }
}

fn stated(of: &quotes::StatedPrice, currency: Currency) -> Stated<'_> {
    Stated {
        what: &of.what,
        stated: of.said.to_data(currency),
        own: of.own.map(|own| own.to_data(currency)),
        difference: of.difference().map(|difference| difference.to_data(currency)),
        worked: of.worked.as_deref(),
    }
}

fn rate<'a>(scenario: &'a Scenario, of: &'a quotes::QuotedRate) -> Rate<'a> {
    let band = |band: &'a quotes::Band| Band {
        low: band.low.map(plain),
        high: band.high.map(plain),
        position: band.position.name(),
        region: &band.region,
        source: &band.source,
        date: &band.date,
    };
    Rate {
        item: &of.item,
        path: &scenario.inputs.about(of.input).path,
        rate: plain(of.rate),
        unit: of.unit,
        bands: of.bands.iter().map(band).collect(),
    }
}

fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

fn terms(scenario: &Scenario, of: &Contract, leaving: &quotes::Leaving) -> Terms {
    Terms {
        months: scenario.months(of.months),
        notice_days: plain(scenario.decimal(of.notice_days)),
        notice_months: leaving.notice_months,
        renews_months: of.renews_months.map(|months| scenario.months(months)),
        renewal_uplift: of.renewal_uplift.map(|uplift| plain(scenario.decimal(uplift))),
        exit_share_of_remaining: match of.exit {
            Some(Exit::ShareOfRemaining(share)) => Some(plain(scenario.decimal(share))),
            Some(Exit::Months(_)) | None => None,
        },
        exit_months: match of.exit {
            Some(Exit::Months(months)) => Some(scenario.months(months)),
            Some(Exit::ShareOfRemaining(_)) | None => None,
        },
    }
}

fn leaving(of: &quotes::Leaving, currency: Currency) -> Vec<Leaving> {
    let month = |(month, cost): (u32, &Option<Money>)| Leaving { month, cost: cost.map(|cost| cost.to_data(currency)) };
    (1..).zip(&of.months).map(month).collect()
}

fn answer(of: &quotes::Answer) -> Answer {
    Answer {
        id: of.question.key,
        question: of.question.words,
        answer: of.given.map(|given| match given {
            Given::YesNo(yes) => Value::YesNo(yes),
            Given::Count(count) => Value::Count(plain(count)),
        }),
        red_flag: of.is_red_flag(),
        asked_by: of.question.guides.iter().map(|guide: &Guide| guide.words()).collect(),
    }
}
