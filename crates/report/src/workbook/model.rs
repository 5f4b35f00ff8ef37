//! The scenario evaluated on numbers that remember, as one graph: every ledger amount with the
//! expression that made it, and what is known of the inputs that decided the way.
//!
//! The model's own functions run here; no formula of theirs is written a second time. Which inputs
//! may be changed is reported in [`super::editable`], how expressions become cells in
//! [`super::formula`].

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use comanage_expr::graph::{Graph, Id};
use comanage_expr::number::Input;
use comanage_expr::op::Op;
use comanage_expr::trace::{Comparison, Dependency, Record, Step, Traced, record, step_count};
use comanage_model::coverage::{Attendance, cover};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::Shared;
use comanage_model::ledger::{self, Category, KeepIf, Line, LineSource, Unit, salary, yearly_items};
use comanage_model::month::contract_year;
use comanage_model::price::Prices;
use comanage_model::scenario::{Kind, Origin, Scenario};
use comanage_model::staffing::Staffing;
use comanage_model::volumes;
use comanage_model::work::{Provided, Work};

/// A scenario as one graph.
pub struct Model<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Every expression.
    pub graph: Graph,
    /// The lines of each alternative; those that come to nothing stand too, if they could come to more.
    pub lines: Vec<Vec<ModelLine>>,
    /// Counts by month, from month 1.
    pub counts: Vec<MonthCounts>,
    /// What people cost, the team before the hires, by contract year.
    pub people: Vec<Vec<RoleYear>>,
    /// Prices of offers by contract year: the offer, what is priced, the price in each year.
    pub prices: Vec<(usize, Input, Vec<Id>)>,
    /// Every decision that was taken.
    pub questions: Vec<Question>,
    /// Quantities of lines that are hours of work or follow from them: they stay values.
    pub hours: BTreeSet<Id>,
    /// What decides the way of the evaluation, or is written finer than the currency is.
    pub deciding: BTreeSet<Input>,
    /// What coverage follows from.
    pub covering: BTreeSet<Input>,
    /// What hours of work follow from.
    pub working: BTreeSet<Input>,
}

/// A line of the ledger.
#[derive(Clone, Debug)]
pub struct ModelLine {
    /// Month of the term.
    pub month: u32,
    /// What it is part of.
    pub category: Category,
    /// What made it.
    pub source: LineSource,
    /// What it is for.
    pub item: Arc<str>,
    /// What its quantity counts.
    pub unit: Unit,
    /// Whether the quoted price holds it.
    pub on_paper: bool,
    /// When it is in the ledger.
    pub stands: KeepIf,
    /// How many.
    pub quantity: Id,
    /// The amount.
    pub amount: Id,
}

/// The counts of a month.
#[derive(Clone, Debug)]
pub struct MonthCounts {
    /// Users, by class.
    pub users: Vec<Id>,
    /// All users.
    pub all_users: Id,
    /// Devices, by class.
    pub devices: Vec<Id>,
    /// All devices.
    pub all_devices: Id,
    /// Sites.
    pub sites: Id,
}

/// What a role costs in a contract year.
#[derive(Clone, Debug)]
pub struct RoleYear {
    /// The full-time salary.
    pub salary: Id,
    /// Each annual amount.
    pub items: Vec<(Category, Id)>,
}

/// A decision of the evaluation and how it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// What was asked about.
    pub of: Id,
    /// What it was held against; none: whether it is zero.
    pub above: Option<Id>,
    /// What came out.
    pub outcome: bool,
}

/// A salary and the annual amounts that come with it.
type Pay = (Traced, Vec<(Category, Traced)>);

/// What one run of the model gave, on traced numbers.
struct Run {
    shared: Shared<Traced>,
    people: Vec<Vec<Pay>>,
    prices: Vec<(usize, Input, Vec<Traced>)>,
    lines: Vec<Vec<(Arc<str>, Line<Traced>)>>,
    /// The steps that are work.
    work: Vec<Range<usize>>,
}

impl<'a> Model<'a> {
    /// Evaluates a scenario.
    ///
    /// # Errors
    /// Those of an evaluation.
    pub fn of(scenario: &'a Scenario) -> Result<Self, Diagnostic> {
        let (run, record) = record(|| run(scenario));
        let run = run?;
        let Steps { mut graph, shown, work } = steps_of(scenario, &record, &run.work);
        let id = |number: Traced| shown[number.index()];
        let lines: Vec<Vec<ModelLine>> = run
            .lines
            .iter()
            .map(|lines| lines.iter().map(|(item, line)| ModelLine::new(item, line, &id)).collect())
            .collect();
        let hours = hours_of(&graph, &lines);
        let mut model = Self {
            scenario,
            counts: (1..=scenario.term_months).map(|month| MonthCounts::new(&run.shared, month, &id)).collect(),
            people: run
                .people
                .iter()
                .map(|years| years.iter().map(|year| RoleYear::new(year, &id)).collect())
                .collect(),
            prices: prices_of(&run, &id),
            questions: questions(&graph, &record, &id),
            deciding: deciding(scenario, &record),
            covering: covering(scenario),
            working: graph.inputs_of(work),
            lines,
            hours,
            graph: Graph::default(),
        };
        model.working.extend(graph.inputs_of(model.hours.iter().copied()));
        name_hours(&mut graph, &model.lines, &model.hours);
        model.graph = graph;
        Ok(model)
    }

