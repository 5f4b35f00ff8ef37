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
mod price_list;
mod rates;
mod scope;
mod stated;

pub use answers::{Answer, Given, Question};
pub use bridge::{Price, Reason, Step};
pub use findings::RED_FLAG;
pub use leaving::Leaving;
pub use price_list::{OptionPrice, QuotedLine, price_of_option};
pub use rates::{Band, QuotedRate};
pub use scope::{Scope, Status};
pub use stated::StatedPrice;

use crate::compare::{Compared, Comparison};
use comanage_expr::number::Exact;
use comanage_format::load::path::join;
use comanage_format::rates::Rates;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::Shared;
use comanage_model::money::Money;
use comanage_model::scenario::{Contract, Offer, Scenario, Service};

/// The offers of a scenario, side by side.
#[derive(Clone, Debug)]
pub struct Quotes<'a> {
    /// The comparison they are taken from.
    pub comparison: &'a Comparison<'a>,
    /// The offers, in the order of the file.
    pub offers: Vec<Quote<'a>>,
    /// What needs a look.
    pub findings: Vec<Diagnostic>,
    /// Whether they are for the client of a provider: without what is the buyer's own business.
    pub is_for_client: bool,
}

impl Quotes<'_> {
    /// The offers for the client of a provider: without questions to providers and their answers, published
    /// bands, and findings, which are the buyer's own business.
    pub fn for_client(mut self) -> Self {
        for quote in &mut self.offers {
            quote.rates.iter_mut().for_each(|rate| rate.bands.clear());
            quote.answers.clear();
        }
        self.findings.clear();
        self.is_for_client = true;
        self
    }
}

/// An offer, or a mix with offers, looked at closely.
#[derive(Clone, Debug)]
pub struct Quote<'a> {
    /// The offers, in their order; of an offer's own alternative, that one.
    pub offers: Vec<&'a Offer>,
    /// The alternative: the offer's own, or the mix.
    pub alternative: &'a Compared<'a>,
    /// What it costs by its paper.
    pub paper: Price,
    /// What it costs as it comes.
    pub practice: Price,
    /// Every line of the quoted price; they add up to it.
    pub lines: Vec<QuotedLine>,
    /// What each option of its offers adds to the expected cost.
    pub options: Vec<OptionPrice<'a>>,
    /// Every step from the quoted price to the expected cost.
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

/// Puts the offers of a comparison side by side, each in its own alternative, and with `with_mixes` the
/// other alternatives that have offers. What is left out of the comparison is left out.
///
/// # Errors
/// Counts of a month that cannot be, and a figure that overflows.
pub fn quotes<'a>(comparison: &'a Comparison<'a>, book: &Rates, with_mixes: bool) -> Result<Quotes<'a>, Diagnostic> {
    let shared: Shared<Exact> = Shared::new(comparison.scenario);
    let has_offers = |of: &&Compared| !of.evaluation.staffing.engagements.is_empty();
    let of_an_offer = |of: &Compared| comparison.scenario.offers.iter().any(|offer| offer.key == of.id());
    let alternatives = comparison.alternatives.iter().filter(has_offers);
    let quoted = alternatives.filter(|of| with_mixes || of_an_offer(of));
    let offers = quoted.map(|of| quote(of, &shared, book)).collect::<Result<Vec<Quote>, Diagnostic>>()?;
    let findings = findings::find(comparison, &offers);
    Ok(Quotes { comparison, offers, findings, is_for_client: false })
}

