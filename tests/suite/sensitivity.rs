//! Where the answer turns: break-evens worked out by hand, and sweeps.

mod break_evens;
mod commands;
mod refusals;
mod same;
mod solves;
mod sweeps;

use comanage_analysis::breakeven::{self, Breakeven};
use comanage_analysis::sweep;
use comanage_analysis::vary::{Axis, Request, Spacing, Varied, VaryError};
use comanage_format::load::Document;
use comanage_model::scenario::Scenario;
use comanage_report::write::{self, Layout};
use serde_json::{Value, json};

/// A scenario whose document it also is.
struct Case {
    document: Document,
    scenario: Scenario,
}

impl Case {
    /// One month, 40 users, one service, and these tables.
    fn new(term_months: u32, tables: &str) -> Self {
        Self::within("", term_months, tables)
    }

    /// The same with keys before all tables.
    fn within(keys: &str, term_months: u32, tables: &str) -> Self {
        let head = format!("schema = 1\nname = \"T\"\ncurrency = \"USD\"\nterm_months = {term_months}\n{keys}");
        let desk = "[services.desk]\nhours = \"mon-fri 09:00-17:00\"\n";
        Self::of(&format!("{head}[organization]\nusers = 40\n{desk}{tables}"))
    }

    fn of(text: &str) -> Self {
        Self::from(Document::parse("t.toml", text.as_bytes(), &mut |_| unreachable!("it extends nothing")))
    }

    fn from(document: Document) -> Self {
        let loaded = document.read();
        let scenario = loaded.scenario.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        Self { document, scenario }
    }

    /// Keeps two alternatives.
    fn between(mut self, a: &str, b: &str) -> Self {
        let is_kept = |id: &str| [a, b].contains(&id);
        self.scenario.alternatives.retain(|alternative| is_kept(&alternative.id));
        self
    }

    fn varied(&self, asked: &[Request]) -> Result<Varied, VaryError> {
        let axes = asked.iter().map(|asked| Axis::new(&self.document, &self.scenario, asked));
        Varied::new(&self.document, &self.scenario, axes.collect::<Result<_, _>>()?)
    }

    fn find<T>(&self, path: &str, from: &str, to: &str, told: impl Fn(&Breakeven) -> T) -> Result<T, VaryError> {
        let varied = self.varied(&[Request { path, from, to, spacing: Spacing::Unit }])?;
        let is_pair = self.scenario.alternatives.len() == 2;
        let found = breakeven::find(&self.scenario, &varied, is_pair, &|| {})?;
        Ok(told(&found))
    }

    /// The break-evens as JSON, without those of `in_house`, and without what is said of coverage and work.
    fn turns(&self, path: &str, from: &str, to: &str) -> Value {
        let mut document = self.turns_in_full(path, from, to);
        let object = document.as_object_mut().expect("an object");
        object.retain(|key, _| !["recommended", "targets"].contains(&key.as_str()));
        for crossing in document["crossings"].as_array_mut().expect("a list") {
            crossing.as_object_mut().expect("an object").remove("both_meet_targets");
            for side in ["below", "above"] {
                let side = crossing[side].as_object_mut().expect("an object");
                side.retain(|key, _| ["value", "total_a", "total_b"].contains(&key.as_str()));
            }
        }
        for row in document["walk_away"].as_array_mut().expect("a list") {
            row.as_object_mut().expect("an object").retain(|key, _| !key.starts_with("rival_meets"));
        }
        document
    }

    /// The break-evens as JSON, without those of `in_house`.
    fn turns_in_full(&self, path: &str, from: &str, to: &str) -> Value {
        let text = self
            .find(path, from, to, |of| write::json::breakeven(of, Layout::Line))
            .unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let mut document: Value = serde_json::from_str(&text).expect("it is JSON");
        for list in ["crossings", "ties", "throughout"] {
            let list = document[list].as_array_mut().expect("a list");
            list.retain(|entry| entry["a"] != "in_house");
        }
        document
    }

    /// Why the values are refused, in one line.
    fn refusal(&self, path: &str, from: &str, to: &str) -> String {
        let refusal = self.find(path, from, to, |_| ()).expect_err("it is refused");
        refusal.diagnostics[0].message.clone()
    }

    /// A sweep as JSON, without what is said of each alternative.
    fn swept(&self, asked: &[(&str, &str, &str, &str)]) -> Value {
        let mut swept = self.swept_in_full(asked);
        for cell in swept["cells"].as_array_mut().expect("a list") {
            cell.as_object_mut().expect("an object").remove("alternatives");
        }
        swept
    }

    fn swept_in_full(&self, asked: &[(&str, &str, &str, &str)]) -> Value {
        let asked: Vec<Request> = asked
            .iter()
            .map(|&(path, from, to, step)| Request { path, from, to, spacing: Spacing::Step(step) })
            .collect();
        let varied = self.varied(&asked).expect("it can be varied");
        let found = sweep::sweep(&self.scenario, &varied, &|| {}).expect("it can be evaluated");
        serde_json::from_str(&write::json::sweep(&found, Layout::Line)).expect("it is JSON")
    }
}

/// What a crossing is: the values and totals on both sides.
fn crossing(a: &str, b: &str, below: [&str; 3], above: [&str; 3]) -> Value {
    let side = |[value, total_a, total_b]: [&str; 3]| json!({"value": value, "total_a": total_a, "total_b": total_b});
    json!({"a": a, "b": b, "below": side(below), "above": side(above)})
}

fn tie(a: &str, b: &str, from: &str, to: &str) -> Value {
    json!({"a": a, "b": b, "from": from, "to": to})
}

/// Ten a user, or 500 for all.
fn ten_or_flat() -> Case {
    Case::new(
        1,
        "[offers.each]\nname = \"Each\"\nper_user = 10\ncovers = \"all\"\n\
         [offers.flat]\nname = \"Flat\"\nmonthly = { Everything = 500 }\ncovers = \"all\"\n",
    )
}
