//! The schedule of a month: who is to be there.

use super::classes::Class;
use super::source::{Group, Source};

/// The people whom the schedule has at a minute of a class.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scheduled {
    /// Whole people: rotas rounded down, one by one.
    pub whole: u32,
    /// People, rotas with the share of the minute that they fill.
    pub people: f64,
    /// People as depth: a rota has at least one, a provider one more than it sends.
    pub depth: u32,
    /// All who could be there.
    pub heads: u32,
}

/// The schedule of a month at a minute of a class where this many people are required.
pub fn scheduled(sources: &[Source], class: &Class, month: u32, wanted: u32) -> Scheduled {
    let mut sum = Scheduled::default();
    let of = |index: &&usize| sources[**index].is_scheduled(month);
    for &index in class.there.iter().filter(of) {
        let source = &sources[index];
        let (whole, people, depth) = match source.presence.group {
            Group::Fixed(fixed) => (fixed.heads(), f64::from(fixed.heads()), fixed.heads()),
            Group::Rota(rota) => (rota.whole, rota.scheduled, rota.whole.max(1)),
            Group::Provider(provider) => {
                let sent = provider.people.unwrap_or(wanted);
                (sent, f64::from(sent), sent + 1)
            }
        };
        sum.add(whole, people, depth, source.heads(wanted));
    }
    for &index in class.on_call.iter().filter(of).filter(|index| !class.there.contains(index)) {
        if let Some(turns) = sources[index].presence.turns {
            let people = turns.scheduled();
            sum.add(people, f64::from(people), people, turns.heads());
        }
    }
    sum
}

impl Scheduled {
    fn add(&mut self, whole: u32, people: f64, depth: u32, heads: u32) {
        self.whole = self.whole.saturating_add(whole);
        self.people += people;
        self.depth = self.depth.saturating_add(depth);
        self.heads = self.heads.saturating_add(heads);
    }

    /// How much of the minute is filled with as many people as are required.
    pub fn share(self, wanted: u32) -> f64 {
        (self.people - f64::from(wanted - 1)).clamp(0.0, 1.0)
    }
}
