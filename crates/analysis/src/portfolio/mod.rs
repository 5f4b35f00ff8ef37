//! Many clients: a base scenario with the cells of each row in place of its values.
//!
//! A row is an ordinary scenario, and its figures are what a comparison gives for it, to the cent.
//! Rows stream: blocks of them are taken apart, evaluated and put into words side by side, and come
//! out in the order they came in, so memory does not grow with their number. How rows are written
//! down is for the caller to say.

mod batch;
mod client;
mod compiled_base;
mod evaluator;
mod lanes;
mod rows;
mod savings;
mod stream;
mod summary;

pub use batch::{Batch, Fault, Reject, Slips};
pub use client::{Client, Details};
pub use evaluator::{Detail, Evaluator};
pub use savings::Savings;
pub use stream::{Formatter, Named, Rejected, Sink, Stopped, stream};
pub use summary::{Choice, Gain, Summary, amount};
