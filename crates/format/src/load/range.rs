//! Ranges, `{ low = 60, likely = 85, high = 125 }`, and events, `{ chance = "4%", value = 250_000 }`, in the
//! place of a number.

use rust_decimal::Decimal;

use comanage_expr::number::round_half_away;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Currency;
use comanage_model::scenario::{Distribution, Event, Input, Kind, Origin, Range};

use super::fields::{Fields, found};
use super::format::{EVENT, PART, Quantity, RANGE};
use super::reader::{Annotations, Reader};
use super::scalar::describe;
use super::tree::{Node, Table};

/// Whether a table is meant as a range, a published figure or an event.
pub(super) fn is_range(table: &Table) -> bool {
    ["low", "high", "likely", "from", "chance"].iter().any(|key| table.has(key))
}

impl Reader {
    /// Reads a range and adds its value to the inputs.
    pub fn range(&mut self, node: &Node, quantity: &Quantity, beside: Annotations) -> Input {
        if !node.table().is_some_and(is_range) {
            let wanted = format!("{} or a range", describe(quantity.kind));
            self.wrong_type(node, &beside.path, &wanted, "write a range as { low = 60, likely = 85, high = 125 }");
            return self.add_invalid(quantity, beside);
        }
        if node.table().is_some_and(|table| table.has("from")) {
            return self.published(node, quantity, beside);
        }
        if node.table().is_some_and(|table| table.has("chance")) {
            return self.event(node, quantity, beside);
        }
        let fields = Fields::open(self, node, &RANGE, beside.path.clone(), beside.source.as_deref());
        let note = fields.note.map(String::from).or(beside.note.clone());
        let source = fields.source.map(String::from);
        let read = self.read_range(&fields, node, quantity);
        let beside = Annotations { path: beside.path, source, note };
        match read {
            Some((value, range)) => self.add(value, quantity, Origin::Written(node.span.clone()), Some(range), beside),
            None => self.add_invalid(quantity, beside),
        }
    }

    /// Reads an event, `{ chance = "4%", value = 250_000 }`, and adds its likelier value to the inputs.
    fn event(&mut self, node: &Node, quantity: &Quantity, beside: Annotations) -> Input {
        let fields = Fields::open(self, node, &EVENT, beside.path.clone(), beside.source.as_deref());
        let note = fields.note.map(String::from).or(beside.note.clone());
        let source = fields.source.map(String::from);
        let read = self.read_event(&fields, node, quantity);
        let beside = Annotations { path: beside.path, source, note };
        match read {
            Some((value, range)) => self.add(value, quantity, Origin::Written(node.span.clone()), Some(range), beside),
            None => self.add_invalid(quantity, beside),
        }
    }

    fn read_event(&mut self, fields: &Fields<'_>, node: &Node, quantity: &Quantity) -> Option<(Decimal, Range)> {
        let chance = fields.get("chance").map(|end| self.scalar(end, &PART, &fields.path_of("chance"), false));
        let mut end =
            |name: &str| fields.get(name).map(|end| self.scalar(end, quantity, &fields.path_of(name), quantity.whole));
        let (value, otherwise) = (end("value"), end("otherwise"));
        let (chance, value) = (chance??, value??);
        let otherwise = match otherwise {
            Some(otherwise) => otherwise?,
            None => self.within(Decimal::ZERO, node, quantity, &fields.path_of("otherwise"))?,
        };
        let range = Range::of_event(Event { chance, value, otherwise });
        self.check_draws(fields, &range, quantity)?;
        Some((range.likely.unwrap_or(value), range))
    }

    fn read_range(&mut self, fields: &Fields<'_>, node: &Node, quantity: &Quantity) -> Option<(Decimal, Range)> {
        let mut end = |name: &str| fields.get(name).map(|end| self.scalar(end, quantity, &fields.path_of(name), false));
        let (low, likely, high) = (end("low"), end("likely"), end("high"));
        let shape = fields.get("dist").map(|_| fields.choice(self, "dist"));
        let (low, high) = (low??, high??);
        let likely = match likely {
            Some(likely) => Some(likely?),
            None => None,
        };
        self.make_range(fields, node, quantity, (low, likely, high), shape)
    }

