//! What a command works out, in the three shapes that formats are made of.

use super::json::{self, Layout};
use super::text::{self, Terminal};
use crate::dataset::Dataset;
use crate::datasets;
use crate::document::{self, INTERNAL_EDITION, Report};
use crate::portfolio::Portfolio;
use comanage_analysis::breakeven::Breakeven;
use comanage_analysis::compare::Comparison;
use comanage_analysis::diff::Difference;
use comanage_analysis::matrix::Matrix;
use comanage_analysis::planning::Planned;
use comanage_analysis::quotes::Quotes;
use comanage_analysis::simulate::Simulation;
use comanage_analysis::solve::Solved;
use comanage_analysis::staff::Staff;
use comanage_analysis::sweep::Sweep;
use comanage_format::rates::Entry;

/// What a command works out.
pub trait Outcome {
    /// The document for readers.
    fn report(&self) -> Report;

    /// Its main table as data.
    fn dataset(&self) -> Dataset;

    /// All of it for programs.
    fn json(&self, layout: Layout) -> String;

    /// The document as a file of its own.
    fn page(&self) -> Report {
        self.report()
    }

    /// What a terminal shows.
    fn text(&self, terminal: Terminal) -> String {
        text::render(&self.report(), terminal)
    }
}

impl<T: Outcome + ?Sized> Outcome for &T {
    fn report(&self) -> Report {
        T::report(self)
    }

    fn dataset(&self) -> Dataset {
        T::dataset(self)
    }

    fn json(&self, layout: Layout) -> String {
        T::json(self, layout)
    }

    fn page(&self) -> Report {
        T::page(self)
    }

    fn text(&self, terminal: Terminal) -> String {
        T::text(self, terminal)
    }
}

/// A result for the client of a provider: its document shows pictures of its own.
pub struct ForClient<'a> {
    /// The result.
    pub of: Box<dyn Outcome + 'a>,
    /// What is added to the names of its pictures.
    pub suffix: &'static str,
}

impl Outcome for ForClient<'_> {
    fn report(&self) -> Report {
        let mut report = self.of.report();
        report.rename_pictures(self.suffix);
        report
    }

    fn dataset(&self) -> Dataset {
        self.of.dataset()
    }

    fn json(&self, layout: Layout) -> String {
        self.of.json(layout)
    }
}

/// A result with what is not for the client of a provider: its file says so.
pub struct Internal<'a>(pub Box<dyn Outcome + 'a>);

impl Outcome for Internal<'_> {
    fn report(&self) -> Report {
        self.0.report()
    }

    fn dataset(&self) -> Dataset {
        self.0.dataset()
    }

    fn json(&self, layout: Layout) -> String {
        self.0.json(layout)
    }

    fn page(&self) -> Report {
        let mut page = self.0.page();
        page.answer.insert(0, INTERNAL_EDITION.to_string());
        page
    }
}

/// A comparison, with its simulation where the scenario has ranges.
#[derive(Clone, Copy)]
pub struct Compared<'a>(pub &'a Comparison<'a>, pub Option<&'a Simulation>);

impl Outcome for Compared<'_> {
    fn report(&self) -> Report {
        document::comparison(self.0, self.1)
    }

    fn dataset(&self) -> Dataset {
        datasets::comparison(self.0, self.1)
    }

    fn json(&self, layout: Layout) -> String {
        json::comparison(self.0, self.1, layout)
    }
}

/// A simulation of a comparison.
#[derive(Clone, Copy)]
pub struct Simulated<'a>(pub &'a Comparison<'a>, pub &'a Simulation);

impl Outcome for Simulated<'_> {
    fn report(&self) -> Report {
        document::simulation(self.0, self.1)
    }

    fn dataset(&self) -> Dataset {
        datasets::simulation(self.0, self.1)
    }

    fn json(&self, layout: Layout) -> String {
        json::simulation(self.0, self.1, layout)
    }
}

/// Published figures.
#[derive(Clone, Copy)]
pub struct Published<'a>(pub &'a [&'a Entry]);

impl Outcome for Published<'_> {
    fn report(&self) -> Report {
        document::rates(self.0)
    }

    fn dataset(&self) -> Dataset {
        datasets::rates(self.0)
    }

    fn json(&self, layout: Layout) -> String {
        json::flat(&self.dataset(), layout)
    }

    fn text(&self, terminal: Terminal) -> String {
        text::rates(self.0, terminal)
    }
}

/// A result whose document, dataset and JSON have one name.
macro_rules! outcome {
    ($kind:ty, $name:ident) => {
        impl Outcome for $kind {
            fn report(&self) -> Report {
                document::$name(self)
            }

            fn dataset(&self) -> Dataset {
                datasets::$name(self)
            }

            fn json(&self, layout: Layout) -> String {
                json::$name(self, layout)
            }
        }
    };
}

outcome!(Quotes<'_>, quotes);
outcome!(Matrix<'_>, matrix);
outcome!(Difference, diff);
outcome!(Breakeven<'_>, breakeven);
outcome!(Sweep<'_>, sweep);
outcome!(Staff<'_>, staff);
outcome!(Solved<'_>, solve);
outcome!(Portfolio<'_>, portfolio);
outcome!(Planned, plan);
