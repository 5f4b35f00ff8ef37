//! `comanage schema`: the JSON Schema of the scenario format.

use super::Console;
use crate::failure::{Exit, Failure};
use comanage_format::load;

/// Prints the schema.
///
/// # Errors
/// Standard output fails.
pub fn run(console: &Console) -> Result<Exit, Failure> {
    console.print(load::json_schema())?;
    Ok(Exit::Done)
}
