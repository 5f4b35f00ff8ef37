//! The keys of a pack of published figures, and of a value that is taken from one.

use super::*;
use Fallback::{Nothing, Required, Value};
use Shape::{Choice, Currency, Input, Map, Month, Name, Tables, Text, Whole};
use comanage_model::choice::Choice as _;
use comanage_model::scenario::Distribution;

use crate::rates::Strength;

/// A whole pack.
pub static PACK: TableFormat = table(
    "a pack",
    "Published figures, each with its unit, region, date, source and strength.",
    &[
        key("schema", Whole(1, 1), Value("1"), "The version of this format: 1."),
        key("pack", Name, Required, "The pack's name."),
        key("sources", Map(&SOURCE, "source"), Required, "Who says so, by a key that entries name."),
        key("rate", Tables(&ENTRY, EntryName::By("key")), Required, "The figures."),
    ],
);

/// A source.
pub static SOURCE: TableFormat = table(
    "a source",
    "Where figures were published.",
    &[
        key("title", Name, Required, "The title, or what it is."),
        key("publisher", Name, Nothing("not known"), "Who published it."),
        key("address", Name, Nothing("not public"), "Where it can be read."),
        key("date", Name, Nothing("undated: then `read`"), "When it was published: year and month, or the year."),
        key("read", Month, Nothing("it is dated"), "When a source without a date was read."),
        key("strength", Choice(Strength::WORDS), Required, "How good it is."),
    ],
);

/// An entry.
pub static ENTRY: TableFormat = table(
    "a published figure",
    "One figure, or a band from low to high.",
    &[
        key("key", Name, Required, "Its name, dotted and stable: price.hourly.us-2026."),
        key("what", Name, Required, "What it is the figure of."),
        key("value", Input(NUMBER), Nothing("a band"), "The figure, if it is one."),
        key("low", Input(NUMBER), Nothing("open"), "The low end of a band."),
        key("likely", Input(NUMBER), Nothing("not stated"), "The likely value in a band."),
        key("high", Input(NUMBER), Nothing("open"), "The high end of a band."),
        key("unit", Name, Required, "What it is counted in: \"user / month\"."),
        key("currency", Currency, Nothing("no money"), "The currency of money."),
        key("region", Name, Required, "Where it holds."),
        key("source", Name, Required, "The key of its source."),
        key("date", Name, Nothing("that of its source"), "When it was published, if not with its source."),
        key("note", Text, Nothing("none"), "What else to know."),
    ],
);

/// A published value or band in the place of a number.
pub static FROM: TableFormat = table(
    "a published value",
    "A value or a band from a pack, by its name.",
    &[
        key("from", Name, Required, "The name of the figure in a pack; `comanage rates` lists them."),
        key("likely", Input(NUMBER), Nothing("the pack's, or the middle"), "The likely value within a band."),
        key(
            "dist",
            Choice(Distribution::WORDS),
            Nothing("pert with `likely`, else uniform"),
            "The shape between low and high.",
        ),
    ],
);

/// What a published figure of a kind may be.
pub(in crate::load) const fn published(kind: Kind) -> Quantity {
    match kind {
        Kind::Money => MONEY,
        Kind::Share => SHARE,
        Kind::Number | Kind::Count | Kind::Months => NUMBER,
    }
}
