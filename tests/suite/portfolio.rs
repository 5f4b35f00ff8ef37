//! Portfolios: rows in, rows out, each what a comparison of its own gives.

mod command;
mod faults;
mod lists;
mod same;
mod streams;
mod table;
