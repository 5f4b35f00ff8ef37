//! The tests of the whole: one binary, a module for each theme.

mod common;
mod diff;
mod docs;
mod documents;
mod errors;
mod golden;
mod hostile;
mod layers;
mod ledger;
mod loading;
mod matrix;
mod mutations;
mod portfolio;
mod properties;
mod published;
mod quotes;
mod random;
mod rates;
mod reference;
mod report;
mod schema;
mod simulate;
mod transcripts;
mod turns;
mod workbook;
mod worked;
