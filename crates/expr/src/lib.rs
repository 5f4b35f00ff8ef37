//! Numbers that are exact, expressions that remember how they were made, and programs compiled from
//! them.
//!
//! Knows nothing of IT.

pub mod number;
pub mod tape;
pub mod trace;
