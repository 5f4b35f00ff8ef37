//! The program: runs what was typed, turns the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    comanage::run()
}
