//! What a file is that is no scenario: a workbook, a document, a table, text in another encoding.
//!
//! People hand over the file they have. Its kind is named in one sentence, in place of what a reader
//! of TOML or UTF-8 would say of its bytes. It is asked for only where a file cannot be read, so no
//! scenario is ever taken for something else.

/// What a file is, and what to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileKind {
    /// What it is, with its article.
    pub name: &'static str,
    /// What to do.
    pub hint: &'static str,
}

/// How many lines of a text are looked at.
const LINES: usize = 40;

/// How many bytes of a file are looked at.
const BYTES: usize = 64 * 1024;

const TO_TOML: &str = "a scenario is a text file in TOML: `comanage init` writes one to start from";
const TO_UTF_8: &str = "save the file as UTF-8: in an editor, Save As with the encoding UTF-8";
const CLIENTS: &str = "a table of clients is the second file: comanage portfolio BASE.toml CLIENTS.csv";
const EXPORT: &str =
    "a scenario is a text file in TOML; a table of clients is exported as CSV for `comanage portfolio`";

/// Files by their first bytes.
const SIGNATURES: [(&[u8], FileKind); 9] = [
    (b"%PDF", FileKind { name: "a PDF document", hint: TO_TOML }),
    (b"\xD0\xCF\x11\xE0", FileKind { name: "a workbook or document of an old version of Office", hint: EXPORT }),
    (b"\x1F\x8B", FileKind { name: "a gzip archive", hint: "unpack it first: gunzip FILE.gz" }),
    (b"\x89PNG", FileKind { name: "a picture", hint: TO_TOML }),
    (b"\xFF\xD8\xFF", FileKind { name: "a picture", hint: TO_TOML }),
    (b"{\\rtf", FileKind { name: "a document in rich text (RTF)", hint: "save it as plain text in UTF-8" }),
    (b"\xFF\xFE", UTF_16),
    (b"\xFE\xFF", UTF_16),
    (b"PK\x03\x04", FileKind { name: "a ZIP archive", hint: TO_TOML }),
];

/// Archives by a name in them.
const ARCHIVED: [(&str, FileKind); 4] = [
    ("xl/", FileKind { name: "an Excel workbook", hint: EXPORT }),
    ("opendocument.spreadsheet", FileKind { name: "an OpenDocument spreadsheet", hint: EXPORT }),
    ("word/", FileKind { name: "a Word document", hint: TO_TOML }),
    ("opendocument.text", FileKind { name: "an OpenDocument text", hint: TO_TOML }),
];

const UTF_16: FileKind = FileKind { name: "text in UTF-16", hint: TO_UTF_8 };

impl FileKind {
    /// What some bytes are that are no scenario, if they are one of the kinds that are known.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Self::by_signature(bytes).or_else(|| {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(BYTES)]);
            Self::of_lines(text.trim_start_matches('\u{feff}').trim_start())
        })
    }

    /// Whether some bytes are a workbook that can be read.
    pub fn is_workbook(bytes: &[u8]) -> bool {
        Self::by_signature(bytes).is_some_and(|kind| kind == ARCHIVED[0].1 || kind == ARCHIVED[1].1)
    }

    /// The same by its first letters alone, where it is neither a scenario nor a table.
    pub fn by_signature(bytes: &[u8]) -> Option<Self> {
        let start = &bytes[..bytes.len().min(BYTES)];
        let signed = SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature)).map(|(_, kind)| *kind);
        if start.starts_with(b"PK\x03\x04") {
            let holds = |name: &str| memchr::memmem::find(start, name.as_bytes()).is_some();
            return ARCHIVED.iter().find(|(name, _)| holds(name)).map(|(_, kind)| *kind).or(signed);
        }
        let zeros = memchr::memchr_iter(0, start).count();
        // Every second byte of Latin letters in UTF-16 is zero.
        signed.or_else(|| (zeros > 0 && zeros * 3 > start.len()).then_some(UTF_16)).or_else(|| {
            let text = String::from_utf8_lossy(start);
            Self::of_text(text.trim_start_matches('\u{feff}').trim_start())
        })
    }

    /// What a text without its first white space is.
    fn of_text(text: &str) -> Option<Self> {
        if text.contains('\r') && !text.contains('\n') {
            let hint = "save it with the line ends of Unix or Windows";
            return Some(Self { name: "text with the line ends of old Macs (carriage returns)", hint });
        }
        let after = text.strip_prefix('[').map(str::trim_start);
        if text.starts_with('{') || after.is_some_and(|rest| rest.starts_with('{')) {
            return Some(Self { name: "a JSON document", hint: TO_TOML });
        }
        if text.starts_with('<') {
            return Some(Self { name: "an HTML or XML document", hint: TO_TOML });
        }
        None
    }

    /// What lines are, none of which is a key and its value or the header of a table.
    fn of_lines(text: &str) -> Option<Self> {
        let lines =
            || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).take(LINES);
        if lines().any(|line| line.contains('=') && !line.starts_with("sep=") || line.starts_with('[')) {
            return None;
        }
        let first = lines().next()?;
        let is_table = |separator: char| first.contains(separator) && lines().all(|line| line.contains(separator));
        if first.starts_with("sep=") || [',', ';', '\t'].into_iter().any(is_table) {
            return Some(Self { name: "a table (CSV)", hint: CLIENTS });
        }
        let is_yaml =
            |line: &str| line == "---" || line.starts_with("- ") || line.ends_with(':') || line.contains(": ");
        lines().all(is_yaml).then_some(Self { name: "a YAML document", hint: TO_TOML })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(FileKind::of(bytes).map(|kind| kind.name), expected, "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn files_are_known_by_what_they_hold() {
        check(b"PK\x03\x04\x14\0\0\0[Content_Types].xml xl/workbook.xml", Some("an Excel workbook"));
        check(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Some("an OpenDocument spreadsheet"));
        check(b"PK\x03\x04anything", Some("a ZIP archive"));
        check(b"%PDF-1.7\n", Some("a PDF document"));
        check(b"s\0c\0h\0e\0m\0a\0", Some("text in UTF-16"));
        check(b"\xFF\xFEs\0", Some("text in UTF-16"));
        check(b"schema = 1\rname = 2\r", Some("text with the line ends of old Macs (carriage returns)"));
        check(b"\n {\"name\": 3}", Some("a JSON document"));
        check(b"[\n  {\"name\": 3}]", Some("a JSON document"));
        check(b"<!DOCTYPE html>", Some("an HTML or XML document"));
        check(b"id,users\nA,3\n", Some("a table (CSV)"));
        check(b"sep=;\nid;users\nA;3\n", Some("a table (CSV)"));
        check(b"name: x\nteam:\n- role: y\n", Some("a YAML document"));
    }

    #[test]
    fn broken_scenarios_stay_scenarios() {
        check(b"schema = 1\nname = \xE9\n", None);
        check(b"[team]\nrole, x\n", None);
        check(b"# only a comment\n", None);
        check(b"", None);
        check(b"what is this", None);
    }
}
