//! Waiting lines: Erlang's formulas for calls that come at random and wait until someone is free.
//!
//! Calls come independently of each other, their lengths are exponential, everyone waits. Sources: A. K.
//! Erlang (1917); the recursion for Erlang B is the usual one, B(c) = A B(c-1) / (c + A B(c-1)). Shares and
//! times are doubles; times are in the unit of the handling time.

/// A desk with calls and people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// Work that comes in: calls a unit of time, times the time each takes; at least 0.
    pub erlangs: f64,
    /// People who take calls.
    pub people: u32,
}

/// More people than this are not searched for.
const MAX_PEOPLE: u32 = 1_000_000;

impl Queue {
    /// The share of calls that finds everyone busy and goes away: Erlang B.
    ///
    /// One erlang is lost by half with one person, by a fifth with two.
    pub fn lost(self) -> f64 {
        (1..=self.people).fold(1.0, |lost, people| {
            let offered = self.erlangs * lost;
            offered / (f64::from(people) + offered)
        })
    }

    /// Whether people have more time than calls take; else the queue never ends.
    pub fn is_stable(self) -> bool {
        self.erlangs < f64::from(self.people)
    }

    /// The share of calls that has to wait: Erlang C; all, where the queue never ends.
    ///
    /// 10 erlangs and 14 people: 17.4%.
    pub fn waits(self) -> f64 {
        if !self.is_stable() {
            return 1.0;
        }
        let lost = self.lost();
        lost / (1.0 - self.utilization() * (1.0 - lost))
    }

    /// The share of people's time that calls take; above 1 where the queue never ends.
    pub fn utilization(self) -> f64 {
        self.erlangs / f64::from(self.people)
    }

    /// The mean wait of all calls; none where the queue never ends.
    ///
    /// 10 erlangs, 14 people, calls of 180 seconds: 7.84 seconds.
    pub fn mean_wait(self, handling_time: f64) -> Option<f64> {
        self.is_stable().then(|| self.waits() * handling_time / (f64::from(self.people) - self.erlangs))
    }

    /// The share of calls that is answered within a time; none of them where the queue never ends.
    ///
    /// The same within 20 seconds: 88.8%.
    pub fn answered_within(self, time: f64, handling_time: f64) -> f64 {
        if !self.is_stable() {
            return 0.0;
        }
        1.0 - self.waits() * (-(f64::from(self.people) - self.erlangs) * time / handling_time).exp()
    }

    /// The fewest people who answer a share of calls within a time; none if more than a million would not.
    ///
    /// 250 calls an hour of 330 seconds are 22.9 erlangs; 28 people answer 80% in 30 seconds.
    pub fn people_for(share: f64, erlangs: f64, time: f64, handling_time: f64) -> Option<u32> {
        let mut lost = 1.0;
        for people in 1..=MAX_PEOPLE {
            let offered = erlangs * lost;
            lost = offered / (f64::from(people) + offered);
            let free = f64::from(people) - erlangs;
            if free <= 0.0 {
                continue;
            }
            let waits = lost / (1.0 - erlangs / f64::from(people) * (1.0 - lost));
            if 1.0 - waits * (-free * time / handling_time).exp() >= share {
                return Some(people);
            }
        }
        None
    }
}
