//! How many users, devices and sites there are in a month, and how busy it is.
//!
//! A count starts as written, grows at each anniversary, and takes every change that has begun and
//! the season of the calendar month. Growth acts on the start value alone. No step may take a count,
//! or all work, below zero: [`faults`] finds those that do. Loading refuses a file that has any, and
//! anyone who sets other numbers in a scenario asks again, so [`Volumes`] are of counts that can be.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::month::{CalendarMonth, contract_year};
use crate::scenario::{ByClass, Change, Counted, Input, Inputs, Organization, Scenario, Season};
use crate::source::Span;
use comanage_expr::number::{Number, percent};

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
    /// Other counted things, by index.
    pub things: Vec<N>,
    /// The season's factor on every workload: 1 and its shares of more work.
    pub workload_factor: N,
}

/// The counts of every month of a term; months with the same counts share a state.
#[derive(Clone, Debug)]
pub struct Volumes<N> {
    states: Vec<Counts<N>>,
    state_of_month: Vec<usize>,
}

impl<N: Number> Volumes<N> {
    /// Counts months 1 to the end of the term. The scenario has no [`faults`].
    pub fn new(scenario: &Scenario) -> Self {
        let basis = Basis::of(scenario);
        let mut keys: Vec<StateKey> = Vec::new();
        let mut states = Vec::new();
        let mut state_of_month = Vec::new();
        for month in 1..=scenario.term_months {
            let key = StateKey::new(&basis, month);
            let known = keys.iter().position(|other| *other == key);
            state_of_month.push(known.unwrap_or(states.len()));
            if known.is_none() {
                states.push(MonthSteps::new(&basis, month).counts());
                keys.push(key);
            }
        }
        Self { states, state_of_month }
    }

    /// The users of all months of the term together.
    pub fn user_months(&self) -> N {
        let users = (1..=self.state_of_month.len() as u32).map(|month| self.at(month).all_users);
        users.fold(N::zero(), |sum, users| sum + users)
    }

    /// The number of a month's state; months of one state have the same counts. Month 0 counts as
    /// month 1, and a month after the term as its last one.
    pub fn state(&self, month: u32) -> usize {
        let last = self.state_of_month.len();
        self.state_of_month[(month.max(1) as usize).min(last) - 1]
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

/// What counts are made of: where the numbers stand, and their values.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// Users, devices, sites, and how they change.
    pub organization: &'a Organization,
    /// The first month.
    pub start: CalendarMonth,
    /// Months of the term.
    pub term_months: u32,
    /// The values.
    pub inputs: &'a Inputs,
}

impl<'a> Basis<'a> {
    /// What the counts of a scenario are made of.
    pub fn of(scenario: &'a Scenario) -> Self {
        Self {
            organization: &scenario.organization,
            start: scenario.start,
            term_months: scenario.term_months,
            inputs: &scenario.inputs,
        }
    }

    fn has_begun(&self, change: &Change, month: u32) -> bool {
        self.inputs.months(change.month) <= month
    }

    fn is_in_season(&self, season: &Season, month: u32) -> bool {
        season.months.contains(&self.start.plus(month - 1).month)
    }

    /// Every series of counts, with how it is named in messages.
    fn series(&self) -> impl Iterator<Item = (Series, String)> + 'a {
        let path = |thing: &str, class: &str| match class {
            "standard" => format!("`organization.{thing}`"),
            class => format!("`organization.{thing}.{class}`"),
        };
        let Organization { users, devices, counts, .. } = self.organization;
        let things = counts.classes.iter().enumerate();
        let things = things.map(move |(index, thing)| (Series::Thing(index), path("counts", &thing.name)));
        let users = users.classes.iter().enumerate();
        let users = users.map(move |(index, class)| (Series::Users(index), path("users", &class.name)));
        let devices = devices.classes.iter().enumerate();
        let devices = devices.map(move |(index, class)| (Series::Devices(index), path("devices", &class.name)));
        let sites = std::iter::once((Series::Sites, "`organization.sites`".to_string()));
        let work = std::iter::once((Series::Workload, "the work of every service".to_string()));
        users.chain(devices).chain(sites).chain(things).chain(work)
    }
}

/// What the counts of a month depend on.
#[derive(PartialEq)]
struct StateKey {
    year: u32,
    changes: Vec<bool>,
    seasons: Vec<bool>,
}

impl StateKey {
    fn new(basis: &Basis, month: u32) -> Self {
        let Organization { changes, seasons, .. } = basis.organization;
        Self {
            year: contract_year(month),
            changes: changes.iter().map(|change| basis.has_begun(change, month)).collect(),
            seasons: seasons.iter().map(|season| basis.is_in_season(season, month)).collect(),
        }
    }
}

