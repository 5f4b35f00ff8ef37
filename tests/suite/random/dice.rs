//! Dice: SplitMix64, so a seed falls the same way on every machine.
//!
//! They can be loaded: choices that are given come first, then those of the seed.

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
    choices: std::vec::IntoIter<u8>,
}

impl Dice {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed, choices: Vec::new().into_iter() }
    }

    /// Dice that fall as bytes say, one byte for a choice among up to 256, and as seed 0 after them.
    pub fn of_choices(choices: &[u8]) -> Self {
        Self { state: 0, choices: Vec::from(choices).into_iter() }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    pub fn below(&mut self, end: u64) -> u64 {
        if self.choices.as_slice().is_empty() {
            return self.next() % end;
        }
        let bytes = (u64::BITS - (end - 1).leading_zeros()).div_ceil(8).max(1) as usize;
        self.choices.by_ref().take(bytes).fold(0, |number, byte| number << 8 | u64::from(byte)) % end
    }

    /// A number between two, both possible.
    pub fn between(&mut self, min: i64, max: i64) -> i64 {
        min + self.below((max - min) as u64 + 1) as i64
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// Some of several, in a random order.
    pub fn some<T: Copy>(&mut self, of: &[T], min: usize, max: usize) -> Vec<T> {
        let mut rest = of.to_vec();
        let max = max.min(rest.len());
        let count = self.between(min.min(max) as i64, max as i64);
        (0..count).map(|_| rest.remove(self.below(rest.len() as u64) as usize)).collect()
    }
}
