//! Dotted paths: `team."IT manager".salary`, `employment.payroll_taxes[0].rate`.
//!
//! A path names a value for people, for draws and for a table of clients, so it has one spelling:
//! names stand bare and are quoted only if they hold a dot or a space, entries of lists without
//! names have their number.

use std::borrow::Cow;

/// A name as it is in a path.
pub fn spell(name: &str) -> Cow<'_, str> {
    if name.is_empty() || name.contains(['.', ' ']) || name.starts_with('"') {
        return Cow::Owned(format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")));
    }
    Cow::Borrowed(name)
}

/// The path of a name in a table.
pub fn join(path: &str, name: &str) -> String {
    let name = spell(name);
    if path.is_empty() {
        return name.into_owned();
    }
    let mut joined = String::with_capacity(path.len() + 1 + name.len());
    joined.push_str(path);
    joined.push('.');
    joined.push_str(&name);
    joined
}

/// A path in the one spelling that it has, if it is one.
///
/// ```
/// use comanage_format::load::path::canonical;
/// assert_eq!(canonical("team.\"boss\".salary").as_deref(), Some("team.boss.salary"));
/// ```
pub fn canonical(path: &str) -> Option<String> {
    let join_step = |path: String, step: Step| match step {
        Step::Name(name) => join(&path, &name),
        Step::Number(number) => format!("{path}[{number}]"),
    };
    Some(parse(path)?.into_iter().fold(String::new(), join_step))
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a table, by name.
    Name(String),
    /// Into a list, by number from 0.
    Number(usize),
}

impl Step {
    /// The name of a step into a table; none of one into a list.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Number(_) => None,
        }
    }
}

/// Takes a path apart.
///
/// ```
/// use comanage_format::load::path::{Step, parse};
/// let steps = parse("team.\"IT manager\".payroll_taxes[0].rate").unwrap();
/// assert_eq!(steps[1], Step::Name("IT manager".into()));
/// assert_eq!(steps[3], Step::Number(0));
/// assert_eq!(parse("a..b"), None);
/// ```
pub fn parse(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    loop {
        let (name, after) = take_name(rest)?;
        steps.push(Step::Name(name));
        rest = after;
        while let Some((number, after)) = take_number(rest) {
            steps.push(Step::Number(number));
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None => return rest.is_empty().then_some(steps),
        }
    }
}

/// A name, bare or quoted, and what follows it.
fn take_name(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = bare_end(text);
        let (name, rest) = text.split_at(end);
        return (!name.is_empty()).then(|| (name.to_string(), rest));
    };
    let mut name = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((name, quoted.get(at + 1..)?)),
            '\\' => name.push(letters.next()?.1),
            _ => name.push(letter),
        }
    }
    None
}

/// Where a bare name ends: at a dot, or at numbers in brackets that a dot or the end follows.
fn bare_end(text: &str) -> usize {
    let end = text.find('.').unwrap_or(text.len());
    let mut name = text.get(..end).unwrap_or(text);
    while let Some(open) = name.rfind('[') {
        match take_number(&name[open..]) {
            Some((_, "")) => name = &name[..open],
            _ => break,
        }
    }
    name.len()
}

/// A number in brackets and what follows it.
fn take_number(text: &str) -> Option<(usize, &str)> {
    let (digits, rest) = text.strip_prefix('[')?.split_once(']')?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| plain)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_a_name_in_one_way() {
        for (name, spelled) in [
            ("hybrid", "hybrid"),
            ("IT manager", "\"IT manager\""),
            ("v1.2", "\"v1.2\""),
            ("a\"b", "a\"b"),
            ("say \"hi\"", "\"say \\\"hi\\\"\""),
            ("Büro", "Büro"),
            ("", "\"\""),
        ] {
            assert_eq!(spell(name), spelled);
            assert_eq!(parse(&spell(name)), Some(vec![Step::Name(name.into())]), "{name}");
        }
    }

    #[test]
    fn takes_paths_apart() {
        let name = |name: &str| Step::Name(name.into());
        assert_eq!(parse("a[0][12].b"), Some(vec![name("a"), Step::Number(0), Step::Number(12), name("b")]));
        assert_eq!(parse("role[x].b"), Some(vec![name("role[x]"), name("b")]));
        for wrong in ["", ".", "a.", ".a", "\"a", "a\"b\"[", "\"a\"b"] {
            assert!(!matches!(parse(wrong), Some(steps) if steps.len() != 1), "{wrong}");
        }
        assert_eq!(parse(""), None);
        assert_eq!(parse("\"a\"b"), None);
    }
}
