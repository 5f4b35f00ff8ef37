//! What is asked for: a figure, how it is compared, and with what.

use rust_decimal::Decimal;

use super::figure::{Figure, SOME_NAMES, Value};
use crate::vary::VaryError;
use comanage_format::load;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Kind, Scenario};

/// How a figure is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// Above.
    Above,
    /// Below.
    Below,
    /// Equal.
    Equal,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::AtLeast, Self::AtMost, Self::Above, Self::Below, Self::Equal];

    /// How it is written: `>=`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::Below => "<",
            Self::Equal => "=",
        }
    }

    /// Its name before a value.
    pub fn words(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Above => "above",
            Self::Below => "below",
            Self::Equal => "equal to",
        }
    }
}

/// A condition on a figure.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The condition as it was typed, spaces aside.
    pub text: String,
    /// The figure as it was typed.
    pub name: String,
    /// The figure that is held against a value.
    pub figure: Figure,
    /// How it is compared.
    pub relation: Relation,
    /// What it is compared with.
    pub bound: Value,
}

const HINT: &str = "write an alternative's figure, how it is compared and a value: 'hire.coverage >= 95%'";

impl Condition {
    /// Reads a condition about a scenario.
    ///
    /// # Errors
    /// It is none, names a figure or an alternative that is not there, or a value that cannot be.
    pub fn parse(scenario: &Scenario, text: &str) -> Result<Self, VaryError> {
        // Two-letter signs come first: `>=` begins with `>`.
        let sign = Relation::ALL.into_iter().filter_map(|relation| Some((text.find(relation.sign())?, relation)));
        let first = sign.min_by_key(|(at, relation)| (*at, std::cmp::Reverse(relation.sign().len())));
        let Some((at, relation)) = first else {
            return refuse(Diagnostic::error("bad-condition", format!("{text:?} compares nothing")).hint(HINT));
        };
        let (name, bound) = (text[..at].trim(), text[at + relation.sign().len()..].trim());
        let figure = figure(scenario, name)?;
        let bound = match figure.kind() {
            Some(kind) => number(scenario, name, kind, bound)?,
            None => word(scenario, &figure, name, relation, bound)?,
        };
        let text = format!("{name} {} {}", relation.sign(), text[at + relation.sign().len()..].trim());
        Ok(Self { text, name: name.to_string(), figure, relation, bound })
    }

    /// Whether a value meets the condition; a figure that does not apply meets none.
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return false };
        let (Some(own), Some(bound)) = (value.number(), self.bound.number()) else { return *value == self.bound };
        let tie = value.tie();
        match self.relation {
            Relation::AtLeast => own >= bound.saturating_sub(tie),
            Relation::AtMost => own <= bound.saturating_add(tie),
            Relation::Above => own > bound.saturating_add(tie),
            Relation::Below => own < bound.saturating_sub(tie),
            Relation::Equal => own.saturating_sub(bound).abs() <= tie,
        }
    }

    /// How far a value is from meeting the condition, the smaller the nearer; none for what is no number.
    pub fn distance(&self, value: &Value) -> Option<Decimal> {
        let (own, bound) = (value.number()?, self.bound.number()?);
        Some(match self.relation {
            Relation::AtLeast | Relation::Above => -own,
            Relation::AtMost | Relation::Below => own,
            Relation::Equal => own.saturating_sub(bound).abs(),
        })
    }
}

fn figure(scenario: &Scenario, name: &str) -> Result<Figure, VaryError> {
    match name {
        "recommended" => return Ok(Figure::Recommended),
        "cheapest" => return Ok(Figure::Cheapest),
        _ => {}
    }
    let ids = || scenario.alternatives.iter().map(|of| of.id.as_str()).collect::<Vec<_>>().join(", ");
    let (id, figure) = name.split_once('.').unwrap_or((name, ""));
    if !scenario.alternatives.iter().any(|of| of.id == id) {
        let message = format!("there is no alternative `{id}` to take a figure of");
        let hint = format!("write one of {}, a point and the figure, such as {SOME_NAMES}", ids());
        return refuse(Diagnostic::error("unknown-figure", message).hint(hint));
    }
    Figure::of_alternative(scenario, id, figure).map_or_else(
        || {
            let message = format!("`{id}` has no figure `{figure}`");
            refuse(Diagnostic::error("unknown-figure", message).hint(format!("figures are {SOME_NAMES} and more")))
        },
        Ok,
    )
}

fn number(scenario: &Scenario, name: &str, kind: Kind, text: &str) -> Result<Value, VaryError> {
    let read = load::number(text, name, kind, scenario.currency);
    let read = read.map_err(|diagnostic| VaryError::flag(*diagnostic, "--until", text))?;
    Ok(match kind {
        Kind::Money => Value::Money(comanage_model::money::Money(read)),
        Kind::Share => Value::Share(f64_of(read)),
        Kind::Number | Kind::Count | Kind::Months => Value::Number(f64_of(read)),
    })
}

fn f64_of(value: Decimal) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    value.to_f64().unwrap_or(f64::NAN)
}

/// What a figure that is no number is compared with: an alternative, `none`, or true or false.
fn word(scenario: &Scenario, figure: &Figure, name: &str, relation: Relation, text: &str) -> Result<Value, VaryError> {
    if relation != Relation::Equal {
        let message = format!("`{name}` is no number, so it is not {} anything", relation.sign());
        return refuse(Diagnostic::error("bad-condition", message).hint(format!("write '{name} = …'")));
    }
    let value = match (figure, text) {
        (Figure::Of { .. }, "true") => Some(Value::Flag(true)),
        (Figure::Of { .. }, "false") => Some(Value::Flag(false)),
        (Figure::Of { .. }, _) => None,
        (_, "none") => Some(Value::Id(None)),
        (_, id) => scenario.alternatives.iter().any(|of| of.id == id).then(|| Value::Id(Some(id.to_string()))),
    };
    value.map_or_else(
        || {
            let hint = match figure {
                Figure::Of { .. } => "write true or false".to_string(),
                _ => {
                    let ids: Vec<&str> = scenario.alternatives.iter().map(|of| of.id.as_str()).collect();
                    format!("write one of {}, or none", ids.join(", "))
                }
            };
            refuse(Diagnostic::error("bad-condition", format!("`{name}` cannot be {text:?}")).hint(hint))
        },
        Ok,
    )
}

fn refuse<T>(diagnostic: Diagnostic) -> Result<T, VaryError> {
    Err(VaryError::asked(diagnostic))
}
