//! Findings that alternatives share: one line a kind, with the alternatives that it holds for, the leading
//! one's first.

use super::Compared;
use comanage_model::diagnostic::{Diagnostic, Severity};

/// What is asked of an alternative: everything of a kind that is found in it.
pub type Ask<'s> = Box<dyn Fn(&Compared) -> Vec<String> + 's>;

/// A kind of finding.
pub struct Kind<'s> {
    /// How grave it is.
    pub severity: Severity,
    /// Its stable name.
    pub code: &'static str,
    /// How its line begins.
    pub words: &'static str,
    /// What to do.
    pub hint: Option<&'static str>,
    /// Everything of it that is found in an alternative.
    pub found: Ask<'s>,
}

impl<'s> Kind<'s> {
    /// A warning: `words`, then what is found.
    pub fn warning(code: &'static str, words: &'static str, found: impl Fn(&Compared) -> Vec<String> + 's) -> Self {
        Self { severity: Severity::Warning, code, words, hint: None, found: Box::new(found) }
    }

    /// A note: `words`, then what is found.
    pub fn note(code: &'static str, words: &'static str, found: impl Fn(&Compared) -> Vec<String> + 's) -> Self {
        Self { severity: Severity::Note, ..Self::warning(code, words, found) }
    }

    /// Adds what to do.
    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// The alternatives in which something may be found.
pub struct Found<'a, 's> {
    /// All of them.
    pub alternatives: &'a [Compared<'s>],
    leading: usize,
}

/// What holds for the same alternatives.
struct Group {
    items: Vec<String>,
    of: Vec<usize>,
}

/// Groups that are reported; what is found beyond them is in the tables.
const MAX_GROUPS: usize = 3;

/// Alternatives that are named before the others are counted.
const MAX_NAMES: usize = 3;

impl<'a, 's> Found<'a, 's> {
    /// The alternatives, and the one that is reported of first.
    pub fn new(alternatives: &'a [Compared<'s>], leading: usize) -> Self {
        Self { alternatives, leading }
    }

    /// The line of a kind; none where nothing of it is found.
    pub fn line(&self, kind: Kind) -> Option<Diagnostic> {
        let groups = self.groups(&kind);
        let told = groups
            .iter()
            .take(MAX_GROUPS)
            .map(|group| format!("{}: in {}", group.items.join(", "), self.names(&group.of)));
        let mut told: Vec<String> = told.collect();
        let mut of: Vec<usize> = groups.iter().flat_map(|group| group.of.clone()).collect();
        let first = *of.first()?;
        of.sort_unstable();
        of.dedup();
        let shown: Vec<usize> = groups.iter().take(MAX_GROUPS).flat_map(|group| group.of.clone()).collect();
        let others = of.iter().filter(|index| !shown.contains(index)).count();
        if others > 0 {
            told.push(format!("something of it in {others} more"));
        }
        let id = |index: usize| self.alternatives[index].id().to_string();
        let message = format!("{} {}", kind.words, told.join("; "));
        let found = Diagnostic::new(kind.severity, kind.code, message).path(id(first));
        let found = Diagnostic { alternatives: of.into_iter().map(id).collect(), ..found };
        Some(match kind.hint {
            Some(hint) => found.hint(hint),
            None => found,
        })
    }

    /// What is found, by the alternatives that it holds for; those of the leading one first.
    fn groups(&self, kind: &Kind) -> Vec<Group> {
        let mut items: Vec<(String, Vec<usize>)> = Vec::new();
        for index in self.order() {
            for item in (kind.found)(&self.alternatives[index]) {
                match items.iter_mut().find(|(known, _)| *known == item) {
                    Some((_, of)) if of.last() == Some(&index) => {}
                    Some((_, of)) => of.push(index),
                    None => items.push((item, vec![index])),
                }
            }
        }
        let mut groups: Vec<Group> = Vec::new();
        for (item, of) in items {
            match groups.iter_mut().find(|group| group.of == of) {
                Some(group) => group.items.push(item),
                None => groups.push(Group { items: vec![item], of }),
            }
        }
        groups
    }

    /// The alternatives, the leading one first.
    fn order(&self) -> impl Iterator<Item = usize> {
        let leading = self.leading;
        std::iter::once(leading).chain((0..self.alternatives.len()).filter(move |&index| index != leading))
    }

    /// `Hire`, `Hire and Hybrid`, `Hire, Hybrid and 3 more`.
    pub fn names(&self, of: &[usize]) -> String {
        let name = |&index: &usize| self.alternatives[index].name();
        let shown = if of.len() > MAX_NAMES { MAX_NAMES - 1 } else { of.len() };
        let (shown, more) = of.split_at(shown);
        let mut names: Vec<String> = shown.iter().map(|index| name(index).to_string()).collect();
        if !more.is_empty() {
            names.push(format!("{} more", more.len()));
        }
        match names.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            _ => names.concat(),
        }
    }
}
