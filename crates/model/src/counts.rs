//! How many users, devices and sites there are in a month, and how busy it is.
//!
//! A count starts as written, grows at each anniversary, and takes every change that has begun and
//! the season of the calendar month. Growth acts on the start value alone.

use crate::diagnostic::Diagnostic;
use crate::month::contract_year;
use crate::scenario::{Change, Counted, Input, Scenario, Season};
use comanage_expr::number::Number;

/// The counts of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts<N> {
    /// Users, by class.
    pub users: Vec<N>,
    /// Devices, by class.
    pub devices: Vec<N>,
    /// All users.
    pub all_users: N,
    /// All devices.
    pub all_devices: N,
    /// Sites.
    pub sites: N,
    /// The season's factor on every workload: 1 and its shares of more work.
    pub workload_factor: N,
}

/// The counts of every month of a term; months with the same counts share a state.
#[derive(Clone, Debug)]
pub struct Calendar<N> {
    states: Vec<Counts<N>>,
    state_of_month: Vec<usize>,
}

impl<N: Number> Calendar<N> {
    /// Counts months 1 to the end of the term.
    ///
    /// # Errors
    /// A change or season that brings a count below zero.
    pub fn new(scenario: &Scenario) -> Result<Self, Diagnostic> {
        let mut keys: Vec<CountKey> = Vec::new();
        let mut states = Vec::new();
        let mut state_of_month = Vec::new();
        for month in 1..=scenario.term_months {
            let key = CountKey::new(scenario, month);
            let known = keys.iter().position(|other| *other == key);
            let state = match known {
                Some(state) => state,
                None => {
                    states.push(Counts::of(scenario, month)?);
                    keys.push(key);
                    keys.len() - 1
                }
            };
            state_of_month.push(state);
        }
        Ok(Self { states, state_of_month })
    }

    /// The users of all months of the term together.
    pub fn user_months(&self) -> N {
        let users = (1..=self.state_of_month.len() as u32).map(|month| self.at(month).all_users);
        users.fold(N::zero(), |sum, users| sum + users)
    }

    /// The number of a month's state; months of one state have the same counts. Month 0 counts as
    /// month 1.
    pub fn state(&self, month: u32) -> usize {
        self.state_of_month[month.max(1) as usize - 1]
    }

    /// The counts of a month.
    pub fn at(&self, month: u32) -> &Counts<N> {
        &self.states[self.state(month)]
    }

    /// The counts of every state, by its number.
    pub fn states(&self) -> &[Counts<N>] {
        &self.states
    }
}

/// What the counts of a month depend on.
#[derive(PartialEq)]
struct CountKey {
    year: u32,
    changes: Vec<bool>,
    seasons: Vec<bool>,
}

impl CountKey {
    fn new(scenario: &Scenario, month: u32) -> Self {
        let organization = &scenario.organization;
        Self {
            year: contract_year(month),
            changes: organization.changes.iter().map(|change| has_begun(scenario, change, month)).collect(),
            seasons: organization.seasons.iter().map(|season| is_in_season(scenario, season, month)).collect(),
        }
    }
}

fn has_begun(scenario: &Scenario, change: &Change, month: u32) -> bool {
    scenario.months(change.month) <= month
}

fn is_in_season(scenario: &Scenario, season: &Season, month: u32) -> bool {
    season.months.contains(&scenario.start.plus(month - 1).month)
}

