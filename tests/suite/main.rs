//! The tests of the whole: one binary, a module for each theme.

mod common;
mod documents;
mod errors;
mod loading;
mod mutations;
mod properties;
mod published;
mod random;
mod reference;
mod schema;
mod simulate;
