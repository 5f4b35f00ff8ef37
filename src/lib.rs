//! The command line of comanage: what co-managed IT costs, and what is then covered.
//!
//! A scenario file says what an organization wants covered, who works there, who could be hired and
//! what providers offer. From it the cost, the coverage and the work of every alternative follow.
//! `docs/model.md` has the rules, `docs/architecture.md` the way of a scenario through the crates.
//!
//! # The way of the data
//!
//! Each step is a function from value to value. Files and the terminal are met only at the two ends.
//!
//! 1. `comanage-format` turns a file into a scenario, or into diagnostics, all of them at once. A
//!    scenario is right by construction: no one checks it again.
//! 2. `comanage-model` evaluates each alternative: who is there and when, who does which hours, every
//!    line of every month, and the coverage. Its formulas are written once over the numbers of
//!    `comanage-expr`, which computes them exactly, records how they were made, or compiles them for
//!    many draws: the three cannot differ.
//! 3. `comanage-analysis` compares, simulates, explains, looks at offers and at responsibilities, and
//!    evaluates many clients.
//! 4. `comanage-report` lays results out as datasets and documents, draws charts, and writes formats.
//! 5. This crate reads what was typed, opens scenarios, and writes files.
//!
//! # What always holds
//!
//! - Every amount of money anywhere is a sum of ledger lines, and a line is rounded once.
//! - Money, quantities and hours are decimals, read digit for digit; chances and present values are
//!   doubles, summed in a fixed order.
//! - The same file gives the same bytes, on one thread and on many. Nothing reads the clock or the
//!   network.
//! - Unknown is not zero: what has no price or no value is a finding or `None`.
//! - Nothing that a file can hold makes the program panic.

#![deny(clippy::arithmetic_side_effects)]

mod args;
mod commands;
mod console;
mod failure;
mod files;
mod interrupt;
mod pictures;
mod session;
mod watch;

pub use commands::run;
