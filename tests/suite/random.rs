//! Random scenarios: valid, and drawn from every key of the format.
//!
//! A seed always gives the same text. The same seed with other [`Ranges`] gives the same scenario
//! with its uncertain values written otherwise. Left out are only `extends` and `packs`, which
//! need a second file, and `[expect]`, which would have to know the results.

mod dice;
mod offers;
mod organization;
mod people;
mod price_list;
#[cfg(test)]
mod tests;

pub use dice::Dice;

use std::fmt::Write;

/// How uncertain values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranges {
    /// As ranges.
    Wide,
    /// As ranges whose ends are the value itself.
    Narrow,
    /// As the value.
    Points,
}

/// A random scenario with uncertain values.
pub fn scenario(seed: u64) -> String {
    scenario_with(seed, Ranges::Wide, false)
}

/// A random scenario, its uncertain values written as asked for, its offers in their order or the
/// other way around.
pub fn scenario_with(seed: u64, ranges: Ranges, offers_reversed: bool) -> String {
    scenario_of(Dice::new(seed), &seed.to_string(), ranges, offers_reversed)
}

/// The same with dice of one's own.
pub fn scenario_of(dice: Dice, name: &str, ranges: Ranges, offers_reversed: bool) -> String {
    let mut writer = Writer::new(dice, ranges);
    writer.head(name);
    organization::write(&mut writer);
    writer.services();
    people::write(&mut writer);
    writer.tools();
    let mut blocks: Vec<String> = (0..writer.offers.len()).map(|offer| offers::block(&mut writer, offer)).collect();
    if offers_reversed {
        blocks.reverse();
    }
    writer.text += &blocks.concat();
    writer.alternatives();
    writer.costs();
    writer.plugs();
    writer.planning();
    writer.simulation();
    writer.document();
    writer.text
}

/// A text that grows, and what has been named in it.
pub struct Writer {
    dice: Dice,
    ranges: Ranges,
    currency: (&'static str, &'static str, u32),
    text: String,
    term: i64,
    services: Vec<&'static str>,
    team: Vec<&'static str>,
    hires: Vec<(&'static str, bool)>,
    tools: Vec<&'static str>,
    offers: Vec<&'static str>,
    mixes: Vec<&'static str>,
    users: Vec<&'static str>,
    devices: Vec<&'static str>,
    /// Whether other things are counted too.
    things: bool,
    /// Optional charges: the offer, and the name as it is written.
    options: Vec<(&'static str, &'static str)>,
    /// Paths of values that were written as ranges, where a correlation may name them.
    uncertain: Vec<String>,
}

/// Code, a sign that may stand before an amount, decimals.
const CURRENCIES: [(&str, &str, u32); 6] =
    [("USD", "$", 2), ("EUR", "€", 2), ("GBP", "£", 2), ("JPY", "¥", 0), ("KWD", "KWD ", 3), ("CLF", "CLF ", 4)];
const SERVICES: [&str; 7] =
    ["help_desk", "security", "patching", "projects", "backup", "line of business", "rufbereitschaft-ü"];
const TEAM: [&str; 4] = ["IT manager", "Technician", "Night owl", "C.T.O. \\\"acting\\\""];
const HIRES: [&str; 3] = ["Administrator", "Analyst, nights", "Engineer L3"];
const TOOLS: [&str; 3] = ["edr", "rmm", "ticket system"];
const OFFERS: [&str; 5] = ["alpha", "beta-2", "gamma_3", "delta plan", "épsilon"];
const MIXES: [&str; 3] = ["blend", "both-of-them", "one more"];

impl Writer {
    fn new(mut dice: Dice, ranges: Ranges) -> Self {
        let term = dice.one(&[1, 5, 12, 13, 24, 36, 36, 60, 120]);
        let hires: Vec<&str> = dice.some(&HIRES, 0, 3);
        Self {
            currency: dice.one(&CURRENCIES),
            services: dice.some(&SERVICES, 1, 6),
            team: dice.some(&TEAM, 0, 4),
            hires: hires.into_iter().map(|hire| (hire, dice.chance(30))).collect(),
            tools: dice.some(&TOOLS, 0, 3),
            offers: dice.some(&OFFERS, 0, 4),
            mixes: dice.some(&MIXES, 0, 2),
            users: Vec::new(),
            devices: Vec::new(),
            things: false,
            options: Vec::new(),
            uncertain: Vec::new(),
            text: String::new(),
            ranges,
            term,
            dice,
        }
    }

