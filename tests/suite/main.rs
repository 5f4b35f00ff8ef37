//! The tests of the whole: one binary, a module for each theme.

mod diff;
mod docs;
mod documents;
mod errors;
mod ledger;
mod loading;
mod matrix;
mod mutations;
mod quotes;
mod rates;
mod schema;
mod simulate;
