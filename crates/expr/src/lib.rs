//! Numbers that are exact, and expressions that remember how they were made.
//!
//! Knows nothing of IT.

pub mod number;
pub mod trace;
