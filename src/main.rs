//! The program: reads what was typed, runs it, turns the outcome into an exit code.

use std::process::ExitCode;

use clap::Parser;
use comanage::cli::Cli;
use comanage::commands::{self, Console};
use comanage::failure::Exit;

fn main() -> ExitCode {
    match commands::run(Cli::parse()) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            Console::fail(&failure);
            let exit = if failure.is_broken_pipe { Exit::Done } else { failure.exit };
            exit.into()
        }
    }
}
