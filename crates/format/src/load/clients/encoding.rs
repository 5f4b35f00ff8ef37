//! Text of a table that is not UTF-8, decoded as it is read: UTF-16 and Windows-1252, as spreadsheets
//! write them.

use std::io::{self, ErrorKind, Read};

/// How text is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252, the usual encoding of Western Europe before UTF-8.
    Windows1252,
    /// Cells of the first sheet of a workbook.
    Workbook,
}

impl Encoding {
    /// The name of the encoding.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
            Self::Workbook => "a workbook",
        }
    }

    /// The encoding that a byte order mark says.
    pub(super) fn of_mark(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xFF, 0xFE]) {
            Some(Self::Utf16Le)
        } else if bytes.starts_with(&[0xFE, 0xFF]) {
            Some(Self::Utf16Be)
        } else {
            None
        }
    }
}

/// The letters of the bytes 80 to 9F; the five that have none keep their number.
/// Source: the table `windows-1252` of the Encoding Standard, <https://encoding.spec.whatwg.org/>.
const WINDOWS: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}',
    '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}',
    '\u{17e}', '\u{178}',
];

/// Bytes that are read and decoded at once.
const READ: usize = 1 << 15;

/// Bytes in another encoding, as UTF-8.
pub(super) struct Decoded<R> {
    inner: R,
    encoding: Encoding,
    /// What has been read and not been decoded: half a letter.
    rest: Vec<u8>,
    text: Vec<u8>,
    at: usize,
}

impl<R: Read> Decoded<R> {
    pub fn new(inner: R, encoding: Encoding) -> Self {
        Self { inner, encoding, rest: Vec::new(), text: Vec::new(), at: 0 }
    }

    /// Decodes what is read next; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let before = self.rest.len();
        self.rest.resize(before + READ, 0);
        let many = loop {
            match self.inner.read(&mut self.rest[before..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.rest.truncate(before + *many.as_ref().unwrap_or(&0));
        let is_over = many? == 0;
        let mut text = String::with_capacity(2 * self.rest.len());
        match self.encoding {
            Encoding::Utf8 | Encoding::Workbook => {
                text.push_str(&String::from_utf8_lossy(&std::mem::take(&mut self.rest)))
            }
            Encoding::Windows1252 => text.extend(self.rest.drain(..).map(|byte| match byte {
                0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
                byte => char::from(byte),
            })),
            Encoding::Utf16Le => self.units(u16::from_le_bytes, is_over, &mut text),
            Encoding::Utf16Be => self.units(u16::from_be_bytes, is_over, &mut text),
        }
        (self.text, self.at) = (text.into_bytes(), 0);
        Ok(!is_over || !self.text.is_empty())
    }

    /// Decodes the units that are whole; the first half of a pair waits for the other.
    fn units(&mut self, unit: fn([u8; 2]) -> u16, is_over: bool, text: &mut String) {
        let mut units: Vec<u16> = self.rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        if !is_over && units.last().is_some_and(|last| (0xD800..0xDC00).contains(last)) {
            units.pop();
        }
        text.extend(
            char::decode_utf16(units.iter().copied()).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
        self.rest.drain(..2 * units.len());
        if is_over && !self.rest.is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            self.rest.clear();
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() {
            if !self.fill()? {
                return Ok(0);
            }
        }
        let many = buffer.len().min(self.text.len() - self.at);
        buffer[..many].copy_from_slice(&self.text[self.at..self.at + many]);
        self.at += many;
        Ok(many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every letter is cut.
    struct Slow<'b>(&'b [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let many = self.0.len().min(1);
            buffer[..many].copy_from_slice(&self.0[..many]);
            self.0 = &self.0[many..];
            Ok(many)
        }
    }

    fn check(bytes: &[u8], encoding: Encoding, expected: &str) {
        for slow in [true, false] {
            let inner: Box<dyn Read> = if slow { Box::new(Slow(bytes)) } else { Box::new(bytes) };
            let mut text = String::new();
            Decoded::new(inner, encoding).read_to_string(&mut text).expect("it can be read");
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn text_is_decoded_however_it_is_cut() {
        let text = "id;Zürich €\n\u{1f600}";
        let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        check(&units(u16::to_le_bytes), Encoding::Utf16Le, text);
        check(&units(u16::to_be_bytes), Encoding::Utf16Be, text);
        check(b"Z\xFCrich \x80 \x96", Encoding::Windows1252, "Zürich € –");
        check(&[0x41, 0, 0x00, 0xD8], Encoding::Utf16Le, "A\u{fffd}");
        check(&[0x41, 0, 0x42], Encoding::Utf16Le, "A\u{fffd}");
    }
}
