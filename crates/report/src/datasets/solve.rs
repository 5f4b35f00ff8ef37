//! From which value on something holds: a row for each value that was looked at.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::solve::{Point, Solved, Value};

/// A row for each value, with the figure and whether the condition holds; the first value at which it does,
/// and the one before, are among them.
pub fn solve(of: &Solved) -> Dataset {
    let mut points: Vec<Point> = of.points.clone();
    points.extend(of.found.iter().flat_map(|found| found.before.iter().cloned().chain([found.at.clone()])));
    points.sort_by_key(|point| point.index);
    points.dedup_by_key(|point| point.index);
    let first = of.found.as_ref().map(|found| found.at.index);
    let name = of.until.name.clone();
    let fields = Fields::default()
        .written(of.axis.path.clone(), of.axis.path.clone(), move |point: &Point| of.axis.write(point.index));
    let fields = match of.until.bound {
        Value::Money(_) => fields.money(name.clone(), name, |point| match point.figure {
            Some(Value::Money(amount)) => Some(amount),
            _ => None,
        }),
        Value::Share(_) => fields.share(name.clone(), name, |point| match point.figure {
            Some(Value::Share(share)) => Some(share),
            _ => None,
        }),
        Value::Number(_) => fields.figure(name.clone(), name, "", |point| match point.figure {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }),
        Value::Flag(_) => fields.flag(name.clone(), name, |point| match point.figure {
            Some(Value::Flag(flag)) => Some(flag),
            _ => None,
        }),
        Value::Id(_) => fields.text(name.clone(), name, |point| match &point.figure {
            Some(Value::Id(id)) => id.clone(),
            _ => None,
        }),
    };
    fields
        .flag("holds", "Holds", move |point| of.until.holds(point.figure.as_ref()))
        .flag("first", "First value that meets the condition", move |point| Some(point.index) == first)
        .dataset("values", of.scenario.currency, points)
}
