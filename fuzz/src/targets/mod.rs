//! What each target does with bytes. The tests run it as well, over the seeds and over changed ones.

pub mod client_rows;
pub mod evaluation;
pub mod hours;
pub mod results;
pub mod scenario_text;
