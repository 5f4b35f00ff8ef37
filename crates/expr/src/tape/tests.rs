//! The worked example of `docs/architecture.md`: what the page says is what happens.

use rust_decimal::Decimal;

use super::{LaneInput, OutputSpec, Outputs, ProgramCache, compile_portable};
use crate::display::{describe, shown};
use crate::graph::{Graph, Id};
use crate::number::{Exact, Input, Number};
use crate::op::Op;
use crate::spreadsheet::{References, formula};
use crate::trace::{Record, Traced, begin_section, record};

const USERS: Input = Input(0);
const PRICE: Input = Input(1);

/// A month of an offer whose price falls by a tenth above 99 users.
fn month<N: Number>(users: N, price: N) -> N {
    let reduced = N::constant(Decimal::new(9, 1));
    let price = if users.is_above(N::whole(99)) { (price * reduced).round(2) } else { price };
    (users * price).round(2)
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("it is a decimal")
}

fn traced(users: Decimal, price: Decimal) -> Traced {
    begin_section();
    month(Traced::input(USERS, users), Traced::input(PRICE, price))
}

/// Names of cells as the page has them.
struct Cells;

impl References for Cells {
    fn cell(&self, _: Id) -> Option<String> {
        None
    }

    fn input(&self, input: Input) -> String {
        if input == USERS { "users" } else { "price" }.to_string()
    }
}

fn graph_of(record: &Record) -> (Graph, Vec<Id>) {
    let (mut graph, mut nodes) = (Graph::default(), Vec::new());
    for step in record.steps() {
        nodes.push(match step.op {
            Op::Constant(value) => graph.constant(value),
            Op::Input(input) => graph.input(input, step.value.0.expect("it has a value"), 2),
            op => graph.add(op.map(|operand: Traced| nodes[operand.index()])),
        });
    }
    (graph, nodes)
}

#[test]
fn a_trace_is_put_in_words_and_in_a_formula() {
    let (amount, record) = record(|| traced(decimal("120"), decimal("31.25")));
    let words: Vec<String> = record
        .steps()
        .iter()
        .filter(|step| !step.op.is_leaf())
        .map(|step| {
            let operand = |of: Traced| shown(record.step(of).value);
            format!("{} = {}", shown(step.value), describe(step.op, operand))
        })
        .collect();
    assert_eq!(
        words,
        [
            "28.125 = 31.25 x 0.9",
            "28.13 = 28.125 rounded to 2 decimal places",
            "3375.6 = 120 x 28.13",
            "3375.6 = 3375.6 rounded to 2 decimal places"
        ]
    );
    assert_eq!(record.branches(1).len(), 1);
    let (graph, nodes) = graph_of(&record);
    assert_eq!(formula(&graph, nodes[amount.index()], &Cells), "ROUND(users*ROUND(price*0.9,2),2)");
}

fn inputs() -> Vec<LaneInput> {
    vec![
        LaneInput { input: USERS, digits: 0, min: 1, max: 1_000 },
        LaneInput { input: PRICE, digits: 2, min: 0, max: 100_000 },
    ]
}

/// The first program as data: two steps, one guard, and the same amounts.
#[test]
fn a_program_as_data_gives_the_same() {
    let spec = OutputSpec { digits: 2, ..OutputSpec::default() };
    let trace = || Outputs {
        group: 0,
        amounts: vec![vec![traced(decimal("120"), decimal("31.25"))]],
        ratio: None,
        count: None,
        part: None,
    };
    let (outputs, record) = record(trace);
    let program = compile_portable(&record, &inputs(), &[outputs], &spec).expect("it can be compiled");
    let [group] = &program.groups[..] else { panic!("there is one group") };
    // The price is rounded, multiplied, and the amount is the only one of the total.
    assert_eq!((program.inputs, program.steps.len(), group.conditions.len()), (2, 3, 1));
    for (row, holds, cents) in [([120, 3_125], true, 337_560), ([150, 2_000], true, 270_000), ([80, 3_125], false, 0)] {
        let values = program.run(&row);
        assert_eq!(group.holds(&values), holds, "{row:?}");
        assert!(!holds || values.get(group.total) == cents, "{row:?}");
    }
}

#[test]
fn rows_run_through_the_program_of_their_path() {
    let rows =
        [("120", "31.25"), ("150", "20.00"), ("80", "31.25")].map(|(users, price)| (decimal(users), decimal(price)));
    let numerators = [vec![120.0, 150.0, 80.0], vec![3_125.0, 2_000.0, 3_125.0]];
    let trace = |row: usize, _: &[usize]| {
        let (users, price) = rows[row];
        Some(vec![Outputs {
            group: 0,
            amounts: vec![vec![traced(users, price)]],
            ratio: None,
            count: None,
            part: None,
        }])
    };
    let run = |max: usize| {
        let spec = OutputSpec { digits: 2, ..OutputSpec::default() };
        ProgramCache::new(vec![0], inputs(), spec, max).run(&numerators, 3, &trace).remove(0)
    };
    let results = run(1);
    assert_eq!((results.totals, results.fallback), (vec![337_560.0, 270_000.0, 250_000.0], vec![]));
    // The first program is for the path of the first row; without another the last row is left.
    assert_eq!(run(0).fallback, [2]);
    for ((users, price), cents) in rows.into_iter().zip([337_560, 270_000, 250_000]) {
        assert_eq!(month(Exact(Some(users)), Exact(Some(price))), Exact(Some(Decimal::new(cents, 2))));
    }
}
