//! How weekly schedules are said: the shortest text that [`Week::parse`] reads as the same hours.

use super::{MINUTES, Week};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY: usize = 24 * 60;

impl Week {
    /// The hours as one would write them in a scenario: in pieces, or as the rest of the week where
    /// that takes fewer pieces.
    ///
    /// ```
    /// use comanage_model::week::Week;
    /// for text in ["24x7", "24x5", "none", "mon-fri 08:00-17:00, sat 09:00-13:00", "fri-sat 22:00-06:00"] {
    ///     assert_eq!(Week::parse(text).unwrap().words(), text);
    /// }
    /// assert_eq!(Week::parse("outside mon-fri 09:00-18:00").unwrap().words(), "outside mon-fri 09:00-18:00");
    /// ```
    pub fn words(&self) -> String {
        if self.is_empty() {
            return "none".to_string();
        }
        if self.minutes() as usize == MINUTES {
            return "24x7".to_string();
        }
        if *self == Self::from_spans(&[(0, 5 * DAY)]) {
            return "24x5".to_string();
        }
        let (inside, outside) = (self.groups(), Self::all().without(self).groups());
        if outside.len() < inside.len() {
            return format!("outside {}", outside.join(", "));
        }
        inside.join(", ")
    }

    /// The pieces of the hours, days with the same span together: `mon-fri 08:00-17:00`.
    fn groups(&self) -> Vec<String> {
        let mut groups: Vec<((usize, usize), [bool; 7])> = Vec::new();
        for (day, from, to) in self.pieces() {
            match groups.iter_mut().find(|(span, _)| *span == (from, to)) {
                Some((_, days)) => days[day] = true,
                None => groups.push(((from, to), std::array::from_fn(|other| other == day))),
            }
        }
        let group = |((from, to), days): &((usize, usize), [bool; 7])| {
            format!("{} {}-{}", name_days(days), clock(*from), clock(*to))
        };
        groups.iter().map(group).collect()
    }

    /// Each piece by its day, start and end; an end before the start lies in the next day. Spans of a
    /// day or more are cut at midnight.
    fn pieces(&self) -> Vec<(usize, usize, usize)> {
        let mut pieces = Vec::new();
        for (from, to) in self.spans_around() {
            let (mut start, is_short) = (from, to - from < DAY);
            while start < to {
                let midnight = (start / DAY + 1) * DAY;
                let end = if is_short { to } else { to.min(midnight) };
                let day_of_end = if end <= midnight { start / DAY } else { start / DAY + 1 };
                pieces.push((start / DAY % 7, start % DAY, end - day_of_end * DAY));
                start = end;
            }
        }
        pieces.sort_by_key(|&(day, from, _)| (day, from));
        pieces
    }

    /// The maximal spans, the one around the week's end as one that ends after it.
    pub(super) fn spans_around(&self) -> Vec<(usize, usize)> {
        let mut spans = self.spans();
        if let [first, .., last] = spans.as_slice()
            && first.0 == 0
            && last.1 == MINUTES
        {
            let around = (last.0, MINUTES + first.1);
            spans.pop();
            spans[0] = around;
        }
        spans
    }
}

/// Runs of days: `mon-fri`, `mon,wed`, `sat-sun`.
fn name_days(days: &[bool; 7]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|&day| days[day]) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let name = |&(first, last): &(usize, usize)| match last - first {
        0 => DAYS[first].to_string(),
        _ => format!("{}-{}", DAYS[first], DAYS[last]),
    };
    runs.iter().map(name).collect::<Vec<_>>().join(",")
}

/// `08:00`; the end of a day is `24:00`.
fn clock(minute: usize) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes as a duration, the way one writes it: `30m`, `4h`, `2d`.
pub fn duration(minutes: u32) -> String {
    match minutes {
        0 => "0m".to_string(),
        days if days % 1440 == 0 => format!("{}d", days / 1440),
        hours if hours % 60 == 0 => format!("{}h", hours / 60),
        minutes => format!("{minutes}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_as_the_same_hours() {
        let cases = [
            ("sun 20:00-04:00", "sun 20:00-04:00"),
            ("mon,wed,fri 08:00-12:00, tue 09:30-10:15", "mon,wed,fri 08:00-12:00, tue 09:30-10:15"),
            ("mon 10:00-24:00, tue 00:00-10:00", "mon 10:00-24:00, tue 00:00-10:00"),
            ("mon 10:00-24:00, tue 00:00-09:59", "mon 10:00-09:59"),
            ("sun 00:00-24:00, mon 00:00-08:00", "mon 00:00-08:00, sun 00:00-24:00"),
            ("sat 00:00-24:00, sun 00:00-24:00", "sat-sun 00:00-24:00"),
        ];
        for (written, said) in cases {
            let week = Week::parse(written).expect("valid hours");
            assert_eq!(week.words(), said);
            for hours in [week.clone(), Week::all().without(&week)] {
                assert_eq!(Week::parse(&hours.words()).expect("said hours are valid"), hours, "{}", hours.words());
            }
        }
    }
}
