//! Where a row ends: at a line break that is in no quotes.
//!
//! Quotes count only where they open a cell, and a quote in quotes is written twice, as in RFC 4180.

use memchr::memchr;

/// Where a search for the end of a row comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The row ends with the line break before this byte.
    At(usize),
    /// The bytes end before the row does; whether in quotes.
    Open(bool),
}

/// The end of the row that begins with these bytes; its cells have a separator between them.
pub fn end_of_row(bytes: &[u8], separator: u8) -> End {
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            match end_of_quotes(bytes, at + 1) {
                Some(after) => at = after,
                None => return End::Open(true),
            }
        }
        match memchr::memchr2(separator, b'\n', &bytes[at..]) {
            None => return End::Open(false),
            Some(end) if bytes[at + end] == b'\n' => return End::At(at + end + 1),
            Some(end) => at += end + 1,
        }
    }
}

/// The byte after the quote that closes a cell, from the byte after the one that opens it.
fn end_of_quotes(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'"', &bytes[at..])? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether a row ends in quotes that are not closed.
pub fn is_open(row: &[u8], separator: u8) -> bool {
    end_of_row(row, separator) == End::Open(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: End) {
        assert_eq!(end_of_row(text.as_bytes(), b','), expected, "{text:?}");
    }

    #[test]
    fn a_row_ends_at_a_line_break_outside_of_quotes() {
        check("a,b\nc", End::At(4));
        check("a,\"b\nc\"\nd", End::At(8));
        check("a,\"b\"\"\n\"\nd", End::At(9));
        check("a,5\" b\nc\"", End::At(7));
        check("\"a\"b\"\n\"", End::At(6));
        check("a,b", End::Open(false));
        check("a,\"b\n", End::Open(true));
        check("a,\"b\"\"", End::Open(true));
        check("\n", End::At(1));
        check("", End::Open(false));
    }
}
