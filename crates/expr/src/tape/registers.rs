//! Registers: lane values, whole numbers in doubles and wide ones in 128 bits.

use pulp::Simd;

use super::LANES;
use super::instruction::Operand;

/// Where a lane value is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// Whole numbers below 2^51, in doubles.
    Narrow(u32),
    /// Whole numbers of 128 bits.
    Wide(u32),
}

/// The values of a block of lanes.
#[derive(Clone, Debug)]
pub struct Registers {
    narrow: Vec<Doubles>,
    wide: Vec<[i128; LANES]>,
}

/// A narrow value: no vector of it lies in two lines of the processor's cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Doubles([f64; LANES]);

impl Registers {
    /// Registers for a number of values of each width.
    pub fn new(narrow: usize, wide: usize) -> Self {
        Self { narrow: vec![Doubles([0.0; LANES]); narrow], wide: vec![[0; LANES]; wide] }
    }

    /// The lanes of an input.
    pub fn input(&mut self, register: Register) -> &mut [f64; LANES] {
        &mut self.narrow[narrow(register)].0
    }

    /// A narrow value as groups of this many vectors.
    #[inline(always)]
    pub fn vectors<S: Simd, const N: usize>(&self, register: Register) -> &[[S::f64s; N]] {
        S::as_simd_f64s(&self.narrow[narrow(register)].0).0.as_chunks().0
    }

    /// The same, to be set.
    #[inline(always)]
    pub fn vectors_mut<S: Simd, const N: usize>(&mut self, register: Register) -> &mut [[S::f64s; N]] {
        S::as_mut_simd_f64s(&mut self.narrow[narrow(register)].0).0.as_chunks_mut().0
    }

    /// Works on doubles; no operand lies where the result goes.
    #[inline(always)]
    pub fn narrow(&mut self, to: Register, [a, b]: [ReadyOperand; 2], op: impl Fn(f64, f64) -> f64) {
        let Register::Narrow(to) = to else { return };
        let (to, values) = (to as usize, &mut self.narrow);
        let (of_a, of_b) = (a.factor, b.factor);
        match (a.place, b.place) {
            (Some(a), Some(b)) if a == b => {
                let Ok([Doubles(out), Doubles(a)]) = values.get_disjoint_mut([to, a as usize]) else { return };
                each(out, |k| op(a[k] * of_a, a[k] * of_b));
            }
            (Some(a), Some(b)) => {
                let Ok([Doubles(out), Doubles(a), Doubles(b)]) = values.get_disjoint_mut([to, a as usize, b as usize])
                else {
                    return;
                };
                match (of_a, of_b) {
                    (1.0, 1.0) => each(out, |k| op(a[k], b[k])),
                    _ => each(out, |k| op(a[k] * of_a, b[k] * of_b)),
                }
            }
            (Some(a), None) => {
                let Ok([Doubles(out), Doubles(a)]) = values.get_disjoint_mut([to, a as usize]) else { return };
                match of_a {
                    1.0 => each(out, |k| op(a[k], of_b)),
                    _ => each(out, |k| op(a[k] * of_a, of_b)),
                }
            }
            (None, Some(b)) => {
                let Ok([Doubles(out), Doubles(b)]) = values.get_disjoint_mut([to, b as usize]) else { return };
                each(out, |k| op(of_a, b[k] * of_b));
            }
            (None, None) => each(&mut values[to].0, |_| op(of_a, of_b)),
        }
    }

    /// Works on 128-bit integers; operands are of any width.
    pub fn wide(&mut self, to: Register, a: Operand, b: Operand, op: impl Fn(i128, i128) -> i128) {
        let (a, b) = (self.integers(a), self.integers(b));
        match to {
            Register::Narrow(to) => each(&mut self.narrow[to as usize].0, |k| op(a[k], b[k]) as f64),
            Register::Wide(to) => {
                for (k, out) in self.wide[to as usize].iter_mut().enumerate() {
                    *out = op(a[k], b[k]);
                }
            }
        }
    }

    /// Strikes out lanes for which a comparison of narrow operands does not come out as it should.
    #[inline(always)]
    pub fn compare_narrow(
        &self,
        (a, b): (Operand, Operand),
        test: impl Fn(f64, f64) -> bool,
        outcome: bool,
        holds: &mut [bool; LANES],
    ) {
        let (a, b) = (self.doubles(a), self.doubles(b));
        for k in 0..LANES {
            holds[k] &= test(a[k], b[k]) == outcome;
        }
    }

    /// Strikes out lanes for which a comparison of any operands does not come out as it should.
    #[inline(never)]
    pub fn compare_wide(
        &self,
        (a, b): (Operand, Operand),
        test: impl Fn(i128, i128) -> bool,
        outcome: bool,
        holds: &mut [bool; LANES],
    ) {
        let (a, b) = (self.integers(a), self.integers(b));
        for k in 0..LANES {
            holds[k] &= test(a[k], b[k]) == outcome;
        }
    }

    /// An operand as doubles.
    #[inline(always)]
    pub fn doubles(&self, operand: Operand) -> [f64; LANES] {
        let mut doubles = [0.0; LANES];
        match operand {
            Operand::Lane(Register::Narrow(at), factor) => {
                let (values, factor) = (&self.narrow[at as usize].0, double(factor));
                each(&mut doubles, |k| values[k] * factor);
            }
            Operand::Lane(Register::Wide(at), factor) => {
                let (values, factor) = (&self.wide[at as usize], factor as f64);
                each(&mut doubles, |k| values[k] as f64 * factor);
            }
            Operand::Constant(value) => doubles.fill(double(value)),
        }
        doubles
    }

    /// An operand as integers.
    pub fn integers(&self, operand: Operand) -> [i128; LANES] {
        match operand {
            Operand::Lane(Register::Narrow(at), factor) => {
                self.narrow[at as usize].0.map(|value| value as i128 * factor)
            }
            Operand::Lane(Register::Wide(at), factor) => self.wide[at as usize].map(|value| value * factor),
            Operand::Constant(value) => [value; LANES],
        }
    }
}

/// The place of a value among the doubles.
#[inline(always)]
fn narrow(register: Register) -> usize {
    match register {
        Register::Narrow(at) => at as usize,
        Register::Wide(_) => usize::MAX,
    }
}

/// An integer as a double; most are short, and those are fast.
#[inline(always)]
fn double(value: i128) -> f64 {
    i64::try_from(value).map_or(value as f64, |value| value as f64)
}

/// An operand among the doubles, ready to be worked on.
#[derive(Clone, Copy, Debug)]
pub struct ReadyOperand {
    /// Where it lies; none for a constant.
    place: Option<u32>,
    /// Its factor, or the constant.
    factor: f64,
}

impl ReadyOperand {
    /// Makes an operand ready. A wide one is for [`Registers::wide`], and no part of anything here.
    pub fn of(operand: Operand) -> Self {
        match operand {
            Operand::Lane(Register::Narrow(at), factor) => Self { place: Some(at), factor: factor as f64 },
            Operand::Lane(Register::Wide(_), _) => Self { place: None, factor: f64::NAN },
            Operand::Constant(value) => Self { place: None, factor: value as f64 },
        }
    }
}

#[inline(always)]
fn each(out: &mut [f64; LANES], value: impl Fn(usize) -> f64) {
    for (k, out) in out.iter_mut().enumerate() {
        *out = value(k);
    }
}
