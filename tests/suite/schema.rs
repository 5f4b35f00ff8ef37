//! The JSON Schema, the reader and the documents hold together.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use comanage_format::load::{CODES, Document, json_schema, read};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    serde_json::from_str(&json_schema()).expect("the schema is JSON")
}

/// A file as JSON, the way an editor sees it.
fn json(text: &str) -> Value {
    let (table, errors) = DeTable::parse_recoverable(text);
    assert!(errors.is_empty(), "{errors:?}");
    table_to_json(table.get_ref())
}

fn table_to_json(table: &DeTable<'_>) -> Value {
    Value::Object(table.iter().map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref()))).collect())
}

fn to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Integer(whole) => match whole.as_str().parse::<i64>() {
            Ok(whole) => whole.into(),
            Err(_) => f64::INFINITY.into(),
        },
        DeValue::Float(number) => number.as_str().parse::<f64>().expect("a float").into(),
        DeValue::Datetime(date) => date.to_string().into(),
        DeValue::Array(list) => list.iter().map(|value| to_json(value.get_ref())).collect(),
        DeValue::Table(table) => table_to_json(table),
    }
}

/// Checks a value against a schema, as far as this schema goes; gives the first fault.
fn check(schema: &Value, value: &Value, whole: &Value, path: &str) -> Result<(), String> {
    let Some(rules) = schema.as_object() else { return Ok(()) };
    for (rule, wanted) in rules {
        check_rule(rule, wanted, rules, value, whole, path)?;
    }
    Ok(())
}

fn check_rule(
    rule: &str,
    wanted: &Value,
    rules: &Map<String, Value>,
    value: &Value,
    whole: &Value,
    path: &str,
) -> Result<(), String> {
    let hold = |holds: bool| if holds { Ok(()) } else { Err(format!("{path}: {rule} {wanted} refuses {value}")) };
    let all = || wanted.as_array().into_iter().flatten();
    let number = wanted.as_f64().unwrap_or_default();
    let length = |value: &Value| value.as_str().map(|text| text.chars().count() as f64);
    match rule {
        "$ref" => {
            let target = wanted.as_str().and_then(|target| target.strip_prefix('#')).expect("a local reference");
            check(whole.pointer(target).expect("the reference has a target"), value, whole, path)
        }
        "type" => hold(match wanted.as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("number") => value.is_number(),
            Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            _ => panic!("{wanted} is a type"),
        }),
        "anyOf" => {
            let faults: Vec<String> = all().filter_map(|one| check(one, value, whole, path).err()).collect();
            if faults.len() < all().count() { Ok(()) } else { Err(faults.join("\n")) }
        }
        "allOf" => all().try_for_each(|one| check(one, value, whole, path)),
        "not" => hold(check(wanted, value, whole, path).is_err()),
        "enum" => hold(all().any(|one| one == value)),
        "const" => hold(wanted == value),
        "minimum" => hold(value.as_f64().is_none_or(|value| value >= number)),
        "maximum" => hold(value.as_f64().is_none_or(|value| value <= number)),
        "exclusiveMinimum" => hold(value.as_f64().is_none_or(|value| value > number)),
        "exclusiveMaximum" => hold(value.as_f64().is_none_or(|value| value < number)),
        "minLength" => hold(length(value).is_none_or(|length| length >= number)),
        "maxLength" => hold(length(value).is_none_or(|length| length <= number)),
        "minItems" => hold(value.as_array().is_none_or(|list| list.len() as f64 >= number)),
        "maxItems" => hold(value.as_array().is_none_or(|list| list.len() as f64 <= number)),
        "maxProperties" => hold(value.as_object().is_none_or(|table| table.len() as f64 <= number)),
        "uniqueItems" => hold(
            value
                .as_array()
                .is_none_or(|list| list.iter().enumerate().all(|(index, one)| !list[..index].contains(one))),
        ),
        "pattern" => hold(value.as_str().is_none_or(|text| matches(wanted, text))),
        "required" => hold(
            value
                .as_object()
                .is_none_or(|table| all().all(|name| name.as_str().is_some_and(|name| table.contains_key(name)))),
        ),
        "items" => check_items(wanted, value, whole, path),
        "propertyNames" => value
            .as_object()
            .into_iter()
            .flatten()
            .try_for_each(|(name, _)| check(wanted, &Value::String(name.clone()), whole, &format!("{path}.{name}"))),
        "properties" | "patternProperties" => Ok(()),
        "additionalProperties" => check_properties(rules, value, whole, path),
        "$schema" | "title" | "description" | "default" | "examples" | "definitions" => Ok(()),
        _ => panic!("{rule} is a rule"),
    }
}

