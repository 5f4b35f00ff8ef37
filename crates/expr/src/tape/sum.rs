//! Sums of many values in one go, and what becomes of them.
//!
//! Most steps of a program are sums: of values this many times, and a constant. What is then cut off at
//! zero or divided never leaves the registers of the processor.

use pulp::Simd;

use super::LANES;
use super::quotient::Quotient;
use super::registers::{Register, Registers};

/// Lane values, each this many times, and a constant, added up; and what becomes of the sum.
#[derive(Clone, Debug)]
pub struct LongSum {
    /// Where the result goes.
    pub to: Register,
    /// What is the same in every lane.
    pub constant: f64,
    /// Lane values among the doubles, and how many times each.
    pub terms: Vec<(Register, f64)>,
    /// The magnitudes of all of it together, so that no part of the sum is larger in whatever order.
    pub max: i128,
    /// What becomes of it.
    pub end: End,
}

/// What becomes of a sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// It is the result.
    Sum,
    /// The result is zero where it is below zero.
    Excess,
    /// It is divided; the shift of the quotient is in the constant.
    Quotient(Quotient),
    /// What of it is above zero is divided.
    QuotientOfExcess {
        /// By this.
        by: Quotient,
        /// This many times.
        times: f64,
        /// With this, the shift of the quotient among it.
        constant: f64,
    },
}

/// Vectors whose sums stay in the registers of the processor.
const TOGETHER: usize = 8;

impl LongSum {
    /// Works on every lane. Whole numbers come out alike whether a processor rounds products that are
    /// added or not.
    #[inline(always)]
    pub fn run<S: Simd>(&self, simd: S, registers: &mut Registers) {
        const { assert!(LANES.is_multiple_of(S::F64_LANES * TOGETHER)) };
        for group in 0..LANES / S::F64_LANES / TOGETHER {
            let mut sums = [simd.splat_f64s(self.constant); TOGETHER];
            for &(register, times) in &self.terms {
                let times = simd.splat_f64s(times);
                let values: &[S::f64s; TOGETHER] = &registers.vectors::<S, TOGETHER>(register)[group];
                for k in 0..TOGETHER {
                    sums[k] = simd.mul_add_e_f64s(values[k], times, sums[k]);
                }
            }
            // Closures would not be inlined, and not compiled for this processor.
            match self.end {
                End::Sum => {}
                End::Excess => {
                    let zero = simd.splat_f64s(0.0);
                    for sum in &mut sums {
                        *sum = simd.max_f64s(*sum, zero);
                    }
                }
                End::Quotient(by) => {
                    for sum in &mut sums {
                        *sum = by.nearest(simd, *sum);
                    }
                }
                End::QuotientOfExcess { by, times, constant } => {
                    let (zero, times) = (simd.splat_f64s(0.0), simd.splat_f64s(times));
                    let constant = simd.splat_f64s(constant);
                    for sum in &mut sums {
                        let excess = simd.max_f64s(*sum, zero);
                        *sum = by.nearest(simd, simd.mul_add_e_f64s(excess, times, constant));
                    }
                }
            }
            registers.vectors_mut::<S, TOGETHER>(self.to)[group] = sums;
        }
    }

    /// Adds a lane value this many times.
    pub fn add(&mut self, register: Register, times: f64) {
        match self.terms.iter().position(|(other, _)| *other == register) {
            Some(at) => self.terms[at].1 += times,
            None => self.terms.push((register, times)),
        }
        self.terms.retain(|(_, times)| *times != 0.0);
    }

    /// Whether it is the other one below zero.
    pub fn is_opposite(&self, other: &Self) -> bool {
        let is_there = |(register, times): &(Register, f64)| other.terms.contains(&(*register, -times));
        self.constant == -other.constant && self.terms.len() == other.terms.len() && self.terms.iter().all(is_there)
    }

    /// Makes of a quotient of what of another sum is above zero one that has that sum in it.
    pub fn divide(&mut self, excess: Self) {
        let (End::Quotient(by), [(_, times)]) = (self.end, &self.terms[..]) else { return };
        self.end = End::QuotientOfExcess { by, times: *times, constant: self.constant };
        (self.constant, self.terms, self.max) = (excess.constant, excess.terms, excess.max.max(self.max));
    }

    /// Adds another sum this many times, in its parts.
    pub fn take(&mut self, other: &Self, times: f64) {
        self.constant += other.constant * times;
        other.terms.iter().for_each(|(register, own)| self.add(*register, own * times));
    }
}