/// A count that changes on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Series {
    /// A class of users.
    Users(usize),
    /// A class of devices.
    Devices(usize),
    /// Sites.
    Sites,
    /// Another counted thing.
    Thing(usize),
    /// The season's factor on all work.
    Workload,
}

impl Series {
    /// What it starts from and how it grows, where they are written; none for work, which starts from 1.
    fn start(self, organization: &Organization) -> Option<(Option<Input>, Option<Input>)> {
        let Organization { users, devices, sites, counts, growth, .. } = organization;
        Some(match self {
            Self::Users(class) => (users.classes[class].start, Some(growth.users)),
            Self::Devices(class) => (devices.classes[class].start, Some(growth.devices)),
            Self::Sites => (Some(*sites), Some(growth.sites)),
            Self::Thing(index) => (counts.classes[index].start, growth_of(&growth.counts, index)),
            Self::Workload => return None,
        })
    }

    /// Where a change says how many more; none where it leaves this count alone.
    fn in_change(self, change: &Change) -> Option<Input> {
        match self {
            Self::Users(class) => of_class(&change.users, class),
            Self::Devices(class) => of_class(&change.devices, class),
            Self::Sites => change.sites,
            Self::Thing(index) => of_class(&change.counts, index),
            Self::Workload => None,
        }
    }

    /// Where a season says how many more.
    fn in_season(self, season: &Season) -> Option<Input> {
        match self {
            Self::Users(class) => of_class(&season.users, class),
            Self::Devices(class) => of_class(&season.devices, class),
            Self::Sites => season.sites,
            Self::Thing(index) => of_class(&season.counts, index),
            Self::Workload => Some(season.workload),
        }
    }
}

/// The growth of a counted thing; none where a table leaves it out.
fn growth_of(growth: &ByClass<Input>, index: usize) -> Option<Input> {
    match growth {
        ByClass::All(rate) => Some(*rate),
        ByClass::Classes(rates) => of_class(rates, index),
    }
}

fn of_class(classes: &[(usize, Input)], class: usize) -> Option<Input> {
    classes.iter().find(|(index, _)| *index == class).map(|(_, input)| *input)
}

/// The steps that make the counts of a month: the start value, the changes in the order of their
/// months, then the seasons of the calendar month in the order of the file.
struct MonthSteps<'a> {
    basis: &'a Basis<'a>,
    month: u32,
    changes: Vec<(usize, &'a Change)>,
    seasons: Vec<(usize, &'a Season)>,
}

impl<'a> MonthSteps<'a> {
    fn new(basis: &'a Basis<'a>, month: u32) -> Self {
        let Organization { changes, seasons, .. } = basis.organization;
        let begun = |(_, change): &(usize, &Change)| basis.has_begun(change, month);
        let mut changes: Vec<_> = changes.iter().enumerate().filter(begun).collect();
        changes.sort_by_key(|(_, change)| basis.inputs.months(change.month));
        let current = |(_, season): &(usize, &Season)| basis.is_in_season(season, month);
        let seasons = seasons.iter().enumerate().filter(current).collect();
        Self { basis, month, changes, seasons }
    }

    fn counts<N: Number>(&self) -> Counts<N> {
        let organization = self.basis.organization;
        let classes = |counted: &Counted, what: &str, series: fn(usize) -> Series| -> Vec<N> {
            let classes = counted.classes.iter().enumerate();
            let count = |(index, class): (usize, &crate::scenario::Class)| {
                let name = if class.name == "standard" { what.to_string() } else { format!("{} {what}", class.name) };
                let name = name.trim_end().to_string();
                self.count::<N>(series(index)).named(|| format!("{name} in month {}", self.month))
            };
            classes.map(count).collect()
        };
        let users = classes(&organization.users, "users", Series::Users);
        let devices = classes(&organization.devices, "devices", Series::Devices);
        Counts {
            all_users: sum(&users).named(|| "users".into()),
            all_devices: sum(&devices).named(|| "devices".into()),
            users,
            devices,
            things: classes(&organization.counts, "", Series::Thing),
            sites: self.count::<N>(Series::Sites).named(|| format!("sites in month {}", self.month)),
            workload_factor: self.count::<N>(Series::Workload).named(|| "the season's factor".into()),
        }
    }

    /// The count after its last step.
    fn count<N: Number>(&self, series: Series) -> N {
        self.steps(series).fold(self.start(series), |count, (_, input)| count + self.basis.inputs.get(input))
    }

    /// `start * (1 + growth)^year` rounded to a whole number; of all work 1.
    fn start<N: Number>(&self, series: Series) -> N {
        let Some((start, growth)) = series.start(self.basis.organization) else { return N::one() };
        let Some(start) = start else { return N::zero() };
        let start: N = self.basis.inputs.get(start);
        match contract_year(self.month) {
            0 => start,
            year => {
                let growth = growth.map_or_else(N::zero, |growth| self.basis.inputs.get(growth));
                (start * (N::one() + growth).power(year)).round(0)
            }
        }
    }

    fn steps(&self, series: Series) -> impl Iterator<Item = (Cause, Input)> {
        let changes = self.changes.iter();
        let changes =
            changes.filter_map(move |(index, change)| Some((Cause::Change(*index), series.in_change(change)?)));
        let seasons = self.seasons.iter();
        let seasons =
            seasons.filter_map(move |(index, season)| Some((Cause::Season(*index), series.in_season(season)?)));
        changes.chain(seasons)
    }

    /// The first step that takes the count below zero, and what it then is.
    fn fault<N: Number>(&self, series: Series) -> Option<(Cause, N)> {
        let mut count: N = self.start(series);
        for (cause, input) in self.steps(series) {
            count = count + self.basis.inputs.get(input);
            if N::zero().is_above(count) {
                return Some((cause, count));
            }
        }
        None
    }
}

fn sum<N: Number>(numbers: &[N]) -> N {
    match numbers {
        [] => N::zero(),
        [first, rest @ ..] => rest.iter().fold(*first, |sum, &number| sum + number),
    }
}

/// What takes a count below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// A change, by index.
    Change(usize),
    /// A season, by index.
    Season(usize),
}

