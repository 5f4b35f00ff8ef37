//! What `breakeven` and `sweep` share: the scenario as it is, who is useful in it, and where results
//! go.

use std::path::Path;

use clap::Args;

use super::Console;
use super::offered::folder;
use crate::cli::{Format, Output};
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::compare::{self, ranking};
use comanage_analysis::vary::Refusal;
use comanage_format::load::Document;
use comanage_model::scenario::Scenario;
use comanage_report::chart::Picture;
use comanage_report::document::Report;
use comanage_report::write;

/// A scenario as it is.
pub struct Base {
    /// Where it is read from.
    pub document: Document,
    /// What it says.
    pub scenario: Scenario,
    /// Whether each alternative may be called the cheapest.
    pub useful: Vec<bool>,
}

impl Base {
    /// Reads a scenario and evaluates it once; tells what is found on the way.
    ///
    /// # Errors
    /// How the run ends where that cannot be done.
    pub fn open(file: &Path, console: &Console) -> Result<Self, Exit> {
        let document = Document::open(&file.to_string_lossy());
        let loaded = document.read();
        console.show(&loaded.diagnostics, &loaded.sources);
        let Some(scenario) = loaded.scenario else {
            return Err(if loaded.machine_failed { Exit::Machine } else { Exit::Unusable });
        };
        let useful = match compare::compare(&scenario) {
            Ok(comparison) => ranking::useful(&comparison.alternatives),
            Err(problem) => {
                console.show(&[problem], &loaded.sources);
                return Err(Exit::Unusable);
            }
        };
        Ok(Self { document, scenario, useful })
    }

    /// The place of an alternative.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn alternative(&self, id: &str) -> Result<usize, Failure> {
        let ids = self.scenario.alternatives.iter().map(|alternative| alternative.id.as_str());
        ids.clone().position(|other| other == id).ok_or_else(|| {
            let hint = format!("{} has {}", self.scenario.file, ids.collect::<Vec<_>>().join(", "));
            Failure::unusable(format!("no alternative `{id}`")).hint(hint)
        })
    }

    /// Keeps only some alternatives, by index. Where none of them is useful all may be the cheapest.
    pub fn keep(&mut self, wanted: &[usize]) {
        let mut place = 0..;
        self.scenario.alternatives.retain(|_| place.next().is_some_and(|place| wanted.contains(&place)));
        let useful = (0..).zip(&self.useful).filter(|(place, _)| wanted.contains(place)).map(|(_, &useful)| useful);
        self.useful = useful.collect();
        if !self.useful.contains(&true) {
            self.useful.fill(true);
        }
    }
}

/// Shows why values cannot be tried.
pub fn refuse(console: &Console, refusal: &Refusal) -> Exit {
    console.show(&refusal.diagnostics, &refusal.sources);
    Exit::Unusable
}

/// What is written and printed of a result.
pub struct Results {
    /// The document.
    pub report: Report,
    /// The chart.
    pub picture: Picture,
    /// The data as CSV.
    pub csv: Vec<u8>,
    /// The data as JSON, on one line.
    pub json: String,
    /// The same, indented.
    pub json_pretty: String,
}

impl Results {
    /// Writes the files of a result, all under the name of its chart, and prints it.
    ///
    /// # Errors
    /// The disk, a permission or standard output fails.
    pub fn publish(self, file: &Path, flags: &Flags, console: &Console) -> Result<Exit, Failure> {
        let folder = folder(&flags.output.output, file);
        let markdown = write::markdown::render(&self.report);
        let files = [("csv", self.csv.as_slice()), ("json", self.json_pretty.as_bytes()), ("md", markdown.as_bytes())];
        for (ending, bytes) in files {
            output::write(&folder.join(format!("{}.{ending}", self.picture.name)), bytes)?;
        }
        super::pictures::write(&[self.picture], &folder, !flags.no_png)?;
        console.print(match flags.format {
            Format::Json => self.json.into_bytes(),
            Format::Csv => self.csv,
            Format::Markdown => markdown.into_bytes(),
            Format::Text => write::text::render(&self.report, console.colours_results).into_bytes(),
        })?;
        console.say(&format!("\nTables, data and charts are in {}", folder.display()));
        Ok(Exit::Done)
    }
}

/// The flags of both commands.
#[derive(Debug, Args)]
pub struct Flags {
    #[command(flatten)]
    pub output: Output,
    /// What to print on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Charts as SVG only.
    #[arg(long)]
    no_png: bool,
}
