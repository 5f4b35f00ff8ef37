//! The scenario format as JSON Schema, for completion and checks in an editor.
//!
//! It is made from [`super::format`], so it cannot disagree with the reader. Draft 7 is what the
//! TOML plug-ins of editors support. It is a little more lenient than the reader: what another file
//! may provide is not required, and rules between values are left to `comanage check`.

use serde_json::{Map, Value, json};

use comanage_model::money::Currency;
use comanage_model::scenario::Kind;

use super::format::{
    ANNOTATIONS, BUNDLE, COVER, EVENT, EXPECT_ALTERNATIVE, EntryName, FROM, Fallback, HOURS_PIECE, Key, Limit,
    MAX_HEADS, MONTHS, PER_USER, Quantity, RANGE, RATE, ROOT, SIGNED_MONEY, Shape, TIERED, TableFormat,
};

/// Digits as they may be in a text.
const DIGITS: &str = r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?";

/// The JSON Schema of a scenario file, as text.
pub fn json_schema() -> String {
    let mut schema = Map::new();
    schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    schema.insert("title".into(), "comanage scenario".into());
    schema.extend(fixed_table(&ROOT));
    let required: Vec<&str> = ROOT.keys.iter().filter(|key| key.is_required()).map(|key| key.name).collect();
    schema.insert("anyOf".into(), json!([{ "required": ["extends"] }, { "required": required }]));
    schema.insert("definitions".into(), definitions());
    let text = serde_json::to_string_pretty(&Value::Object(schema));
    text.expect("a schema of texts and numbers can be written") + "\n"
}

/// What several keys share.
fn definitions() -> Value {
    let day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(any_case).join("|");
    let time = "([01]?[0-9]|2[0-4]):[0-5][0-9]";
    let piece = format!(r"({day})(-({day}))?(\s+{time}-{time})?");
    let named = [any_case("24x7"), any_case("24x5"), any_case("none")].join("|");
    let outside = any_case("outside");
    json!({
        "annotation": { "type": "string", "description": "Source of the figures of this table, or a note." },
        "hours": {
            "type": "string",
            "pattern": format!(r"^\s*({outside}\s+)?({named}|{piece}(\s*,\s*{piece})*)\s*$"),
            "examples": ["24x7", "mon-fri 08:00-17:00, sat 09:00-13:00", "outside mon-fri 08:00-17:00"],
        },
        "duration": { "type": "string", "pattern": "^[0-9]+[mhd]$", "examples": ["30m", "4h", "2d"] },
        "month": { "type": "string", "pattern": "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2027-01"] },
        "names": { "type": "array", "items": { "type": "string" }, "uniqueItems": true },
        "currency": { "type": "string", "enum": Currency::codes().collect::<Vec<_>>() },
        "number_range": range(&json!({ "type": "number" })),
        "money_range": range(&plain_money(&SIGNED_MONEY)),
        "share_range": range(&plain_share(true)),
        "money": { "anyOf": [plain_money(&RATE), reference("money_range")] },
        "rate": { "anyOf": [reference("money"), strict_table(&TIERED), strict_table(&BUNDLE)] },
        "rates": { "anyOf": [reference("rate"), by_class(&reference("rate"))] },
        "per_user": { "anyOf": [reference("rates"), open_table(&PER_USER)] },
        "prices": map_of(&reference("money")),
        "covers": {
            "anyOf": [
                { "const": "all" },
                map_of(&json!({ "anyOf": [reference("hours"), open_table(&COVER)] })),
            ],
        },
        "categories": { "type": "object", "additionalProperties": or_bounds(&plain_money(&SIGNED_MONEY)) },
        "expectation": expectation(),
    })
}

