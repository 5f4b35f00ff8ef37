//! What the clients of a portfolio come to together: who gains, by what, and by how much.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Client, Savings};
use comanage_model::money::{Currency, Money};

/// Counts and sums over clients.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Rows read.
    pub rows: u64,
    /// Rows that are no clients.
    pub rejects: u64,
    /// What is recommended, and what it saves against the baseline.
    pub choices: BTreeMap<Choice, Gain>,
    /// Clients for whom nothing meets the targets, by the cheapest.
    pub unreached: BTreeMap<Choice, u64>,
}

/// An alternative that clients are recommended, and what it is for them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The id of the alternative.
    pub alternative: Arc<str>,
    /// The name of its kind.
    pub kind: &'static str,
    /// Its pricing model; empty without an offer.
    pub pricing_model: &'static str,
    /// Whether it is the baseline.
    pub is_baseline: bool,
}

/// What clients gain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gain {
    /// What each saves.
    pub savings: Savings,
}

impl Summary {
    /// Adds clients of one batch.
    pub fn add<'b>(&mut self, clients: impl IntoIterator<Item = &'b Client<'b>>) {
        let mut groups: Vec<Group<'b>> = Vec::new();
        for client in clients {
            self.rows += 1;
            let (best, is_recommended) = (client.best(), client.choice.recommended.is_some());
            let is_same = |group: &Group| {
                group.best == best && group.is_recommended == is_recommended && client.is_same(best, &group.client)
            };
            let place = groups.iter().position(is_same).unwrap_or_else(|| {
                groups.push(Group { best, is_recommended, client: *client, savings: Vec::new() });
                groups.len() - 1
            });
            // Who is recommended something has required hours or work, and so a baseline.
            groups[place].savings.push(client.saving(client.best()).unwrap_or_default());
        }
        groups.into_iter().for_each(|group| self.add_group(group));
    }

    fn add_group(&mut self, Group { best, is_recommended, client, savings }: Group) {
        let choice = Choice {
            alternative: Arc::clone(client.id(best)),
            kind: client.kind(best).name(),
            pricing_model: client.pricing_model(best).map_or("", |model| model.name()),
            is_baseline: Some(best) == client.baseline(),
        };
        if !is_recommended {
            *self.unreached.entry(choice).or_default() += savings.len() as u64;
            return;
        }
        self.choices.entry(choice).or_default().savings.add(&savings);
    }

    /// Adds a row that is no client.
    pub fn reject(&mut self) {
        self.rows += 1;
        self.rejects += 1;
    }

    /// Adds those of another.
    pub fn append(&mut self, other: Self) {
        self.rows += other.rows;
        self.rejects += other.rejects;
        for (choice, gain) in other.choices {
            self.choices.entry(choice).or_default().savings.append(gain.savings);
        }
        for (choice, count) in other.unreached {
            *self.unreached.entry(choice).or_default() += count;
        }
    }

    /// Puts savings in rising order, once for all who ask for it.
    pub fn sort(&mut self) {
        self.choices.values_mut().for_each(|gain| gain.savings.sort());
    }

    /// Rows that are clients.
    pub fn clients(&self) -> u64 {
        self.rows - self.rejects
    }

    /// Clients for whom something is recommended.
    pub fn recommended(&self) -> u64 {
        self.choices.values().map(|gain| gain.savings.count).sum()
    }

    /// Savings of all clients for whom something is recommended.
    pub fn savings(&self) -> Savings {
        let mut all = Savings::default();
        self.choices.values().for_each(|gain| all.append(gain.savings.clone()));
        all.sort();
        all
    }

    /// The choices, the most frequent first, then by name.
    pub fn by_frequency(&self) -> Vec<(&Choice, &Gain)> {
        let mut choices: Vec<_> = self.choices.iter().collect();
        choices.sort_by_key(|(_, gain)| std::cmp::Reverse(gain.savings.count));
        choices
    }
}

/// Minor units as an amount.
pub fn amount(minor: i128, currency: Currency) -> Money {
    Money(Decimal::try_from_i128_with_scale(minor, currency.digits).unwrap_or(Decimal::MAX))
}

/// Clients with the same choice.
struct Group<'b> {
    /// The alternative to name, by index.
    best: usize,
    /// Whether it is recommended.
    is_recommended: bool,
    /// One of them.
    client: Client<'b>,
    savings: Vec<i128>,
}
