//! Break-evens and sweeps as CSV.

use std::cmp::Ordering;

use super::{Csv, text};
use comanage_analysis::breakeven::{Breakeven, Pair, Point};
use comanage_analysis::sweep::Sweep;
use comanage_analysis::vary::Axis;
use comanage_model::money::Money;

/// A row for each crossing, tie, pair without a crossing and walk-away price, values as one would
/// write them.
pub fn breakeven(of: &Breakeven) -> Vec<u8> {
    let heads = ["what", "a", "b", "from", "to", "total_a_from", "total_b_from", "total_a_to", "total_b_to"];
    let mut csv = Csv::new(&[&heads[..], &["cheaper", "least", "most"]].concat());
    let value = |index: u64| of.axis.write(index);
    for pair in &of.pairs {
        for crossing in &pair.crossings {
            let (below, above) = (&crossing.below, &crossing.above);
            let ends = [value(below.index), value(above.index)];
            let after = if above.totals[pair.a] < above.totals[pair.b] { pair.a } else { pair.b };
            let totals = [totals(of, pair, below), totals(of, pair, above)].concat();
            csv.row(row(of, "crossing", [pair.a, pair.b], ends, totals, [id(of, after), String::new(), String::new()]));
        }
    }
    for pair in &of.pairs {
        for tie in pair.ties() {
            csv.row(row(of, "tie", [pair.a, pair.b], [value(tie.from), value(tie.to)], Vec::new(), Default::default()));
        }
    }
    for pair in &of.pairs {
        let Some(throughout) = pair.throughout else { continue };
        let ends = [value(0), value(of.axis.grid.last())];
        let said = [id(of, throughout.cheaper), money(of, throughout.least), money(of, throughout.most)];
        csv.row(row(of, "throughout", [pair.a, pair.b], ends, Vec::new(), said));
    }
    for walk_away in of.walk_away.iter().flatten() {
        let price = walk_away.value.map(value).unwrap_or_default();
        let pair = [walk_away.alternative, walk_away.rival];
        csv.row(row(of, "walk_away", pair, [String::new(), price], Vec::new(), Default::default()));
    }
    csv.finish()
}

fn row(
    of: &Breakeven,
    what: &str,
    pair: [usize; 2],
    ends: [String; 2],
    mut totals: Vec<String>,
    said: [String; 3],
) -> Vec<String> {
    totals.resize(4, String::new());
    let names = pair.map(|alternative| id(of, alternative));
    [vec![what.to_string()], names.to_vec(), ends.to_vec(), totals, said.to_vec()].concat()
}

fn id(of: &Breakeven, alternative: usize) -> String {
    text(&of.scenario.alternatives[alternative].id)
}

fn money(of: &Breakeven, amount: Money) -> String {
    amount.to_data(of.scenario.currency)
}

fn totals(of: &Breakeven, pair: &Pair, point: &Point) -> Vec<String> {
    [pair.a, pair.b].map(|alternative| money(of, point.totals[alternative])).to_vec()
}

/// A row for each cell: the values as one would write them, every total, who wins, and along one
/// number the alternatives that have changed places since the row before.
pub fn sweep(of: &Sweep) -> Vec<u8> {
    let alternatives = &of.scenario.alternatives;
    let id = |index: usize| text(&alternatives[index].id);
    let mut heads: Vec<String> = of.axes.iter().map(|axis: &Axis| text(&axis.path)).collect();
    heads.extend(alternatives.iter().map(|alternative| format!("total.{}", alternative.id)));
    heads.extend(["cheapest", "recommended"].map(String::from));
    let changes = (of.axes.len() == 1).then(|| of.crossings());
    if changes.is_some() {
        heads.push("crossed".into());
    }
    let mut csv = Csv::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for cell in &of.cells {
        let values = of.axes.iter().zip(&cell.indices).map(|(axis, &index)| axis.write(index));
        let totals = cell.totals.iter().map(|total| total.to_data(of.scenario.currency));
        let winners = [id(cell.cheapest), cell.recommended.map(id).unwrap_or_default()];
        let crossed = changes.iter().map(|changes| {
            let here = changes.iter().filter(|change| change.above == cell.indices[0]);
            let pairs: Vec<String> = here
                .map(|change| match cell.totals[change.a].cmp(&cell.totals[change.b]) {
                    Ordering::Less => format!("{} < {}", id(change.a), id(change.b)),
                    _ => format!("{} < {}", id(change.b), id(change.a)),
                })
                .collect();
            text(&pairs.join("; "))
        });
        csv.row(values.chain(totals).chain(winners).chain(crossed));
    }
    csv.finish()
}
