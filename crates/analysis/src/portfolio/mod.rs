//! Many clients: a base scenario with the cells of each row in place of its values.
//!
//! A row is an ordinary scenario, and its figures are what a comparison gives for it, to the cent.
//! Rows stream: blocks of them are taken apart, evaluated and put into words side by side, and come
//! out in the order they came in, so memory does not grow with their number. How rows are written
//! down is for the caller to say.

mod batch;
mod client;
mod evaluator;
mod lanes;
mod prepared;
mod rows;
mod savings;
mod stream;
mod tally;

pub use batch::{Batch, Fault, Reject, Slips};
pub use client::{Client, Details};
pub use evaluator::{Evaluator, Told};
pub use savings::Savings;
pub use stream::{InWords, Named, Rejected, Sink, Stopped, stream};
pub use tally::{Choice, Gain, Tally, amount};
