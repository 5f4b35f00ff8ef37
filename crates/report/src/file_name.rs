//! Names of files, made of names that users choose.
//!
//! Keys and titles hold whatever people write; a file is named so that every system takes it and no
//! name leads out of its folder. What is written where is reported in the module that writes files.

/// A name that is one part of a path on any system: letters, digits, `-`, `_` and `.`, and not long.
///
/// ```
/// use comanage_report::file_name::safe_name;
/// assert_eq!(safe_name("../etc/passwd"), "-etc-passwd");
/// assert_eq!(safe_name("Müller & Söhne"), "Müller---Söhne");
/// assert_eq!(safe_name("con"), "con-");
/// assert_eq!(safe_name("LPT9.tar"), "LPT9-.tar");
/// assert_eq!(safe_name(&"漢".repeat(100)).len(), 150);
/// ```
pub fn safe_name(name: &str) -> String {
    // A name on a disk has at most 255 bytes, and something is before and behind it.
    const MAX_BYTES: usize = 150;
    const MAX: usize = 100;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut plain = String::new();
    for c in name.chars().take(MAX).map(|c| if is_plain(c) { c } else { '-' }) {
        if plain.len() + c.len_utf8() > MAX_BYTES {
            break;
        }
        plain.push(c);
    }
    let trimmed = plain.trim_start_matches('.').trim_end_matches('.');
    let (device, rest) = trimmed.split_at(trimmed.find('.').unwrap_or(trimmed.len()));
    match trimmed {
        "" => "scenario".to_string(),
        _ if is_reserved(device) => format!("{device}-{rest}"),
        name => name.to_string(),
    }
}

/// Whether Windows takes a name, with whatever ending, for a device.
fn is_reserved(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_port = |number: &str| number.chars().count() == 1 && "0123456789¹²³".contains(number);
    ["con", "prn", "aux", "nul"].contains(&name.as_str())
        || ["com", "lpt"].iter().any(|port| name.strip_prefix(port).is_some_and(is_port))
}

/// A safe name for each of several names, no two of them the same, not even on a disk that takes
/// capitals for small letters.
///
/// ```
/// use comanage_report::file_name::safe_names;
/// assert_eq!(safe_names(["a b", "a-b", "A-B", "c"]), ["a-b", "a-b-2", "A-B-3", "c"]);
/// ```
pub fn safe_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    let distinct = |name: &str| {
        let safe = safe_name(name);
        let numbered = (2..).map(|number| format!("{safe}-{number}"));
        let mut all = std::iter::once(safe.clone()).chain(numbered);
        all.find(|name| taken.insert(name.to_lowercase())).expect("there is always a further number")
    };
    names.into_iter().map(distinct).collect()
}
