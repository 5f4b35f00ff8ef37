//! Offers side by side: what each says it costs, what it will cost, what is in it, what leaving costs.
//!
//! Each offer is looked at in its own alternative, the one by its key: the team and that offer. All
//! money is summed from the lines of that alternative's ledger, so a quote can never disagree with
//! the comparison. One file a question a buyer asks; `findings` turns the bad answers into
//! findings. How quotes look is left to the reports.

mod answers;
mod bridge;
mod findings;
mod leaving;
mod rates;
mod scope;
mod stated;

pub use answers::{Answer, Given, Question};
pub use bridge::{Price, Reason, Step};
pub use findings::RED_FLAG;
pub use leaving::Leaving;
pub use rates::{Band, QuotedRate};
pub use scope::{Scope, Status};
pub use stated::StatedPrice;

use crate::compare::{Compared, Comparison};
use comanage_expr::number::Exact;
use comanage_format::load::path::join;
use comanage_format::rates::Rates;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::Offer;
use comanage_model::volumes::Volumes;

/// The offers of a scenario, side by side.
#[derive(Clone, Debug)]
pub struct Quotes<'a> {
    /// The comparison they are taken from.
    pub comparison: &'a Comparison<'a>,
    /// The offers, in the order of the file.
    pub offers: Vec<Quote<'a>>,
    /// What needs a look.
    pub findings: Vec<Diagnostic>,
}

/// An offer, looked at closely.
#[derive(Clone, Debug)]
pub struct Quote<'a> {
    /// The offer.
    pub offer: &'a Offer,
    /// Its own alternative.
    pub alternative: &'a Compared<'a>,
    /// What it costs by its paper.
    pub paper: Price,
    /// What it costs as it comes.
    pub practice: Price,
    /// Every step from the paper price to the practice price.
    pub bridge: Vec<Step>,
    /// Each service: in, out, by the hour.
    pub services: Vec<Scope>,
    /// The prices that the paper states, against its own.
    pub stated: Vec<StatedPrice>,
    /// Each of its rates among the published bands.
    pub rates: Vec<QuotedRate>,
    /// What leaving costs; none where no contract terms are given.
    pub leaving: Option<Leaving>,
    /// What the buyer asked.
    pub answers: Vec<Answer>,
}

/// Puts the offers of a comparison side by side. An offer whose own alternative is left out of the
/// comparison is left out.
///
/// # Errors
/// Counts of a month that cannot be.
pub fn quotes<'a>(comparison: &'a Comparison<'a>, book: &Rates) -> Result<Quotes<'a>, Diagnostic> {
    let scenario = comparison.scenario;
    let volumes: Volumes<Exact> = Volumes::new(scenario);
    let mut offers = Vec::new();
    for offer in &scenario.offers {
        let own = comparison.alternatives.iter().find(|alternative| alternative.id() == offer.key);
        if let Some(alternative) = own {
            offers.push(quote(offer, alternative, &volumes, book)?);
        }
    }
    let findings = findings::find(comparison, &offers);
    Ok(Quotes { comparison, offers, findings })
}

fn quote<'a>(
    offer: &'a Offer,
    alternative: &'a Compared<'a>,
    volumes: &Volumes<Exact>,
    book: &Rates,
) -> Result<Quote<'a>, Diagnostic> {
    let scenario = alternative.evaluation.plan.scenario;
    let user_months = volumes.user_months();
    Ok(Quote {
        offer,
        alternative,
        paper: Price::new(alternative, user_months, |line| line.on_paper),
        practice: Price::new(alternative, user_months, |_| true),
        bridge: bridge::steps(alternative),
        services: scope::services(offer, alternative),
        stated: stated::prices(offer, alternative, volumes)?,
        rates: rates::lie(offer, alternative, book),
        leaving: offer.contract.as_ref().map(|contract| Leaving::new(contract, alternative)).transpose()?,
        answers: answers::given(scenario, offer),
    })
}

impl<'a> Quotes<'a> {
    /// What needs a look in an offer, here and in the comparison.
    pub fn findings_of(&self, quote: &Quote) -> Vec<&Diagnostic> {
        let table = join("offers", &quote.offer.key);
        let is_of = |finding: &&Diagnostic| {
            let rest = finding.path.as_deref().and_then(|path| path.strip_prefix(table.as_str()));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.findings.iter().filter(is_of).chain(self.comparison.findings.iter().filter(is_of)).collect()
    }

    /// The offer with the lowest price, the first at a tie.
    pub fn cheapest(&self, price: impl Fn(&Quote<'a>) -> Money) -> Option<&Quote<'a>> {
        self.offers.iter().min_by_key(|quote| price(quote))
    }

    /// Whether no offer costs more in practice.
    pub fn is_dearest_in_practice(&self, quote: &Quote) -> bool {
        self.offers.iter().all(|other| other.practice.term <= quote.practice.term)
    }
}
