//! The published guides to co-managed IT whose rules are applied.
//!
//! Where a rule of thumb is used or an answer is called bad, it is said who says so. Guides stand
//! here by title and publisher, once; what is made of their rules stands where they are applied.

/// A published guide to co-managed IT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    /// The guide of Secure Techies.
    SecureTechies,
    /// Co-Managed IT Services: A Complete Guide.
    CompleteGuide,
    /// What Is Co-Managed IT and When Does Your Business Need It?
    Mindcore,
    /// What Is Co Managed IT Support? A Complete Guide.
    OnSite,
    /// The guide to prices of 2026.
    Pricing,
}

impl Guide {
    /// Title, publisher and date, as far as they are known.
    pub fn words(self) -> &'static str {
        match self {
            Self::SecureTechies => "Guide to co-managed IT (Secure Techies)",
            Self::CompleteGuide => "Co-Managed IT Services: A Complete Guide, 2026-04",
            Self::Mindcore => "What Is Co-Managed IT and When Does Your Business Need It? (Mindcore Technologies)",
            Self::OnSite => "What Is Co Managed IT Support? A Complete Guide (On-Site Technology), 2026-05",
            Self::Pricing => "2026 co-managed IT pricing guide",
        }
    }

    /// Several guides in a line.
    pub fn list(guides: &[Self]) -> String {
        guides.iter().map(|guide| guide.words()).collect::<Vec<_>>().join("; ")
    }
}
