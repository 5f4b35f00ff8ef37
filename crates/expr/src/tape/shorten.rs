//! Values with fewer decimal places than they have, and how far they are off.
//!
//! The sum of two quotients is exact over the product of their divisors, and after a few of them no whole number
//! holds it. Where that overflows, the operands are rounded to as many decimal places as fit. How far each value
//! then is off is known, and goes with it: where it is rounded, or a branch is taken by it, a guard refuses the lanes
//! in which the difference might decide. So what comes out is still exact.

use super::compile::Compiler;
use super::instruction::{Guard, Test};
use super::ratio::Ratio;
use super::value::{NARROW, Unsupported, Value};
use crate::graph::Id;
use crate::op::Op;

/// Decimal places that are tried, from the most.
const MOST: u32 = 20;
const FEWEST: u32 = 7;
/// What bounds of differences are raised by, since they are worked out in doubles.
const SLACK: f64 = 1.000_001;

/// A value, and how far it may be from the exact one.
#[derive(Clone, Copy, Debug)]
pub struct Near {
    pub value: Value,
    pub off: f64,
}

impl Compiler<'_> {
    /// How far the value of a node may be off; 0 where it is exact.
    pub fn off(&self, of: Id) -> f64 {
        self.off.get(&of).copied().unwrap_or(0.0)
    }

    /// The value of a node whose operands are known; where it overflows, of operands with fewer decimal places.
    pub fn compute_near(&mut self, at: Id) -> Result<Value, Unsupported> {
        let op = self.graph.op(at);
        let is_off = op.children().any(|child| self.off(child) > 0.0);
        if !is_off {
            return self.compute(at).or_else(|_| self.shortened(at, op));
        }
        match op {
            Op::Rounded(a, _) | Op::Ceiling(a) | Op::Floor(a) => self.settled(a, op),
            Op::Quotient(_, b) if self.off(b) > 0.0 => Err(Unsupported),
            Op::Power(..) => Err(Unsupported),
            op => self.exact_step(at, op).or_else(|_| self.shortened(at, op)),
        }
    }

    /// The value of a node from its operands as they are.
    fn exact_step(&mut self, at: Id, op: Op<Id>) -> Result<Value, Unsupported> {
        let value = self.compute(at)?;
        let operands: Vec<Near> = op.children().map(|child| self.operand(child)).collect::<Result<_, _>>()?;
        self.set_off(at, off(op, &operands)?);
        Ok(value)
    }

    fn operand(&self, of: Id) -> Result<Near, Unsupported> {
        Ok(Near { value: self.known(of)?, off: self.off(of) })
    }

    /// A step with operands of fewer decimal places: the most with which nothing overflows.
    fn shortened(&mut self, at: Id, op: Op<Id>) -> Result<Value, Unsupported> {
        (FEWEST..=MOST).rev().find_map(|digits| self.shortened_to(digits, at, op).ok()).ok_or(Unsupported)
    }

    fn shortened_to(&mut self, digits: u32, at: Id, op: Op<Id>) -> Result<Value, Unsupported> {
        let (Op::Sum(a, b) | Op::Difference(a, b) | Op::Product(a, b) | Op::Min(a, b) | Op::Max(a, b)) = op else {
            return Err(Unsupported);
        };
        let (a, b) = (self.shorter(a, digits)?, self.shorter(b, digits)?);
        let value = match op {
            Op::Sum(..) => self.builder.sum(a.value, b.value, 1),
            Op::Difference(..) => self.builder.sum(a.value, b.value, -1),
            Op::Product(..) => self.builder.product(a.value, b.value),
            _ => self.builder.choose(a.value, b.value, matches!(op, Op::Min(..))),
        }?;
        self.set_off(at, off(op, &[a, b])?);
        Ok(value)
    }

    fn set_off(&mut self, at: Id, off: f64) {
        if off > 0.0 {
            self.off.insert(at, off);
        }
    }

    /// The value of a node, without a divisor: where it has one, rounded to `digits` decimal places.
    fn shorter(&mut self, of: Id, digits: u32) -> Result<Near, Unsupported> {
        let Near { value, off } = self.operand(of)?;
        if value.by().is_none() {
            return Ok(Near { value, off });
        }
        let value = self.builder.rounded(value, digits)?;
        let value = self.near(value, self.graph.exact(of))?;
        Ok(Near { value, off: (off + 0.1_f64.powi(digits as i32)) * SLACK })
    }

    /// A value that is off, rounded: a guard refuses the lanes in which it might round otherwise.
    fn settled(&mut self, a: Id, op: Op<Id>) -> Result<Value, Unsupported> {
        (FEWEST..=MOST).rev().find_map(|digits| self.settled_to(digits, a, op).ok()).ok_or(Unsupported)
    }

    fn settled_to(&mut self, digits: u32, a: Id, op: Op<Id>) -> Result<Value, Unsupported> {
        let of = self.shorter(a, digits)?;
        let [low, high] = self.ends(of)?.map(|end| match op {
            Op::Rounded(_, digits) => self.builder.rounded(end, digits),
            op => self.builder.whole(end, matches!(op, Op::Ceiling(_))),
        });
        let (low, high) = (low?, high?);
        let (a, b, _, _) = self.builder.aligned(low, high)?;
        let is_narrow = a.widest().max(b.widest()) < NARROW && a.operand.is_narrow() && b.operand.is_narrow();
        self.narrowed.push(Guard { test: Test::Equal(a.operand, b.operand), outcome: true, is_narrow });
        Ok(low)
    }

    /// The least and the most that the exact value may be.
    fn ends(&mut self, of: Near) -> Result<[Value; 2], Unsupported> {
        let margin = Value::Constant(margin(of.off)?);
        Ok([self.builder.sum(of.value, margin, -1)?, self.builder.sum(of.value, margin, 1)?])
    }

    /// Both sides of a branch, moved together so far that what they are off by cannot decide: the first is taken at
    /// its least where it was above, else at its most.
    pub fn sides(&mut self, a: (Id, Value), b: (Option<Id>, Value), is_above: bool) -> Result<Value, Unsupported> {
        let off = self.off(a.0) + b.0.map_or(0.0, |b| self.off(b));
        if off == 0.0 {
            return Ok(a.1);
        }
        if b.0.is_none() {
            return Err(Unsupported);
        }
        let margin = Value::Constant(margin(off)?);
        self.builder.sum(a.1, margin, if is_above { -1 } else { 1 })
    }

    /// A value that must be exact.
    pub fn exactly(&mut self, of: Id) -> Result<Value, Unsupported> {
        let value = self.value(of)?;
        if self.off(of) > 0.0 { Err(Unsupported) } else { Ok(value) }
    }
}

