//! Why rows were rejected, summed up by reason.

use std::path::Path;

use comanage_analysis::portfolio::Rejected;

/// More reasons than these are not distinguished.
const MAX: usize = 100;

/// Lines that are named for each reason.
const LINES: usize = 5;

/// Reasons that are shown.
const SHOWN: usize = 20;

/// Why rows were rejected, in the order in which reasons came up.
#[derive(Default)]
pub struct Reasons {
    rows: u64,
    reasons: Vec<Reason>,
    /// Faults of other reasons.
    others: u64,
}

struct Reason {
    text: String,
    advice: String,
    count: u64,
    /// The first lines of the file.
    lines: Vec<u64>,
}

impl Reasons {
    /// Adds a row.
    pub fn add(&mut self, rejected: &Rejected) {
        self.rows += 1;
        for fault in &rejected.faults {
            let known = self.reasons.iter().position(|reason| reason.text == fault.reason);
            let place = match known {
                Some(place) => place,
                None if self.reasons.len() < MAX => {
                    let (text, advice) = (fault.reason.clone(), fault.advice.clone());
                    self.reasons.push(Reason { text, advice, count: 0, lines: Vec::new() });
                    self.reasons.len() - 1
                }
                None => {
                    self.others += 1;
                    continue;
                }
            };
            let reason = &mut self.reasons[place];
            reason.count += 1;
            // What helps one row only is in the file.
            if reason.advice != fault.advice {
                reason.advice.clear();
            }
            reason.lines.extend(rejected.line.filter(|_| reason.lines.len() < LINES));
        }
    }

    /// The summary for the screen; the most frequent reasons first.
    pub fn in_words(mut self, file: &Path) -> String {
        let rows = if self.rows == 1 { "1 row was rejected".into() } else { format!("{} rows were rejected", self.rows) };
        let mut text = format!("\n{rows}:\n");
        self.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        for reason in self.reasons.iter().take(SHOWN) {
            text += &format!("  {} x {}{}\n", reason.count, reason.text, lines(reason));
            if !reason.advice.is_empty() {
                text += &format!("      {}\n", reason.advice);
            }
        }
        let more = self.others + self.reasons.iter().skip(SHOWN).map(|reason| reason.count).sum::<u64>();
        if more > 0 {
            text += &format!("  {more} x other reasons\n");
        }
        text + &format!("Every rejected row, with its reasons: {}", file.display())
    }
}

fn lines(reason: &Reason) -> String {
    let numbers: Vec<String> = reason.lines.iter().map(u64::to_string).collect();
    let more = if reason.count > numbers.len() as u64 { ", ..." } else { "" };
    match numbers.len() {
        0 => String::new(),
        1 if more.is_empty() => format!(" (line {})", numbers[0]),
        _ => format!(" (lines {}{more})", numbers.join(", ")),
    }
}
