//! What must come out: the `[expect]` of a file, which `check` holds it to.

use rust_decimal::Decimal;

use crate::source::Span;

/// What is expected where nothing may be recommended.
pub const NOBODY: &str = "none";

/// One thing that must come out.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The alternative it is about, by id; none: the comparison.
    pub alternative: Option<String>,
    /// What is expected of it.
    pub figure: Figure,
    /// What must come out.
    pub expected: Expected,
    /// How far money may lie next to it.
    pub tolerance: Decimal,
    /// Where it is.
    pub span: Span,
}

/// A figure that can be expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The cheapest alternative.
    Cheapest,
    /// The recommended alternative.
    Recommended,
    /// The alternatives efficient.
    Frontier,
    /// The total of a month, 0 to the term.
    Month(u32),
    /// The total of a contract year, from 1.
    Year(u32),
    /// The term total.
    Total,
    /// The present value.
    PresentValue,
    /// The saving against the baseline.
    Saving,
    /// The month from which the saving stays.
    PaybackMonth,
    /// What the hours without cover are expected to cost.
    ExpectedLoss,
    /// The total with that.
    RiskAdjustedTotal,
    /// The quoted price.
    Paper,
    /// The expected cost.
    Practice,
    /// The provider lines of a month.
    ProviderMonth(u32),
    /// The provider lines of a contract year, from 1.
    ProviderYear(u32),
    /// A category over the term.
    Category(String),
    /// Expected coverage, steady state.
    Coverage,
    /// Scheduled coverage.
    Scheduled,
    /// Expected coverage, mean of the term.
    CoverageTerm,
    /// Work done, steady state.
    WorkDone,
}

/// An expected value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// An alternative, by id.
    Id(String),
    /// Alternatives, by id.
    Ids(Vec<String>),
    /// An amount of money.
    Money(Decimal),
    /// A share of 1, compared after rounding to this many decimal places of a percent.
    Share {
        /// The share, as a fraction of 1.
        value: Decimal,
        /// Decimal places of the percentage as written.
        decimals: u32,
    },
    /// A whole number.
    Whole(u32),
    /// A number within bounds: money as it is, a share as a fraction of 1, a month.
    Within {
        /// The least that is expected; none: no bound.
        at_least: Option<Decimal>,
        /// The highest value that is accepted; none if there is no bound.
        at_most: Option<Decimal>,
    },
}
