//! How weekly schedules are written: `mon-fri 08:00-17:00, sat 09:00-13:00`.
//!
//! The grammar is small and strict, since a misread hour is a wrong price: days are named by three
//! letters, times have minutes, and what could mean two things is refused with both spelled out.
//! `outside` before hours means the rest of the week.

use std::ops::Range;

use super::{MINUTES, Week};

/// Why a text says no hours, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError {
    /// The bytes of the text that are wrong.
    pub at: Range<usize>,
    /// What is wrong with them.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY: usize = 24 * 60;
const EXAMPLE: &str = "write \"24x7\", \"24x5\", \"none\" or pieces such as \"mon-fri 08:00-17:00, sat 09:00-13:00\"";
/// The word before hours that means the rest of the week.
const OUTSIDE: &str = "outside";

impl Week {
    /// Reads weekly schedules.
    ///
    /// ```
    /// use comanage_model::week::Week;
    /// // Friday's night shift ends on Saturday morning.
    /// let week = Week::parse("fri 22:00-06:00").unwrap();
    /// assert_eq!(week.spans(), [(4 * 1440 + 22 * 60, 5 * 1440 + 6 * 60)]);
    /// assert_eq!(Week::parse("fri-mon 00:00-24:00").unwrap().minutes(), 4 * 1440);
    /// assert!(Week::parse("8x5").is_err());
    /// // The rest of the week.
    /// assert_eq!(Week::parse("outside mon-fri 09:00-18:00").unwrap().minutes(), (168 - 45) * 60);
    /// ```
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let Some(start) = after_outside(text) else { return Self::parse_inside(text) };
        match Self::parse_inside(&text[start..]) {
            Ok(inside) => Ok(Self::all().without(&inside)),
            Err(error) => Err(HoursError { at: error.at.start + start..error.at.end + start, ..error }),
        }
    }

    /// Reads hours without `outside`.
    fn parse_inside(text: &str) -> Result<Self, HoursError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "24x7" => return Ok(Self::all()),
            "24x5" => return Ok(Self::from_spans(&[(0, 5 * DAY)])),
            "none" => return Ok(Self::none()),
            "" => return Err(error(0..text.len(), "no hours are given here", EXAMPLE)),
            "24/7" => return Err(error(0..text.len(), "not a valid schedule", "write \"24x7\"")),
            _ => {}
        }
        let mut spans = Vec::new();
        let mut days = [false; 7];
        let mut pending = None;
        for piece in pieces(text) {
            let (named, rest) = split_days(text, &piece);
            for day in parse_days(text, named)? {
                days[day] = true;
            }
            if rest.is_empty() {
                pending = Some(piece);
                continue;
            }
            let (from, to) = parse_span(text, rest)?;
            spans.extend((0..7).filter(|&day| days[day]).map(|day| (day * DAY + from, day * DAY + to)));
            (days, pending) = ([false; 7], None);
        }
        match pending {
            Some(piece) => {
                Err(error(piece, "these days have no times", "write the times too, such as \"mon-fri 08:00-17:00\""))
            }
            None => Ok(Self::from_spans(&spans)),
        }
    }
}

/// Where the hours after `outside` begin, if the text begins with that word.
fn after_outside(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let end = start + OUTSIDE.len();
    let is_outside = text.get(start..end).is_some_and(|word| word.eq_ignore_ascii_case(OUTSIDE));
    let is_whole_word = is_outside && text[end..].chars().next().is_none_or(char::is_whitespace);
    is_whole_word.then_some(end)
}

/// Whether a text gives hours as the rest of the week.
pub fn is_outside(text: &str) -> bool {
    after_outside(text).is_some()
}

fn error(at: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> HoursError {
    HoursError { at, message: message.into(), hint: hint.into() }
}

/// The pieces between commas, without the space around them.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split(',').map(move |piece| {
        let from = start + (piece.len() - piece.trim_start().len());
        start += piece.len() + 1;
        from..from + piece.trim().len()
    })
}

/// The days of a piece and what is after them.
fn split_days(text: &str, piece: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let whole = &text[piece.clone()];
    let space = whole.find(char::is_whitespace).unwrap_or(whole.len());
    let rest = whole[space..].trim_start();
    (piece.start..piece.start + space, piece.end - rest.len()..piece.end)
}

fn parse_days(text: &str, at: Range<usize>) -> Result<Vec<usize>, HoursError> {
    let named = &text[at.clone()];
    if named.is_empty() {
        return Err(error(at.start..text.len().min(at.start + 1), "nothing between the commas", EXAMPLE));
    }
    if named.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(if named.contains(['x', 'X', '/']) {
            error(
                at,
                format!("{named:?} does not say which hours"),
                "write the days and times, such as \"mon-fri 08:00-17:00\"",
            )
        } else {
            error(at, "these times have no days", "write the days before them, such as \"mon-fri 08:00-17:00\"")
        });
    }
    let Some((first, last)) = named.split_once('-') else {
        return Ok(vec![parse_day(text, at)?]);
    };
    let first = parse_day(text, at.start..at.start + first.len())?;
    let last = parse_day(text, at.end - last.len()..at.end)?;
    let length = (last + 7 - first) % 7;
    Ok((first..=first + length).map(|day| day % 7).collect())
}

fn parse_day(text: &str, at: Range<usize>) -> Result<usize, HoursError> {
    let name = text[at.clone()].to_lowercase();
    if let Some(day) = DAYS.iter().position(|&day| day == name) {
        return Ok(day);
    }
    let near = DAYS.iter().find(|&&day| name.len() >= 2 && (name.starts_with(day) || day.starts_with(&name)));
    let hint = match near {
        Some(day) => format!("write {day:?}"),
        None => "days are mon, tue, wed, thu, fri, sat and sun".into(),
    };
    Err(error(at, "not a day of the week", hint))
}

/// The minutes of the day from which and to which a span runs; past midnight, above 1,440.
fn parse_span(text: &str, at: Range<usize>) -> Result<(usize, usize), HoursError> {
    let span = &text[at.clone()];
    if span.contains(char::is_whitespace) {
        return Err(error(at, "more than one time span", "separate several by commas, each with its days"));
    }
    let Some((from, to)) = span.split_once('-') else {
        return Err(error(at, "not a time span", "write it as \"08:00-17:00\""));
    };
    let (from_at, to_at) = (at.start..at.start + from.len(), at.end - to.len()..at.end);
    let from = parse_time(text, from_at.clone())?;
    let to = parse_time(text, to_at)?;
    match from {
        DAY => Err(error(from_at, "24:00 can only end a day", "write the next day and 00:00")),
        _ if from == to => Err(error(at, "this time span has no length", "write 00:00-24:00 for a whole day")),
        _ if to < from => Ok((from, to + DAY)),
        _ => Ok((from, to)),
    }
}

fn parse_time(text: &str, at: Range<usize>) -> Result<usize, HoursError> {
    let time = &text[at.clone()];
    let digits = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = time.split_once(':').filter(|(hour, minute)| digits(hour) && digits(minute) && minute.len() == 2);
    let parsed = parts.and_then(|(hour, minute)| Some((hour.parse::<usize>().ok()?, minute.parse::<usize>().ok()?)));
    match parsed {
        Some((24, 0)) => Ok(DAY),
        Some((hour @ 0..24, minute @ 0..60)) => Ok(hour * 60 + minute),
        Some(_) => Err(error(at, "there is no such time of day", "times run from 00:00 to 24:00")),
        None => Err(error(at, "not a time of day", "write hours and minutes, such as 08:00")),
    }
}

const _: () = assert!(7 * DAY == MINUTES);
