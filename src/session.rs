//! What the commands share: from a file to its comparison, and from results to files and the screen.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::args::{AlternativeArgs, AudienceArgs, CommonArgs, Format, FormatArgs, OutputArgs, SetArgs};
use crate::console::Console;
use crate::failure::{Failure, Kind};
use crate::files::{self, Files};
use crate::{interrupt, pictures};
use comanage_analysis::compare::{self, Comparison};
use comanage_analysis::limits::Limits;
use comanage_analysis::simulate::{self, Sampling, Simulation};
use comanage_format::load::{Document, Loaded, Packs, Reach};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;
use comanage_model::source::{Sources, Span};
use comanage_report::chart::Picture;
use comanage_report::chart_data;
use comanage_report::write::{self, ForClient, Internal, Outcome, Terminal};

/// A run of the program.
pub struct Session {
    /// Where it speaks.
    pub console: Console,
    /// What it writes.
    pub files: Arc<Files>,
    /// Which files scenarios may extend.
    reach: Reach,
    /// Whether scenarios are held to limits of work and memory.
    pub limits: Limits,
}

impl Session {
    /// Begins a run, which Ctrl-C ends at any time.
    pub fn new(common: &CommonArgs) -> Self {
        let files = Arc::default();
        interrupt::listen(&files);
        let reach = if common.allow_outside { Reach::Anywhere } else { Reach::Below };
        let limits = if common.allow_large { Limits::Unlimited } else { Limits::Limited };
        Self { console: Console::new(common), files, reach, limits }
    }

    /// The flags that another run needs to take the same scenarios.
    pub fn flags(&self) -> Vec<&'static str> {
        let outside = (self.reach == Reach::Anywhere).then_some("--allow-outside");
        let large = (self.limits == Limits::Unlimited).then_some("--allow-large");
        outside.into_iter().chain(large).collect()
    }

    /// Reads a scenario with values overridden, and shows its warnings.
    ///
    /// # Errors
    /// The file cannot be read or is not a valid scenario.
    pub fn open(&self, file: &Path, set: &SetArgs) -> Result<Opened, Failure> {
        let mut opened = self.read(file, set)?;
        self.console.show(&std::mem::take(&mut opened.warnings), opened.sources());
        Ok(opened)
    }

    /// Reads a scenario with values overridden; its warnings are still to be shown.
    ///
    /// # Errors
    /// The file cannot be read or is not a valid scenario.
    pub fn read(&self, file: &Path, set: &SetArgs) -> Result<Opened, Failure> {
        let opened = Opened::read(file, set, self.reach)?;
        opened.document.paths().iter().for_each(|path| self.files.read(path));
        self.limits.evaluation(&opened.scenario).map_err(|problem| opened.refuse(problem))?;
        Ok(opened)
    }

    /// The folder for the results of a scenario file, below the output folder, which is made and
    /// found to be writable before any long work.
    ///
    /// # Errors
    /// The output folder cannot be written to.
    pub fn directory(&self, output: &OutputArgs, file: &Path) -> Result<PathBuf, Failure> {
        self.files.open(&output.output)?;
        let name = if file.as_os_str() == "-" { Path::new(STANDARD_INPUT) } else { file };
        let name = name.file_name().map_or_else(|| name.to_path_buf(), PathBuf::from);
        Ok(output.output.join(files::folder_of(&name)))
    }

    /// Writes results to a folder, prints them and says where they are.
    ///
    /// # Errors
    /// A file or standard output fails.
    pub fn publish(&self, results: &Results, folder: &Path, format: &FormatArgs) -> Result<(), Failure> {
        results.write(folder, &self.files)?;
        self.files.place()?;
        self.print(results, format.format)?;
        self.say_where(results, folder);
        Ok(())
    }

    /// Prints results on standard output.
    ///
    /// # Errors
    /// Standard output fails.
    pub fn print(&self, results: &Results, format: Format) -> Result<(), Failure> {
        let printed = results.formatted(format, self.console.results);
        if format == Format::Text { self.console.print(printed) } else { self.console.print_data(&printed) }
    }

    /// Says where results are: the last line of every command that writes tables.
    pub fn say_where(&self, results: &Results, folder: &Path) {
        let what = if results.pictures.is_some() { "Tables, data and charts" } else { "Tables and data" };
        self.console.say(&format!("\n{what} are in {}", folder.display()));
    }
}

/// The name of a scenario that comes from standard input, among the outputs.
pub const STANDARD_INPUT: &str = "stdin.toml";

/// A scenario that was read.
pub struct Opened {
    /// The file and its bases, to set other values in.
    pub document: Document,
    /// What it says.
    pub scenario: Scenario,
    /// The published figures that it knows.
    pub rates: Packs,
    /// Warnings and notes of reading it that were not shown yet.
    pub warnings: Vec<Diagnostic>,
}

