//! Renderers: a report or a comparison into bytes, one file a format. They compute nothing.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod text;
