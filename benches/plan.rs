//! How many mixes a second a search goes over, and how many of them bounds rule out.
//!
//! `cargo bench --bench plan`: a search is long and runs once, so that its figures are printed, not sampled.

use std::time::Instant;

use comanage_analysis::planning::{Judged, Progress, plan};
use comanage_format::load::Document;
use comanage_model::scenario::Scenario;

/// The largest sample: 120 people, 36 months, seven services.
const LARGEST: &str = include_str!("../scenarios/harbor-foods.toml");

/// The story that is asked as a plan.
const STORY: &str = include_str!("../scenarios/hire-or-co-manage.toml");

/// Hires whom nobody has yet, by the hours that they fill.
const HIRES: [(&str, &str); 7] = [
    ("Day engineer", "hours = \"mon-fri 08:00-17:00\""),
    ("Late engineer", "hours = \"mon-fri 14:00-22:00\""),
    ("Weekend engineer", "hours = \"sat-sun 08:00-20:00\""),
    ("Night engineer", "rota = \"outside mon-fri 07:00-19:00\""),
    ("Rota engineer", "rota = \"24x7\""),
    ("Early technician", "hours = \"mon-fri 06:00-14:00\""),
    ("Half-day technician", "hours = \"mon-fri 12:00-16:00\""),
];

struct Quiet;

impl Progress for Quiet {
    fn pass(&self, _: u64) {}
    fn walked(&self, _: u64) {}
    fn best(&self, _: &Judged, _: &str) {}
}

/// The sample with so many more kinds of hires, up to so many people of each.
fn with_hires(kinds: usize, max: u32) -> Scenario {
    let services = ["help_desk", "security_monitoring"];
    let hires: String = HIRES[..kinds]
        .iter()
        .map(|(role, hours)| {
            format!("[[hire]]\nrole = \"{role}\"\nheadcount = {max}\nsalary = 82_000\nservices = {services:?}\n{hours}\noptional = true\n")
        })
        .collect();
    let text = format!("{LARGEST}\n{hires}");
    let document = Document::parse("harbor-foods.toml", text.as_bytes(), &mut |_| unreachable!("it extends nothing"));
    document.read().scenario.expect("the sample is valid")
}

fn search(name: &str, scenario: &Scenario) {
    let start = Instant::now();
    let planned = plan(scenario, None, &Quiet).expect("it can be searched");
    let seconds = start.elapsed().as_secs_f64();
    let share = planned.ruled_out() as f64 / planned.mixes as f64 * 100.0;
    println!(
        "{name}: {} mixes in {seconds:.2} s, {:.0} a second; {} evaluated, {share:.3}% ruled out; frontier of {}",
        planned.mixes,
        planned.mixes as f64 / seconds,
        planned.evaluated,
        planned.frontier.len()
    );
}

fn main() {
    let story = Document::parse("story.toml", STORY.as_bytes(), &mut |_| unreachable!("it extends nothing"));
    search("the story", &story.read().scenario.expect("the sample is valid"));
    search("the largest sample, 10^5", &with_hires(4, 6));
    search("the largest sample, 10^7", &with_hires(7, 5));
}
