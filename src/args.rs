//! Arguments that several commands share, each declared once.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use comanage_report::write::{self, Layout, Terminal};

/// Flags of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Common options")]
pub struct CommonArgs {
    /// Print results and errors only: no warnings, no progress.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Let scenarios use files and packs outside their own folder.
    #[arg(long, global = true)]
    pub allow_outside: bool,
    /// Go beyond the limits of work and memory that scenarios and simulations are held to.
    #[arg(long, global = true)]
    pub allow_large: bool,
    /// Print without colour (same as setting NO_COLOR).
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Number of threads [default: all cores]; does not affect results.
    #[arg(long, short, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// The scenario of a command that takes one.
#[derive(Clone, Debug, Args)]
pub struct ScenarioArgs {
    /// The scenario file; `-` is standard input.
    pub file: PathBuf,
    #[command(flatten)]
    pub set: SetArgs,
}

/// Values that override those of a scenario.
#[derive(Clone, Debug, Default, Args)]
pub struct SetArgs {
    /// Override a value of the scenario, such as organization.users=120 or
    /// offers.hybrid.uplift=5%. May be given several times; [expect] is then left out.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub values: Vec<String>,
}

/// Where files are written to.
#[derive(Clone, Debug, Args)]
pub struct OutputArgs {
    /// Write files to this folder.
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
}

/// Whether a command runs again.
#[derive(Clone, Copy, Debug, Args)]
pub struct WatchArgs {
    /// Run again whenever the scenario, or a file that it extends, is saved, and show what changed; Ctrl-C ends it.
    #[arg(long)]
    pub watch: bool,
}

/// What is printed.
#[derive(Clone, Debug, Args)]
pub struct FormatArgs {
    /// Print the result on standard output in this format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Formats of results on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for the terminal.
    Text,
    /// JSON, one document per line.
    Json,
    /// CSV, with a header row.
    Csv,
    /// Markdown, with links to the charts.
    #[value(alias = "md")]
    Markdown,
}

impl Format {
    /// The format as the writers know it.
    pub fn written(self, terminal: Terminal) -> write::Format {
        match self {
            Self::Text => write::Format::Text(terminal),
            Self::Json => write::Format::Json(Layout::Line),
            Self::Csv => write::Format::Csv,
            Self::Markdown => write::Format::Markdown,
        }
    }
}

/// How charts are written.
#[derive(Clone, Debug, Args)]
pub struct ChartArgs {
    /// Write charts as SVG only.
    #[arg(long)]
    pub no_png: bool,
}

/// Which alternatives a result is about.
#[derive(Clone, Debug, Args)]
pub struct AlternativeArgs {
    /// Only this alternative and the baseline: in_house, hire, or the key of an offer or of an
    /// [alternatives] table. May be given several times.
    #[arg(long = "alternative", value_name = "ID")]
    pub ids: Vec<String>,
}

/// Who reads a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// Internal readers: everything.
    #[default]
    Internal,
    /// The provider's client: without internal notes and the buyer's own considerations.
    Client,
}

/// Who reads a result.
#[derive(Clone, Debug, Args)]
pub struct AudienceArgs {
    /// Intended readers; the client edition is written to separate files.
    #[arg(long, value_enum, default_value_t = Audience::Internal)]
    pub audience: Audience,
}

impl AudienceArgs {
    /// Whether it is the client of a provider.
    pub fn is_client(&self) -> bool {
        self.audience == Audience::Client
    }
}
