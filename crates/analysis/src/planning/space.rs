//! The mixes there are: the team, this many of each hire, a set of offers, each of their options or not.

use std::cmp::{Ordering, Reverse};

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::quoted;
use comanage_model::scenario::{Alternative, Holder, IN_HOUSE, PLAN, Phase, Scenario};
use comanage_model::staffing::Staffing;

/// The most mixes that are searched.
pub const MAX_MIXES: u128 = 100_000_000;

/// The most combinations of offers with kinds of hires, for which bounds are kept.
const MAX_PATTERNS: u128 = 4_000_000;

/// Every mix of a scenario.
#[derive(Clone, Debug)]
pub struct Space {
    /// The scenario, in which every hire has a role for each number of people.
    pub scenario: Scenario,
    /// The hires of whom there may be some.
    pub hires: Vec<Choice>,
    /// The sets of offers that can win, fewest first, then in the order of the file.
    pub sets: Vec<Set>,
    /// The id of a plan: one that no alternative of the file has.
    pub id: String,
}

/// A hire of whom there may be some.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The hire, by index.
    pub hire: usize,
    /// The most people.
    pub max: u32,
    /// The index among the sized hires of one of them; those of more follow.
    first: usize,
}

/// A set of offers, with the options that are taken of them.
///
/// An option costs no less than nothing, covers nothing and does no work, so a mix that takes one is never before
/// the same mix without it. One exception: where an offer bills only hours as they are needed and none was needed,
/// the mix buys nothing and cannot be recommended, and an option makes it a purchase. There each option alone is
/// searched, and wins only there; two of them cost no less than one.
#[derive(Clone, Debug)]
pub struct Set {
    /// The offers, by index, in the order of the file.
    pub offers: Vec<usize>,
    /// The optional charges that are taken: the offer and its charge, each by index.
    pub options: Vec<(usize, usize)>,
    /// How many sets of the same offers are searched as this one: those that differ in options; 0 if as another.
    choices: u64,
    /// The index of the set of the same offers without options.
    plain: usize,
    /// Hires, by place, of each of which sets at least one must be there, as bits.
    needs: Vec<u64>,
}

/// A number of people of each hire, and a set of offers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mix {
    /// The set of offers, by index.
    pub set: usize,
    /// People of each hire, by place.
    pub people: Vec<u32>,
}

impl Mix {
    /// People hired.
    pub fn heads(&self) -> u32 {
        self.people.iter().sum()
    }

    /// Which hires are there, as bits.
    pub fn pattern(&self) -> u64 {
        pattern(&self.people)
    }
}

/// Which hires are there, as bits.
pub fn pattern(people: &[u32]) -> u64 {
    people.iter().enumerate().fold(0, |bits, (place, &people)| bits | (u64::from(people > 0) << place))
}

impl Space {
    /// The mixes of a scenario.
    ///
    /// # Errors
    /// More mixes than can be searched.
    pub fn new(scenario: &Scenario) -> Result<Self, Diagnostic> {
        let mut sized = scenario.clone();
        let mut hires = Vec::new();
        for (hire, &max) in scenario.planning.most_hires.iter().enumerate() {
            let is_forbidden = || never_of(scenario, Holder::Team).any(|service| holds(scenario, hire, service));
            if max == 0 || is_forbidden() {
                continue;
            }
            let roles = (1..=max).map(|people| sized.add_sized(scenario.hires[hire].clone(), Decimal::from(people)));
            let first = roles.min().unwrap_or_default();
            hires.push(Choice { hire, max, first });
            refuse_too_many(&hires, 1)?;
        }
        let mut space = Self { id: id(scenario), scenario: sized, hires, sets: Vec::new() };
        let planning = &scenario.planning;
        for offers in subsets(&planning.offers, planning.most_offers as usize) {
            let plain = space.sets.len();
            let sets = space.set_of(offers).map(|set| space.with_options(Set { plain, ..set }));
            space.sets.extend(sets.into_iter().flatten());
            refuse_too_many(&space.hires, space.sets.len())?;
        }
        if space.sets.is_empty() {
            let message = "no mix keeps to `must` and `never`";
            let hint = "leave a rule out, or let `plan.offers` and `plan.hires` name who can hold the service";
            return Err(Diagnostic::error("no-mix", message).path("plan").hint(hint));
        }
        Ok(space)
    }