    /// A range of its parts, and the value that exact results use.
    pub fn make_range(
        &mut self,
        fields: &Fields<'_>,
        node: &Node,
        quantity: &Quantity,
        (low, likely, high): (Decimal, Option<Decimal>, Decimal),
        shape: Option<Option<Distribution>>,
    ) -> Option<(Decimal, Range)> {
        let distribution = match (shape, likely) {
            (Some(shape), _) => shape?,
            (None, Some(_)) => Distribution::Pert,
            (None, None) => Distribution::Uniform,
        };
        let range = Range { low, likely, high, distribution, event: None };
        self.check_range(fields, &range)?;
        self.check_draws(fields, &range, quantity)?;
        let value = exact_value(&range, quantity, self.currency);
        let value = self.within(value, node, quantity, &fields.path)?;
        Some((value, range))
    }

    /// The rules between the parts of a range.
    fn check_range(&mut self, fields: &Fields<'_>, range: &Range) -> Option<()> {
        let path = &fields.path;
        let (name, message, hint) = if range.low > range.high {
            ("high", format!("`{path}` has its high end below its low end"), "write low, then high")
        } else if range.likely.is_some_and(|likely| likely < range.low || likely > range.high) {
            ("likely", format!("`{path}` has its likely value outside low to high"), "low <= likely <= high")
        } else {
            return self.check_shape(fields, range);
        };
        self.refuse_range(fields, name, Diagnostic::error("bad-range", message).path(path).hint(hint))
    }

    /// What each distribution needs.
    fn check_shape(&mut self, fields: &Fields<'_>, range: &Range) -> Option<()> {
        let path = &fields.path;
        let lognormal = range.distribution == Distribution::Lognormal;
        let needs_likely = matches!(range.distribution, Distribution::Pert | Distribution::Triangular);
        let (name, message, hint) = if needs_likely && range.likely.is_none() {
            ("dist", "this distribution needs a likely value", "add `likely`, or write dist = \"uniform\"")
        } else if lognormal && range.likely.is_some() {
            ("likely", "a lognormal takes no likely value", "leave `likely` out: the median of low and high is used")
        } else if lognormal && range.low <= Decimal::ZERO {
            ("low", "a lognormal needs both ends above 0", "they are its 5th and 95th percentile")
        } else {
            return Some(());
        };
        self.refuse_range(fields, name, Diagnostic::error("bad-range", message).path(path).hint(hint))
    }

    /// Draws have fewer digits than scripts write: 0.1 + 0.2 is 0.30000000000000004.
    fn check_draws(&mut self, fields: &Fields<'_>, range: &Range, quantity: &Quantity) -> Option<()> {
        let path = &fields.path;
        let digits = range.digits_drawn(quantity.kind, self.currency);
        let is_counted = matches!(quantity.kind, Kind::Count | Kind::Months);
        let is_bounded = range.distribution != Distribution::Lognormal || range.low == range.high;
        if is_counted || range.digits_written() <= digits {
            return Some(());
        }
        // A share is written as a percentage.
        let shown = if quantity.kind == Kind::Share { digits.saturating_sub(2) } else { digits };
        if is_bounded && range.ends(digits).is_none() {
            let message = format!("`{path}` is too narrow to draw from: draws have at most {shown} decimal places");
            let hint = "write a single value, or a wider range";
            return self.refuse_range(fields, "low", Diagnostic::error("bad-range", message).path(path).hint(hint));
        }
        let finest = ["low", "likely", "high"].into_iter().find(|name| {
            let part = match *name {
                "low" => Some(range.low),
                "likely" => range.likely,
                _ => Some(range.high),
            };
            part.is_some_and(|part| part.normalize().scale() > digits)
        });
        let message = format!("`{path}` has more decimal places than its draws ({shown})");
        let warning = Diagnostic::warning("range-too-fine", message)
            .path(path)
            .hint(format!("round both ends to at most {shown} decimal places"));
        let place = finest.and_then(|name| fields.get(name));
        self.report(match place {
            Some(place) => warning.at(place.span.clone(), found(place)),
            None => warning.at(fields.span.clone(), "this range"),
        });
        Some(())
    }

    /// Reports a fault at the part of a range that one would change.
    fn refuse_range(&mut self, fields: &Fields<'_>, name: &str, diagnostic: Diagnostic) -> Option<()> {
        self.report(match fields.get(name) {
            Some(place) => diagnostic.at(place.span.clone(), found(place)),
            None => diagnostic.at(fields.span.clone(), "this range"),
        });
        None
    }
}