impl Opened {
    /// Reads a scenario with values overridden.
    ///
    /// # Errors
    /// The file cannot be read or is not a valid scenario, or a value has no place in it.
    fn read(file: &Path, set: &SetArgs, reach: Reach) -> Result<Self, Failure> {
        let mut document = Document::open_path(file, reach);
        lay_over(&mut document, set)?;
        let Loaded { scenario, diagnostics, sources, rates, machine_failed } = document.read();
        let Some(scenario) = scenario else {
            let kind = if machine_failed { Kind::System } else { Kind::Unusable };
            return Err(Failure::found(kind, diagnostics, sources));
        };
        Ok(Self { document, scenario, rates, warnings: diagnostics })
    }

    /// The texts that findings point into.
    pub fn sources(&self) -> &Sources {
        self.document.sources()
    }

    /// Takes out what is not for the readers of a result; after [`Opened::keep`].
    pub fn edit_for(&mut self, audience: &AudienceArgs) {
        if audience.is_client() {
            self.scenario.hand_over();
        }
    }

    /// Compares its alternatives for the readers of a result.
    ///
    /// # Errors
    /// A figure that cannot be.
    pub fn compare_for(&self, audience: &AudienceArgs) -> Result<Comparison<'_>, Failure> {
        let mut comparison = self.compare()?;
        if audience.is_client() {
            let is_of_other =
                |path: &Option<String>| path.as_ref().is_some_and(|path| self.scenario.is_of_unused_offer(path));
            comparison.findings.retain(|finding| !is_of_other(&finding.path));
        }
        Ok(comparison)
    }

    /// Compares its alternatives.
    ///
    /// # Errors
    /// A figure that cannot be.
    pub fn compare(&self) -> Result<Comparison<'_>, Failure> {
        compare::compare(&self.scenario).map_err(|problem| self.refuse(problem))
    }

    /// Simulates a comparison whose scenario has ranges, with the settings of the scenario.
    ///
    /// # Errors
    /// A sample that cannot be evaluated.
    pub fn simulate(&self, comparison: &Comparison) -> Result<Option<Simulation>, Failure> {
        // Next to a comparison a few thousand samples say enough; `simulate` takes more.
        const MAX: u64 = 4_096;
        if !self.scenario.has_ranges() {
            return Ok(None);
        }
        let samples = self.scenario.simulation.samples.min(MAX) as usize;
        let simulation =
            simulate::simulate(comparison, samples, self.scenario.simulation.seed, Sampling::Hypercube, &|_| true);
        simulation.map_err(|problem| self.refuse(problem))
    }

    /// The same where the exact answer stands without it: no simulation, and a warning that says why.
    ///
    /// # Errors
    /// Ranges that cannot be drawn together.
    pub fn simulate_or_warn(
        &self,
        comparison: &Comparison,
    ) -> Result<(Option<Simulation>, Option<Diagnostic>), Failure> {
        simulate::check(&self.scenario).map_err(|problem| self.refuse(problem))?;
        Ok(match self.simulate(comparison) {
            Ok(simulation) => (simulation, None),
            Err(failure) => {
                let problem = failure.found.0.into_iter().next().map(|problem| problem.message);
                let message = format!("the ranges cannot be simulated: {}", problem.unwrap_or(failure.message));
                let warning = Diagnostic::warning("no-percentiles", message);
                let hint = "exact figures are not affected; run `comanage simulate` for details";
                (None, Some(in_file(warning.hint(hint))))
            }
        })
    }

    /// The cumulative cost by month of a few hundred samples, for the bands of a chart.
    ///
    /// # Errors
    /// A sample that cannot be evaluated.
    pub fn bands(&self, comparison: &Comparison, simulation: &Simulation) -> Result<Vec<Vec<Vec<f64>>>, Failure> {
        const SAMPLES: usize = 512;
        let (samples, banded) = (simulation.samples.min(SAMPLES), chart_data::uncertainty::banded(comparison));
        let months = simulate::cumulative(&self.scenario, &simulation.draws, samples, &banded);
        months.map_err(|problem| self.refuse(problem))
    }

    /// A failure because of something in this scenario, which names its file.
    pub fn refuse(&self, problem: Diagnostic) -> Failure {
        Failure::found(Kind::Unusable, vec![in_file(problem)], self.sources().clone())
    }

    /// The place of an alternative.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn alternative(&self, id: &str) -> Result<usize, Failure> {
        let ids = self.scenario.alternatives.iter().map(|alternative| alternative.id.as_str());
        ids.clone().position(|own| own == id).ok_or_else(|| unknown("alternative", id, &self.scenario.file, ids))
    }

    /// Keeps the baseline and the alternatives that are asked for; all of them if none is.
    ///
    /// # Errors
    /// An alternative that the scenario does not have.
    pub fn keep(&mut self, wanted: &AlternativeArgs) -> Result<(), Failure> {
        if wanted.ids.is_empty() {
            return Ok(());
        }
        for id in &wanted.ids {
            self.alternative(id)?;
        }
        let Scenario { baseline, alternatives, .. } = &mut self.scenario;
        alternatives
            .retain(|alternative| Some(&alternative.id) == baseline.as_ref() || wanted.ids.contains(&alternative.id));
        Ok(())
    }
}

