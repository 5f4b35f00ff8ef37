//! What the buyer asked the provider, and which answers are red flags.
//!
//! The questions are those that the published guides put to a buyer; each says who asks it. A
//! question that no one answered is distinguished from a bad answer.

use rust_decimal::Decimal;

use crate::guide::Guide;
use comanage_model::scenario::{Answers, Input, Offer, Scenario};

/// A question and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was asked.
    pub question: &'static Question,
    /// What came back; none where it was not asked or not answered.
    pub given: Option<Given>,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Yes or no.
    YesNo(bool),
    /// How many.
    Count(Decimal),
}

/// A question to a provider.
#[derive(Debug)]
pub struct Question {
    /// Its key in `[offers.X.answers]`.
    pub key: &'static str,
    /// The question, in a few words.
    pub words: &'static str,
    /// What a bad answer means.
    pub red_flag: &'static str,
    /// Who asks it.
    pub guides: &'static [Guide],
    good: Good,
    place: Place,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Question {}

/// Which answers are good.
#[derive(Debug)]
enum Good {
    Is(bool),
    AtLeast(u32),
}

/// Where the answer stands.
#[derive(Debug)]
enum Place {
    YesNo(fn(&Answers) -> Option<bool>),
    Count(fn(&Answers) -> Option<Input>),
}

/// Every question, in the order of the format.
static QUESTIONS: [Question; 8] = [
    Question {
        key: "shared_documentation",
        words: "do both teams have access to documentation and tools",
        red_flag: "it keeps documentation or tools to itself",
        guides: &[Guide::SecureTechies, Guide::Pricing],
        good: Good::Is(true),
        place: Place::YesNo(|answers| answers.shared_documentation),
    },
    Question {
        key: "named_engineer",
        words: "is a named engineer assigned",
        red_flag: "it assigns no named engineer, only a shared pool",
        guides: &[Guide::Pricing],
        good: Good::Is(true),
        place: Place::YesNo(|answers| answers.named_engineer),
    },
    Question {
        key: "escalation_path",
        words: "is there a written escalation path",
        red_flag: "it has no clear escalation path",
        guides: &[Guide::SecureTechies],
        good: Good::Is(true),
        place: Place::YesNo(|answers| answers.escalation_path),
    },
    Question {
        key: "offboarding_plan",
        words: "is there a hand-back plan",
        red_flag: "it has no hand-back plan",
        guides: &[Guide::Pricing],
        good: Good::Is(true),
        place: Place::YesNo(|answers| answers.offboarding_plan),
    },
    Question {
        key: "tool_lock_in",
        words: "do its tools lock you in",
        red_flag: "its tools cannot be kept after the contract ends",
        guides: &[Guide::Pricing],
        good: Good::Is(false),
        place: Place::YesNo(|answers| answers.tool_lock_in),
    },
    Question {
        key: "absorbs_team",
        words: "does it aim to replace your team",
        red_flag: "it aims to replace the team",
        guides: &[Guide::Pricing, Guide::SecureTechies, Guide::Mindcore],
        good: Good::Is(false),
        place: Place::YesNo(|answers| answers.absorbs_team),
    },
    Question {
        key: "co_managed_clients",
        words: "how many co-managed clients does it have",
        red_flag: "it has no co-managed client yet",
        guides: &[Guide::Pricing],
        good: Good::AtLeast(1),
        place: Place::Count(|answers| answers.co_managed_clients),
    },
    Question {
        key: "references",
        words: "how many references of similar size",
        red_flag: "it names fewer than two references",
        guides: &[Guide::Pricing],
        good: Good::AtLeast(2),
        place: Place::Count(|answers| answers.references),
    },
];

/// The questions with what an offer answers; nothing for none.
pub fn given(scenario: &Scenario, offer: Option<&Offer>) -> Vec<Answer> {
    let answers = offer.and_then(|offer| offer.answers.clone()).unwrap_or_default();
    let given = |question: &Question| match question.place {
        Place::YesNo(of) => of(&answers).map(Given::YesNo),
        Place::Count(of) => of(&answers).map(|count| Given::Count(scenario.decimal(count))),
    };
    QUESTIONS.iter().map(|question| Answer { question, given: given(question) }).collect()
}

impl Answer {
    /// Whether the answer is a red flag.
    pub fn is_red_flag(&self) -> bool {
        match (&self.question.good, self.given) {
            (_, None) => false,
            (Good::Is(good), Some(Given::YesNo(answer))) => answer != *good,
            (Good::AtLeast(min), Some(Given::Count(count))) => count < Decimal::from(*min),
            (Good::Is(_), Some(Given::Count(_))) | (Good::AtLeast(_), Some(Given::YesNo(_))) => false,
        }
    }

    /// The answer in a word.
    pub fn words(&self) -> Option<String> {
        self.given.map(|given| match given {
            Given::YesNo(true) => "yes".to_string(),
            Given::YesNo(false) => "no".to_string(),
            Given::Count(count) => count.normalize().to_string(),
        })
    }
}