fn check_items(wanted: &Value, value: &Value, whole: &Value, path: &str) -> Result<(), String> {
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        let wanted = wanted.as_array().map_or(Some(wanted), |each| each.get(index));
        wanted.map_or(Ok(()), |wanted| check(wanted, item, whole, &format!("{path}[{index}]")))?;
    }
    Ok(())
}

fn check_properties(rules: &Map<String, Value>, value: &Value, whole: &Value, path: &str) -> Result<(), String> {
    for (name, value) in value.as_object().into_iter().flatten() {
        let declared = rules.get("properties").and_then(|declared| declared.get(name));
        let patterns = rules.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
        let by_pattern =
            patterns.filter(|(pattern, _)| regex_lite::Regex::new(pattern).expect("a pattern").is_match(name));
        let path = format!("{path}.{name}");
        let found: Vec<&Value> = declared.into_iter().chain(by_pattern.map(|(_, schema)| schema)).collect();
        match (found.as_slice(), &rules["additionalProperties"]) {
            ([], Value::Bool(false)) => return Err(format!("{path}: is not declared")),
            ([], rest) => check(rest, value, whole, &path)?,
            (found, _) => found.iter().try_for_each(|schema| check(schema, value, whole, &path))?,
        }
    }
    Ok(())
}

fn matches(pattern: &Value, text: &str) -> bool {
    regex_lite::Regex::new(pattern.as_str().expect("a pattern")).expect("a pattern").is_match(text)
}

fn files_under(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_under(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}

#[test]
fn every_scenario_holds_to_the_schema() {
    let schema = schema();
    let mut files = vec![root().join("tests/data/whole-file.toml"), root().join("tests/data/golden.toml")];
    files_under(&root().join("scenarios"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("it can be read");
        check(&schema, &json(&text), &schema, "").unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        let document = Document::open(&file.to_string_lossy());
        assert!(!document.read().has_errors(), "{} loads", file.display());
    }
}

#[test]
fn what_the_schema_refuses_is_refused_by_the_reader() {
    let schema = schema();
    let folder = root().join("tests/errors");
    let mut refused = 0;
    for entry in fs::read_dir(&folder).expect("the catalogue is there").flatten() {
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        let (table, errors) = DeTable::parse_recoverable(&text);
        let is_scenario = entry.path().extension().is_some_and(|extension| extension == "toml");
        if !is_scenario || !errors.is_empty() || text.contains("inf") {
            continue;
        }
        if let Err(fault) = check(&schema, &table_to_json(table.get_ref()), &schema, "") {
            refused += 1;
            let loaded = Document::open(&entry.path().to_string_lossy()).read();
            assert!(loaded.has_errors(), "{}: {fault}", entry.path().display());
        }
    }
    assert!(refused > 40, "the schema finds most faults of single values: {refused}");
}

/// Every key of the format: the properties of the schema.
fn keys(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(rules) => {
            keys.extend(
                rules.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.clone()),
            );
            rules.values().for_each(|value| self::keys(value, keys));
        }
        Value::Array(list) => list.iter().for_each(|value| self::keys(value, keys)),
        _ => {}
    }
}

fn page() -> String {
    fs::read_to_string(root().join("docs/format.md")).expect("the page is there")
}

#[test]
fn the_page_names_every_key() {
    let page = page();
    let mut declared = BTreeSet::new();
    keys(&schema(), &mut declared);
    let missing: Vec<&String> = declared.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let missing: Vec<&str> =
        CODES.iter().map(|(code, _)| *code).filter(|code| !page.contains(&format!("`{code}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The examples of the page: each is a whole file, or is laid over a small one.
#[test]
fn the_examples_of_the_page_load() {
    let base = fs::read(root().join("tests/data/for-examples.toml")).expect("it can be read");
    let page = page();
    let examples: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 14, "{}", examples.len());
    for example in examples {
        let text = match example.contains("schema = 1") {
            true => example.to_string(),
            false => format!("extends = \"for-examples.toml\"\n{example}"),
        };
        let loaded = read("example.toml", &text, &mut |_| Ok(base.clone()));
        let found = comanage_model::diagnostic::render(&loaded.diagnostics, &loaded.sources, false);
        assert!(loaded.diagnostics.is_empty(), "{found}\n{text}");
        let schema = schema();
        check(&schema, &json(&text), &schema, "").unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    }
}