/// Sets the values of the command line over a scenario; what is wrong with any of them is shown at once.
fn lay_over(document: &mut Document, set: &SetArgs) -> Result<(), Failure> {
    let mut found = Vec::new();
    for text in &set.values {
        match split_setting(text) {
            Some((path, value)) => found.extend(document.override_value(path, value).err().map(|fault| *fault)),
            None => {
                let fault = Diagnostic::error("unknown-path", format!("{text:?} is not PATH=VALUE"));
                found.push(fault.hint("write a path, an equals sign and a value: organization.users=120"));
            }
        }
    }
    // A file that cannot be read at all says so itself.
    if found.is_empty() || document.read().machine_failed {
        return Ok(());
    }
    Err(Failure::found(Kind::Unusable, found, document.sources().clone()))
}

/// A path and a value, parted by the first equals sign that is not in quotes.
fn split_setting(text: &str) -> Option<(&str, &str)> {
    let mut is_quoted = false;
    let place = text.char_indices().find(|(_, letter)| {
        is_quoted ^= *letter == '"';
        *letter == '=' && !is_quoted
    });
    let (path, value) = text.split_at(place?.0);
    Some((path.trim(), value[1..].trim()))
}

/// A finding that has no place of its own, with the file it is about.
pub fn in_file(finding: Diagnostic) -> Diagnostic {
    let span = finding.span.clone().unwrap_or(Span { file: 0, range: 0..0 });
    Diagnostic { span: Some(span), ..finding }
}

/// A failure because a scenario has nothing of this id: what it has instead.
pub fn unknown<'a>(what: &str, id: &str, file: &str, ids: impl Iterator<Item = &'a str>) -> Failure {
    let ids: Vec<&str> = ids.collect();
    let failure = Failure::unusable(format!("{file} has no {what} `{id}`"));
    failure.hint(if ids.is_empty() { format!("it has no {what}s") } else { format!("it has {}", ids.join(", ")) })
}

/// What is written and printed of a result.
pub struct Results<'a> {
    /// What its files are called, without the extension.
    pub name: String,
    /// The result, which writes itself in any format.
    pub outcome: Box<dyn Outcome + 'a>,
    /// Further files, by their names.
    pub more: Vec<(String, Vec<u8>)>,
    /// The charts; none where the command has none.
    pub pictures: Option<Pictures>,
}

/// Charts to write.
pub struct Pictures {
    /// The charts, by file name.
    pub drawn: Vec<Picture>,
    /// Whether they are written as PNG too.
    pub with_png: bool,
}

/// The formats that every result is written in, by extension.
const FILES: [(&str, write::Format); 3] = [
    ("csv", write::Format::Csv),
    ("md", write::Format::Markdown),
    ("json", write::Format::Json(write::Layout::Indented)),
];

/// What is added to the names of the client's files.
pub const OF_CLIENT: &str = "-client";

impl<'a> Results<'a> {
    /// The edition for the readers. Every file of the client's has a name of its own, so that no other edition
    /// replaces it; documents of the other say that they are internal.
    pub fn for_audience(self, audience: &AudienceArgs) -> Results<'a> {
        if !audience.is_client() {
            return Results { outcome: Box::new(Internal(self.outcome)), ..self };
        }
        let named = |name: String| match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}{OF_CLIENT}.{extension}"),
            None => name + OF_CLIENT,
        };
        let mut pictures = self.pictures;
        for picture in pictures.iter_mut().flat_map(|pictures| &mut pictures.drawn) {
            picture.name += OF_CLIENT;
        }
        Results {
            name: self.name + OF_CLIENT,
            outcome: Box::new(ForClient { of: self.outcome, suffix: OF_CLIENT }),
            more: self.more.into_iter().map(|(name, bytes)| (named(name), bytes)).collect(),
            pictures,
        }
    }
}

impl Results<'_> {
    /// Writes the files of a result to a folder.
    ///
    /// # Errors
    /// The disk or a permission fails.
    pub fn write(&self, folder: &Path, files: &Files) -> Result<(), Failure> {
        for (extension, format) in FILES {
            let path = folder.join(format!("{}.{extension}", self.name));
            files.write(&path, &write::write(self.outcome.as_ref(), format))?;
        }
        for (name, bytes) in &self.more {
            files.write(&folder.join(name), bytes)?;
        }
        self.pictures
            .iter()
            .try_for_each(|Pictures { drawn, with_png }| pictures::write(drawn, folder, *with_png, files))
    }

    /// The result in one of the formats of standard output.
    pub fn formatted(&self, format: Format, terminal: Terminal) -> Vec<u8> {
        write::write(self.outcome.as_ref(), format.written(terminal))
    }
}
