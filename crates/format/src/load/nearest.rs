//! Near misses: the valid name that a wrong one was probably meant to be.

/// The candidate nearest to a name, if one is near enough to be meant: a few letters differ, or one
/// is the beginning of the other.
pub(super) fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest_within(name, candidates, &mut usize::MAX.clone())
}

/// The same, for at most this many comparisons; each takes one away.
pub(super) fn nearest_within<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    comparisons: &mut usize,
) -> Option<&'c str> {
    let length = name.chars().count();
    let limit = 1 + length / 4;
    let lower = name.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let begins = length > 2 && begins_with(candidate, name);
        if !begins && candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        *comparisons = comparisons.checked_sub(1)?;
        let other = candidate.to_lowercase();
        let distance = if begins { usize::from(lower != other) } else { strsim::damerau_levenshtein(&lower, &other) };
        let is_better = best.is_none_or(|(min, best)| distance < min || (begins && !begins_with(best, name)));
        if distance <= limit && is_better {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether a candidate goes on where a name ends, at the end of a word.
fn begins_with(candidate: &str, name: &str) -> bool {
    let rest = candidate.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name));
    rest.is_some_and(|_| candidate[name.len()..].starts_with(['_', '-', ' ']))
}

/// The candidates that are most like a name, by the pairs of letters they share, the most similar first.
pub(super) fn likeliest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>, count: usize) -> Vec<&'c str> {
    let likeness = |candidate: &str| (strsim::sorensen_dice(name, candidate) * 1_000.0) as u32;
    let mut sorted: Vec<(u32, &str)> =
        candidates.into_iter().map(|candidate| (likeness(candidate), candidate)).collect();
    sorted.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    sorted.into_iter().take(count).map(|(_, candidate)| candidate).collect()
}

/// Some names in a row, for a message: "a, b, c and 4 more".
pub(super) fn some_of<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    const SHOWN: usize = 12;
    let names: Vec<&str> = names.into_iter().collect();
    let shown = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>();
    match (shown.as_slice(), names.len().saturating_sub(SHOWN)) {
        ([], _) => "none".into(),
        ([one], _) => one.clone(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("onbording", ["onboarding", "offers"]), Some("onboarding"));
        assert_eq!(nearest("Help_Desk", ["help_desk"]), Some("help_desk"));
        assert_eq!(nearest("term", ["team", "term_months"]), Some("term_months"));
        assert_eq!(nearest("x", ["help_desk"]), None);
    }

    #[test]
    fn likely_names_share_pairs_of_letters() {
        let keys = ["tax", "minimum_monthly", "uplift", "monthly"];
        assert_eq!(likeliest("monthly_minimum", keys, 2), ["minimum_monthly", "monthly"]);
        assert_eq!(likeliest("xyz", keys, 2), ["tax", "minimum_monthly"]);
    }

    #[test]
    fn names_some() {
        assert_eq!(some_of([]), "none");
        assert_eq!(some_of(["a", "b"]), "`a` and `b`");
        assert!(some_of(["a"; 20]).ends_with("and 8 more"));
    }
}
