//! Documents and charts, and the formats they are written in.

#![deny(clippy::arithmetic_side_effects)]

mod axis_words;
pub mod chart;
pub mod chart_data;
pub mod dataset;
pub mod datasets;
pub mod document;
mod figure_names;
pub mod figures;
pub mod file_name;
pub mod input_names;
pub mod portfolio;
mod targets;
pub mod workbook;
pub mod write;
