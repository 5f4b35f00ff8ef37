//! Words that people use for what the format calls otherwise: what an unknown key was probably meant to be.

use super::format::TableFormat;

/// A word in a key, and how the format says it.
struct Word {
    /// The beginnings of the words.
    stems: &'static [&'static str],
    /// A key and an example of it, the first that the table has counts.
    keys: &'static [(&'static str, &'static str)],
    /// Where it is said in tables that have none of the keys.
    elsewhere: &'static str,
}

/// The tables that are a part of an offer.
const OF_OFFERS: [&str; 11] = [
    "an offer",
    "a charge",
    "a per-user charge",
    "a retainer",
    "block hours",
    "an hourly charge",
    "onboarding",
    "a discount",
    "an uplift",
    "a cover",
    "a contract",
];

const A_CHARGE: &str = "write it as a line of [[offers.X.charges]]";

const WORDS: &[Word] = &[
    Word {
        stems: &["year", "annual", "prepa", "advance", "upfront", "quarter"],
        keys: &[
            ("every_months", "every_months = 12: the rate is for a year and is paid in advance"),
            ("minimum_yearly", "minimum_yearly or maximum_yearly, or every_months = 12 at a line of `charges`"),
            ("hours_per_year", "hours_per_year = 600"),
            ("monthly", "monthly: a twelfth of the year"),
        ],
        elsewhere: "a price for a year is a line of [[offers.X.charges]] with every_months = 12",
    },
    Word {
        stems: &["spread", "instal", "parts"],
        keys: &[
            ("spread", "spread = true: what every_months is for is paid in monthly parts"),
            ("instalments", "instalments = 6"),
            ("onboarding", "onboarding = { fee = 9_000, instalments = 6 }"),
        ],
        elsewhere: "parts of a charge are `spread`, of onboarding `instalments`",
    },
    Word {
        stems: &["rollover", "roll", "carry", "expir", "valid"],
        keys: &[
            (
                "expires_months",
                "expires_months = 3: how long hours that are left are good for; without it they never expire",
            ),
            ("block_hours", "block_hours = { hours = 40, price = 6_000, every_months = 3, expires_months = 3 }"),
        ],
        elsewhere: "hours that are kept for later are `block_hours` with `expires_months`",
    },
    Word {
        stems: &["cap", "ceiling", "max", "exceed", "limit"],
        keys: &[
            ("cap", "cap = \"5%\""),
            (
                "maximum_monthly",
                "maximum_monthly or maximum_yearly; a cap on rises is uplift = { rate = \"4%\", cap = \"5%\" }",
            ),
            ("up_to", "up_to = 50"),
        ],
        elsewhere: "the most of an invoice is `maximum_monthly` or `maximum_yearly` of the offer",
    },
    Word {
        stems: &["min", "floor", "commit", "least"],
        keys: &[
            ("floor", "floor = \"2%\""),
            ("minimum", "minimum = 10, or { share = \"80%\", of = \"first\" }"),
            ("minimum_monthly", "minimum_monthly or minimum_yearly"),
        ],
        elsewhere: "the least of an invoice is `minimum_monthly` or `minimum_yearly` of the offer",
    },
    Word {
        stems: &["visit", "times", "amount", "count", "qty"],
        keys: &[
            ("quantity", "quantity = 4, with per = \"month\": that number each month"),
            ("charges", "charges = [{ name = \"Visits\", per = \"month\", quantity = 4, rate = 75 }]"),
        ],
        elsewhere: "visits are a line of [[offers.X.charges]] with per = \"month\" and `quantity`",
    },
    Word {
        stems: &["ticket", "call", "incident", "session"],
        keys: &[
            ("per", "per = \"ticket\""),
            ("charges", "charges = [{ name = \"Tickets\", per = \"ticket\", rate = 25 }]"),
            ("tickets_per_user", "tickets_per_user = 0.9, with minutes_per_ticket = 22"),
        ],
        elsewhere: "a price of tickets is a line of [[offers.X.charges]] with per = \"ticket\"",
    },
    Word {
        stems: &["discount", "rebate", "reduction", "off"],
        keys: &[("discounts", "discounts = [{ name = \"Three years\", share = \"10%\", on = \"recurring\" }]")],
        elsewhere: "discounts are those of the offer: discounts = [{ name = \"Term\", share = \"10%\", on = \"recurring\" }]",
    },
    Word {
        stems: &["until", "end", "last", "stop", "to"],
        keys: &[("until_month", "until_month = 18")],
        elsewhere: "what ends has `until_month`",
    },
    Word {
        stems: &["start", "begin", "since", "first"],
        keys: &[("from_month", "from_month = 7")],
        elsewhere: "what begins later has `from_month`",
    },
    Word {
        stems: &["increase", "escalat", "index", "raise", "growth"],
        keys: &[("uplift", "uplift = \"4%\""), ("raise", "raise = \"3%\""), ("rate", "rate = \"4%\"")],
        elsewhere: "prices rise by the `uplift` of the offer",
    },
    Word {
        stems: &["mailbox", "phone", "license", "licence", "seat", "endpoint"],
        keys: &[
            ("per", "per = \"mailboxes\", counted in organization.counts = { mailboxes = 130 }"),
            ("counts", "counts = { mailboxes = 130 }"),
            ("charges", "charges = [{ name = \"Mailboxes\", per = \"mailboxes\", rate = 3 }]"),
        ],
        elsewhere: "other things are counted in `organization.counts` and charged by [[offers.X.charges]]",
    },
    Word {
        stems: &["price", "fee", "cost"],
        keys: &[("rate", "rate = 95"), ("charges", A_CHARGE)],
        elsewhere: A_CHARGE,
    },
];

/// What a key was probably meant to be, as a hint; none where nothing is known of its words.
pub(super) fn hint(key: &str, format: &TableFormat) -> Option<String> {
    let lower = key.to_lowercase();
    let has = |stem: &str| lower.split(['_', '-', ' ', '.']).any(|word| is_of(word, stem));
    let word = WORDS.iter().find(|word| word.stems.iter().any(|stem| has(stem)))?;
    let here = word.keys.iter().find(|(key, _)| format.key(key).is_some());
    match here {
        Some((_, example)) => Some(format!("did you mean {example}?")),
        None => OF_OFFERS.contains(&format.what).then(|| word.elsewhere.to_string()),
    }
}

/// Whether a word begins with a stem; short stems are whole words.
fn is_of(word: &str, stem: &str) -> bool {
    if stem.len() <= 3 { word == stem } else { word.starts_with(stem) }
}

#[cfg(test)]
mod tests {
    use super::super::format::{CHARGE, COVER, ROLE};
    use super::*;

    #[test]
    fn words_point_to_the_keys_for_them() {
        for (word, key) in [
            ("yearly", "every_months"),
            ("prepaid", "every_months"),
            ("visits", "quantity"),
            ("tickets", "per = \"ticket\""),
            ("end_month", "until_month"),
            ("price", "rate"),
            ("rollover", "expires_months"),
            ("discount", "discounts"),
        ] {
            let hint = hint(word, &CHARGE).unwrap_or_default();
            assert!(hint.contains(key), "{word}: {hint}");
        }
        assert_eq!(hint("cap", &ROLE), None);
        assert!(hint("last_month", &COVER).is_some_and(|hint| hint.contains("until_month")));
        assert_eq!(hint("colour", &CHARGE), None);
    }
}
