//! Documents and charts, and the formats they are written in.

pub mod chart;
pub mod explain;
pub mod file_name;
pub mod render;
pub mod report;
pub mod workbook;
