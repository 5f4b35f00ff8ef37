//! The tests of the whole: one binary, a module for each theme.

mod docs;
mod documents;
mod errors;
mod loading;
mod matrix;
mod mutations;
mod quotes;
mod schema;
mod simulate;