    fn line(&mut self, line: impl AsRef<str>) {
        self.text += line.as_ref();
        self.text += "\n";
    }

    /// A key with a value, in so many of a hundred cases.
    fn maybe(&mut self, percent: u64, key: &str, value: impl FnOnce(&mut Self) -> String) {
        if self.dice.chance(percent) {
            let value = value(self);
            self.line(format!("{key} = {value}"));
        }
    }

    fn annotations(&mut self) {
        self.maybe(10, "source", |_| "\"a quote of 2026-10-02\"".into());
        self.maybe(5, "note", |_| "\"\"\"two\nlines\"\"\"".into());
    }

    fn head(&mut self, name: &str) {
        let (code, term) = (self.currency.0, self.term);
        self.line(format!("schema = 1\nname = \"Random {name}\"\ncurrency = \"{code}\"\nterm_months = {term}"));
        self.maybe(50, "summary", |_| "\"drawn by lot, \\\"as is\\\"\"".into());
        self.maybe(60, "start", |w| format!("\"20{}-{:02}\"", w.dice.between(25, 31), w.dice.between(1, 12)));
        self.maybe(70, "discount_rate", |w| w.share(0, 12));
        self.maybe(60, "coverage_target", |w| w.share(5, 99));
        self.maybe(60, "work_target", |w| w.share(30, 100));
        self.maybe(25, "budget", |w| {
            let total = w.money(20_000, 900_000);
            if w.dice.chance(50) {
                return total;
            }
            let (first, monthly) = (w.money(5_000, 300_000), w.money(1_000, 60_000));
            let later = w.dice.between(2, 10);
            format!("{{ total = {total}, year_1 = {first}, year_{later} = {first}, monthly = {monthly} }}")
        });
        self.maybe(30, "baseline", |w| {
            let ids = w.ids();
            quoted(w.dice.one(&ids))
        });
        self.annotations();
    }

    /// The ids of all alternatives.
    fn ids(&self) -> Vec<&'static str> {
        let hire = self.hires.iter().any(|(_, optional)| !optional).then_some("hire");
        let mixes = if self.has_mixes() { self.mixes.as_slice() } else { &[] };
        ["in_house"].into_iter().chain(hire).chain(self.offers.iter().copied()).chain(mixes.iter().copied()).collect()
    }

    fn has_mixes(&self) -> bool {
        !self.hires.is_empty() || !self.offers.is_empty()
    }

    fn services(&mut self) {
        for service in self.services.clone() {
            self.line(format!("[services.{}]", key(service)));
            let hours = self.required_hours();
            self.line(format!("hours = {hours}"));
            self.maybe(15, "people", |w| w.count(1, 3));
            if self.dice.chance(70) {
                let (tickets, minutes) = (self.number(0, 1), self.number(5, 40));
                self.line(format!("tickets_per_user = {tickets}\nminutes_per_ticket = {minutes}"));
            }
            self.maybe(40, "hours_per_month", |w| w.number(1, 90));
            self.maybe(30, "hours_per_year", |w| w.number(1, 900));
            self.maybe(40, "minutes_per_device", |w| {
                let devices = w.devices.clone();
                w.by_class(&devices, |w| w.number(1, 30))
            });
            self.maybe(15, "hours_total", |w| w.number(1, 900));
            if self.things {
                self.maybe(30, "minutes_per", |w| format!("{{ extensions = {} }}", w.number(1, 6)));
            }
            self.maybe(10, "loss_per_uncovered_hour", |w| w.money(1, 900));
            self.maybe(10, "live", |_| "true".to_string());
            self.maybe(30, "respond_within", |w| quoted(w.dice.one(&["30m", "1h", "4h", "90m", "2d"])));
            self.maybe(30, "on_holidays", |w| quoted(w.dice.one(&["open", "closed"])));
            self.maybe(30, "weight", |w| w.number(1, 5));
            self.maybe(30, "accountable", |w| {
                let who: Vec<&str> = w.offers.iter().copied().chain(["team"]).collect();
                quoted(w.dice.one(&who))
            });
            self.maybe(20, "consulted", |_| "[\"finance\", \"legal\"]".into());
            self.maybe(20, "informed", |_| "[\"the board\"]".into());
            self.maybe(30, "reviewed", |w| format!("\"2026-{:02}\"", w.dice.between(1, 12)));
            self.annotations();
        }
    }

