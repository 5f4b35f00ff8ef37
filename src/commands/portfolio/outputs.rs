//! The outputs of a portfolio: where they go, and the rows and rejects that are written as they come.

use std::io;
use std::path::{Path, PathBuf};

use super::rejects::Reasons;
use super::{PortfolioArgs, clients};
use crate::failure::Failure;
use crate::files::{self, AtomicFile};
use comanage_analysis::portfolio::{Rejected, Sink};
use comanage_format::load::clients::Shard;
use comanage_report::write;
use comanage_report::write::csv::ClientTable;

/// Where everything goes.
pub struct Files {
    /// The folder that results are written to.
    pub folder: PathBuf,
    /// What is before the ending of each name, for a part of a file.
    pub part: String,
    /// The file of clients, with the part that is taken.
    pub clients: String,
}

impl Files {
    /// Names everything.
    pub fn new(args: &PortfolioArgs, folder: PathBuf) -> Self {
        let name = clients::shown(args.clients());
        let (part, clients) = match args.shard {
            None => (String::new(), name),
            Some(Shard { number, of }) => (format!(".{number}-of-{of}"), format!("part {number} of {of} of {name}")),
        };
        Self { folder, part, clients }
    }

    /// The path of a file.
    pub fn path(&self, name: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{name}{}.{ending}", self.part))
    }
}

/// Where rows go.
enum Rows {
    /// To a file.
    File(AtomicFile),
    /// To standard output.
    Printed(io::Stdout),
    /// Nowhere.
    Nowhere,
}

/// What is written while rows come.
pub struct Outputs {
    rows: Rows,
    rejects: AtomicFile,
    rejected: Reasons,
}

impl Outputs {
    /// Begins the files of rows and rejects.
    ///
    /// # Errors
    /// The disk or a permission fails.
    pub fn create(
        args: &PortfolioArgs,
        files: &Files,
        table: &ClientTable<'_>,
        of_run: &files::Files,
    ) -> Result<Self, Failure> {
        let rows = if args.summary_only {
            Rows::Nowhere
        } else if args.prints_rows() {
            of_run.hand_on_rows();
            Rows::Printed(io::stdout())
        } else {
            let to = args.to.as_deref().map_or_else(|| files.path("portfolio", "csv"), Path::to_path_buf);
            Rows::File(of_run.create(&to)?)
        };
        let rejects = of_run.create(&files.path("rejects", "csv"))?;
        let mut outputs = Self { rows, rejects, rejected: Reasons::default() };
        if !args.no_header {
            outputs.rows(&table.header())?;
        }
        outputs.rejects.write(&write::csv::reject_header())?;
        Ok(outputs)
    }

    /// Puts the files in their places, and says why rows were rejected.
    ///
    /// # Errors
    /// The disk or a permission fails.
    pub fn finish(self) -> Result<Reasons, Failure> {
        if let Rows::File(rows) = self.rows {
            rows.finish()?;
        }
        self.rejects.finish()?;
        Ok(self.rejected)
    }
}

impl Sink for Outputs {
    type Error = Failure;

    fn rows(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.rows {
            Rows::File(file) => file.write(bytes),
            Rows::Printed(out) => {
                use io::Write;
                let printed = out.write_all(bytes).and_then(|()| out.flush());
                printed.map_err(|error| Failure::system("cannot write to standard output", &error))
            }
            Rows::Nowhere => Ok(()),
        }
    }

    fn reject(&mut self, rejected: &Rejected) -> Result<(), Failure> {
        self.rejected.add(rejected);
        self.rejects.write(&write::csv::reject(rejected))
    }
}