fn quote<'a>(alternative: &'a Compared<'a>, shared: &Shared<Exact>, book: &Rates) -> Result<Quote<'a>, Diagnostic> {
    let staffing = &alternative.evaluation.staffing;
    let scenario = staffing.scenario;
    let volumes = &shared.volumes;
    let user_months = volumes.user_months();
    let offers: Vec<&Offer> = staffing.engagements.iter().map(|engaged| engaged.offer).collect();
    // What is stated, answered and signed is of one offer; of a mix of several each tells it by itself.
    let only = if let [only] = offers.as_slice() { Some(*only) } else { None };
    let contract = only.and_then(|offer| offer.contract.as_ref());
    Ok(Quote {
        alternative,
        paper: Price::new(alternative, user_months, |line| line.on_paper),
        practice: Price::new(alternative, user_months, |_| true),
        lines: price_list::lines(alternative)?,
        options: price_list::options(alternative, shared)?,
        bridge: bridge::steps(alternative)?,
        services: scope::services(alternative)?,
        stated: only.map(|offer| stated::prices(offer, alternative, volumes)).transpose()?.unwrap_or_default(),
        rates: offers.iter().flat_map(|offer| rates::lie(offer, alternative, book)).collect(),
        leaving: contract.map(|contract| Leaving::new(contract, alternative, volumes)).transpose()?,
        answers: answers::given(scenario, only),
        offers,
    })
}

impl<'a> Quote<'a> {
    /// Its key: the offer's, or the mix's.
    pub fn key(&self) -> &str {
        self.alternative.id()
    }

    /// Its name, as outputs for people have it.
    pub fn name(&self) -> &str {
        self.alternative.name()
    }

    /// The offer that it is alone about; none of a mix of several.
    pub fn only_offer(&self) -> Option<&'a Offer> {
        if let [only] = self.offers.as_slice() { Some(only) } else { None }
    }

    /// Whether its price is held against others: it leaves no service without a price, and something is
    /// bought.
    pub fn is_ranked(&self) -> bool {
        self.alternative.standing.price.is_ranked()
    }

    /// The services that it leaves to no one without a price.
    pub fn unpriced<'s>(&self, scenario: &'s Scenario) -> impl Iterator<Item = &'s Service> {
        self.alternative.unpriced.clone().into_iter().map(|service| &scenario.services[service])
    }

    /// The terms of its contract, if it is about one offer.
    pub fn contract(&self) -> Option<&'a Contract> {
        self.only_offer()?.contract.as_ref()
    }

    /// What its offers say of something, each once; none where none says anything.
    pub fn joined(&self, of: impl Fn(&Offer) -> Option<&str>) -> Option<String> {
        let mut said: Vec<&str> = Vec::new();
        for text in self.offers.iter().filter_map(|offer| of(offer)) {
            if !said.contains(&text) {
                said.push(text);
            }
        }
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// Whether anything is bought for it.
    pub fn is_needed(&self) -> bool {
        self.alternative.standing.price.is_needed
    }
}

impl<'a> Quotes<'a> {
    /// What needs a look in an offer, here and in the comparison.
    pub fn findings_of(&self, quote: &Quote) -> Vec<&Diagnostic> {
        let table = table_of(quote);
        let is_of = |finding: &&Diagnostic| {
            let rest = finding.path.as_deref().and_then(|path| path.strip_prefix(table.as_str()));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.findings.iter().filter(is_of).chain(self.comparison.findings.iter().filter(is_of)).collect()
    }

    /// The offer with the lowest price of those that are ranked, the first at a tie.
    pub fn cheapest(&self, price: impl Fn(&Quote<'a>) -> Money) -> Option<&Quote<'a>> {
        self.offers.iter().filter(|quote| quote.is_ranked()).min_by_key(|quote| price(quote))
    }

    /// Whether no other offer that is ranked costs more by expected cost.
    pub fn is_most_expensive_in_practice(&self, quote: &Quote) -> bool {
        let mut ranked = self.offers.iter().filter(|other| other.is_ranked());
        ranked.all(|other| other.practice.term <= quote.practice.term)
    }
}

/// The table of the file that a quote is about.
fn table_of(quote: &Quote) -> String {
    let is_offer = quote.only_offer().is_some_and(|offer| offer.key == quote.key());
    join(if is_offer { "offers" } else { "alternatives" }, quote.key())
}