impl<N: Number> Counts<N> {
    /// The counts of a month from 1 on, in the term or after it.
    ///
    /// # Errors
    /// A change or season that brings a count below zero.
    pub fn of(scenario: &Scenario, month: u32) -> Result<Self, Diagnostic> {
        let organization = &scenario.organization;
        let mut changes: Vec<&Change> =
            organization.changes.iter().filter(|change| has_begun(scenario, change, month)).collect();
        changes.sort_by_key(|change| scenario.months(change.month));
        let seasons: Vec<&Season> =
            organization.seasons.iter().filter(|season| is_in_season(scenario, season, month)).collect();
        let count = Count { scenario, month, changes: &changes, seasons: &seasons };

        let users: Vec<N> =
            count.classes("users", &organization.users, organization.growth.users, |c| &c.users, |s| &s.users)?;
        let devices: Vec<N> = count.classes(
            "devices",
            &organization.devices,
            organization.growth.devices,
            |c| &c.devices,
            |s| &s.devices,
        )?;
        let sites = count.one(
            "sites",
            Some(organization.sites),
            organization.growth.sites,
            |change| change.sites,
            |season| season.sites,
        )?;
        let more_work = seasons.iter().fold(N::one(), |sum, season| sum + scenario.get(season.workload));
        Ok(Self {
            all_users: sum(&users).named(|| "users".into()),
            all_devices: sum(&devices).named(|| "devices".into()),
            users,
            devices,
            sites,
            workload_factor: more_work.named(|| "the season's factor".into()),
        })
    }
}

fn sum<N: Number>(numbers: &[N]) -> N {
    match numbers {
        [] => N::zero(),
        [first, rest @ ..] => rest.iter().fold(*first, |sum, &number| sum + number),
    }
}

/// What a month's counts are made of.
struct Count<'a> {
    scenario: &'a Scenario,
    month: u32,
    changes: &'a [&'a Change],
    seasons: &'a [&'a Season],
}

type ByClass = Vec<(usize, Input)>;

impl Count<'_> {
    fn classes<N: Number>(
        &self,
        what: &str,
        counted: &Counted,
        growth: Input,
        in_change: impl Fn(&Change) -> &ByClass,
        in_season: impl Fn(&Season) -> &ByClass,
    ) -> Result<Vec<N>, Diagnostic> {
        let of_class = |list: &ByClass, class| list.iter().find(|(index, _)| *index == class).map(|(_, input)| *input);
        let classes = counted.classes.iter().enumerate();
        classes
            .map(|(index, class)| {
                let name = if class.name == "standard" { what.to_string() } else { format!("{} {what}", class.name) };
                self.one(
                    &name,
                    class.start,
                    growth,
                    |change| of_class(in_change(change), index),
                    |season| of_class(in_season(season), index),
                )
            })
            .collect()
    }

    /// `start * (1 + growth)^year` rounded to a whole number, with the changes and seasons.
    fn one<N: Number>(
        &self,
        what: &str,
        start: Option<Input>,
        growth: Input,
        in_change: impl Fn(&Change) -> Option<Input>,
        in_season: impl Fn(&Season) -> Option<Input>,
    ) -> Result<N, Diagnostic> {
        let year = contract_year(self.month);
        let mut count = match start {
            None => N::zero(),
            Some(start) if year == 0 => self.scenario.get(start),
            Some(start) => {
                let grown: N = self.scenario.get(start);
                (grown * (N::one() + self.scenario.get(growth)).power(year)).round(0)
            }
        };
        for change in self.changes {
            if let Some(more) = in_change(change) {
                count = count + self.scenario.get(more);
                self.refuse_below_zero(count, what, "change", more)?;
            }
        }
        for season in self.seasons {
            if let Some(more) = in_season(season) {
                count = count + self.scenario.get(more);
                self.refuse_below_zero(count, what, "season", more)?;
            }
        }
        Ok(count.named(|| format!("{what} in month {}", self.month)))
    }

    fn refuse_below_zero<N: Number>(&self, count: N, what: &str, step: &str, input: Input) -> Result<(), Diagnostic> {
        if !N::zero().is_above(count) {
            return Ok(());
        }
        let value = count.exact().0.unwrap_or_default();
        let path = &self.scenario.inputs.about(input).path;
        let message = format!("this {step} brings {what} below zero in month {}", self.month);
        let mut problem = Diagnostic::error("count-below-zero", message)
            .path(path.clone())
            .hint("take away no more than there are in that month");
        if let Some(span) = self.scenario.span(input) {
            problem = problem.at(span.clone(), format!("{what} would be {}", value.normalize()));
        }
        Err(problem)
    }
}
