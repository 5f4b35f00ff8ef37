//! Nights that hours leave open, though they hold other nights.

use super::{MINUTES, Week};

const DAY: usize = 24 * 60;

impl Week {
    /// Minutes that are not in the set although it holds that time of day on most days, in gaps of
    /// less than a day that begin or end at a midnight which the set holds on one side.
    ///
    /// Nights written as `mon-fri 18:00-09:00` and whole days as `sat-sun 00:00-24:00` leave Monday
    /// 00:00 to 09:00 open: no piece begins on Sunday at 18:00.
    ///
    /// ```
    /// use comanage_model::week::Week;
    /// let nights = Week::parse("mon-fri 18:00-09:00, sat-sun 00:00-24:00").unwrap();
    /// assert_eq!(nights.open_nights().words(), "mon 00:00-09:00");
    /// ```
    pub fn open_nights(&self) -> Self {
        let is_half_open = |minute: usize| {
            let minute = minute % MINUTES;
            minute.is_multiple_of(DAY) && self.contains(minute) != self.contains((minute + MINUTES - 1) % MINUTES)
        };
        let gaps = Self::all().without(self).spans_around();
        let at_midnight = |&(from, to): &(usize, usize)| to - from < DAY && (is_half_open(from) || is_half_open(to));
        let gaps: Vec<(usize, usize)> = gaps.into_iter().filter(at_midnight).collect();
        if gaps.is_empty() {
            return Self::none();
        }
        Self::from_spans(&gaps).and(&self.held_on_most_days())
    }

    /// The times of day that the set holds on four days or more, on every day.
    fn held_on_most_days(&self) -> Self {
        let days = |minute: usize| (0..7).filter(|day| self.contains(day * DAY + minute)).count();
        let mut times: Vec<usize> = self.spans().iter().flat_map(|&(from, to)| [from % DAY, to % DAY]).collect();
        times.extend([0, DAY]);
        times.sort_unstable();
        times.dedup();
        let spans = times.windows(2).filter(|span| days(span[0]) >= 4);
        let of_a_week = spans.flat_map(|span| (0..7).map(move |day| (day * DAY + span[0], day * DAY + span[1])));
        Self::from_spans(&of_a_week.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nights_that_are_held_on_other_days_are_missed() {
        let cases = [
            ("mon-fri 18:00-09:00, sat-sun 00:00-24:00", "mon 00:00-09:00"),
            ("mon-thu 18:00-08:00, sat-sun 00:00-24:00", "mon 00:00-08:00, fri 18:00-24:00"),
            ("mon-fri 17:00-24:00, mon-fri 00:00-08:00, sat-sun 00:00-24:00", "none"),
            ("mon-fri 18:00-08:00", "none"),
            ("mon-fri 08:00-17:00, sat 09:00-13:00", "none"),
            ("mon-fri 18:00-24:00, sat-sun 00:00-24:00", "none"),
            ("mon-sat 06:00-02:00, sun 10:00-22:00", "none"),
            ("24x5", "none"),
            ("24x7", "none"),
            ("none", "none"),
        ];
        for (hours, open) in cases {
            assert_eq!(Week::parse(hours).expect("valid hours").open_nights().words(), open, "{hours}");
        }
    }
}
