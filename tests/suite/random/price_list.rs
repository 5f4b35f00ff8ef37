//! The price list of an offer, and what is taken off and added to its invoices.

use super::{Writer, names, quoted};

/// Names of charges; each stands once in an offer.
const NAMES: [&str; 4] = ["Seats", "Backup, a year", "Visits \\\"on site\\\"", "Überwachung"];

/// Writes the list; returns the names of its charges, and whether one is paid for months in advance.
pub fn write(writer: &mut Writer, offer: &'static str) -> (Vec<&'static str>, bool) {
    let named = writer.dice.some(&NAMES, 1, 3);
    let mut in_advance = false;
    let mut charges = Vec::new();
    for name in &named {
        let (keys, is_in_advance) = charge(writer, offer, name);
        charges.push(format!("{{ name = \"{name}\", {keys} }}"));
        in_advance |= is_in_advance;
    }
    writer.line(format!("charges = [{}]", charges.join(", ")));
    (named, in_advance)
}

fn charge(writer: &mut Writer, offer: &'static str, name: &'static str) -> (String, bool) {
    let mut measures = vec!["user", "user", "device", "site", "month", "month", "ticket"];
    if writer.things {
        measures.push("extensions");
    }
    let per = writer.dice.one(&measures);
    let mut keys = vec![format!("per = \"{per}\""), price(writer, per)];
    let classes = classes(writer, per);
    if !classes.is_empty() && writer.dice.chance(20) {
        keys.push(format!("classes = {}", names(&writer.dice.some(&classes, 1, 2))));
    }
    if per == "month" && writer.dice.chance(40) {
        keys.push(format!("quantity = {}", writer.number(1, 9)));
    }
    if writer.dice.chance(25) {
        keys.push(format!("included = {}", writer.number(0, 12)));
    }
    if writer.dice.chance(25) {
        keys.push(format!("minimum = {}", minimum(writer)));
    }
    let is_in_advance = per != "ticket" && writer.dice.chance(30);
    let is_spread = is_in_advance && writer.dice.chance(50);
    if is_in_advance {
        keys.push(format!("every_months = {}", writer.months(2, 14)));
    }
    if is_spread {
        keys.push("spread = true".into());
    }
    window(writer, &mut keys);
    if writer.dice.chance(20) {
        keys.push(format!("uplift = {}", uplift(writer)));
    }
    if writer.dice.chance(20) {
        keys.push(format!("tax = {}", writer.share(0, 25)));
    }
    if writer.dice.chance(20) {
        keys.push("optional = true".into());
        writer.options.push((offer, name));
    }
    (keys.join(", "), is_in_advance && !is_spread)
}

fn classes(writer: &Writer, per: &str) -> Vec<&'static str> {
    match per {
        "user" => writer.users.clone(),
        "device" => writer.devices.clone(),
        _ => Vec::new(),
    }
}

fn price(writer: &mut Writer, per: &str) -> String {
    if writer.dice.chance(15) {
        let years: Vec<String> = (0..writer.dice.between(1, 4)).map(|_| writer.money(5, 200)).collect();
        return format!("by_year = [{}]", years.join(", "));
    }
    let classes = classes(writer, per);
    let rate = if classes.is_empty() { writer.rate(5, 200) } else { writer.rates(&classes, 5, 200) };
    format!("rate = {rate}")
}

fn minimum(writer: &mut Writer) -> String {
    let of = quoted(writer.dice.one(&["first", "peak"]));
    match writer.dice.below(3) {
        0 => writer.number(1, 60),
        1 => format!("{{ of = {of} }}"),
        _ => format!("{{ share = {}, of = {of} }}", writer.share(50, 120)),
    }
}

/// The months of the offer in which something stands.
fn window(writer: &mut Writer, keys: &mut Vec<String>) {
    if writer.dice.chance(15) {
        keys.push(format!("from_month = {}", writer.months(1, 8)));
    }
    if writer.dice.chance(15) {
        keys.push(format!("until_month = {}", writer.months(8, 30)));
    }
}

/// A rise a year, now and then within a floor and a cap.
pub fn uplift(writer: &mut Writer) -> String {
    let rate = writer.share(-3, 9);
    if writer.dice.chance(70) {
        return rate;
    }
    let mut keys = format!("rate = {rate}");
    if writer.dice.chance(60) {
        keys += &format!(", floor = {}", writer.share(0, 3));
    }
    if writer.dice.chance(60) {
        keys += &format!(", cap = {}", writer.share(4, 8));
    }
    format!("{{ {keys} }}")
}

/// Writes discounts, and the least and the most of invoices; a month has no limit where something is paid
/// in advance.
pub fn invoice(writer: &mut Writer, in_advance: bool) {
    writer.maybe(25, "discounts", |w| {
        let mut discounts = Vec::new();
        for name in w.dice.some(&["Three years", "Paid at once", "=Partner"], 1, 2) {
            let on = w.dice.one(&["recurring", "recurring", "hours", "one-time", "all"]);
            let mut keys = vec![format!("name = \"{name}\", share = {}, on = \"{on}\"", w.share(0, 40))];
            window(w, &mut keys);
            discounts.push(format!("{{ {} }}", keys.join(", ")));
        }
        format!("[{}]", discounts.join(", "))
    });
    if !in_advance {
        writer.maybe(30, "minimum_monthly", |w| w.money(100, 5_000));
        writer.maybe(10, "maximum_monthly", |w| w.money(5_000, 9_000));
    }
    writer.maybe(15, "minimum_yearly", |w| w.money(1_000, 30_000));
    writer.maybe(10, "maximum_yearly", |w| w.money(30_000, 60_000));
}

/// Writes the optional charges that an alternative takes of its offers.
pub fn options(writer: &mut Writer, offers: &[&'static str]) {
    let all: Vec<String> = writer
        .options
        .iter()
        .filter(|(offer, _)| offers.contains(offer))
        .map(|(of, name)| format!("\"{of}.{name}\""))
        .collect();
    let taken: Vec<String> = all.into_iter().filter(|_| writer.dice.chance(60)).collect();
    if !taken.is_empty() {
        writer.line(format!("options = [{}]", taken.join(", ")));
    }
}
