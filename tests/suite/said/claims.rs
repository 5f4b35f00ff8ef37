//! Claims: who meets the targets, who is the cheapest. Each sentence that says so must be of a form that is known
//! here and be true of the alternatives that it names; what is incomplete or not needed is never the cheapest.

use std::collections::HashSet;

use comanage_analysis::compare::{Compared, Comparison, compare};
use comanage_analysis::planning;
use comanage_model::scenario::{Kind, Scenario};
use rayon::prelude::*;
use regex_lite::{Captures, Regex};

use super::outputs::{OPEN, SAMPLES, Sample};
use super::passages::{Form, Passage};
use crate::common::{load_file, load_text, repository};
use crate::plan::Quiet;

/// What is so, from the comparison and the plan of a scenario.
struct Facts {
    alternatives: Vec<Alternative>,
    recommended: Option<usize>,
    /// Both targets with what they are, or the one that applies; none in a comparison of prices.
    targets: Option<String>,
    /// Mixes in words, which have names of alternatives in them.
    mixes: Vec<String>,
    has_budget: bool,
    /// The best plan in words; none if no mix meets the targets.
    plan: Option<String>,
    /// Whether no mix can be called a plan since no target applies.
    is_price_comparison: bool,
    /// What the author of the scenario wrote, which is no claim of ours.
    quoted: Vec<String>,
}

/// An alternative by what may be said of it.
struct Alternative {
    name: String,
    /// Whether a target applies to it.
    is_judged: bool,
    /// Whether it meets the targets.
    meets: bool,
    /// Whether it meets the coverage target and the work target; none where one does not apply.
    each: [Option<bool>; 2],
    /// Whether it meets them and keeps the budget, with a price that can be held against others.
    may_be_recommended: bool,
    /// Whether its price can be held against others.
    is_ranked: bool,
}

impl Facts {
    fn of(scenario: &Scenario) -> Self {
        let comparison = compare(scenario).expect("it can be evaluated");
        let planned = planning::plan(scenario, None, &Quiet).expect("it can be planned");
        let alternative = |of: &Compared| Alternative {
            name: of.name().to_string(),
            is_judged: of.standing.is_judged,
            meets: of.standing.is_judged && !of.missed.coverage && !of.missed.work,
            each: [of.meets_coverage_target, of.meets_work_target],
            may_be_recommended: of.may_be_recommended(),
            is_ranked: of.standing.price.is_ranked(),
        };
        let judged = planned.frontier.iter().chain(planned.next.iter().map(|(_, judged)| judged)).chain(&planned.plan);
        let mixes = judged.map(|judged| planned.words(&judged.mix)).filter(|words| words.contains(", ")).collect();
        Self {
            mixes,
            has_budget: !scenario.budget.is_none(),
            alternatives: comparison.alternatives.iter().map(alternative).collect(),
            recommended: comparison.recommended,
            targets: targets(&comparison),
            plan: planned.plan.as_ref().map(|plan| planned.words(&plan.mix)),
            is_price_comparison: comparison.is_price_comparison,
            quoted: scenario.summary.iter().cloned().chain([scenario.name.clone()]).collect(),
        }
    }

    fn named(&self, name: &str) -> Option<&Alternative> {
        self.alternatives.iter().find(|alternative| alternative.name == name)
    }
}

/// The targets that apply, as sentences have them.
fn targets(comparison: &Comparison) -> Option<String> {
    let scenario = comparison.scenario;
    let written = |input| Kind::Share.write(scenario.decimal(input));
    let applies = |met: fn(&Compared) -> Option<bool>| comparison.alternatives.iter().any(|of| met(of).is_some());
    let coverage = applies(|of| of.meets_coverage_target);
    let work = applies(|of| of.meets_work_target);
    let coverage = coverage.then(|| format!("{} coverage", written(scenario.coverage_target)));
    let work = work.then(|| format!("{} of work completed", written(scenario.work_target)));
    match (coverage, work) {
        (Some(coverage), Some(work)) => Some(format!("both targets ({coverage}, {work})")),
        (coverage, work) => coverage.or(work).map(|only| format!("the target ({only})")),
    }
}

/// A form of words that claims something, and whether the claim is so. `WHO` is the name of an alternative.
type Claim = (&'static str, fn(&Facts, &Captures) -> bool);

fn who<'f>(facts: &'f Facts, found: &Captures) -> Option<&'f Alternative> {
    facts.named(found.name("who")?.as_str())
}

fn is_recommended(facts: &Facts, found: &Captures) -> bool {
    let name = found.name("who").map(|name| name.as_str());
    facts.recommended.is_some_and(|index| Some(facts.alternatives[index].name.as_str()) == name)
}

fn meets(facts: &Facts, found: &Captures) -> bool {
    who(facts, found).is_some_and(|of| of.meets)
}