    /// Hours of a service: a text, or pieces with people of their own.
    fn required_hours(&mut self) -> String {
        if !self.dice.chance(12) {
            return self.hours();
        }
        let mut pieces = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            let hours = self.hours();
            let people = if self.dice.chance(60) { format!(", people = {}", self.count(1, 3)) } else { String::new() };
            pieces.push(format!("{{ hours = {hours}{people} }}"));
        }
        format!("[{}]", pieces.join(", "))
    }

    fn tools(&mut self) {
        for tool in self.tools.clone() {
            self.line(format!("[tools.{}]", key(tool)));
            self.maybe(60, "for", |w| {
                let services = w.services.clone();
                names(&w.dice.some(&services, 1, 2))
            });
            let (users, devices) = (self.users.clone(), self.devices.clone());
            self.maybe(60, "per_user", |w| w.rates(&users, 0, 20));
            self.maybe(40, "per_device", |w| w.rates(&devices, 0, 15));
            self.maybe(30, "monthly", |w| w.money(0, 500));
            self.maybe(30, "once", |w| w.money(0, 4_000));
            self.maybe(30, "uplift", |w| w.share(0, 8));
            self.annotations();
        }
    }

    fn alternatives(&mut self) {
        if !self.has_mixes() {
            return;
        }
        for mix in self.mixes.clone() {
            let all: Vec<&str> = self.hires.iter().map(|(hire, _)| *hire).collect();
            let hires = self.dice.some(&all, usize::from(self.offers.is_empty()), 2);
            let offers = self.offers.clone();
            let offers = self.dice.some(&offers, usize::from(hires.is_empty()), 3);
            self.line(format!("[alternatives.{}]", key(mix)));
            self.maybe(60, "name", |_| format!("\"The mix {}\"", mix.len()));
            if !hires.is_empty() {
                let phase = |hire: &&str| match self.dice.chance(20) {
                    true => format!("{{ hire = {}, headcount = {} }}", quoted(hire), self.dice.one(&["2", "3", "0.5"])),
                    false => quoted(hire),
                };
                let phases: Vec<String> = hires.iter().map(phase).collect();
                self.line(format!("hires = [{}]", phases.join(", ")));
            }
            if !offers.is_empty() {
                let phase = |offer: &&str| match self.dice.chance(15) {
                    true => format!("{{ offer = {}, until_month = {} }}", quoted(offer), self.dice.between(1, 6)),
                    false => quoted(offer),
                };
                let phases: Vec<String> = offers.iter().map(phase).collect();
                self.line(format!("offers = [{}]", phases.join(", ")));
                price_list::options(self, &offers);
            }
            self.annotations();
        }
    }

    /// What a search may choose from.
    fn planning(&mut self) {
        if !self.dice.chance(15) {
            return;
        }
        self.line("[plan]");
        let hires: Vec<&str> = self.hires.iter().map(|(hire, _)| *hire).collect();
        if !hires.is_empty() {
            let hire = self.dice.one(&hires);
            let max = self.dice.between(0, 3);
            self.line(format!("hires = {{ {} = {max} }}", quoted(hire)));
        }
        let offers = self.offers.clone();
        let offers = self.dice.some(&offers, 0, 3);
        self.line(format!("offers = {}", names(&offers)));
        self.maybe(50, "most_offers", |w| w.dice.between(0, 3).to_string());
        self.maybe(10, "must", |_| "{}".to_string());
        let services = self.services.clone();
        self.maybe(20, "never", |w| format!("{{ {} = \"team\" }}", key(w.dice.one(&services))));
    }

    fn costs(&mut self) {
        for name in ["Break-fix", "Insurance", "=A saving"] {
            if !self.dice.chance(40) {
                continue;
            }
            self.line(format!("[[cost]]\nname = \"{name}\""));
            // A saving is negative and certain.
            let is_saving = name == "=A saving";
            let is_once = self.dice.chance(50);
            if is_once {
                let amount = if is_saving { format!("-{}", self.dice.between(1, 9_000)) } else { self.money(1, 9_000) };
                self.line(format!("once = {amount}"));
                let term = self.term;
                self.maybe(60, "month", |w| w.months(0, term));
            }
            if !is_once || self.dice.chance(30) {
                let amount = if is_saving { format!("-{}", self.dice.between(1, 900)) } else { self.money(1, 900) };
                self.line(format!("monthly = {amount}"));
                self.maybe(30, "uplift", |w| w.share(0, 8));
            }
            self.maybe(50, "alternatives", |w| {
                let ids = w.ids();
                names(&w.dice.some(&ids, 1, 3))
            });
            self.annotations();
        }
    }

    fn plugs(&mut self) {
        if !self.dice.chance(35) {
            return;
        }
        let services = self.services.clone();
        for service in self.dice.some(&services, 1, 2) {
            self.line(format!("[plugs.{}]", key(service)));
            let price = match self.dice.chance(60) {
                true => format!("rate = {}", self.money(60, 250)),
                false => format!("monthly = {}", self.money(0, 2_000)),
            };
            self.line(price);
            self.annotations();
        }
    }

    /// What a report says of itself; no figure depends on it.
    fn document(&mut self) {
        if !self.dice.chance(20) {
            return;
        }
        self.line("[document]");
        self.maybe(70, "title", |_| "\"Ways to run IT\"".into());
        self.maybe(50, "prepared_for", |_| "\"The board\"".into());
        self.maybe(50, "prepared_by", |_| "\"Finance\"".into());
        self.maybe(60, "date", |w| format!("\"2027-01-{:02}\"", w.dice.between(1, 28)));
        self.maybe(60, "valid_until", |w| format!("\"2027-{:02}-15\"", w.dice.between(2, 12)));
        self.maybe(50, "accent", |w| quoted(w.dice.one(&["#1f4e8c", "#7a1f1f"])));
        self.maybe(30, "sections", |w| names(&w.dice.some(&["cost", "coverage", "offers", "audit"], 1, 4)));
        self.maybe(30, "signatures", |_| "[\"For the client\", \"For the provider\"]".into());
    }

    fn simulation(&mut self) {
        if !self.dice.chance(60) {
            return;
        }
        self.line("[simulation]");
        self.maybe(50, "samples", |w| w.dice.between(16, 200).to_string());
        self.maybe(50, "seed", |w| w.dice.between(0, 1_000_000).to_string());
        if let [a, b, ..] = self.uncertain.as_slice() {
            let pair = format!("correlations = [[{}, {}, {}]]", literal(a), literal(b), "0.45");
            self.line(pair);
        }
    }

    /// A value for all classes, or a table of values by class.
    fn by_class(&mut self, classes: &[&'static str], value: impl Fn(&mut Self) -> String) -> String {
        if classes.is_empty() || self.dice.chance(40) {
            return value(self);
        }
        let some = self.dice.some(classes, 1, classes.len());
        let entries: Vec<String> = some.into_iter().map(|class| format!("{} = {}", key(class), value(self))).collect();
        format!("{{ {} }}", entries.join(", "))
    }

    /// A rate, or a table of rates by class.
    fn rates(&mut self, classes: &[&'static str], min: i64, max: i64) -> String {
        self.by_class(classes, |w| w.rate(min, max))
    }

    /// Money, tiers or a bundle.
    fn rate(&mut self, min: i64, max: i64) -> String {
        match self.dice.below(10) {
            0 => format!("{{ bundle = {}, price = {} }}", self.dice.between(2, 20), self.money(min * 5, max * 5)),
            1 | 2 => self.tiers(min, max),
            _ => self.money(min, max),
        }
    }

    fn tiers(&mut self, min: i64, max: i64) -> String {
        let mut tiers = Vec::new();
        let mut up_to = 0;
        for _ in 0..self.dice.between(1, 3) {
            up_to += self.dice.between(5, 50);
            tiers.push(format!("{{ up_to = {up_to}, {} }}", self.tier_price(min, max)));
        }
        tiers.push(format!("{{ {} }}", self.tier_price(min, max)));
        let mode = self.dice.one(&["", ", mode = \"volume\"", ", mode = \"graduated\""]);
        format!("{{ tiers = [{}]{mode} }}", tiers.join(", "))
    }

    fn tier_price(&mut self, min: i64, max: i64) -> String {
        if self.dice.chance(25) {
            format!("flat = {}", self.money(min * 20, max * 20))
        } else {
            format!("rate = {}", self.money(min, max))
        }
    }

    /// Remembers the path of a value that turned out uncertain.
    fn at(&mut self, path: String, value: String) -> String {
        if value.starts_with("{ low") {
            self.uncertain.push(path);
        }
        value
    }

    /// An amount, as a number or as text with the currency's sign.
    fn money(&mut self, min: i64, max: i64) -> String {
        let digits = self.currency.2;
        let decimals = self.dice.one(&[0, 0, 0, digits, digits, digits + 1]);
        let is_text = self.dice.chance(10);
        let value = self.value(min, max, decimals, "");
        if !is_text || value.starts_with('{') {
            return value;
        }
        format!("\"{}{}\"", self.currency.1, comanage_model::money::group_thousands(&value))
    }

    /// A share, in percent.
    fn share(&mut self, min: i64, max: i64) -> String {
        let decimals = self.dice.one(&[0, 0, 1, 2]);
        self.value(min, max, decimals, "%")
    }

    /// A number with up to two decimals.
    fn number(&mut self, min: i64, max: i64) -> String {
        let decimals = self.dice.one(&[0, 1, 1, 2]);
        self.value(min, max, decimals, "")
    }

    /// A whole number.
    fn count(&mut self, min: i64, max: i64) -> String {
        self.value(min, max, 0, "")
    }

    /// A number of months, or a month.
    fn months(&mut self, min: i64, max: i64) -> String {
        self.value(min, max, 0, "")
    }

    /// A value between two whole numbers, now and then uncertain.
    fn value(&mut self, min: i64, max: i64, decimals: u32, sign: &str) -> String {
        let unit = 10_i64.pow(decimals);
        let (min, max) = (min * unit, max * unit);
        let value = self.dice.between(min, max);
        let is_uncertain = self.dice.chance(8);
        let down = self.dice.between(0, (value.abs() / 5).min(value - min));
        let up = self.dice.between(0, (value.abs() / 5).min(max - value));
        let form = self.dice.below(7);
        let text = |mantissa: i64| {
            let number = rust_decimal::Decimal::new(mantissa, decimals);
            if sign.is_empty() { number.to_string() } else { format!("\"{number}{sign}\"") }
        };
        if !is_uncertain || self.ranges == Ranges::Points {
            return text(value);
        }
        let even = down.min(up);
        let (down, up, even) = if self.ranges == Ranges::Wide { (down, up, even) } else { (0, 0, 0) };
        let (low, likely, high) = (text(value - down), text(value), text(value + up));
        match form {
            0 => format!("{{ low = {}, high = {} }}", text(value - even), text(value + even)),
            1 => format!("{{ low = {low}, likely = {likely}, high = {high}, dist = \"triangular\" }}"),
            2 => format!("{{ low = {low}, likely = {likely}, high = {high}, dist = \"uniform\" }}"),
            3 | 4 if value - down > 0 => format!("{{ low = {low}, high = {high}, dist = \"lognormal\" }}"),
            5 => format!("{{ low = {low}, likely = {likely}, high = {high}, dist = \"pert\" }}"),
            6 => format!("{{ chance = \"{}%\", value = {high}, otherwise = {low} }}", value.rem_euclid(101)),
            _ => format!("{{ low = {low}, likely = {likely}, high = {high} }}"),
        }
    }

    /// Hours of the week.
    fn hours(&mut self) -> String {
        match self.dice.below(10) {
            0 | 1 => "\"24x7\"".into(),
            2 => "\"24x5\"".into(),
            3 if self.dice.chance(30) => "\"none\"".into(),
            3..=5 => "\"mon-fri 08:00-17:00\"".into(),
            6 => format!("\"{}, {}\"", self.piece(), self.piece()),
            7 => format!("\"outside {}\"", self.piece()),
            _ => format!("\"{}\"", self.piece()),
        }
    }

    fn piece(&mut self) -> String {
        let days = self.dice.one(&["mon-fri", "Mon-Sun", "sat-sun", "fri-mon", "mon,wed,fri", "tue-sat", "sun"]);
        let from = self.dice.between(0, 95);
        let to = (from + self.dice.between(1, 95)) % 96;
        let time = |quarter: i64| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
        format!("{days} {}-{}", time(from), time(to))
    }
}

/// A name as a key.
fn key(name: &str) -> String {
    let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { name.to_string() } else { format!("\"{name}\"") }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// A text with quotes in it.
fn literal(text: &str) -> String {
    let mut out = String::new();
    write!(out, "'{text}'").expect("a text takes more");
    out
}

fn names(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", quoted.join(", "))
}
