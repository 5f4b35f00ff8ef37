//! `comanage schema`: the JSON Schema of the scenario format.

use clap::Args;

use crate::failure::{Exit, Failure};
use crate::session::Session;
use comanage_format::load;

/// Print the JSON Schema of the scenario format, for editors.
#[derive(Debug, Args)]
pub struct SchemaArgs {}

/// Prints the schema.
///
/// # Errors
/// Standard output fails.
pub fn run(_: SchemaArgs, session: &Session) -> Result<Exit, Failure> {
    session.console.print(load::json_schema())?;
    Ok(Exit::Done)
}
