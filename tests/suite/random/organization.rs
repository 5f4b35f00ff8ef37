//! Users, devices and sites.

use super::{Writer, key, names, quoted};

const USERS: [&str; 3] = ["office", "floor", "remote staff"];
const DEVICES: [&str; 4] = ["workstation", "server", "network", "tablet"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Something that is counted: its classes and how many there are at the start.
struct Counted {
    key: &'static str,
    /// A name that a change can bring in.
    new: &'static str,
    start: Vec<(&'static str, i64)>,
    is_bare: bool,
}

/// Writes `[organization]` with its changes and seasons.
pub fn write(writer: &mut Writer) {
    writer.line("[organization]");
    let mut counted = Vec::new();
    for (key, new, classes, max) in [("users", "newcomers", USERS.as_slice(), 150), ("devices", "phones", &DEVICES, 60)]
    {
        if writer.dice.chance(92) {
            counted.push(start(writer, key, new, classes, max));
        }
    }
    writer.maybe(60, "sites", |w| w.count(0, 5));
    if writer.dice.chance(60) {
        let (users, devices, sites) = (writer.share(-4, 12), writer.share(-4, 12), writer.share(0, 30));
        writer.line(format!("growth = {{ users = {users}, devices = {devices}, sites = {sites} }}"));
    }
    if writer.dice.chance(30) {
        let (mailboxes, phones) = (writer.count(0, 200), writer.count(0, 90));
        writer.line(format!("counts = {{ mailboxes = {mailboxes}, extensions = {phones} }}"));
        writer.things = true;
    }
    writer.annotations();
    for _ in 0..writer.dice.below(3) {
        let term = writer.term;
        let month = writer.months(1, term);
        writer.line(format!("[[organization.change]]\nmonth = {month}"));
        more_or_fewer(writer, &mut counted);
    }
    for _ in 0..writer.dice.below(3) {
        let months = names(&writer.dice.some(&MONTHS, 1, 3));
        writer.line(format!("[[organization.season]]\nmonths = {months}"));
        writer.maybe(70, "workload", |w| {
            let sign = if w.dice.chance(30) { "-" } else { "" };
            let share = w.dice.between(0, 40);
            quoted(&format!("{sign}{share}%"))
        });
        more_or_fewer(writer, &mut counted);
    }
    for of in counted {
        let classes: Vec<&'static str> = of.start.iter().map(|(class, _)| *class).collect();
        let known = if of.key == "users" { &mut writer.users } else { &mut writer.devices };
        known.extend(classes);
    }
}

fn start(writer: &mut Writer, name: &'static str, new: &'static str, classes: &[&'static str], max: i64) -> Counted {
    let is_bare = writer.dice.chance(40);
    let classes = if is_bare { vec!["standard"] } else { writer.dice.some(classes, 1, classes.len()) };
    let mut values = Vec::new();
    let mut start = Vec::new();
    for class in classes {
        let value = writer.count(0, max);
        // What an uncertain count has at least.
        let digits = value.rsplit("otherwise = ").next().unwrap_or(&value).trim_start_matches("{ low = ");
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        start.push((class, digits[..end].parse().expect("a count")));
        values.push(format!("{} = {value}", key(class)));
    }
    if is_bare {
        writer.line(values[0].replacen("standard", name, 1));
    } else {
        writer.line(format!("{name} = {{ {} }}", values.join(", ")));
    }
    Counted { key: name, new, start, is_bare }
}

/// So many more, or a few fewer: never so many that a count falls below zero.
fn more_or_fewer(writer: &mut Writer, counted: &mut [Counted]) {
    for of in counted {
        if !writer.dice.chance(60) {
            continue;
        }
        let mut values = Vec::new();
        if of.is_bare {
            values.push(("standard", difference(writer, of.start[0].1)));
        } else {
            let start = of.start.clone();
            for (class, count) in writer.dice.some(&start, 1, 2) {
                values.push((class, difference(writer, count)));
            }
        }
        if (!of.is_bare && writer.dice.chance(30)) && !of.start.iter().any(|(class, _)| *class == of.new) {
            values.push((of.new, writer.count(0, 30)));
            of.start.push((of.new, 0));
        }
        match values.as_slice() {
            [("standard", value)] => writer.line(format!("{} = {value}", of.key)),
            values => {
                let entries: Vec<String> =
                    values.iter().map(|(class, value)| format!("{} = {value}", key(class))).collect();
                writer.line(format!("{} = {{ {} }}", of.key, entries.join(", ")));
            }
        }
    }
    writer.maybe(30, "sites", |w| w.count(0, 2));
}

fn difference(writer: &mut Writer, start: i64) -> String {
    if writer.dice.chance(40) { (-writer.dice.between(0, start / 14)).to_string() } else { writer.count(0, 30) }
}
