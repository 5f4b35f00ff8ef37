//! How soon someone answers, on the mean.

use super::source::Source;
use crate::week::{MINUTES, Week, pieces};

/// Hours in which someone answers, and the minutes until they do.
pub struct Answer<'a> {
    /// The weekly hours in which someone answers.
    pub hours: &'a Week,
    /// Minutes until they answer a call in these hours.
    pub response: u32,
}

/// Everyone who answers a service in a month, and how soon. Left out are rotas that are too small,
/// providers who are not live, and those who state no time where one is required.
pub fn answers<'a>(sources: &'a [Source<'a>], respond_within: Option<u32>, month: u32) -> Vec<Answer<'a>> {
    let stated = |response: Option<u32>| response.or(if respond_within.is_none() { Some(0) } else { None });
    let mut answers = Vec::new();
    for source in sources.iter().filter(|source| source.is_scheduled(month)) {
        if source.fills_its_hours() {
            answers.extend(stated(source.response).map(|response| Answer { hours: &source.hours, response }));
        }
        if let Some(on_call) = &source.on_call {
            answers.extend(stated(on_call.response).map(|response| Answer { hours: on_call.hours, response }));
        }
    }
    answers.retain(|answer| !answer.hours.is_empty());
    answers
}

/// Mean minutes over the required ones until someone answers: the least, over all who answer, of the
/// minutes to the next of their hours, less one half if it is not now, and their response. None where
/// no one ever does.
///
/// With Monday to Friday 09:00 to 17:00 on duty and every minute required: 15.24 hours.
pub fn mean_minutes_to_an_answer(wanted: &Week, answers: &[Answer]) -> Option<f64> {
    if answers.is_empty() {
        return None;
    }
    let mut half_minutes: u64 = 0;
    let hours = answers.iter().map(|answer| answer.hours);
    pieces(std::iter::once(wanted).chain(hours), |from, to, holds| {
        if !holds[0] {
            return;
        }
        let mut now: Option<u64> = None;
        let mut later: Option<u64> = None;
        let min = |known: Option<u64>, new: u64| Some(known.map_or(new, |known| known.min(new)));
        for (answer, is_now) in answers.iter().zip(&holds[1..]) {
            if *is_now {
                now = min(now, u64::from(answer.response));
            } else {
                later = min(later, next(answer.hours, from) as u64 + u64::from(answer.response));
            }
        }
        half_minutes += waited(from as u64, to as u64, now, later);
    });
    Some(half_minutes as f64 / 2.0 / f64::from(wanted.minutes()))
}

/// The next minute of hours that are not now, counted on past the week's end.
fn next(hours: &Week, from: usize) -> usize {
    hours.next(from, true).or_else(|| hours.next(0, true).map(|first| first + MINUTES)).unwrap_or(from)
}

/// Half minutes waited in the minutes of a span: at each the lesser of a time that does not change and
/// one that ends at a minute.
fn waited(from: u64, to: u64, now: Option<u64>, later: Option<u64>) -> u64 {
    let falling = |from: u64, until: u64| (to - from) * (2 * until - (from + to));
    match (now, later) {
        (None, None) => 0,
        (Some(now), None) => (to - from) * 2 * now,
        (None, Some(until)) => falling(from, until),
        (Some(now), Some(until)) => {
            // From this minute on the second, `until - minute - 1/2`, is the lesser.
            let turn = until.saturating_sub(now).clamp(from, to);
            (turn - from) * 2 * now + falling(turn, until)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> Week {
        Week::parse(text).expect("valid hours")
    }

    #[test]
    fn the_sooner_answer_counts() {
        let (wanted, office, always) = (hours("mon 00:00-10:00"), hours("mon 09:00-10:00"), hours("24x7"));
        let answers = [Answer { hours: &office, response: 0 }, Answer { hours: &always, response: 120 }];
        let mean = mean_minutes_to_an_answer(&wanted, &answers).expect("someone answers");
        // Seven hours of 120 minutes, two in which the office opens sooner, and one of none.
        assert!((mean - (420.0 * 120.0 + 120.0 * 60.0) / 600.0).abs() < 1e-9, "{mean}");
        assert_eq!(mean_minutes_to_an_answer(&wanted, &[]), None);
    }
}
