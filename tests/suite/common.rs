//! What several themes need: the repository's files, scenarios from texts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use comanage_expr::number::{Exact, round_half_away};
use comanage_format::load::{self, Loaded};
use comanage_model::scenario::Scenario;
use comanage_model::work::Table;
use rust_decimal::Decimal;

/// A path below the repository's root.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A file of the repository as text.
#[track_caller]
pub fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder with an ending, by name.
pub fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found
}

/// The sample scenarios and the published cases.
pub fn samples() -> Vec<PathBuf> {
    files_below(&repository("scenarios"), "toml")
}

/// A scenario that must load, from a file.
#[track_caller]
pub fn load_file(path: &Path) -> Scenario {
    sound(&path.display().to_string(), load::load(&path.to_string_lossy()))
}

/// A scenario that must load, from a text.
#[track_caller]
pub fn load_text(text: &str) -> Scenario {
    let loaded = load::read("test.toml", text, &mut |_| Err(io::ErrorKind::NotFound.into()));
    sound(text, loaded)
}

#[track_caller]
fn sound(what: &str, loaded: Loaded) -> Scenario {
    let told = comanage_model::diagnostic::render(&loaded.diagnostics, &loaded.sources, false);
    loaded.scenario.unwrap_or_else(|| panic!("{what}\n{told}"))
}

/// Hours assigned to people, by service, with zero where a person does not hold the service.
pub fn assign(demand: &[Decimal], capacity: &[Decimal], can: &[Vec<bool>]) -> Vec<Vec<Decimal>> {
    let can = Table::new(demand.len(), capacity.len(), |service, person| can[service][person]);
    let exact = |hours: &[Decimal]| -> Vec<Exact> { hours.iter().map(|&hours| Exact(Some(hours))).collect() };
    let assigned = comanage_model::work::assign(&exact(demand), &exact(capacity), &can);
    let hours =
        |service, person| assigned.of(service, person).map_or(Decimal::ZERO, |hours| hours.0.expect("hours have room"));
    let row = |service| (0..capacity.len()).map(|person| hours(service, person)).collect();
    (0..demand.len()).map(row).collect()
}

/// The program with arguments, run at the repository's root.
pub fn comanage(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comanage"));
    command.args(arguments).current_dir(repository("")).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

/// An empty folder of a test's own.
pub fn temporary(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("comanage-{test}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// Every file below a folder, by its path from there.
pub fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for path in entries.map(|entry| entry.expect("a folder can be read").path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("it is below").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

/// Whether an amount is a quantity times a price, rounded to the minor unit. Work is carried in minutes and
/// shown in hours to 0.0001, so there a price may be off by half of that.
pub fn is_product(quantity: Decimal, unit: &str, price: Decimal, amount: Decimal, digits: u32) -> bool {
    if unit != "hour" {
        return round_half_away(quantity * price, digits) == amount;
    }
    let shown = Decimal::new(5, 5) * price.abs() + Decimal::new(5, digits + 1);
    (quantity * price - amount).abs() <= shown
}
