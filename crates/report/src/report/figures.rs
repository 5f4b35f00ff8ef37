//! Figures in print.

use comanage_model::money::group_thousands;

/// A share as a percentage to one decimal; only what is exactly whole prints as 100.0%, only what is
/// exactly nothing as 0.0%.
///
/// ```
/// use comanage::report::percent;
/// assert_eq!(percent(0.8109589), "81.1%");
/// assert_eq!(percent(0.99999), "99.9%");
/// assert_eq!(percent(0.0001), "0.1%");
/// assert_eq!(percent(1.0), "100.0%");
/// ```
pub fn percent(share: f64) -> String {
    let printed = format!("{:.1}%", share * 100.0);
    match printed.as_str() {
        "100.0%" if share != 1.0 => (if share < 1.0 { "99.9%" } else { "100.1%" }).to_string(),
        "0.0%" | "-0.0%" if share != 0.0 => (if share > 0.0 { "0.1%" } else { "-0.1%" }).to_string(),
        "-0.0%" => "0.0%".to_string(),
        _ => printed,
    }
}

/// Hours to one decimal, thousands apart, whole ones without: `39.6`, `48`, `1,200`.
pub fn hours(hours: f64) -> String {
    let printed = format!("{hours:.1}");
    let printed = printed.strip_suffix(".0").unwrap_or(&printed);
    group_thousands(if printed == "-0" { "0" } else { printed })
}

/// A number with so many decimals, thousands apart.
pub fn number(value: f64, decimals: usize) -> String {
    group_thousands(&format!("{value:.decimals$}"))
}