fn may_be_recommended(facts: &Facts, found: &Captures) -> bool {
    who(facts, found).is_some_and(|of| of.may_be_recommended)
}

fn any_applies(facts: &Facts, _: &Captures) -> bool {
    !facts.is_price_comparison && facts.targets.is_some()
}

/// Whether a claim is about the targets that apply, and no others.
fn is_of_targets(facts: &Facts, found: &Captures) -> bool {
    found.name("what").is_some_and(|what| facts.targets.as_deref() == Some(what.as_str()))
}

fn is_of_both(facts: &Facts, found: &Captures) -> bool {
    let both = |targets: &str| if targets.starts_with("both") { "both targets" } else { "the target" };
    found.name("what").map(|what| what.as_str()) == facts.targets.as_deref().map(both)
}

/// Every form in which something is said of targets.
const CLAIMS: [Claim; 30] = [
    (r"WHO is the cheapest alternative that meets (?P<what>(?:both targets|the target) \([^)]*\))", |facts, found| {
        is_recommended(facts, found) && is_of_targets(facts, found)
    }),
    (r"WHO is the cheapest that meets [\d.]+% coverage and the work target", |facts, found| {
        is_recommended(facts, found) && facts.targets.as_ref().is_some_and(|targets| targets.starts_with("both"))
    }),
    (r"WHO is the cheapest that meets [\d.]+% coverage", |facts, found| {
        is_recommended(facts, found) && facts.targets.as_ref().is_some_and(|targets| !targets.starts_with("both"))
    }),
    (r"Next cheapest that meets (?P<what>both targets|the target)(?: within the budget)?: WHO", |facts, found| {
        may_be_recommended(facts, found) && is_of_both(facts, found) && !is_recommended(facts, found)
    }),
    (r"No other alternative meets (?P<what>both targets|the target)(?: within the budget)?", |facts, found| {
        let may = facts.alternatives.iter().filter(|of| of.may_be_recommended).count();
        may == 1 && is_of_both(facts, found)
    }),
    (
        r"No alternative meets (?P<what>(?:both targets|the target) \([^)]*\)), so none is recommended",
        |facts, found| facts.alternatives.iter().all(|of| !of.meets) && is_of_targets(facts, found),
    ),
    (r"no alternative meets (?P<what>(?:both targets|the target) \([^)]*\)) within the budget", |facts, found| {
        facts.recommended.is_none() && is_of_targets(facts, found)
    }),
    (r"The cheapest that meets (?:them|it): WHO", meets),
    (r"None is recommended: WHO meets (?P<what>(?:both targets|the target) \([^)]*\))", |facts, found| {
        meets(facts, found) && !may_be_recommended(facts, found) && is_of_targets(facts, found)
    }),
    (
        r"(?:none|No alternative|no alternative)(?: with a complete price)? meets the targets(?P<within> within the budget)?",
        |facts, found| facts.recommended.is_none() && any_applies(facts, found),
    ),
    (r"WHO meets the targets(?P<within> within the budget)? (?:for|at the lowest cost)", may_be_recommended),
    (r"WHO meets the targets without a price for", meets),
    (r"WHO meets the targets in [^ ]+ of the samples", |facts, found| who(facts, found).is_some_and(|of| of.is_judged)),
    (
        r"It meets the targets in [^;]{1,80} of the samples, and is the cheapest that does(?P<within> within the budget)? in",
        any_applies,
    ),
    (r"In [^;]{1,60} no alternative meets them", any_applies),
    (r"WHO has the lowest total of those that meet the targets(?P<within> within the budget)?", is_recommended),
    (r"WHO(?:(?:, | and )WHO)* would meet the targets: (?:its|their) hours are best effort", |facts, found| {
        who(facts, found).is_some_and(|of| !of.meets)
    }),
    (r"(?P<share>[\d.]+)% meets the target of (?P<target>[\d.]+)%", is_enough),
    (r"(?P<share>[\d.]+)% \(meets the target of (?P<target>[\d.]+)%\)", is_enough),
    (r"no change where the team meets the targets for every service(?:: (?:does not apply|applies))?", |_, _| true),
    (r"(?:the cheapest mix that meets|No mix meets) (?P<what>(?:both targets|the target) \([^)]*\))", is_of_targets),
    (r"No mix that meets the targets(?P<within> within the budget)? covers a point more", |facts, _| {
        facts.plan.is_some()
    }),
    (r"No mix meets the targets(?P<within> within the budget)?", |facts, found| {
        facts.plan.is_none() && any_applies(facts, found)
    }),
    (
        r"(?P<mix>[^|;]{1,200}) is the cheapest mix that meets the targets(?P<within> within the budget)?",
        |facts, found| facts.plan.as_deref().is_some_and(|plan| found["mix"].ends_with(plan)),
    ),
    (r"The cheapest that meets the targets is [^|]{1,200}: [^:|]*, over the budget by", |facts, _| {
        facts.plan.is_none()
    }),
    (
        r"WHO [−\d,.]+ [A-Z]{3} over \d+ months [^|]{0,400}? Meets the targets(?P<within> within the budget)?",
        is_true_of_card,
    ),
    (r"Meets the (?P<which>coverage|work) target(?P<cells>(?: \| (?:yes|not applicable|no))*)", is_true_of_row),
    (
        r"Recommended: cheapest that meets the targets(?P<within> within the budget)? \| (?P<cell>[^|]*)",
        |facts, found| match facts.recommended {
            Some(index) => found["cell"].trim() == facts.alternatives[index].name,
            None => found["cell"].starts_with("None: "),
        },
    ),
    (r"[Mm]eets (?:the )?budget", |facts, _| facts.has_budget),
    (
        "(?:Next c|C|c)heapest that meets (?:the targets(?: within the budget)?|targets|them)|Chance of meeting (?:the|both) targets|Meets targets\
         |How often each alternative meets the targets|meets the targets at the lowest cost\
         |meets them, another is cheaper|cheapest within targets and budget|targets met, more expensive or over budget\
         |Chance of being the cheapest that meets the targets|Meets (?:coverage|work) target",
        any_applies,
    ),
];

