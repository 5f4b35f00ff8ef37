//! Names and the order of a file change no figure: services, offers and roles under other keys, the last first.

use comanage_analysis::compare::compare;
use comanage_report::write::{self, Layout};
use serde_json::{Map, Value, json};

use crate::common::load_text;
use crate::random::{self, Ranges};

/// Lists of a file whose entries are moved and renamed: how their tables begin.
const LISTS: [&str; 4] = ["[services.", "[offers.", "[[team]]", "[[hire]]"];

/// The blocks of a file: a table of a list with the tables that belong to it, or what stands between them.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = vec![String::new()];
    for line in text.split_inclusive('\n') {
        let is_table = line.starts_with('[') && !line.starts_with("[[offers.");
        // `[offers.X.covers]` belongs to `[offers.X]`.
        let head = blocks.last().and_then(|block| block.lines().next()).unwrap_or_default();
        let is_within = head.strip_suffix(']').is_some_and(|head| line.starts_with(&format!("{head}.")));
        if is_table && !is_within {
            blocks.push(String::new());
        }
        blocks.last_mut().expect("there is one").push_str(line);
    }
    blocks
}

/// The text with the entries of a list in reverse order, each in the place of another.
fn reversed(text: &str, list: &str) -> String {
    let mut blocks = blocks(text);
    let places: Vec<usize> = (0..blocks.len()).filter(|&place| blocks[place].starts_with(list)).collect();
    for (&one, &other) in places.iter().zip(places.iter().rev()).take(places.len() / 2) {
        blocks.swap(one, other);
    }
    blocks.concat()
}

/// The names of the entries of a list, as they are written.
fn names(text: &str, list: &str) -> Vec<String> {
    let name = |block: &String| -> Option<String> {
        let own = block.strip_prefix(list)?;
        let written = match list.starts_with("[[") {
            true => own.lines().find_map(|line| line.strip_prefix("role = "))?,
            false => own.lines().next()?.trim_end_matches(']'),
        };
        let inner = written.strip_prefix('"').and_then(|written| written.strip_suffix('"'));
        Some(inner.unwrap_or(written).to_string())
    };
    blocks(text).iter().filter_map(name).collect()
}

/// The text with a word in place of another wherever it stands alone.
fn replaced(text: &str, word: &str, by: &str) -> String {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || "_-".contains(letter));
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let is_word = !is_part(before.chars().last().or(out.chars().last())) && !is_part(after.chars().next());
        out += before;
        out += if is_word { by } else { word };
        rest = after;
    }
    out + rest
}

/// What a comparison says of every alternative, without what names or orders it.
fn figures(text: &str, back: &[(String, String)]) -> Value {
    let scenario = load_text(text);
    let comparison = compare(&scenario).expect("it can be compared");
    let mut json = write::json::comparison(&comparison, None, Layout::Line);
    back.iter().for_each(|(name, own)| json = replaced(&json, own, name));
    let document: Value = serde_json::from_str(&json).expect("it is JSON");
    let total = |key: &str| {
        let of = document["alternatives"].as_array().into_iter().flatten().find(|of| of["id"] == document[key]);
        of.map_or(Value::Null, |of| of["total"].clone())
    };
    let mut kept = Map::new();
    for key in ["cheapest", "recommended"] {
        kept.insert(key.to_string(), total(key));
    }
    kept.insert("alternatives".to_string(), sorted(&document["alternatives"]));
    Value::Object(kept)
}

/// Lists by the ids of their entries, without names, and without the one of several that is named at a tie.
fn sorted(value: &Value) -> Value {
    const NAMED: [&str; 4] = ["name", "weakest_service", "cost_of_next_covered_hour", "gaps"];
    match value {
        Value::Array(entries) => {
            let mut entries: Vec<Value> = entries.iter().map(sorted).collect();
            // Names of services come in their order; amounts, month by month, stay as they are.
            let word = |entry: &Value| entry.as_str().filter(|text| text.parse::<f64>().is_err()).map(String::from);
            let id = |entry: &Value| {
                word(entry).or_else(|| ["id", "role"].iter().find_map(|key| entry[*key].as_str().map(String::from)))
            };
            entries.sort_by_key(id);
            Value::Array(entries)
        }
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| !NAMED.contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key.clone(), sorted(value))).collect())
        }
        other => other.clone(),
    }
}

