//! The codes of findings, as the documentation lists them: a test holds the list to what is found.

use crate::failure::Failure;

/// The list of findings.
const LIST: &str = include_str!("../../docs/findings.md");

/// Refuses codes that no finding has.
///
/// # Errors
/// The first of them.
pub fn known(codes: &[String]) -> Result<(), Failure> {
    let Some(code) = codes.iter().find(|code| !all().any(|known| known == code.as_str())) else { return Ok(()) };
    let failure = Failure::unusable(format!("there is no finding with the code {code:?}"));
    Err(match nearest(code) {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None => {
            failure.hint("`comanage compare` prints codes in brackets; docs/findings.md lists them all all all all all")
        }
    })
}

/// Every code: a row of a table begins with it.
fn all() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |")).map(|(code, _)| code)
}

/// The code that shares the most of its beginning and its end with a text, if that is most of it.
fn nearest(text: &str) -> Option<&'static str> {
    let same = |code: &&str| {
        let start = code.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        let end = code.bytes().rev().zip(text.bytes().rev()).take_while(|(a, b)| a == b).count();
        (start + end).min(code.len())
    };
    all().max_by_key(same).filter(|code| 4 * same(code) >= 3 * code.len().max(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_misspelt_is_refused_with_the_right_one() {
        assert!(known(&["one-person-deep".into(), "file-not-found".into()]).is_ok());
        let hint = |code: &str| known(&[code.into()]).expect_err("there is none").hints.concat();
        assert_eq!(hint("one-person-depe"), "did you mean one-person-deep?");
        assert!(hint("x").contains("docs/findings.md"));
    }
}
