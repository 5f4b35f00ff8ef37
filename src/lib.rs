//! comanage

pub mod chart;