/// The first figure that differs by more than sums in another order may, with its place.
fn difference(place: &str, one: &Value, other: &Value) -> Option<String> {
    let differs = || Some(format!("{place}: {one} and {other}"));
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().find_map(|(key, value)| difference(&format!("{place}.{key}"), value, &b[key]))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.into_iter().find_map(|(index, (a, b))| difference(&format!("{place}[{index}]"), a, b))
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            if (a - b).abs() <= 1e-9 * a.abs().max(1.0) { None } else { differs() }
        }
        _ => {
            if one == other {
                None
            } else {
                differs()
            }
        }
    }
}

/// The figures of a file with other names in a list, in other places or in the same.
fn renamed(text: &str, list: &str, moved: impl Fn(&str) -> String) -> Value {
    let names = names(text, list);
    let new = |index: usize| format!("renamed{}", names.len() - index);
    let pairs: Vec<(String, String)> = names.iter().cloned().zip((0..names.len()).map(new)).collect();
    let mut changed = moved(text);
    pairs.iter().for_each(|(name, new)| changed = replaced(&changed, name, new));
    figures(&changed, &pairs)
}

#[test]
fn other_names_and_another_order_change_no_figure() {
    for seed in 0..100 {
        let text = random::scenario_with(seed, Ranges::Wide, false);
        let own = figures(&text, &[]);
        for list in LISTS {
            let is_priority = list == "[services.";
            let other = renamed(&text, list, |text| if is_priority { text.to_string() } else { reversed(text, list) });
            if let Some(difference) = difference("", &own, &other) {
                panic!("seed {seed}, {list}: {difference}\n{text}");
            }
        }
    }
}

/// The order of services is the one in which they get hours: it moves work, and no coverage.
#[test]
fn services_in_another_order_are_covered_alike() {
    let mut services = 0;
    for seed in 0..100 {
        let text = random::scenario_with(seed, Ranges::Wide, false);
        let (own, other) = (figures(&text, &[]), renamed(&text, "[services.", |text| reversed(text, "[services.")));
        services += names(&text, "[services.").len();
        let alternatives = own["alternatives"].as_array().into_iter().flatten();
        for (one, other) in alternatives.zip(other["alternatives"].as_array().into_iter().flatten()) {
            let covered = |of: &Value| {
                let services = of["services"].as_array().into_iter().flatten();
                let shares = services.map(|service| {
                    let keys = ["id", "expected", "expected_term", "on_duty", "scheduled", "one_deep", "bus_factor"];
                    keys.map(|key| service[key].clone())
                });
                json!([of["id"], of["coverage"], shares.collect::<Vec<_>>()])
            };
            if let Some(difference) = difference("", &covered(one), &covered(other)) {
                panic!("seed {seed}: {difference}\n{text}");
            }
        }
    }
    assert!(services > 300, "{services} services were moved");
}

#[test]
fn a_file_is_turned_around() {
    let text = "a = 1\n[services.x]\nh = \"x\"\n[services.y]\n[[team]]\nrole = \"x-ray\"\nservices = [\"x\", \"y\"]\n";
    let turned =
        "a = 1\n[services.y]\n[services.x]\nh = \"x\"\n[[team]]\nrole = \"x-ray\"\nservices = [\"x\", \"y\"]\n";
    assert_eq!(reversed(text, "[services."), turned);
    assert_eq!(names(text, "[services."), ["x", "y"]);
    assert_eq!(names(text, "[[team]]"), ["x-ray"]);
    assert_eq!(replaced("x = \"x-ray\" x", "x", "new"), "new = \"x-ray\" new");
}
