//! The expression engine: exact numbers, traced expressions, and programs compiled from them.
//!
//! A formula is written once, over [`number::Number`]. Run on [`number::Exact`] it gives the figure. Run
//! on [`trace::Traced`] it leaves a trace of operations ([`op::Op`]); the trace becomes a
//! [`graph::Graph`] in which each expression is one node. Three back ends read them: [`display`] puts
//! a step in words, [`spreadsheet`] writes a node as a formula, [`tape`] compiles nodes to a program
//! that evaluates many rows at once.
//!
//! Knows nothing of IT.

#![deny(clippy::arithmetic_side_effects)]

pub mod display;
pub mod graph;
pub mod interval;
pub mod number;
pub mod op;
pub mod spreadsheet;
pub mod tape;
pub mod trace;