/// The value that exact results use.
fn exact_value(range: &Range, quantity: &Quantity, currency: Currency) -> Decimal {
    let kind = quantity.kind;
    let value = match (range.likely, range.distribution) {
        (Some(likely), _) => likely,
        (None, _) if range.low == range.high => range.low,
        (None, Distribution::Lognormal) => median(range.low, range.high, kind.digits(currency)),
        (None, _) => middle(range.low, range.high),
    };
    let is_counted = matches!(kind, Kind::Count | Kind::Months);
    if is_counted && (quantity.whole || range.likely.is_none()) { round_half_away(value, 0) } else { value }
}

/// Halfway between two values; the lower one where their sum overflows, which limits of keys prevent.
fn middle(low: Decimal, high: Decimal) -> Decimal {
    low.checked_add(high).and_then(|sum| sum.checked_div(Decimal::TWO)).unwrap_or(low)
}

/// `sqrt(low * high)`, rounded half away from zero to this many decimal places, exactly.
///
/// A root found with doubles can lie a unit next to the right one, so it is only where the search
/// begins; what decides is the comparison of whole numbers.
fn median(low: Decimal, high: Decimal, digits: u32) -> Decimal {
    use rust_decimal::prelude::ToPrimitive;
    let scale = low.scale() + high.scale();
    // Twice the root in units of the last digit, squared: 4 * low * high * 10^(2 * digits).
    let product = Big::product(low.mantissa().unsigned_abs(), high.mantissa().unsigned_abs());
    let target = product.times(4).times_power_of_ten(2 * digits);
    let is_at_most_root = |unit: u128| {
        // Rounded half up, `unit` is reached where 2 * unit - 1 <= twice the root.
        let odd = unit.saturating_mul(2).saturating_sub(1);
        Big::product(odd, odd).times_power_of_ten(scale) <= target
    };
    let root = |value: Decimal| value.to_f64().unwrap_or(0.0).sqrt();
    let guess = (root(low) * root(high) * 10f64.powi(digits as i32)) as u128;
    let mut below = guess.saturating_sub(guess >> 45).saturating_sub(2);
    let mut above = guess.saturating_add(guess >> 45).saturating_add(2);
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if is_at_most_root(middle) { below = middle } else { above = middle }
    }
    let units = i128::try_from(below).unwrap_or(i128::MAX);
    Decimal::try_from_i128_with_scale(units, digits).unwrap_or(low)
}

/// A whole number of any size, in base 2^32, the lowest part first.
#[derive(Debug, PartialEq, Eq)]
struct Big(Vec<u32>);

impl Big {
    fn product(a: u128, b: u128) -> Self {
        let parts = |value: u128| [value as u32, (value >> 32) as u32, (value >> 64) as u32, (value >> 96) as u32];
        parts(b).iter().rev().fold(Self(Vec::new()), |sum, &part| {
            let mut shifted = sum.0;
            shifted.insert(0, 0);
            Self(shifted).plus(&Self(parts(a).to_vec()).times(part))
        })
    }

    fn times(mut self, factor: u32) -> Self {
        let mut carry = 0u64;
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        self.0.push(carry as u32);
        self.trimmed()
    }

    fn times_power_of_ten(self, power: u32) -> Self {
        (0..power).fold(self, |value, _| value.times(10))
    }

    fn plus(mut self, other: &Self) -> Self {
        let length = self.0.len().max(other.0.len()) + 1;
        self.0.resize(length, 0);
        let mut carry = 0u64;
        for (index, part) in self.0.iter_mut().enumerate() {
            carry += u64::from(*part) + u64::from(other.0.get(index).copied().unwrap_or(0));
            *part = carry as u32;
            carry >>= 32;
        }
        self.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        let size = self.0.len().cmp(&other.0.len());
        Some(size.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(low: &str, high: &str, digits: u32, expected: &str) {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        assert_eq!(median(number(low), number(high), digits), number(expected), "sqrt({low} * {high})");
    }

    #[test]
    fn the_median_of_a_lognormal_is_rounded_exactly() {
        check("1", "4", 2, "2");
        check("2", "3", 4, "2.4495");
        check("50", "100", 2, "70.71");
        // The root is 0.125, a tie: away from zero.
        check("0.125", "0.125", 2, "0.13");
        check("0.1", "0.15625", 2, "0.13");
        check("1000000000000000", "1000000000000000", 2, "1000000000000000");
        check("999999999999999.99", "999999999999999.97", 2, "999999999999999.98");
        check("0.0001", "0.0004", 0, "0");
    }
}
