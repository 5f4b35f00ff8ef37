//! Where something changes along a row of values: runs of values that are alike, found by looking
//! at some of them and halving between two that differ.

use rayon::prelude::*;

/// Values in a row that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<L> {
    /// The number of the first value.
    pub from: u64,
    /// The number of the last one.
    pub to: u64,
    /// What they have in common.
    pub label: L,
}

/// The runs from the first point to the last. Between two points that are alike all values are
/// taken to be; between two that differ every change is found that halving meets.
///
/// # Errors
/// The first label, in the order of the values, that cannot be reported.
pub fn runs<L, E>(points: &[(u64, L)], label: impl Fn(u64) -> Result<L, E> + Sync) -> Result<Vec<Run<L>>, E>
where
    L: Copy + PartialEq + Send + Sync,
    E: Send,
{
    let found: Vec<Result<Vec<Change<L>>, E>> =
        points.par_windows(2).map(|pair| changes(pair[0], pair[1], &label)).collect();
    let mut runs: Vec<Run<L>> =
        points.first().map(|&(at, label)| Run { from: at, to: at, label }).into_iter().collect();
    for (changes, &(end, _)) in found.into_iter().zip(points.iter().skip(1)) {
        for change in changes? {
            close(&mut runs, change.last);
            runs.push(Run { from: change.last + 1, to: change.last + 1, label: change.next });
        }
        close(&mut runs, end);
    }
    Ok(runs)
}

fn close<L>(runs: &mut [Run<L>], to: u64) {
    if let Some(run) = runs.last_mut() {
        run.to = to;
    }
}

/// A change from one value to the next.
struct Change<L> {
    /// The last value before it.
    last: u64,
    /// What holds at the value after that.
    next: L,
}

/// The changes between two values, by halving. It keeps the lower end alike to the lower value; where
/// the change it comes to does not lead to what holds at the upper value, it goes on from there.
fn changes<L: Copy + PartialEq, E>(
    (mut low, mut of_low): (u64, L),
    (high, of_high): (u64, L),
    label: impl Fn(u64) -> Result<L, E>,
) -> Result<Vec<Change<L>>, E> {
    let mut changes = Vec::new();
    while of_low != of_high {
        let (mut above, mut of_above) = (high, of_high);
        while above - low > 1 {
            let middle = low + (above - low) / 2;
            let of_middle = label(middle)?;
            if of_middle == of_low {
                low = middle;
            } else {
                (above, of_above) = (middle, of_middle);
            }
        }
        changes.push(Change { last: low, next: of_above });
        (low, of_low) = (above, of_above);
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(points: &[u64], of: impl Fn(u64) -> char + Sync, expected: &str) {
        let label = |at| Ok::<_, ()>(of(at));
        let points: Vec<(u64, char)> = points.iter().map(|&at| (at, of(at))).collect();
        let found = runs(&points, label).expect("labels are given");
        let shown: Vec<String> = found.iter().map(|run| format!("{}-{}{}", run.from, run.to, run.label)).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn every_change_that_halving_meets_is_found() {
        check(&[0, 100], |at| if at < 38 { 'a' } else { 'b' }, "0-37a 38-100b");
        check(&[0, 100], |_| 'a', "0-100a");
        check(&[5], |_| 'a', "5-5a");
        let tie = |at| match at {
            0..=41 => 'a',
            42..=44 => '=',
            _ => 'b',
        };
        // 50 is b, 25 a, 37 a, 43 a tie: the way goes on from its first value.
        check(&[0, 100], tie, "0-41a 42-44= 45-100b");
        check(&[0, 41, 42, 45, 100], tie, "0-41a 42-44= 45-100b");
        // What lies between two points that are alike is not looked for.
        check(&[0, 41, 45, 100], |at| if at == 43 { '=' } else { 'a' }, "0-100a");
    }
}
