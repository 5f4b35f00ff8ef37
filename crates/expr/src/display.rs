//! Operations in words, for explanations.

use crate::number::Exact;
use crate::op::Op;

/// An operation with the values of its operands; nothing for an operation without operands.
///
/// ```
/// use comanage_expr::{display::describe, op::Op};
/// assert_eq!(describe(Op::Product("12", "40"), str::to_string), "12 x 40");
/// assert_eq!(describe(Op::Rounded("0.125", 2), str::to_string), "0.125 rounded to 2 decimal places");
/// ```
pub fn describe<T: Copy>(op: Op<T>, value: impl Fn(T) -> String) -> String {
    match op.map(value) {
        Op::Constant(_) | Op::Figure(_) | Op::Input(_) => String::new(),
        Op::Sum(a, b) => format!("{a} + {b}"),
        Op::Difference(a, b) => format!("{a} - {b}"),
        Op::Product(a, b) => format!("{a} x {b}"),
        Op::Quotient(a, b) => format!("{a} / {b}"),
        Op::Rounded(a, digits) => format!("{a} rounded to {digits} decimal places"),
        Op::Ceiling(a) => format!("{a} rounded up"),
        Op::Floor(a) => format!("{a} rounded down"),
        Op::Min(a, b) => format!("the lower of {a} and {b}"),
        Op::Max(a, b) => format!("the higher of {a} and {b}"),
        Op::Power(a, exponent) => format!("{a} to the power {exponent}"),
    }
}

/// The value of a step: exact where it is short, else to 12 decimal places with an ellipsis.
pub fn shown(value: Exact) -> String {
    const MAX_PLACES: u32 = 12;
    match value.0.map(|value| value.normalize()) {
        None => "too large".to_string(),
        Some(value) if value.scale() <= MAX_PLACES => value.to_string(),
        Some(value) => format!("{}…", value.trunc_with_scale(MAX_PLACES)),
    }
}
