//! The program: runs what was typed, turns the outcome into an exit code.

#![deny(clippy::arithmetic_side_effects)]

use std::process::ExitCode;

fn main() -> ExitCode {
    comanage::run()
}
