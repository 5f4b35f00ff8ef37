//! Signs that word processors and web pages write in place of plain ones: curly quotes, dashes,
//! no-break spaces.

/// A kind of such signs.
pub(super) struct Sign {
    letters: &'static [char],
    /// The plain sign.
    pub plain: char,
    /// What such a sign is called, and what the plain one is.
    pub name: &'static str,
    /// What to write.
    pub instead: &'static str,
}

const SIGNS: [Sign; 4] = [
    Sign {
        letters: &['“', '”', '„', '‟', '″'], plain: '"', name: "a curly quote", instead: "a straight quote (\")"
    },
    Sign {
        letters: &['‘', '’', '‚', '′'], plain: '\'', name: "a curly quote", instead: "a straight quote (')"
    },
    Sign { letters: &['‐', '‑', '–', '—', '−'], plain: '-', name: "a dash", instead: "a hyphen (-)" },
    Sign {
        letters: &['\u{a0}', '\u{2007}', '\u{2009}', '\u{202f}', '\u{3000}'],
        plain: ' ',
        name: "a no-break space",
        instead: "an ordinary space",
    },
];

/// The kind that a letter belongs to.
pub(super) fn of(letter: char) -> Option<&'static Sign> {
    SIGNS.iter().find(|sign| sign.letters.contains(&letter))
}

/// What is wrong with a text that holds such signs, and what to write.
pub(super) fn fault(text: &str) -> Option<(String, String)> {
    let first = text.chars().find_map(of)?;
    let plain: String = text.chars().map(|letter| of(letter).map_or(letter, |sign| sign.plain)).collect();
    Some((format!("{} in place of {}", first.name, first.instead), format!("write {plain:?}")))
}
