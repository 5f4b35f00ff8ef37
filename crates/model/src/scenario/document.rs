//! What a document says of itself: its title, for whom and by whom it is, and who signs it.

use crate::choice::choice;

choice! {
    /// Sections of the report that can be chosen and put in order.
    pub enum DocumentSection {
        /// The comparison of all alternatives.
        Comparison = "comparison",
        /// Cost by category, year and month.
        Cost = "cost",
        /// Services and their coverage.
        Coverage = "coverage",
        /// The best mix of hires and offers.
        Staffing = "plan",
        /// Percentiles and what they depend on.
        Uncertainty = "uncertainty",
        /// The offers in detail.
        Offers = "offers",
        /// The responsibility matrix.
        Responsibilities = "responsibilities",
        /// What needs a review.
        Findings = "findings",
        /// Defaults, inputs and sources.
        Assumptions = "assumptions",
        /// The files and the program that made the document.
        Audit = "audit",
    }
}

/// The letterhead and the signature block of reports. All of it is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The title in place of the scenario's name.
    pub title: Option<String>,
    /// For whom it is.
    pub prepared_for: Option<String>,
    /// By whom it is.
    pub prepared_by: Option<String>,
    /// Its date, as year, month and day: `2027-01-15`.
    pub date: Option<String>,
    /// The last day on which it is valid, likewise.
    pub valid_until: Option<String>,
    /// The colour of rules and headings, as red, green and blue; it can be read on white.
    pub accent: Option<(u8, u8, u8)>,
    /// The sections of the report, in order; empty: all of them.
    pub sections: Vec<DocumentSection>,
    /// Who signs it, a line each.
    pub signatures: Vec<String>,
}

impl Document {
    /// For whom and by whom the document is, its date and how long it is valid, each as a phrase.
    pub fn details(&self) -> Vec<String> {
        let phrase = |words: &str, value: &Option<String>| value.as_ref().map(|value| format!("{words}{value}"));
        let phrases = [
            phrase("Prepared for ", &self.prepared_for),
            phrase("Prepared by ", &self.prepared_by),
            phrase("Date: ", &self.date),
            phrase("Valid until ", &self.valid_until),
        ];
        phrases.into_iter().flatten().collect()
    }
}