/// A pattern for a word in any letter case.
fn any_case(word: &str) -> String {
    word.chars()
        .map(|letter| match letter.is_ascii_alphabetic() {
            true => format!("[{letter}{}]", letter.to_ascii_uppercase()),
            false => letter.to_string(),
        })
        .collect()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// A key's schema, with what it means and what holds where it is left out.
fn key(key: &Key) -> Value {
    let mut schema = match shape(&key.shape) {
        Value::Object(schema) => schema,
        _ => Map::new(),
    };
    if let Some(reference) = schema.remove("$ref") {
        // Next to a reference nothing else counts in draft 7.
        schema.insert("allOf".into(), json!([{ "$ref": reference }]));
    }
    let mut description = key.doc.to_string();
    match &key.fallback {
        Fallback::Required => {}
        Fallback::Value(value) => {
            schema.insert("default".into(), default_of(&key.shape, value));
        }
        Fallback::Assumed(assumed) => {
            description += &format!(" If left out: an assumption ({}).", assumed.source);
            schema.insert("default".into(), default_of(&key.shape, assumed.value));
        }
        Fallback::Nothing(meaning) => description += &format!(" If left out: {meaning}."),
    }
    schema.insert("description".into(), description.into());
    Value::Object(schema)
}

fn default_of(shape: &Shape, value: &str) -> Value {
    match shape {
        Shape::Bool => json!(value == "true"),
        Shape::Input(quantity) | Shape::InputOr(quantity, _) if quantity.kind == Kind::Share => json!(value),
        Shape::Input(_) | Shape::Whole(..) | Shape::ByClass(..) | Shape::Amount => {
            value.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number))
        }
        _ => json!(value),
    }
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Input(quantity) => input(quantity),
        Shape::InputOr(quantity, format) => json!({ "anyOf": [input(quantity), strict_table(format)] }),
        Shape::Inputs(quantity) => {
            json!({ "type": "array", "minItems": 1, "maxItems": 1000, "items": input(quantity) })
        }
        Shape::Whole(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::Name => json!({ "type": "string", "minLength": 1, "maxLength": 200 }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Choice(words) => json!({ "type": "string", "enum": words }),
        Shape::Hours => reference("hours"),
        Shape::RequiredHours => {
            let pieces = json!({ "type": "array", "items": strict_table(&HOURS_PIECE), "maxItems": 1000 });
            json!({ "anyOf": [reference("hours"), pieces] })
        }
        Shape::HoursOr(format) => json!({ "anyOf": [reference("hours"), open_table(format)] }),
        Shape::Duration => reference("duration"),
        Shape::Month => reference("month"),
        Shape::Currency => reference("currency"),
        Shape::Names => reference("names"),
        Shape::MonthNames => {
            json!({ "type": "array", "minItems": 1, "items": { "type": "string", "enum": MONTHS }, "uniqueItems": true })
        }
        Shape::Table(format) if format.what == "[expect]" => expect(format),
        Shape::Table(format) => open_table(format),
        Shape::Tables(format, EntryName::Number) => list_of(format),
        // In a file that extends another, tables by name override its entries.
        Shape::Tables(format, EntryName::By(_)) => json!({ "anyOf": [list_of(format), map_of(&open_table(format))] }),
        Shape::Phases(format, _) => {
            let entry = json!({ "anyOf": [{ "type": "string", "minLength": 1 }, strict_table(format)] });
            json!({ "type": "array", "items": entry, "maxItems": 1000, "uniqueItems": true })
        }
        Shape::Map(format, _) => map_of(&open_table(format)),
        Shape::Prices => reference("prices"),
        Shape::Heads => map_of(&json!({ "type": "integer", "minimum": 0, "maximum": MAX_HEADS })),
        Shape::Holders => {
            let name = json!({ "type": "string", "minLength": 1 });
            map_of(&json!({ "anyOf": [name, { "type": "array", "items": name, "minItems": 1 }] }))
        }
        Shape::ByClass(quantity, _) => json!({ "anyOf": [input(quantity), by_class(&input(quantity))] }),
        Shape::Rate => reference("rate"),
        Shape::Rates(_) => reference("rates"),
        Shape::PerUser => reference("per_user"),
        Shape::Covers => reference("covers"),
        Shape::Correlations => correlations(),
        Shape::Amount => plain_money(&SIGNED_MONEY),
        Shape::Percent => plain_share(false),
        Shape::Categories => reference("categories"),
    }
}

fn list_of(format: &TableFormat) -> Value {
    json!({ "type": "array", "items": strict_table(format), "maxItems": 1000 })
}

/// A number or a range of it.
fn input(quantity: &Quantity) -> Value {
    let (plain, range) = match quantity.kind {
        Kind::Money if quantity.min == Limit::From(0) => return reference("money"),
        Kind::Money => (plain_money(quantity), "money_range"),
        Kind::Share => (plain_share(matches!(quantity.min, Limit::From(..0) | Limit::Above(..0))), "share_range"),
        Kind::Number | Kind::Count | Kind::Months => (plain_number(quantity), "number_range"),
    };
    json!({ "anyOf": [plain, reference(range)] })
}

fn plain_number(quantity: &Quantity) -> Value {
    let kind = if quantity.whole { "integer" } else { "number" };
    let min = match quantity.min {
        Limit::From(min) => ("minimum", min),
        Limit::Above(min) => ("exclusiveMinimum", min),
    };
    let mut schema = Map::new();
    schema.insert("type".into(), kind.into());
    schema.insert(min.0.into(), min.1.into());
    schema.insert("maximum".into(), quantity.max.into());
    Value::Object(schema)
}

