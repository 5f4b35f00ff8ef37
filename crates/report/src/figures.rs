//! Figures in print.

use rust_decimal::Decimal;

use comanage_model::money::group_thousands;
use comanage_model::scenario::Kind;

/// A share as a percentage to one decimal; only what is exactly whole prints as 100.0%, only what is
/// exactly nothing as 0.0%.
///
/// ```
/// use comanage_report::figures::percent;
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

/// A number with this many decimal places, thousands apart.
pub fn number(value: f64, decimals: usize) -> String {
    group_thousands(&format!("{value:.decimals$}"))
}

/// A value as one would write it in a scenario.
pub fn written(value: Decimal, kind: Kind) -> String {
    kind.write(value)
}

/// A share in whole percents; only what is exactly all prints as 100%, only nothing as 0%.
pub fn whole_percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    let percent = match () {
        () if share >= 1.0 => 100.0,
        () if share <= 0.0 => 0.0,
        () => percent.clamp(1.0, 99.0),
    };
    let edge = if share > 0.0 && share < 0.01 {
        "under "
    } else if share > 0.99 && share < 1.0 {
        "over "
    } else {
        ""
    };
    format!("{edge}{percent:.0}%")
}

/// How many services a price leaves out: `and 3 services without a price`.
pub fn without_price(services: usize) -> String {
    let plural = if services == 1 { "" } else { "s" };
    format!("and {services} service{plural} without a price")
}
