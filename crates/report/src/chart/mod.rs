//! Charts: from plain chart data to an SVG text, one file a chart.
//!
//! A chart is given numbers and strings that are ready to be shown, and gives back a
//! complete picture. It knows nothing of scenarios, money or files: what a number means is
//! in the title, the subtitle and the names that the caller wrote. Whatever those strings
//! and numbers are, a picture comes out: text is cleaned and shortened to its place, and
//! a number that is not finite is left out.
//!
//! The charts stand on `theme` (colours and sizes), [`sign`] and `fill` (what tells alternatives and
//! parts apart, by colour and without), `text` (measuring, shortening,
//! wrapping), [`number`] (digits for readers), `axis` (ranges and ticks), `place` and
//! `marks` (labels that keep clear of each other), `grid` (lines and numbers around a plot)
//! and `canvas` (the drawing surface). The same data gives the same bytes.

mod axis;
mod canvas;
mod fill;
mod grid;
pub mod grid_map;
pub mod histogram;
#[cfg(test)]
mod legible;
pub mod lines;
mod marks;
pub mod number;
mod place;
#[cfg(feature = "png")]
pub mod png;
pub mod scatter;
pub mod sign;
pub mod stacked_bars;
#[cfg(test)]
mod tests;
mod text;
mod theme;
pub mod tornado;
#[cfg(test)]
mod vision;
pub mod week_map;

pub use canvas::ungrouped;

/// What stands above a chart, and what is read out instead of it.
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
    pub tone: Tone,
}

/// How a remark is to be taken; told by colour and weight, never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A plain statement, in grey.
    #[default]
    Plain,
    /// This is the one to look at.
    Chosen,
    /// Something is missing here.
    Warning,
}

/// A chart with the name of its file, without ending.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name.
    pub name: String,
    /// The chart.
    pub svg: String,
}