    /// A set of offers with what it needs; none where it must or may not hold a service.
    fn set_of(&self, offers: Vec<usize>) -> Option<Set> {
        let scenario = &self.scenario;
        let covers = |offer: usize, service: usize| scenario.offers[offer].cover(service).is_some();
        let alternative = self.alternative_of(&offers, &[], Vec::new());
        let plan = Staffing::new(scenario, &alternative);
        let team_holds = |service: usize| plan.is_held(service, scenario.term_months);
        let is_against = |holder: &Holder, service: usize| match *holder {
            Holder::Team => team_holds(service),
            Holder::Offer(offer) => offers.contains(&offer) && covers(offer, service),
        };
        let never = &scenario.planning.never;
        if never.iter().any(|rule| rule.who.iter().any(|holder| is_against(holder, rule.service))) {
            return None;
        }
        let mut needs = Vec::new();
        for rule in &scenario.planning.must {
            if rule.who.iter().any(|holder| is_against(holder, rule.service)) {
                continue;
            }
            let holders = self.hires.iter().enumerate().filter(|(_, of)| holds(scenario, of.hire, rule.service));
            let bits = holders.fold(0, |bits, (place, _)| bits | (1_u64 << place));
            if !rule.who.contains(&Holder::Team) || bits == 0 {
                return None;
            }
            needs.push(bits);
        }
        if offers.is_empty() && self.has_nothing_today() {
            needs.push((1_u64 << self.hires.len()) - 1);
        }
        let is_possible = needs.iter().all(|need| *need != 0);
        is_possible.then_some(Set { offers, options: Vec::new(), choices: 1, plain: 0, needs })
    }

    /// A set without options, then the sets with options that can win.
    fn with_options(&self, set: Set) -> Vec<Set> {
        let options = self.options_of(&set.offers);
        let alternative = self.alternative_of(&set.offers, &[], Vec::new());
        let mut sets = vec![Set { choices: 2_u64.saturating_pow(options.len() as u32), ..set.clone() }];
        if quoted::may_buy_nothing(&Staffing::new(&self.scenario, &alternative)) {
            sets.extend(options.into_iter().map(|option| Set { options: vec![option], choices: 0, ..set.clone() }));
        }
        sets
    }

    /// The optional charges of offers, in the order of the file.
    pub fn options_of(&self, offers: &[usize]) -> Vec<(usize, usize)> {
        let of_offer = |&offer: &usize| {
            let charges = self.scenario.offers[offer].charges.iter().enumerate();
            charges.filter(|(_, charge)| charge.is_optional()).map(move |(charge, _)| (offer, charge))
        };
        offers.iter().flat_map(of_offer).collect()
    }

    /// The same mix without the options that it takes; none where it takes none.
    pub fn without_options(&self, mix: &Mix) -> Option<Mix> {
        let set = &self.sets[mix.set];
        (!set.options.is_empty()).then(|| Mix { set: set.plain, people: mix.people.clone() })
    }

    /// Whether there is nothing without hires and offers, so that the team alone is no mix: nothing is no
    /// alternative. Where nothing at all may be chosen it is the only one.
    fn has_nothing_today(&self) -> bool {
        let planning = &self.scenario.planning;
        let may_choose = !self.hires.is_empty() || (!planning.offers.is_empty() && planning.most_offers > 0);
        may_choose && self.scenario.alternatives.iter().all(|alternative| alternative.id != IN_HOUSE)
    }

    /// How many mixes there are.
    pub fn count(&self) -> u64 {
        let of_set = |set: &Set| -> i128 {
            // By inclusion and exclusion over the needs that no one meets.
            (0..1_u32 << set.needs.len().min(20)).fold(0, |sum, unmet| {
                let missing = set.needs.iter().enumerate().filter(|(place, _)| unmet >> place & 1 == 1);
                let away = missing.fold(0, |bits, (_, need)| bits | need);
                let free = self.hires.iter().enumerate().filter(|(place, _)| away >> place & 1 == 0);
                let mixes: i128 = free.map(|(_, of)| i128::from(of.max) + 1).product();
                if unmet.count_ones() % 2 == 0 { sum + mixes } else { sum - mixes }
            })
        };
        let of_set = |set: &Set| of_set(set).saturating_mul(i128::from(set.choices));
        self.sets.iter().map(of_set).sum::<i128>().try_into().unwrap_or(u64::MAX)
    }

    /// Whether the hires of a mix are all that its set of offers needs.
    pub fn is_mix(&self, set: usize, pattern: u64) -> bool {
        self.sets[set].needs.iter().all(|need| need & pattern != 0)
    }

