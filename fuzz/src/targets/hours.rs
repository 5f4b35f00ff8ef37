//! Hours of the week: any text is hours or is refused at a place in it, and hours that are said are
//! read as the same hours.

use comanage_model::week::{MINUTES, Week};

/// Reads a text as hours.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Week::parse(text) {
        Ok(week) => {
            is_said_and_read(&week);
            is_said_and_read(&Week::all().without(&week));
        }
        Err(error) => {
            assert!(text.get(error.at.clone()).is_some(), "{:?} is no place in {text:?}", error.at);
            assert!(!error.message.is_empty() && !error.hint.is_empty());
        }
    }
}

fn is_said_and_read(week: &Week) {
    let words = week.words();
    assert_eq!(Week::parse(&words).as_ref(), Ok(week), "{words}");
    let spans = week.spans();
    assert_eq!(Week::from_spans(&spans), *week);
    assert_eq!(spans.iter().map(|(from, to)| to - from).sum::<usize>(), week.minutes() as usize);
    assert!(spans.iter().all(|(from, to)| from < to && *to <= MINUTES));
    assert!(spans.windows(2).all(|pair| pair[0].1 < pair[1].0));
}
