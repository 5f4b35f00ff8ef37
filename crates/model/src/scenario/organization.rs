//! The organization: users, devices and sites, and how they change.

use super::{ByClass, Input};
use crate::source::Span;

/// Who is to be supported.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Users, by class.
    pub users: Counted,
    /// Devices, by class.
    pub devices: Counted,
    /// Sites.
    pub sites: Input,
    /// Other things that are counted, such as mailboxes, each by its name.
    pub counts: Counted,
    /// Growth a year, at each anniversary.
    pub growth: Growth,
    /// What changes from a month on.
    pub changes: Vec<Change>,
    /// What comes back every year.
    pub seasons: Vec<Season>,
}

/// A counted thing: its classes in the order they are first named anywhere in the file.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The classes, in the order of the file.
    pub classes: Vec<Class>,
}

/// A class of users or devices.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name; `standard` for a bare number.
    pub name: String,
    /// How many at the start; none where only a change or a season names the class.
    pub start: Option<Input>,
}

/// Growth a year, as shares.
#[derive(Clone, Debug)]
pub struct Growth {
    /// Of users.
    pub users: Input,
    /// Of devices.
    pub devices: Input,
    /// Of sites.
    pub sites: Input,
    /// Of other counted things: one rate, or by their index.
    pub counts: ByClass<Input>,
}

/// From a month on, this many more or fewer.
#[derive(Clone, Debug)]
pub struct Change {
    /// The first month it holds in.
    pub month: Input,
    /// Users, by class index.
    pub users: Vec<(usize, Input)>,
    /// Devices, by class index.
    pub devices: Vec<(usize, Input)>,
    /// Sites.
    pub sites: Option<Input>,
    /// Other counted things, by index.
    pub counts: Vec<(usize, Input)>,
    /// Its table in the file.
    pub span: Span,
}

/// In some calendar months of every year, this many more or fewer, and more work.
#[derive(Clone, Debug)]
pub struct Season {
    /// Calendar months, 1 to 12.
    pub months: Vec<u32>,
    /// Users, by class index.
    pub users: Vec<(usize, Input)>,
    /// Devices, by class index.
    pub devices: Vec<(usize, Input)>,
    /// Sites.
    pub sites: Option<Input>,
    /// Other counted things, by index.
    pub counts: Vec<(usize, Input)>,
    /// More work on every service, as a share.
    pub workload: Input,
    /// Its table in the file.
    pub span: Span,
}