    /// Compares mixes that cost the same: fewest people, fewest offers, fewest options, more of an earlier hire,
    /// earlier offers.
    pub fn order(&self, a: &Mix, b: &Mix) -> Ordering {
        let key = |mix: &Mix| (mix.heads(), self.sets[mix.set].size());
        let rest = |mix: &Mix| (Reverse(mix.people.clone()), mix.set);
        key(a).cmp(&key(b)).then_with(|| rest(a).cmp(&rest(b)))
    }

    /// The role of a number of people of a hire, by its index among all roles.
    pub fn role(&self, place: usize, people: u32) -> usize {
        let choice = &self.hires[place];
        self.scenario.team.len() + self.scenario.hires.len() + choice.first + people as usize - 1
    }

    /// A mix as an alternative.
    pub fn alternative(&self, mix: &Mix) -> Alternative {
        let there = self.hires.iter().zip(&mix.people).filter(|(_, people)| **people > 0);
        let phases =
            there.map(|(of, people)| Phase { sized: Some(of.first + *people as usize - 1), ..Phase::whole(of.hire) });
        let set = &self.sets[mix.set];
        self.alternative_of(&set.offers, &set.options, phases.collect())
    }

    /// A set of offers with the most people of every hire.
    pub fn fullest(&self, set: usize) -> Mix {
        Mix { set, people: self.hires.iter().map(|of| of.max).collect() }
    }

    /// The mixes of a set with the hires of a pattern: the one with the fewest people of each, and the one with
    /// the most.
    pub fn ends(&self, set: usize, pattern: u64) -> [Mix; 2] {
        let is_there = |place: usize| pattern >> place & 1 == 1;
        let people = |of: fn(&Choice) -> u32| {
            self.hires.iter().enumerate().map(|(place, choice)| if is_there(place) { of(choice) } else { 0 }).collect()
        };
        [Mix { set, people: people(|_| 1) }, Mix { set, people: people(|of| of.max) }]
    }

    /// The mix at a place, counting all combinations, those that are no mixes too.
    pub fn at(&self, place: u64) -> Mix {
        let mut rest = place;
        let mut people = vec![0; self.hires.len()];
        for (people, of) in people.iter_mut().zip(&self.hires).rev() {
            *people = (rest % (u64::from(of.max) + 1)) as u32;
            rest /= u64::from(of.max) + 1;
        }
        Mix { set: (rest as usize).min(self.sets.len() - 1), people }
    }

    /// All combinations, those that are no mixes too.
    pub fn combinations(&self) -> u64 {
        self.hires.iter().map(|of| u64::from(of.max) + 1).product::<u64>() * self.sets.len() as u64
    }

    /// The roles hired in a mix with their numbers.
    pub fn hires_of(&self, mix: &Mix) -> Vec<(&str, u32)> {
        let there = self.hires.iter().zip(&mix.people).filter(|(_, people)| **people > 0);
        there.map(|(of, people)| (self.scenario.hires[of.hire].name.as_str(), *people)).collect()
    }

    /// The offers of a mix, by key and name.
    pub fn offers_of(&self, mix: &Mix) -> Vec<(&str, &str)> {
        let offers = self.sets[mix.set].offers.iter().map(|&offer| &self.scenario.offers[offer]);
        offers.map(|offer| (offer.key.as_str(), offer.name.as_str())).collect()
    }

    /// The options of a mix: the key and the name of the offer, and the name of the option.
    pub fn options_in(&self, mix: &Mix) -> Vec<(&str, &str, &str)> {
        self.sets[mix.set].options.iter().map(|&option| self.option(option)).collect()
    }

    /// An option: the key and the name of its offer, and its own name.
    pub fn option(&self, (offer, charge): (usize, usize)) -> (&str, &str, &str) {
        let offer = &self.scenario.offers[offer];
        (&offer.key, &offer.name, offer.charges[charge].name())
    }

    /// A mix in words: `2 x Night engineer, Co-managed`.
    pub fn words(&self, mix: &Mix) -> String {
        let hires = self.hires_of(mix).into_iter().map(|(role, people)| format!("{people} x {role}"));
        let offers = self.offers_of(mix).into_iter().map(|(_, name)| name.to_string());
        let options = self.options_in(mix).into_iter().map(|(_, _, name)| format!("with {name}"));
        let parts: Vec<String> = hires.chain(offers).chain(options).collect();
        if parts.is_empty() { "the team alone".to_string() } else { parts.join(", ") }
    }

