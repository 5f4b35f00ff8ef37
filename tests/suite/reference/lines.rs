//! Waiting lines: how the program is asked for a row.

use comanage_model::queue::Queue;
use serde_json::{Value, json};

use super::{list, number};

pub fn line(erlangs: &Value, people: &Value) -> Queue {
    Queue { erlangs: number(erlangs), people: people.as_u64().expect("people") as u32 }
}

/// The share that waits; or the mean wait, its 90th percentile, the callers waiting and the utilization.
pub fn erlang_c(row: &Value) -> Value {
    let Some(calls) = row.get("lam_min") else { return json!(line(&row["A"], &row["c"]).waits()) };
    let (calls, minutes) = (number(calls), number(&row["aht_min"]));
    let queue = line(&json!(calls * minutes), &row["c"]);
    let wait = queue.mean_wait(minutes).expect("it ends");
    json!([wait * 60.0, wait_of(queue, 0.9, minutes) * 60.0, calls * wait, queue.utilization()])
}

pub fn service_level(row: &Value) -> Value {
    let of = |seconds: &str, minutes: &str| row.get(seconds).map_or_else(|| number(&row[minutes]) * 60.0, number);
    json!(line(&row["A"], &row["c"]).answered_within(of("target_s", "target_min"), of("aht_s", "aht_min")))
}

/// The chance to wait longer than each of some times, by people.
pub fn wait_tail(row: &Value) -> Value {
    let service = 1.0 / number(&row["mu"]);
    let erlangs = json!(number(&row["lam"]) * service);
    let of = |people: &Value| {
        let queue = line(&erlangs, people);
        let tail = move |time: &Value| json!(1.0 - queue.answered_within(number(time), service));
        list(&row["t_h"]).iter().map(tail).collect::<Vec<Value>>()
    };
    list(&row["s"]).iter().flat_map(of).collect()
}

/// The time within which a share of the callers is answered, found by halving.
pub fn wait_of(queue: Queue, share: f64, handling_time: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1_000.0 * handling_time);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        match queue.answered_within(middle, handling_time) < share {
            true => low = middle,
            false => high = middle,
        }
    }
    high
}

/// The fewest people, after the work where it is asked for.
pub fn required_agents(row: &Value) -> Value {
    let minutes = row.get("aht_min").map_or_else(|| number(&row["aht_s"]) / 60.0, number);
    let within = row.get("target_min").map_or_else(|| number(&row["target_s"]) / 60.0, number);
    let an_hour = || match row.get("calls_h") {
        Some(calls) => number(calls),
        None => number(&row["calls"]) * 3_600.0 / number(&row["interval_s"]),
    };
    let erlangs = row.get("A").map_or_else(|| an_hour() * minutes / 60.0, number);
    let people = Queue::people_for(number(&row["sl"]), erlangs, within, minutes);
    if row.get("calls_h").is_some() { json!([erlangs, people]) } else { json!(people) }
}
