//! References by name: to services, roles, tools, offers and alternatives.

use std::collections::HashMap;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::Span;

use super::nearest::some_of;
use super::reader::Reader;

/// The names that a reference may mean.
#[derive(Debug)]
pub(super) struct Names {
    what: &'static str,
    code: &'static str,
    all: Vec<String>,
    /// Keys of the file that the names come from.
    from: &'static [&'static str],
    index: HashMap<String, usize>,
}

impl Names {
    /// The names of things; the first of several equal ones counts.
    pub fn new<'n>(
        what: &'static str,
        code: &'static str,
        from: &'static [&'static str],
        names: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let all: Vec<String> = names.into_iter().map(String::from).collect();
        let mut index = HashMap::with_capacity(all.len());
        for (place, name) in all.iter().enumerate() {
            index.entry(name.clone()).or_insert(place);
        }
        Self { what, code, all, from, index }
    }

    /// The place of a name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The place of a name; reports a name that means nothing.
    pub fn find(&self, reader: &mut Reader, name: &str, span: &Span, path: &str) -> Option<usize> {
        let place = self.place(name);
        let is_lost = self.from.iter().any(|key| reader.lost.contains(key));
        if place.is_none() && !is_lost {
            let names = self.all.iter().map(String::as_str);
            let hint = match reader.nearest(name, names.clone()) {
                Some(near) => format!("did you mean {near:?}?"),
                None if self.all.is_empty() => format!("there is no {} in this scenario", self.what),
                None => format!("there is {}", some_of(names)),
            };
            let message = format!("there is no {} {name:?}", self.what);
            let diagnostic = Diagnostic::error(self.code, message).at(span.clone(), "unknown");
            reader.report(diagnostic.path(path).hint(hint));
        }
        place
    }

    /// The places of several names, in the order written.
    pub fn find_all(&self, reader: &mut Reader, names: Vec<(&str, Span)>, path: &str) -> Vec<usize> {
        names.into_iter().filter_map(|(name, span)| self.find(reader, name, &span, path)).collect()
    }
}