    /// Whether a node is shown as a value, whatever made it.
    pub fn is_value(&self, id: Id) -> bool {
        matches!(self.graph.op(id), Op::Figure(_)) || self.hours.contains(&id)
    }

    /// The contract years of the term, from 0.
    pub fn years(&self) -> Range<u32> {
        0..contract_year(self.scenario.term_months) + 1
    }

    /// The nodes that the amounts of the ledger are made of, down to inputs and values.
    pub fn shown(&self) -> BTreeSet<Id> {
        let amounts = self.lines.iter().flatten().map(|line| line.amount);
        let users = self.counts.iter().map(|counts| counts.all_users);
        self.graph.cone(amounts.chain(users), |id| self.is_value(id))
    }
}

fn run(scenario: &Scenario) -> Result<Run, Diagnostic> {
    // The record then holds what keeps every count at 0 or above.
    volumes::check::<Traced>(scenario)?;
    let shared = Shared::<Traced>::new(scenario);
    let years = 0..=contract_year(scenario.term_months);
    let roles = scenario.roles();
    let of_year = |role, year| (salary(scenario, role, year), yearly_items(scenario, role, year));
    let people = roles.map(|role| years.clone().map(|year| of_year(role, year)).collect()).collect();
    let (mut lines, mut work) = (Vec::new(), Vec::new());
    for alternative in &scenario.alternatives {
        let staffing = Staffing::new(scenario, alternative);
        let from = step_count();
        let provided = Provided::new(&staffing, &shared.volumes)?;
        work.push(from..step_count());
        let of_plan = ledger::write(&staffing, &shared.volumes, &shared.people, &provided).lines.into_iter();
        lines.push(of_plan.map(|line| (line.source.item(&staffing).into(), line)).collect());
        let from = step_count();
        let hours = Work::new(provided);
        for month in 1..=scenario.term_months {
            hours.at(month).done(&staffing);
        }
        work.push(from..step_count());
    }
    Ok(Run { prices: prices(scenario), shared, people, lines, work })
}

/// What each input of an offer that is compared would be as a price, in every contract year.
fn prices(scenario: &Scenario) -> Vec<(usize, Input, Vec<Traced>)> {
    let years = 0..=contract_year(scenario.term_months);
    let of_offer = |path: &str| {
        let is_its = |key: &str| {
            let rest = path.strip_prefix("offers.").map(|rest| rest.trim_start_matches('"'));
            rest.and_then(|rest| rest.strip_prefix(key)).is_some_and(|rest| rest.starts_with(['.', '"']))
        };
        scenario.offers.iter().position(|offer| is_its(&offer.key))
    };
    let is_compared =
        |offer: usize| scenario.alternatives.iter().any(|of| of.offers.iter().any(|phase| phase.of == offer));
    let of_offer = |path: &str| of_offer(path).filter(|&offer| is_compared(offer));
    let money = scenario.inputs.iter().filter(|(_, _, about)| about.kind == Kind::Money);
    let priced = money.filter_map(|(input, _, about)| Some((of_offer(&about.path)?, input)));
    let in_years = |offer: usize, input| {
        let price = |year| Prices::<Traced>::of(scenario, &scenario.offers[offer], year).price(input);
        years.clone().map(price).collect()
    };
    priced.map(|(offer, input)| (offer, input, in_years(offer, input))).collect()
}

/// The decimals that a value of an input may be written with.
pub fn decimals(scenario: &Scenario, input: Input) -> u32 {
    let written = scenario.inputs.value(input).normalize().scale();
    match scenario.inputs.about(input).kind {
        Kind::Money => written.max(scenario.currency.digits),
        Kind::Share => written.max(6),
        Kind::Number => written.max(4),
        Kind::Count | Kind::Months => written,
    }
}

/// The graph of a record, and the nodes of its steps.
struct Steps {
    graph: Graph,
    /// Each step as it is shown: work as figures.
    shown: Vec<Id>,
    /// What work comes from: each of its steps as an expression.
    work: Vec<Id>,
}

fn steps_of(scenario: &Scenario, record: &Record, work: &[Range<usize>]) -> Steps {
    let mut steps = Steps { graph: Graph::default(), shown: Vec::new(), work: Vec::new() };
    let mut behind: HashMap<usize, Id> = HashMap::new();
    for (index, step) in record.steps().iter().enumerate() {
        if !work.iter().any(|range| range.contains(&index)) {
            let id = node_of(&mut steps.graph, scenario, step, &|number| steps.shown[number.index()]);
            if let Some(name) = &step.name {
                steps.graph.call(id, name);
            }
            steps.shown.push(id);
            continue;
        }
        let of = |number: Traced| behind.get(&number.index()).copied().unwrap_or(steps.shown[number.index()]);
        let id = node_of(&mut steps.graph, scenario, step, &of);
        behind.insert(index, id);
        steps.work.push(id);
        steps.shown.push(if step.op.is_leaf() { id } else { steps.graph.figure(step.value) });
    }
    steps
}

