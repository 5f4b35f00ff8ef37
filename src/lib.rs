//! What co-managed IT costs, and what is then covered.
//!
//! A scenario file says what an organization wants covered, who works there, who could be hired and
//! what providers offer. From it the cost, the coverage and the work of every alternative follow.
//! `docs/model.md` has the rules; this page says where in the code they live.
//!
//! # The way of the data
//!
//! Each step is a function from value to value. Files and the terminal are met only at the two ends.
//!
//! 1. [`load::load`] turns a file into a [`scenario::Scenario`], or into [`diagnostic::Diagnostic`]s,
//!    all of them at once. A scenario is right by construction: nobody checks it again.
//! 2. [`evaluate::evaluate_all`] works out each alternative: its [`plan`] (who is there, and when), its
//!    [`work`] (who does which hours), its [`ledger`] (every line of every month) and its [`coverage`].
//!    What alternatives share, [`counts`] above all, is worked out once.
//! 3. [`compare::compare`] sums, ranks and finds what needs a look. [`simulate`] does it for many draws
//!    of the ranges, [`explain`] for one line of the ledger, [`expect`] against figures in the file;
//!    [`quotes`] looks at the offers, [`matrix`] at who is responsible, [`diff`] at two scenarios,
//!    [`portfolio`] at many clients.
//! 4. [`document`] lays the results out as sections and typed cells, [`chart_data`] says what charts
//!    show, [`chart`] draws them.
//! 5. [`write`] makes bytes of them: text, Markdown, HTML, CSV, JSON.
//! 6. `files` writes them.
//!
//! `commands` has a file for each command: its arguments, and a function that calls these steps in
//! turn through a `session`, which opens, compares and publishes for all of them. `args` has the
//! arguments that commands share, `failure` how a run can end, `files` what is written.
//!
//! # Layers
//!
//! The ground is [`money`], [`number`], [`month`], [`week`], [`source`] and [`diagnostic`]. On it stands
//! [`scenario`]; on that the formulas in [`price`], [`presence`], [`plan`], [`ledger`], [`coverage`] and
//! [`work`]; on those [`evaluate`], [`compare`] and what builds on them; then [`chart`], [`chart_data`],
//! [`document`] and [`write`]; on top `commands`. A module uses what lies under it. Formulas know nothing of files
//! or of print, and renderers nothing of prices.
//!
//! # What always holds
//!
//! - Every amount of money anywhere is a sum of ledger lines, and a line is rounded once.
//! - Formulas are written once, over [`number::Number`]. [`number::Exact`] makes the figures,
//!   [`trace::Traced`] remembers how they were made, [`tape`] compiles them for many draws: they cannot
//!   differ.
//! - Money, quantities and hours are decimals, read digit for digit; chances and present values are
//!   doubles, summed in a fixed order.
//! - The same file gives the same bytes, on one thread and on many. Nothing reads the clock or the
//!   network; files are read in [`load`] and written in `files`.
//! - Unknown is not zero: what has no price or no value is a finding or `None`.
//! - Nothing that a file can hold makes the program panic.

mod args;
mod commands;
mod console;
mod failure;
mod files;
mod interrupt;
mod pictures;
mod session;

pub use commands::run;