impl Cause {
    fn name(self) -> &'static str {
        match self {
            Self::Change(_) => "change",
            Self::Season(_) => "season",
        }
    }

    fn span(self, organization: &Organization) -> &Span {
        match self {
            Self::Change(index) => &organization.changes[index].span,
            Self::Season(index) => &organization.seasons[index].span,
        }
    }
}

/// The changes and seasons that take a count, or all work, below zero in a month of the term: one
/// error each, for the first count and month. Counts with a number that `is_known` denies are left
/// alone.
pub fn faults<N: Number>(basis: &Basis, is_known: impl Fn(Input) -> bool) -> Vec<Diagnostic> {
    let Organization { changes, seasons, .. } = basis.organization;
    if changes.is_empty() && seasons.is_empty() {
        return Vec::new();
    }
    let months: Vec<MonthSteps> = distinct_months(basis).map(|month| MonthSteps::new(basis, month)).collect();
    let mut causes = Vec::new();
    let mut found = Vec::new();
    for (series, name) in basis.series().filter(|(series, _)| is_readable(basis, *series, &is_known)) {
        let fault = months.iter().find_map(|steps| Some((steps.month, steps.fault::<N>(series)?)));
        if let Some((month, (cause, count))) = fault
            && !causes.contains(&cause)
        {
            causes.push(cause);
            found.push(describe(basis, cause, &name, series, month, count.exact().0.unwrap_or_default()));
        }
    }
    found
}

/// The first month of every state.
fn distinct_months(basis: &Basis) -> impl Iterator<Item = u32> {
    let mut keys: Vec<StateKey> = Vec::new();
    let mut is_new = move |month: &u32| {
        let key = StateKey::new(basis, *month);
        let is_new = !keys.contains(&key);
        if is_new {
            keys.push(key);
        }
        is_new
    };
    (1..=basis.term_months).filter(move |month| is_new(month))
}

fn is_readable(basis: &Basis, series: Series, is_known: &impl Fn(Input) -> bool) -> bool {
    let Organization { changes, seasons, .. } = basis.organization;
    let start: [Option<Input>; 2] = series.start(basis.organization).unwrap_or_default().into();
    let in_changes = changes.iter().filter_map(|change| Some([series.in_change(change)?, change.month])).flatten();
    let in_seasons = seasons.iter().filter_map(|season| series.in_season(season));
    start.into_iter().flatten().chain(in_changes).chain(in_seasons).all(is_known)
}

fn describe(basis: &Basis, cause: Cause, name: &str, series: Series, month: u32, count: Decimal) -> Diagnostic {
    let cause_name = cause.name();
    let (code, count, hint) = match series {
        Series::Workload => {
            ("work-below-zero", percent(count), "the shares of a month's seasons can remove at most 100% together")
        }
        _ => (
            "count-below-zero",
            count.normalize().to_string(),
            "a count cannot be negative: remove no more than there are",
        ),
    };
    let message = format!("this {cause_name} takes {name} to {count} in month {month}");
    let span = cause.span(basis.organization).clone();
    Diagnostic::error(code, message).at(span, format!("this {cause_name}")).path("organization").hint(hint)
}

/// Refuses a scenario in which other numbers were set, where its counts cannot be.
///
/// # Errors
/// The first of its [`faults`].
pub fn check<N: Number>(scenario: &Scenario) -> Result<(), Diagnostic> {
    match faults::<N>(&Basis::of(scenario), |_| true).into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(()),
    }
}
