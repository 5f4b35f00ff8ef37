//! Keys as words for readers.

/// A key in words.
///
/// ```
/// use comanage_model::words::in_words;
/// assert_eq!(in_words("security_monitoring"), "security monitoring");
/// ```
pub fn in_words(key: &str) -> String {
    key.replace('_', " ")
}

/// A text that begins with a capital.
///
/// ```
/// use comanage_model::words::capital;
/// assert_eq!(capital("net total"), "Net total");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