fn plain_money(quantity: &Quantity) -> Value {
    let signed = quantity.min != Limit::From(0);
    let sign = if signed { "-?" } else { "" };
    // A sign of a currency may be before or after the digits.
    let pattern = format!(r"^\s*{sign}[^0-9,.%-]*{sign}[0-9][0-9,]*(\.[0-9]+)?[^0-9,.%-]*$");
    json!({ "anyOf": [plain_number(quantity), { "type": "string", "pattern": pattern }] })
}

fn plain_share(signed: bool) -> Value {
    let sign = if signed { "[+-]?" } else { r"\+?" };
    json!({ "type": "string", "pattern": format!(r"^\s*{sign}{DIGITS}\s*%\s*$"), "examples": ["4%"] })
}

/// A range or an event whose values are of a kind, or a published value.
fn range(end: &Value) -> Value {
    let with_ends = |format| {
        let mut schema = strict_table(format);
        for name in ["low", "likely", "high", "value", "otherwise"] {
            if let Some(property) = schema.pointer_mut(&format!("/properties/{name}")) {
                *property = end.clone();
            }
        }
        if let Some(chance) = schema.pointer_mut("/properties/chance") {
            *chance = plain_share(false);
        }
        schema
    };
    json!({ "anyOf": [with_ends(&RANGE), with_ends(&EVENT), with_ends(&FROM)] })
}

/// A table whose keys another file may provide in part.
fn open_table(format: &TableFormat) -> Value {
    Value::Object(fixed_table(format))
}

/// A table in a list, or one that is for a single value: it is never merged.
fn strict_table(format: &TableFormat) -> Value {
    let mut schema = fixed_table(format);
    let required: Vec<&str> = format.keys.iter().filter(|key| key.is_required()).map(|key| key.name).collect();
    schema.insert("required".into(), json!(required));
    Value::Object(schema)
}

fn fixed_table(format: &TableFormat) -> Map<String, Value> {
    let mut properties: Map<String, Value> =
        format.all_keys().map(|declared| (declared.name.to_string(), key(declared))).collect();
    for name in ANNOTATIONS {
        properties.insert(name.into(), reference("annotation"));
    }
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("description".into(), format.doc.into());
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("additionalProperties".into(), false.into());
    schema
}

/// A table with a value for each key that the user chooses. A text under `source` or `note` is a
/// remark.
fn map_of(value: &Value) -> Value {
    let remark = json!({ "anyOf": [reference("annotation"), value] });
    json!({
        "type": "object",
        "properties": { "source": remark, "note": remark },
        "additionalProperties": value,
        "maxProperties": 1002,
    })
}

/// A table by class, told from a rate and a range by the names that no class may have.
fn by_class(value: &Value) -> Value {
    let mut schema = map_of(value);
    let reserved = ["rate", "tiers", "bundle", "low", "likely", "high", "from", "chance"];
    schema["propertyNames"] = json!({ "not": { "enum": reserved } });
    schema
}

fn correlations() -> Value {
    let r = json!({ "type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1 });
    let pair = json!({
        "type": "array",
        "items": [{ "type": "string" }, { "type": "string" }, r],
        "minItems": 3,
        "maxItems": 3,
    });
    json!({ "type": "array", "items": pair })
}

/// `[expect]`: its own keys, and a table for each alternative.
fn expect(format: &TableFormat) -> Value {
    let mut schema = fixed_table(format);
    schema.insert("additionalProperties".into(), reference("expectation"));
    Value::Object(schema)
}

fn expectation() -> Value {
    let mut schema = fixed_table(&EXPECT_ALTERNATIVE);
    let amount = or_bounds(&plain_money(&SIGNED_MONEY));
    for name in
        EXPECT_ALTERNATIVE.keys.iter().map(|key| key.name).filter(|name| !["category", "tolerance"].contains(name))
    {
        if let Some(property) = schema.get_mut("properties").and_then(|all| all.get_mut(name)) {
            *property = or_bounds(property);
        }
    }
    schema.insert("patternProperties".into(), json!({ "^(provider_)?(month|year)_(0|[1-9][0-9]*)$": amount }));
    Value::Object(schema)
}

/// A figure, or bounds in its place.
fn or_bounds(figure: &Value) -> Value {
    let bounds = json!({
        "type": "object",
        "properties": { "at_least": figure, "at_most": figure },
        "additionalProperties": false,
    });
    json!({ "anyOf": [figure, bounds] })
}
