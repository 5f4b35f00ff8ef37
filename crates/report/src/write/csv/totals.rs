//! Totals of clients as CSV, a row a client.
//!
//! A million of these rows are written in the time of a blink: numbers become digits eight at a time,
//! without a text of their own.

use std::borrow::Cow;
use std::sync::Arc;

use csv::Writer;

use super::{ClientTable, Csv, neutral};
use comanage_analysis::portfolio::{Client, Named, amount};
use comanage_model::money::Currency;

/// The header row.
pub fn header(of: &ClientTable<'_>) -> Vec<u8> {
    let totals = of.ids.iter().map(|id| format!("total.{id}"));
    let id = ["id", "name"].into_iter().take(1 + usize::from(of.has_names)).map(String::from);
    Csv::new(id.chain(totals).chain(["cheapest".to_string()])).finish()
}

/// Adds the rows of some clients: the totals of the alternatives of the base, and the cheapest.
pub fn rows(of: &ClientTable<'_>, clients: &[Named<'_>], out: &mut Vec<u8>) {
    let ClientTable { ids, currency, has_names, .. } = *of;
    let mut at = out.len();
    let mut places: Option<Places> = None;
    for Named { id, name, client, .. } in clients {
        let known = places.take().filter(|places| places.client.has_alternatives_of(client));
        let known = places.insert(known.unwrap_or_else(|| Places::of(client, ids)));
        let id = text(id);
        let name = has_names.then(|| text(name.unwrap_or_default()));
        let max = id.len()
            + name.as_ref().map_or(0, |name| name.len() + 1)
            + (ids.len() + 1) * LONGEST_AMOUNT
            + known.longest_last;
        if out.len() < at + max {
            out.resize(at + max.max(ROOM), 0);
        }
        let mut line = Line { bytes: &mut out[at..at + max], end: 0 };
        for cell in std::iter::once(&id).chain(&name) {
            line.copy(cell);
            line.put(*b",", 1);
        }
        for place in &known.of_ids {
            match place {
                Some(index) => line.amount(client.total(*index), currency),
                None => line.put(*b",", 1),
            }
        }
        match client.choice.cheapest {
            Some(cheapest) => line.copy(&known.last_cells[cheapest]),
            None => line.copy(b"\n"),
        }
        at += line.end;
    }
    out.truncate(at);
}

/// A text as a cell. Most need neither quotes nor what keeps a sheet from taking them for a formula.
fn text(text: &str) -> Cow<'_, [u8]> {
    let is_plain = text.bytes().all(|byte| IS_PLAIN[usize::from(byte)]) && !text.is_empty() && !text.starts_with('-');
    if is_plain { text.as_bytes().into() } else { cell(text).into() }
}

/// Room is made for this many bytes at once, and for more where a row needs more.
const ROOM: usize = 1 << 13;

/// Bytes of an amount at most, with its comma: 128 bits are 39 digits.
const LONGEST_AMOUNT: usize = 48;

/// Where the alternatives of the base stand among those of a client, which others have too.
struct Places<'c> {
    client: Client<'c>,
    /// By alternative of the base; none where the client has none of that id.
    of_ids: Vec<Option<usize>>,
    /// The ids of the client's alternatives as the last cells of a row.
    last_cells: Vec<Vec<u8>>,
    /// Bytes of the longest of them.
    longest_last: usize,
}

impl<'c> Places<'c> {
    fn of(client: &Client<'c>, ids: &[Arc<str>]) -> Self {
        let place = |id: &Arc<str>| (0..client.len()).find(|&index| client.id(index) == id);
        let last = |index: usize| [&text(client.id(index))[..], b"\n"].concat();
        let last_cells: Vec<Vec<u8>> = (0..client.len()).map(last).collect();
        Self {
            client: *client,
            of_ids: ids.iter().map(place).collect(),
            longest_last: last_cells.iter().map(Vec::len).max().unwrap_or(0),
            last_cells,
        }
    }
}

/// A text as a cell, in quotes where it needs them.
fn cell(text: &str) -> Vec<u8> {
    let mut csv = Csv(Writer::from_writer(Vec::new()));
    csv.row([neutral(text).as_ref() as &str]);
    let mut cell = csv.finish();
    cell.pop();
    cell
}

/// A row being written: bytes up to its end, and room.
struct Line<'o> {
    bytes: &'o mut [u8],
    end: usize,
}

impl Line<'_> {
    /// Adds the first of some bytes.
    #[inline]
    fn put<const N: usize>(&mut self, bytes: [u8; N], first: usize) {
        self.bytes[self.end..self.end + N].copy_from_slice(&bytes);
        self.end += first;
    }

    #[inline]
    fn copy(&mut self, bytes: &[u8]) {
        self.bytes[self.end..self.end + bytes.len()].copy_from_slice(bytes);
        self.end += bytes.len();
    }

    /// Adds whole minor units as an amount with its decimals, and a comma.
    #[inline]
    fn amount(&mut self, minor: i128, currency: Currency) {
        match u64::try_from(minor) {
            // Divisors that the compiler knows cost little.
            Ok(size) if currency.digits == 2 && size < 100 * MAX => {
                let (whole, cents) = ((size / 100) as u32, (size % 100) as u8);
                self.number(whole);
                self.put([b'.', b'0' + cents / 10, b'0' + cents % 10, b','], 4);
            }
            Ok(size) if currency.digits == 0 && size < MAX => {
                self.number(size as u32);
                self.put(*b",", 1);
            }
            _ => {
                self.copy(amount(minor, currency).to_data(currency).as_bytes());
                self.put(*b",", 1);
            }
        }
    }

    /// Adds a number of at most eight digits.
    #[inline]
    fn number(&mut self, number: u32) {
        const ZEROS: u64 = u64::from_ne_bytes([b'0'; 8]);
        let digits = eight_digits(number);
        // The last digit stays, even if it is zero.
        let zeros = (digits.trailing_zeros() / 8).min(7);
        self.put(((digits | ZEROS) >> (8 * zeros)).to_le_bytes(), 8 - zeros as usize);
    }
}

/// Eight digits hold what is less.
const MAX: u64 = 100_000_000;

/// The bytes that need no quotes; a sheet takes a cell that begins with `-` for a formula.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8;
        is_plain[byte] = letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'.' | b'-');
        byte += 1;
    }
    is_plain
};

/// The eight digits of a number below a hundred million, a byte each, the first as the lowest: fours
/// are taken apart into pairs, and pairs into digits, all of them at once.
#[inline]
fn eight_digits(number: u32) -> u64 {
    let fours = u64::from(number / 10_000) | u64::from(number % 10_000) << 32;
    // A hundredth of what is below 10,000, and a tenth of what is below 100, as multiplications.
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let pairs = hundreds | ((fours - 100 * hundreds) << 16);
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | ((pairs - 10 * tens) << 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_number() {
        let numbers = (0..100_000_u32).chain((100_000..100_000_000).step_by(997)).chain([99_999_999]);
        for number in numbers {
            let digits = eight_digits(number).to_le_bytes().map(|digit| char::from(b'0' + digit));
            assert_eq!(String::from_iter(digits), format!("{number:08}"));
        }
    }
}
