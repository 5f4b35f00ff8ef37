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
        key("sources", Map(&SOURCE, "source"), Required, "Sources, by the key that figures refer to."),
        key("rate", Tables(&ENTRY, EntryName::By("key")), Required, "The figures."),
    ],
);

/// Where a published figure comes from.
pub static SOURCE: TableFormat = table(
    "a source",
    "A publication that figures are taken from.",
    &[
        key("title", Name, Required, "Title of the publication."),
        key("publisher", Name, Nothing("not known"), "Who published it."),
        key("address", Name, Nothing("not public"), "Address of the publication."),
        key("date", Name, Nothing("undated: then `read`"), "When it was published: year and month, or the year."),
        key("read", Month, Nothing("it is dated"), "Month in which an undated source was read."),
        key("strength", Choice(Strength::WORDS), Required, "Strength of the source."),
    ],
);

/// A published figure.
pub static ENTRY: TableFormat = table(
    "a published figure",
    "A figure, or a range from low to high.",
    &[
        key("key", Name, Required, "Its name, dotted and stable: price.hourly.us-2026."),
        key("what", Name, Required, "What the figure measures."),
        key("value", Input(NUMBER), Nothing("a band"), "The figure, if it is a single value."),
        key("low", Input(NUMBER), Nothing("open"), "Low end of the range."),
        key("likely", Input(NUMBER), Nothing("not stated"), "Likely value in the range."),
        key("high", Input(NUMBER), Nothing("open"), "High end of the range."),
        key("unit", Name, Required, "Unit: \"user / month\"."),
        key("currency", Currency, Nothing("not an amount"), "The currency of money."),
        key("region", Name, Required, "Region it applies to."),
        key("source", Name, Required, "The key of its source."),
        key("date", Name, Nothing("that of its source"), "When it was published, if not with its source."),
        key("note", Text, Nothing("none"), "Notes."),
    ],
);

/// A published value or band in the place of a number.
pub static FROM: TableFormat = table(
    "a published value",
    "A value or a range from a pack, by its name.",
    &[
        key("from", Name, Required, "The name of the figure in a pack; `comanage rates` lists them."),
        key("likely", Input(NUMBER), Nothing("the pack's, or the middle"), "Likely value within the range."),
        key(
            "dist",
            Choice(Distribution::WORDS),
            Nothing("pert with `likely`, else uniform"),
            "Distribution between low and high.",
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
