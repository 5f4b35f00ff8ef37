//! What contracts conserve: phases are their parts, limits hold, a discount changes what it names and nothing
//! else, and a charge may be written in one line or in two.

use std::collections::BTreeMap;

use comanage_analysis::compare::{Compared, compare};
use comanage_expr::number::{Exact, round_half_away};
use comanage_model::ledger::{Category, Entry, Line, LineSource};
use comanage_model::money::Money;
use comanage_model::price::Prices;
use comanage_model::scenario::{DiscountedSum, Input, Scenario};
use comanage_model::staffing::Engagement;
use rust_decimal::Decimal;

use crate::common::load_text;
use crate::random::{self, Dice};

fn amount(line: &Line<Exact>) -> Decimal {
    line.amount.0.expect("it does not overflow")
}

fn scenarios(seeds: u64) -> impl Iterator<Item = (u64, Scenario)> {
    (0..seeds).map(|seed| (seed, load_text(&random::scenario(seed))))
}

fn entry_of(line: &Line<Exact>, engagement: usize) -> Option<Entry> {
    match line.source {
        LineSource::Provider { engagement: of, entry } if of == engagement => Some(entry),
        _ => None,
    }
}

/// What an invoice is held to: recurring charges and hours, with discounts and limits, by month.
fn limited(compared: &Compared, engagement: usize) -> BTreeMap<u32, Decimal> {
    let mut sums = BTreeMap::new();
    for line in &compared.evaluation.ledger.lines {
        let counts = matches!(line.category, Category::ProviderRecurring | Category::ProviderHours);
        if counts && entry_of(line, engagement).is_some() {
            *sums.entry(line.month).or_insert(Decimal::ZERO) += amount(line);
        }
    }
    sums
}

/// The billed months that are not free, by year of the offer.
fn paid_years(scenario: &Scenario, engaged: &Engagement) -> BTreeMap<u32, Vec<u32>> {
    let free_until = engaged.first_billed + scenario.months(engaged.offer.free_months);
    let mut years: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for month in engaged.billed_months().filter(|month| *month >= free_until) {
        years.entry(engaged.year(month)).or_default().push(month);
    }
    years
}

#[test]
fn invoices_keep_their_limits() {
    let mut held = [0; 4];
    for (seed, scenario) in scenarios(150) {
        let comparison = compare(&scenario).expect("it can be compared");
        for compared in &comparison.alternatives {
            let plan = &compared.evaluation.staffing;
            for (index, engaged) in plan.engagements.iter().enumerate() {
                let offer = engaged.offer;
                let sums = limited(compared, index);
                let sum = |month: &u32| sums.get(month).copied().unwrap_or_default();
                let limit = |input: Input, year: u32| -> Decimal {
                    let price: Exact = Prices::of(&scenario, offer, year).price(input);
                    // An invoice is in the minor unit, so a limit that is written finer is rounded to it.
                    round_half_away(price.0.expect("it does not overflow"), scenario.currency.digits)
                };
                let what = format!("seed {seed}: {} in {}", offer.key, compared.id());
                for (year, months) in paid_years(&scenario, engaged) {
                    let of_year: Decimal = sums
                        .iter()
                        .filter(|(month, _)| engaged.is_billed(**month) && engaged.year(**month) == year)
                        .map(|(_, sum)| *sum)
                        .sum();
                    let is_capped = offer.maximum_yearly.is_some();
                    for month in &months {
                        let min = limit(offer.minimum_monthly, year);
                        assert!(sum(month) >= min || is_capped, "{what}: month {month} is below {min}");
                        held[0] += usize::from(!min.is_zero());
                        if let Some(max) = offer.maximum_monthly {
                            let made_up = offer.minimum_yearly.is_some() && Some(month) == months.last();
                            let max = limit(max, year);
                            assert!(sum(month) <= max || made_up, "{what}: month {month}, {} above {max}", sum(month));
                            held[1] += 1;
                        }
                    }
                    if let Some(min) = offer.minimum_yearly.map(|min| limit(min, year)) {
                        let share = min * Decimal::from(months.len()) / Decimal::from(12);
                        let share = round_half_away(share, scenario.currency.digits);
                        let min = if months.len() == 12 { min } else { share };
                        // The share of a limit that is written finer than the minor unit may round to another.
                        let min = min - Decimal::new(1, scenario.currency.digits);
                        assert!(of_year >= min, "{what}: year {year} is below {min}");
                        held[2] += 1;
                    }
                    if let Some(max) = offer.maximum_yearly.map(|max| limit(max, year)) {
                        let paid: Decimal = months.iter().map(sum).sum();
                        assert!(paid <= max, "{what}: year {year} is above {max}");
                        held[3] += 1;
                    }
                }
            }
        }
    }
    assert!(held.iter().all(|times| *times > 20), "limits are drawn: {held:?}");
}

