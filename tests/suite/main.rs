//! The tests of the whole: one binary, a module for each theme.

mod docs;
mod documents;
mod errors;
mod loading;
mod mutations;
mod schema;
mod simulate;
mod turns;