/// How far the result of a step may be off.
fn off(op: Op<Id>, operands: &[Near]) -> Result<f64, Unsupported> {
    let [a, b] = operands else { return Err(Unsupported) };
    let off = match op {
        Op::Sum(..) | Op::Difference(..) => a.off + b.off,
        Op::Min(..) | Op::Max(..) => a.off.max(b.off),
        Op::Product(..) => a.value.highest() * b.off + b.value.highest() * a.off + a.off * b.off,
        Op::Quotient(..) if b.off == 0.0 && b.value.lowest() > 0.0 => a.off / b.value.lowest(),
        _ => return Err(Unsupported),
    };
    Ok(off * SLACK)
}

/// A power of ten that is at least so much.
fn margin(off: f64) -> Result<Ratio, Unsupported> {
    let digits = (-(off * SLACK).log10()).floor();
    if !(0.0..=30.0).contains(&digits) {
        return Err(Unsupported);
    }
    Ok(Ratio { num: 1, den: 10_i128.pow(digits as u32) })
}

#[cfg(test)]
mod tests {
    use crate::number::{Exact, Input, Number};
    use crate::tape::{LaneInput, OutputSpec, Outputs, ProgramCache, Results};
    use crate::trace::{Traced, begin_section};
    use rust_decimal::Decimal;

    /// Nine quotients by divisors of their own: over one denominator the sum has 9 x 33 bits and more.
    fn shares<N: Number>(value: N, others: N) -> N {
        let part = |at: i64| value / (others + N::whole(at) + N::constant(Decimal::new(13, 2)));
        (1..9).fold(part(0), |sum, at| sum + part(at * 7))
    }

    fn in_cents<N: Number>(value: N, others: N) -> N {
        (shares(value, others) * N::whole(10)).round(2)
    }

    /// What rows of two inputs in hundredths come to, in cents.
    fn run(formula: fn(Traced, Traced) -> Traced, rows: &[[i64; 2]]) -> Results {
        let input = |number: u32| LaneInput {
            input: Input(number),
            digits: 2,
            min: 100,
            max: [1 << 20, 1 << 33][number as usize],
        };
        let numerators = [0, 1].map(|at| rows.iter().map(|row| row[at] as f64).collect::<Vec<f64>>());
        let trace = |row: usize, _: &[usize]| {
            begin_section();
            let of = |at: usize| Traced::input(Input(at as u32), Decimal::new(rows[row][at], 2));
            let amounts = vec![vec![formula(of(0), of(1))]];
            Some(vec![Outputs { group: 0, amounts, ratio: None, count: None, part: None }])
        };
        let spec = OutputSpec { digits: 2, ..OutputSpec::default() };
        ProgramCache::new(vec![0], vec![input(0), input(1)], spec, 4).run(&numerators, rows.len(), &trace).remove(0)
    }

    #[test]
    fn a_sum_of_many_quotients_is_what_decimals_give() {
        let rows: Vec<[i64; 2]> = (0..500).map(|row| [10_000 + 977 * row, 700 + 311 * row]).collect();
        let results = run(in_cents, &rows);
        assert!(results.fallback.len() < 5, "{} rows are left", results.fallback.len());
        let by_program = rows.iter().enumerate().filter(|(row, _)| !results.fallback.contains(row));
        for (row, &[value, others]) in by_program {
            let of = |hundredths| Exact(Some(Decimal::new(hundredths, 2)));
            let expected = in_cents(of(value), of(others));
            assert_eq!(Exact(Some(Decimal::new(results.totals[row] as i64, 2))), expected, "row {row}");
        }
    }

    /// 1.50 plus a sum without that sum is 1.50 again, midway between 1 and 2: decimals say how it rounds.
    #[test]
    fn what_lies_midway_is_left_to_decimals() {
        let midway = |value: Traced, others: Traced| {
            let sum = shares(value, others);
            (sum + value - sum).round(0)
        };
        assert_eq!(run(midway, &[[150, 700], [140, 700]]).fallback, [0]);
    }
}