/// Whether the alternative of a card of the board, the last that is named before the verdict, meets the targets.
fn is_true_of_card(facts: &Facts, found: &Captures) -> bool {
    let (cards, _) = found[0].rsplit_once(" over ").expect("a card has its months");
    let place = |of: &&Alternative| cards.rfind(&format!("{} ", of.name)).map(|at| at + of.name.len());
    let last = facts.alternatives.iter().filter(|of| place(of).is_some()).max_by_key(|of| (place(of), of.name.len()));
    last.is_some_and(|of| of.may_be_recommended)
}

/// Whether the cells of a row, one for each alternative, say whether it meets a target.
fn is_true_of_row(facts: &Facts, found: &Captures) -> bool {
    let which = usize::from(&found["which"] == "work");
    let words = |met: Option<bool>| met.map_or("not applicable", |met| if met { "yes" } else { "no" });
    let cells: String = facts.alternatives.iter().map(|of| format!(" | {}", words(of.each[which]))).collect();
    found["cells"] == cells
}

/// Whether a share is at least the target that it is said to meet.
fn is_enough(facts: &Facts, found: &Captures) -> bool {
    let number = |name: &str| found[name].parse::<f64>().expect("a number");
    any_applies(facts, found) && number("share") >= number("target")
}

/// The claims as patterns over the names of a scenario.
fn patterns(facts: &Facts) -> Vec<Regex> {
    let mut names: Vec<&str> = facts.alternatives.iter().map(|of| of.name.as_str()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let names = names.iter().map(|name| regex_lite::escape(name)).collect::<Vec<_>>().join("|");
    let pattern = |(words, _): &Claim| {
        let named = words.replacen("WHO", &format!("(?P<who>{names})"), 1).replace("WHO", &format!("(?:{names})"));
        Regex::new(&named).unwrap_or_else(|error| panic!("{words}: {error}"))
    };
    CLAIMS.iter().map(pattern).collect()
}

/// What is wrong with what a passage says of targets; none if it is so.
fn wrong_about_targets(facts: &Facts, patterns: &[Regex], passage: &Passage) -> Option<String> {
    let mut text = passage.words();
    // Most passages say nothing of targets, and patterns take their time.
    let lower = text.to_lowercase();
    if !["meet", "reach"].iter().any(|word| lower.contains(word)) {
        return None;
    }
    if passage.form == Form::Drawn {
        text = text.replace(';', "");
    }
    facts.quoted.iter().for_each(|quoted| text = text.replace(quoted, "…"));
    for ((words, is_so), pattern) in CLAIMS.iter().zip(patterns) {
        // The budget is named where there is one, in the forms that have a place for it.
        let names_budget =
            |found: &Captures| !words.contains("?P<within>") || found.name("within").is_some() == facts.has_budget;
        if let Some(found) = pattern.captures_iter(&text).find(|found| !is_so(facts, found) || !names_budget(found)) {
            return Some(format!("not so ({words}): {}", &found[0]));
        }
        text = pattern.replace_all(&text, "…").into_owned();
    }
    let rest = Regex::new(r"(?i)\b(?:meets?|reach(?:es|ed)?)\b[^.|;]{0,60}").expect("the pattern is right");
    rest.find(&text).map(|found| format!("of no known form: {}", found.as_str()))
}

/// What is wrong with what a passage calls the cheapest; none if it is ranked.
fn wrong_about_cheapest(facts: &Facts, passage: &Passage) -> Option<String> {
    let unranked: Vec<&Alternative> = facts.alternatives.iter().filter(|of| !of.is_ranked).collect();
    if unranked.is_empty() || passage.form == Form::Headers {
        return None;
    }
    // A row of two cells is a label with its value.
    let mut text = if passage.cells.len() == 2 { passage.cells.join(": ") } else { passage.words() };
    facts.mixes.iter().for_each(|mix| text = text.replace(mix, "…"));
    let is_claim = |sentence: &str| {
        let lower = sentence.to_lowercase();
        ["cheapest", "lowest price", "lowest total", "lowest cost"].iter().any(|words| lower.contains(words))
    };
    let mut sentences = text.split(['.', ';', '|']).filter(|sentence| is_claim(sentence));
    let wrong = sentences.find(|sentence| unranked.iter().any(|of| sentence.contains(&of.name)))?;
    Some(format!("called the cheapest: {wrong}"))
}

/// What is wrong with all passages, each with its place.
fn wrong(sample: &Sample, passages: &[Passage]) -> Vec<String> {
    let facts = Facts::of(&sample.scenario);
    let patterns = patterns(&facts);
    let of_passage = |passage: &Passage| {
        let found = [wrong_about_targets(&facts, &patterns, passage), wrong_about_cheapest(&facts, passage)];
        found.into_iter().flatten().map(|fault| format!("{}: {fault}", passage.place)).collect::<Vec<_>>()
    };
    let mut known = HashSet::new();
    let texts = passages.iter().filter(|passage| passage.form != Form::Data || !is_key(passage));
    texts.filter(|passage| known.insert((passage.form, passage.words()))).flat_map(of_passage).collect()
}

/// Whether a value of a data file is a word of its format, such as `meets_targets`, and no text.
fn is_key(passage: &Passage) -> bool {
    passage.cells.iter().all(|cell| !cell.contains(' '))
}

#[test]
fn no_output_claims_what_is_not_so() {
    let faults: Vec<String> = SAMPLES.par_iter().flat_map_iter(|sample| wrong(sample, &sample.passages)).collect();
    assert!(faults.is_empty(), "{} claims\n{}", faults.len(), faults.join("\n"));
}

/// A false sentence is found in whatever form it is written, and a true one is not.
#[test]
fn a_planted_claim_is_found() {
    let sample = |scenario: Scenario| Sample { scenario, passages: Vec::new() };
    let prices = load_file(&repository("scenarios/published/mrfixit-device-count.toml"));
    let (open, prices) = (&sample(load_text(OPEN)), &sample(prices));
    let found = |sample: &Sample, form: Form, cells: &[&str]| {
        let cells = cells.iter().map(|cell| cell.to_string()).collect();
        !wrong(sample, &[Passage { place: "planted".into(), form, cells }]).is_empty()
    };
    let is_wrong = |words: &str| found(open, Form::Prose, &[words]);
    for words in [
        "Best effort is the cheapest alternative that meets both targets (95% coverage, 95% of work completed): 1.",
        "Whole house is the cheapest alternative that meets the target (95% coverage): 70,800 USD over 12 months.",
        "Whole house is the cheapest that meets 95% coverage.",
        "Next cheapest that meets both targets: Too much (+1 USD).",
        "No alternative meets both targets (95% coverage, 95% of work completed), so none is recommended.",
        "Best effort meets the targets for 1 USD more than In-house",
        "Best effort reaches 95% coverage.",
        "In-house is almost there: it meets what is asked for.",
        "- Coverage: **60.0%** (meets the target of 95%)",
        "Bare bones is the cheapest of all offers.",
        "The lowest price is that of Bare bones: 61,080 USD over 12 months.",
    ] {
        assert!(is_wrong(&words.replace("**", "")), "{words}");
    }
    for words in [
        "Whole house is the cheapest alternative that meets both targets (95% coverage, 95% of work completed)",
        "Whole house meets the targets within the budget for 10,800 USD more than In-house",
        "- Coverage: 100.0% (meets the target of 95%)",
        "Best effort is the cheapest of all offers.",
    ] {
        assert!(!is_wrong(words), "{words}");
    }
    assert!(found(open, Form::Row, &["Cheapest", "Bare bones"]));
    assert!(found(open, Form::Row, &["Meets the work target", "yes", "yes", "yes", "yes", "yes", "yes"]));
    assert!(found(open, Form::Row, &["Recommended: cheapest that meets the targets", "Best effort"]));
    assert!(found(open, Form::Drawn, &["Best effort; 61,200 USD over 12 months; Coverage; 95%; Meets the targets"]));
    assert!(found(open, Form::Drawn, &["Best effort meets the targets at; the lowest cost over 12 months"]));
    assert!(found(prices, Form::Headers, &["Alternative", "Meets targets"]));
    assert!(found(prices, Form::Prose, &["No mix meets the targets."]));
}