    /// A mix as the table to paste into a file.
    pub fn table(&self, mix: &Mix) -> String {
        let hire = |(role, people): (&str, u32)| format!("{{ hire = {}, headcount = {people} }}", toml_text(role));
        let hires: Vec<String> = self.hires_of(mix).into_iter().map(hire).collect();
        let offers: Vec<String> = self.offers_of(mix).into_iter().map(|(key, _)| toml_text(key)).collect();
        let mut table = format!("[alternatives.{}]\nname = \"Plan\"\n", self.id);
        if !hires.is_empty() {
            table.push_str(&format!("hires = [{}]\n", hires.join(", ")));
        }
        if !offers.is_empty() {
            table.push_str(&format!("offers = [{}]\n", offers.join(", ")));
        }
        let option = |(key, _, name): (&str, &str, &str)| toml_text(&format!("{key}.{name}"));
        let options: Vec<String> = self.options_in(mix).into_iter().map(option).collect();
        if !options.is_empty() {
            table.push_str(&format!("options = [{}]\n", options.join(", ")));
        }
        table
    }

    fn alternative_of(&self, offers: &[usize], options: &[(usize, usize)], hires: Vec<Phase>) -> Alternative {
        let offers = offers.iter().map(|&offer| Phase::whole(offer)).collect();
        Alternative { id: self.id.clone(), name: "Plan".into(), hires, offers, options: options.to_vec() }
    }
}

impl Set {
    /// How many offers, then how many options: of mixes that cost the same, fewer come first.
    pub fn size(&self) -> (usize, usize) {
        (self.offers.len(), self.options.len())
    }
}

/// The id of a plan: one that no alternative of a file has.
fn id(scenario: &Scenario) -> String {
    let is_taken = |id: &str| scenario.alternatives.iter().any(|alternative| alternative.id == id);
    let numbered = (2..).map(|number| format!("{PLAN}_{number}"));
    std::iter::once(PLAN.to_string()).chain(numbered).find(|id| !is_taken(id)).unwrap_or_default()
}

/// A text as TOML.
fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => out.push_str(&format!("\\u{:04X}", letter as u32)),
            letter => out.push(letter),
        }
    }
    out + "\""
}

/// The services that someone may not hold.
fn never_of(scenario: &Scenario, holder: Holder) -> impl Iterator<Item = usize> {
    let rules = scenario.planning.never.iter().filter(move |rule| rule.who.contains(&holder));
    rules.map(|rule| rule.service)
}

/// Whether a hire holds a service at the end of the term.
fn holds(scenario: &Scenario, hire: usize, service: usize) -> bool {
    scenario.hires[hire].services.contains(&service)
}

/// The subsets of at most this many, the smallest first, then in order.
fn subsets(of: &[usize], max: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let mut last = all.clone();
    for _ in 0..max.min(of.len()) {
        let longer = last.iter().flat_map(|set| {
            let next = set.last().map_or(0, |last| of.iter().position(|one| one == last).map_or(0, |place| place + 1));
            of[next..].iter().map(|&one| set.iter().copied().chain([one]).collect::<Vec<usize>>()).collect::<Vec<_>>()
        });
        last = longer.collect();
        all.extend(last.iter().cloned());
        if all.len() as u128 > MAX_PATTERNS {
            break;
        }
    }
    all.into_iter()
}

fn refuse_too_many(hires: &[Choice], sets: usize) -> Result<(), Diagnostic> {
    let people = hires.iter().fold(1_u128, |all, of| all.saturating_mul(u128::from(of.max) + 1));
    let mixes = people.saturating_mul(sets as u128);
    let patterns = (sets as u128).saturating_mul(1_u128 << hires.len().min(100));
    if hires.len() < 64 && mixes <= MAX_MIXES && patterns <= MAX_PATTERNS {
        return Ok(());
    }
    let message = format!("there are more than {} mixes to search", if patterns > MAX_PATTERNS { 1 } else { 100 });
    let message = message.replace("than 1 mixes", "than 4 million combinations of offers with kinds of hires");
    let message = message.replace("than 100 mixes", "than 100 million mixes");
    Err(Diagnostic::error("too-many-mixes", message).path("plan").hint(
        "set lower numbers in `plan.hires` (0 leaves a hire out), name fewer `plan.offers`, or lower `most_offers`",
    ))
}
