//! Charts: from plain chart data to a picture, one file a chart.
//!
//! A chart is given numbers and strings that are ready to be shown, and gives back a
//! complete picture. It knows nothing of scenarios, money or files: what a number means is
//! in the title, the subtitle and the names that the caller wrote. Whatever those strings
//! and numbers are, a picture comes out: text is cleaned and shortened to its place, and
//! a number that is not finite is left out.
//!
//! The charts are on `theme` (colours and sizes), [`marker`] and `fill` (what tells alternatives and
//! parts apart, by colour and without), `text` (measuring, shortening,
//! wrapping), [`number`] (digits for readers), `axis` (ranges and ticks), `place` and
//! `marks` (labels that keep clear of each other), `grid` (lines and numbers around a plot)
//! and `canvas` (the drawing surface). What comes out is a [`Drawing`], a list of shapes, of which
//! [`mod@svg`], [`mod@pdf`] and `png` write files. The same data gives the same bytes.

mod axis;
pub mod board;
mod canvas;
mod drawing;
mod fill;
mod font;
mod grid;
pub mod grid_map;
pub mod histogram;
#[cfg(test)]
mod legible;
pub mod lines;
pub mod marker;
mod marks;
pub mod number;
pub mod pdf;
#[cfg(feature = "png")]
mod pixels;
mod place;
#[cfg(feature = "png")]
pub mod png;
pub mod scatter;
pub mod stacked_bars;
pub mod svg;
#[cfg(test)]
mod tests;
mod text;
mod theme;
pub mod tornado;
#[cfg(test)]
mod vision;
pub mod week_map;

use std::fmt::Debug;
use std::sync::Arc;

pub use drawing::Drawing;

/// A chart, as data: what is shown, without how a file of it is written.
pub trait Chart: Debug + Send + Sync {
    /// The shapes that show it.
    fn drawing(&self) -> Drawing;
}

/// What is above a chart, and what is read out instead of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// What is seen, as a sentence without a full stop; wrapped to two lines at most.
    pub title: String,
    /// What is drawn: the measure, the period and the unit.
    pub subtitle: String,
    /// The chart in words, for readers who do not see it.
    pub description: String,
}

/// A remark at one bar or point, such as "recommended".
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The remark, in a few words.
    pub text: String,
    /// How the remark is to be taken.
    pub tone: Emphasis,
}

/// How a remark is to be taken; told by colour and weight, never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    /// A plain statement, in grey.
    #[default]
    Plain,
    /// This is the one to review.
    Chosen,
    /// Something is missing here.
    Warning,
}

/// A chart with the name of its file, without ending.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name.
    pub name: String,
    /// What is shown; a writer makes a file of it.
    pub chart: Arc<dyn Chart>,
}

impl Picture {
    /// A chart under this name.
    pub fn new(name: impl Into<String>, chart: impl Chart + 'static) -> Self {
        Self { name: name.into(), chart: Arc::new(chart) }
    }
}
