//! `[document]`: what reports say of themselves.

use comanage_model::choice::Choice;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Document, DocumentSection};

use super::super::fields::{Fields, found};
use super::super::reader::Reader;

/// The least contrast of text on white (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

/// Reads the table; without it, everything is left out.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader) -> Document {
    let fields = root.open_or_empty(reader, "document");
    let document = Document {
        title: fields.name(reader, "title"),
        prepared_for: fields.name(reader, "prepared_for"),
        prepared_by: fields.name(reader, "prepared_by"),
        date: date(&fields, reader, "date"),
        valid_until: date(&fields, reader, "valid_until"),
        accent: accent(&fields, reader),
        sections: sections(&fields, reader),
        signatures: signatures(&fields, reader),
    };
    is_in_order(&document, &fields, reader);
    document
}

fn date(fields: &Fields<'_>, reader: &mut Reader, name: &str) -> Option<String> {
    let (node, path) = (fields.get(name)?, fields.path_of(name));
    let text = node.text().filter(|text| is_date(text)).map(String::from);
    if text.is_none() {
        let fault = Diagnostic::error("bad-date", format!("`{path}` must be a day of the calendar"));
        let hint = "write year, month and day in quotes: \"2027-01-15\"";
        reader.report(fault.at(node.span.clone(), found(node)).path(path).hint(hint));
    }
    text
}

/// Whether a text is a day as `2027-01-15` (ISO 8601) in the Gregorian calendar.
fn is_date(text: &str) -> bool {
    let is_digits = |part: &&str, long: usize| part.len() == long && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    if !is_digits(&year, 4) || !is_digits(&month, 2) || !is_digits(&day, 2) {
        return false;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or_default();
    let (year, month, day) = (number(year), number(month), number(day));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

fn is_in_order(document: &Document, fields: &Fields<'_>, reader: &mut Reader) {
    let (Some(date), Some(until), Some(node)) = (&document.date, &document.valid_until, fields.get("valid_until"))
    else {
        return;
    };
    if until < date {
        let fault =
            Diagnostic::error("valid-before-date", format!("the document is valid until {until}, before its date"));
        let fault = fault.at(node.span.clone(), found(node)).path(fields.path_of("valid_until"));
        reader.report(fault.hint(format!("write {date} or a later day")));
    }
}

fn accent(fields: &Fields<'_>, reader: &mut Reader) -> Option<(u8, u8, u8)> {
    let (node, path) = (fields.get("accent")?, fields.path_of("accent"));
    let Some(color) = node.text().and_then(color) else {
        let fault = Diagnostic::error("bad-color", format!("`{path}` must be a colour in hexadecimal digits"));
        let hint = "write red, green and blue: \"#1f4e8c\"";
        reader.report(fault.at(node.span.clone(), found(node)).path(path).hint(hint));
        return None;
    };
    let contrast = contrast_on_white(color);
    if contrast >= LEAST_CONTRAST {
        return Some(color);
    }
    let message = format!("`{path}` cannot be read on white: its contrast is {contrast:.1} to 1");
    let fault = Diagnostic::error("low-contrast", message).at(node.span.clone(), found(node)).path(path);
    reader.report(fault.hint("choose a darker colour: text needs 4.5 to 1"));
    None
}

fn color(text: &str) -> Option<(u8, u8, u8)> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |place: usize| {
        let pair = digits.get(place..place + 2).filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u8::from_str_radix(pair, 16).ok()
    };
    Some((channel(0)?, channel(2)?, channel(4)?))
}

/// The contrast of a colour and white, from 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast_on_white((red, green, blue): (u8, u8, u8)) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)
}

fn sections(fields: &Fields<'_>, reader: &mut Reader) -> Vec<DocumentSection> {
    let path = fields.path_of("sections");
    let mut sections = Vec::new();
    for (name, span) in fields.names(reader, "sections") {
        if let Some(section) = DocumentSection::from_word(name) {
            sections.push(section);
            continue;
        }
        let near = reader.nearest(name, DocumentSection::WORDS.iter().copied());
        let hint = near.map_or_else(
            || format!("write {}", DocumentSection::WORDS.join(", ")),
            |near| format!("did you mean {near:?}?"),
        );
        let fault = Diagnostic::error("unknown-value", format!("`{path}` has no section {name:?}"));
        reader.report(fault.at(span, "not a section of the report").path(&path).hint(hint));
    }
    sections
}

fn signatures(fields: &Fields<'_>, reader: &mut Reader) -> Vec<String> {
    let path = fields.path_of("signatures");
    let names = fields.names(reader, "signatures");
    let valid = names.into_iter().filter(|(name, span)| reader.check_name(name, span, &path, 200));
    valid.map(|(name, _)| name.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_calendar() {
        for day in ["2027-01-15", "2028-02-29", "2000-02-29", "2027-12-31"] {
            assert!(is_date(day), "{day}");
        }
        for day in ["2027-02-29", "1900-02-29", "2027-13-01", "2027-00-10", "2027-1-5", "0000-01-01", "+027-01-01", ""]
        {
            assert!(!is_date(day), "{day}");
        }
    }

    /// The contrast of #777777 and #767676 on white, as published with the guideline's techniques.
    #[test]
    fn contrast_is_that_of_the_guideline() {
        assert_eq!(color("#767676").map(contrast_on_white).map(|ratio| format!("{ratio:.2}")).as_deref(), Some("4.54"));
        assert_eq!(color("#777777").map(contrast_on_white).map(|ratio| format!("{ratio:.2}")).as_deref(), Some("4.48"));
        assert_eq!([color("#12345"), color("#+12345"), color("blue")], [None; 3]);
    }
}
