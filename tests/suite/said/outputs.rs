//! Every output of every sample, written once for all tests that search them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use comanage_model::scenario::Scenario;
use rayon::prelude::*;

use super::passages::{self, Passage};
use crate::common::{all_files, comanage, load_file, load_text, samples, temporary};

/// What is written of a scenario.
pub struct Sample {
    /// The scenario.
    pub scenario: Scenario,
    /// The texts of its outputs.
    pub passages: Vec<Passage>,
}

/// A scenario in which an offer with the lowest total leaves a service out without a price, one bills nothing since
/// nothing is needed, one is over the budget, and one keeps best effort.
pub const OPEN: &str = r#"
schema = 1
name = "What is left open"
currency = "USD"
term_months = 12
budget = 90_000
organization.users = 20
[services.desk]
hours = "mon-fri 09:00-20:00"
hours_per_month = 20
[services.audits]
hours = "none"
hours_per_month = 5
[employment]
leave_days = 0
sick_days = 0
training_days = 0
holidays = 0
[[team]]
role = "Technician"
headcount = 1
salary = 60_000
services = ["desk"]
hours = "mon-fri 09:00-17:00"
[offers.whole_house]
per_user = { rate = { low = 40, likely = 45, high = 60 } }
covers = "all"
[offers.bare_bones]
monthly = { "Desk" = 90 }
covers.desk = "mon-fri 17:00-20:00"
[offers.spare_hours]
block_hours = { hours = 40, price = 6_000 }
out_of_scope_rate = 0
covers.desk = { hours = "mon-fri 09:00-17:00", overflow = true }
[offers.too_much]
monthly = { "Everything" = 9_000 }
covers = "all"
[offers.best_effort]
monthly = { "Everything" = 100 }
covers.desk = { hours = "mon-fri 17:00-20:00", mode = "best_effort" }
covers.audits = { hours = "none" }
"#;

/// The samples and [`OPEN`], with all that is written of them; with `COMANAGE_SAID=all` the published cases too.
pub static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let folder = temporary("said");
    let open = folder.join("open.toml");
    fs::write(&open, OPEN).expect("a file can be written");
    let all = std::env::var("COMANAGE_SAID").is_ok_and(|value| value == "all");
    let is_published = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "published");
    let mut files: Vec<PathBuf> = samples().into_iter().filter(|path| all || !is_published(path)).collect();
    files.push(open);
    let all = files.par_iter().map(|file| sample(&folder, file)).collect();
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    all
});

fn sample(folder: &Path, file: &Path) -> Sample {
    let stem = file.file_stem().expect("a file has a name").to_string_lossy();
    let scenario = if file.starts_with(folder) { load_text(OPEN) } else { load_file(file) };
    let out = folder.join(&*stem);
    let mut said = Vec::new();
    for arguments in commands(&scenario) {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut run = comanage(&words[..1]);
        let run = run.arg(file).args(&words[1..]).arg("--output").arg(&out).output().expect("the program starts");
        let (told, failed) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        let is_refused = words[0] == "staff" && failed.contains("has no service with required hours");
        assert!(run.status.success() || is_refused, "{}: {arguments:?}: {failed}", file.display());
        said.extend(passages::of_terminal(&format!("{stem}: {}", words.join(" ")), &told));
    }
    let written: Vec<PathBuf> = all_files(&out);
    for path in written {
        let bytes = fs::read(out.join(&path)).expect("a file can be read");
        said.extend(passages::of_file(&path, &bytes));
    }
    Sample { scenario, passages: said }
}

/// The commands whose outputs are searched, with their arguments.
fn commands(scenario: &Scenario) -> Vec<Vec<String>> {
    let first = &scenario.alternatives[0].id;
    let solve = format!("solve --vary term_months --from 12 --to 14 --until {first}.total>=1 --no-png");
    let all = ["compare --no-png", "quotes --no-png", "matrix", "plan --relax --no-png", "staff", "report"];
    let all = all.into_iter().chain(["report --board", "simulate --no-png", &solve]);
    all.map(|words| words.split(' ').map(String::from).collect()).collect()
}
