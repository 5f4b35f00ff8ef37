//! How many people are there: the chances of each number below the number that is required.

use smallvec::{SmallVec, smallvec};

use super::source::{Fixed, Provider, Rota, Turns};

/// This many identical people are added one by one; more go by the binomial formula.
const FEW: u32 = 64;

/// The chances that 0, 1, 2 … people are there, for every number below the one that is required.
#[derive(Clone, Debug)]
pub struct Count {
    below: SmallVec<[f64; 2]>,
}

impl Count {
    /// No one is there, and this many are required, at least one.
    pub fn new(required: u32) -> Self {
        let mut below: SmallVec<[f64; 2]> = smallvec![0.0; required.max(1) as usize];
        below[0] = 1.0;
        Self { below }
    }

    /// The chances of 0, 1, 2 … people, for every number below the one that is required.
    pub fn below(&self) -> &[f64] {
        &self.below
    }

    /// The chance that at least as many are there as are required.
    pub fn chance(&self) -> f64 {
        (1.0 - self.below.iter().sum::<f64>()).max(0.0)
    }

    /// This many people more with a chance: all of them or none.
    pub fn add(&mut self, chance: f64, people: u32) {
        for number in (0..self.below.len()).rev() {
            let with = number.checked_sub(people as usize).map_or(0.0, |before| self.below[before] * chance);
            self.below[number] = self.below[number] * (1.0 - chance) + with;
        }
    }

    /// This many people, each with a chance of their own.
    pub fn add_each(&mut self, chance: f64, people: u32) {
        if chance >= 1.0 {
            self.add(1.0, people);
        } else if people <= FEW {
            (0..people).for_each(|_| self.add(chance, 1));
        } else if chance > 0.0 {
            self.join(&binomial(people, chance, self.below.len()));
        }
    }

    /// People with fixed hours, as far as they have taken over.
    pub fn add_fixed(&mut self, fixed: Fixed, live: f64) {
        let before = self.below.clone();
        self.add_each(fixed.each, fixed.whole);
        self.add(fixed.part, 1);
        if live < 1.0 {
            for (below, before) in self.below.iter_mut().zip(before) {
                *below = live * *below + (1.0 - live) * before;
            }
        }
    }

    /// A rota: this many people, and one more with the chance of the rest.
    pub fn add_rota(&mut self, rota: Rota, live: f64) {
        self.add(live, rota.certain);
        self.add(live * rota.one_more, 1);
    }

    /// A provider: the people it sends, or none of them.
    pub fn add_provider(&mut self, provider: Provider, live: f64) {
        self.add(live * provider.availability, provider.people.unwrap_or(self.below.len() as u32));
    }

    /// People on call: as many as take a turn, or as are available where those are fewer.
    pub fn add_turns(&mut self, turns: Turns, each: f64) {
        let max = (turns.people as usize).min(self.below.len());
        let mut available = Self::new(max as u32);
        available.add_each(each, turns.whole);
        available.add(turns.part * each, 1);
        let enough = available.chance();
        let mut chances = available.below;
        chances.push(enough);
        self.join(&chances);
    }

    /// As many people more as there are with these chances of 0, 1, 2 …
    fn join(&mut self, chances: &[f64]) {
        for number in (0..self.below.len()).rev() {
            let more = chances.iter().enumerate().take(number + 1);
            self.below[number] = more.map(|(more, chance)| self.below[number - more] * chance).sum();
        }
    }
}

/// The chances that 0, 1, 2 … of `people` are there, for the first `numbers` of them, each person with
/// a chance between 0 and 1. Logarithms keep chances of many people from vanishing in between.
fn binomial(people: u32, chance: f64, numbers: usize) -> Vec<f64> {
    let odds = chance.ln() - (1.0 - chance).ln();
    let mut logarithm = f64::from(people) * (1.0 - chance).ln();
    let mut chances = Vec::with_capacity(numbers);
    for number in 0..numbers.min(people as usize + 1) {
        chances.push(logarithm.exp());
        let (left, next) = (f64::from(people) - number as f64, number as f64 + 1.0);
        logarithm += (left / next).ln() + odds;
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_people_count_as_a_few_do() {
        for (people, chance, required) in [(65, 0.9, 60), (64, 0.3, 20), (200, 0.5, 110)] {
            let (mut one_by_one, mut at_once) = (Count::new(required), Count::new(required));
            (0..people).for_each(|_| one_by_one.add(chance, 1));
            at_once.join(&binomial(people, chance, required as usize));
            assert!((one_by_one.chance() - at_once.chance()).abs() < 1e-12, "{people} of {chance}");
        }
        let mut crowd = Count::new(1);
        crowd.add_each(0.5, 1_000_000_000);
        assert_eq!(crowd.chance(), 1.0);
    }

    #[test]
    fn turns_are_no_more_than_take_one() {
        // Two of three people, each available with 0.9: both with 0.972, one with 0.027.
        let turns = Turns { people: 2, whole: 3, part: 0.0, each: 0.9, each_on_days_off: 1.0 };
        for (required, expected) in [(1, 0.999), (2, 0.972), (3, 0.0)] {
            let mut count = Count::new(required);
            count.add_turns(turns, turns.each);
            assert!((count.chance() - expected).abs() < 1e-12, "{required}");
        }
    }
}