fn node_of(graph: &mut Graph, scenario: &Scenario, step: &Step, of: &dyn Fn(Traced) -> Id) -> Id {
    match step.op {
        Op::Constant(value) => graph.constant(value),
        Op::Input(input) if scenario.inputs.about(input).origin == Origin::LeftOut => {
            graph.constant(scenario.inputs.value(input))
        }
        Op::Input(input) => graph.input(input, scenario.inputs.value(input), decimals(scenario, input)),
        op => graph.add(op.map(of)),
    }
}

impl ModelLine {
    fn new(item: &Arc<str>, line: &Line<Traced>, id: &impl Fn(Traced) -> Id) -> Self {
        Self {
            month: line.month,
            category: line.category,
            source: line.source,
            item: Arc::clone(item),
            unit: line.unit,
            on_paper: line.on_paper,
            stands: line.stands,
            quantity: id(line.quantity),
            amount: id(line.amount),
        }
    }
}

impl MonthCounts {
    fn new(shared: &Shared<Traced>, month: u32, id: &impl Fn(Traced) -> Id) -> Self {
        let counts = shared.volumes.at(month);
        Self {
            users: counts.users.iter().map(|&users| id(users)).collect(),
            all_users: id(counts.all_users),
            devices: counts.devices.iter().map(|&devices| id(devices)).collect(),
            all_devices: id(counts.all_devices),
            sites: id(counts.sites),
        }
    }
}

impl RoleYear {
    fn new((salary, items): &Pay, id: &impl Fn(Traced) -> Id) -> Self {
        Self { salary: id(*salary), items: items.iter().map(|(category, item)| (*category, id(*item))).collect() }
    }
}

fn prices_of(run: &Run, id: &impl Fn(Traced) -> Id) -> Vec<(usize, Input, Vec<Id>)> {
    let years = |years: &[Traced]| years.iter().map(|&price| id(price)).collect();
    run.prices.iter().map(|(offer, input, prices)| (*offer, *input, years(prices))).collect()
}

/// Quantities of hours and blocks that follow from hours of work.
fn hours_of(graph: &Graph, lines: &[Vec<ModelLine>]) -> BTreeSet<Id> {
    let counted = lines.iter().flatten().filter(|line| matches!(line.unit, Unit::Hour | Unit::Block));
    let quantities: BTreeSet<Id> = counted.map(|line| line.quantity).collect();
    let is_work = |id: &Id| graph.cone([*id], |_| false).iter().any(|&id| matches!(graph.op(id), Op::Figure(_)));
    quantities.into_iter().filter(is_work).collect()
}

fn name_hours(graph: &mut Graph, lines: &[Vec<ModelLine>], hours: &BTreeSet<Id>) {
    for line in lines.iter().flatten().filter(|line| hours.contains(&line.quantity)) {
        graph.call(line.quantity, &line.item);
    }
}

fn questions(graph: &Graph, record: &Record, id: &impl Fn(Traced) -> Id) -> Vec<Question> {
    let mut seen = HashSet::new();
    let question = |by: &Comparison, outcome| match *by {
        Comparison::Above(a, b) => Question { of: id(a), above: Some(id(b)), outcome },
        Comparison::Zero(a) => Question { of: id(a), above: None, outcome },
    };
    let asked = record.branches(0).iter().map(|branch| question(&branch.by, branch.outcome));
    let is_open = |question: &Question| {
        !graph.is_constant(question.of) || question.above.is_some_and(|above| !graph.is_constant(above))
    };
    asked.filter(is_open).filter(|question| seen.insert(*question)).collect()
}

/// What was read as such. A price that is written finer than the minor unit keeps its decimals when
/// it rises, so another one would be rounded otherwise.
fn deciding(scenario: &Scenario, record: &Record) -> BTreeSet<Input> {
    let read = record.reads(0).iter().filter_map(|read| match *read {
        Dependency::Value(input) => Some(input),
        Dependency::Digits(input, digits) => (digits > scenario.currency.digits).then_some(input),
    });
    read.collect()
}

fn covering(scenario: &Scenario) -> BTreeSet<Input> {
    let (_, record) = record(|| {
        let attendance = Attendance::new(scenario);
        for alternative in &scenario.alternatives {
            cover(&Staffing::new(scenario, alternative), &attendance);
        }
    });
    let read = record.reads(0).iter().map(|read| match *read {
        Dependency::Value(input) | Dependency::Digits(input, _) => input,
    });
    read.collect()
}