/// Lines that follow from others: what limits, taxes and exit fees are taken of.
fn follows(entry: Entry) -> bool {
    matches!(entry, Entry::Limit(_) | Entry::Tax(_) | Entry::ExitFee)
}

#[test]
fn discounts_change_no_line_that_they_do_not_name() {
    let mut tried = 0;
    for (seed, scenario) in scenarios(150) {
        if scenario.offers.iter().all(|offer| offer.discounts.is_empty()) {
            continue;
        }
        let mut without = scenario.clone();
        without.offers.iter_mut().for_each(|offer| offer.discounts.clear());
        let (with, without) = (compare(&scenario), compare(&without));
        let (with, without) = (with.expect("it can be compared"), without.expect("it can be compared"));
        for (one, other) in with.alternatives.iter().zip(&without.alternatives) {
            let plan = &one.evaluation.staffing;
            let stays = |line: &&Line<Exact>| {
                let entry = line.source.entry();
                entry.is_none_or(|entry| !follows(entry) && !matches!(entry, Entry::Discount { .. }))
            };
            let of = |compared: &Compared| -> Vec<(u32, Category, LineSource, Decimal)> {
                let lines = compared.evaluation.ledger.lines.iter().filter(stays);
                lines.map(|line| (line.month, line.category, line.source, amount(line))).collect()
            };
            assert_eq!(of(one), of(other), "seed {seed}: {}", one.id());
            for line in &one.evaluation.ledger.lines {
                let LineSource::Provider { engagement, entry: Entry::Discount { index, of } } = line.source else {
                    continue;
                };
                let on = plan.engagements[engagement].offer.discounts[index].on;
                let named = match on {
                    DiscountedSum::Recurring => Category::ProviderRecurring,
                    DiscountedSum::Hours => Category::ProviderHours,
                    DiscountedSum::OneTime => Category::ProviderOneTime,
                    DiscountedSum::All => of,
                };
                assert_eq!((line.category, of), (named, named), "seed {seed}");
                assert!(amount(line) <= Decimal::ZERO, "seed {seed}: a discount adds nothing");
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "discounts are drawn: {tried}");
}

/// The totals of a scenario, by alternative.
fn totals(text: &str) -> Vec<Money> {
    let scenario = load_text(text);
    compare(&scenario).expect("it can be compared").alternatives.iter().map(|of| of.sums.total).collect()
}

/// Under one rate in whole minor units it makes no difference whether a quantity is one charge or two, nor
/// which classes stand in which of them.
#[test]
fn a_charge_may_be_split_in_two() {
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let months = dice.one(&[1, 1, 3, 6, 12, 7]);
        let spread = if dice.chance(30) { "\nspread = true" } else { "" };
        let spread = if months > 1 { spread } else { "" };
        // A payment in advance is for whole units at a multiple of the months, so that no part is rounded.
        let rate = dice.between(1, 40) * months;
        let (whole, part) = (dice.between(2, 90), dice.between(1, 1));
        let terms = format!("rate = {rate}\nevery_months = {months}{spread}");
        let minimum = if spread.is_empty() && months > 1 { "minimum_yearly = 900" } else { "minimum_monthly = 70" };
        let head = format!(
            "schema = 1\nname = \"Split\"\ncurrency = \"USD\"\nterm_months = 30\n[organization]\ndevices = {{ a = {whole}, b = 7, c = 3 }}\n[[organization.change]]\nmonth = {}\ndevices = {{ b = 5 }}\n[offers.x]\nuplift_from_year = 10\ntax = \"8%\"\n{minimum}\nonboarding = {{ fee_months = 1 }}\nfree_months = {}\ndiscounts = [{{ name = \"Term\", share = \"10%\", on = \"recurring\" }}]\n",
            dice.between(2, 30),
            dice.between(0, 1) * months,
        );
        let charge = |name: &str, keys: &str| format!("[[offers.x.charges]]\nname = \"{name}\"\n{keys}\n{terms}\n");
        let by_classes = |name: &str, classes: &str| charge(name, &format!("per = \"device\"\nclasses = {classes}"));
        let times = |name: &str, quantity: i64| charge(name, &format!("per = \"month\"\nquantity = {quantity}"));
        let one = [head.clone(), by_classes("All", r#"["a", "b", "c"]"#), times("Visits", whole)].concat();
        let two = [
            head,
            by_classes("Some", r#"["b"]"#),
            times("Visits", whole - part),
            by_classes("Others", r#"["c", "a"]"#),
            times("More visits", part),
        ];
        assert_eq!(totals(&one), totals(&two.concat()), "seed {seed}: {one}");
    }
}

/// A sum that is spread over months is that sum, whatever it is and over however many.
#[test]
fn parts_add_up_to_the_whole() {
    for seed in 0..60 {
        let mut dice = Dice::new(1_000 + seed);
        let (months, cents) = (dice.between(2, 40), dice.between(1, 9_999_999));
        let rate = Decimal::new(cents, 2);
        let text = format!(
            "schema = 1\nname = \"Parts\"\ncurrency = \"USD\"\nterm_months = {months}\n[offers.parts]\nonboarding = {{ fee = {rate}, instalments = {} }}\n[[offers.parts.charges]]\nname = \"Whole\"\nper = \"month\"\nrate = {rate}\nevery_months = {months}\nspread = true\n",
            dice.between(1, 60),
        );
        assert_eq!(totals(&text), [Money(rate * Decimal::TWO)], "{text}");
    }
}

/// What providers bill, by month.
fn by_month(compared: &Compared) -> BTreeMap<u32, Decimal> {
    let mut months = BTreeMap::new();
    for line in compared.evaluation.ledger.lines.iter().filter(|line| line.source.engagement().is_some()) {
        *months.entry(line.month).or_insert(Decimal::ZERO) += amount(line);
    }
    months
}

/// Two offers one after the other cost what each would cost in its months, month by month: the first up to
/// its end, the second from its signature on.
#[test]
fn phases_are_their_parts() {
    let mut tried = 0;
    for seed in 0..150 {
        let text = random::scenario(seed);
        let scenario = load_text(&text);
        // Where an offer sends the team away, the other would find it there.
        let [first, second, ..] = scenario.offers.as_slice() else { continue };
        let stays = first.replaces_team.is_none() && second.replaces_team.is_none();
        if !stays || scenario.term_months < 4 {
            continue;
        }
        let until = Dice::new(seed).between(2, i64::from(scenario.term_months) - 1) as u32;
        let (one, other) = (format!("{:?}", first.key), format!("{:?}", second.key));
        let ending = format!("{{ offer = {one}, until_month = {until} }}");
        let beginning = format!("{{ offer = {other}, from_month = {} }}", until + 1);
        let parts = format!(
            "\n[alternatives.zz_both]\noffers = [{ending}, {beginning}]\n[alternatives.zz_first]\noffers = [{ending}]\n[alternatives.zz_second]\noffers = [{beginning}]\n"
        );
        let scenario = load_text(&format!("{text}{parts}"));
        let comparison = compare(&scenario).expect("it can be compared");
        let find = |id: &str| comparison.alternatives.iter().find(|of| of.id() == id).expect("it is there");
        let [both, first, second] = ["zz_both", "zz_first", "zz_second"].map(|id| by_month(find(id)));
        let signature: Decimal = find("zz_second")
            .evaluation
            .ledger
            .lines
            .iter()
            .filter(|line| line.month == until && line.source.engagement().is_some())
            .map(amount)
            .sum();
        for month in 0..=scenario.term_months {
            let of = |months: &BTreeMap<u32, Decimal>| months.get(&month).copied().unwrap_or_default();
            let expected = match month {
                _ if month < until => of(&first),
                _ if month == until => of(&first) + signature,
                _ => of(&second),
            };
            assert_eq!(of(&both), expected, "seed {seed}: month {month}, the second begins after {until}");
        }
        tried += 1;
    }
    assert!(tried > 20, "there are scenarios with two offers: {tried}");
}
