//! The two pages for a board: the PDF is read back, and holds the figures of the comparison.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;

use comanage_model::money::Money;

use crate::common::{comanage, repository, temporary};

/// Runs a report for a board; the bytes of its HTML and of its PDF.
fn board(scenario: &Path, folder: &Path, more: &[&str]) -> (String, Vec<u8>) {
    let run = comanage(&["report", "--board", "--quiet", "--output"]).arg(folder).arg(scenario).args(more).output();
    let run = run.expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).expect("paths are text");
    let paths: Vec<&str> = printed.lines().collect();
    let [html, pdf] = paths[..] else { panic!("two files: {printed}") };
    (fs::read_to_string(html).expect("a page"), fs::read(pdf).expect("a document"))
}

fn comparison(scenario: &Path) -> Value {
    let folder = temporary("board-comparison");
    let mut run = comanage(&["compare", "--no-png", "--quiet", "--format", "json", "--output"]);
    let output = run.arg(&folder).arg(scenario).output().expect("the program starts");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn a_pdf_holds_the_figures_of_the_comparison() {
    for sample in ["harbor-foods", "three-quotes", "no-it-staff"] {
        let scenario = repository(&format!("scenarios/{sample}.toml"));
        let folder = temporary(&format!("board-{sample}"));
        let (html, pdf) = board(&scenario, &folder, &[]);
        let text = text_of_pdf(&pdf);
        let compared = comparison(&scenario);
        let name = compared["scenario"].as_str().expect("a name");
        assert!(text.contains(name), "{sample}: {text}");
        let alternatives = compared["alternatives"].as_array().expect("a list");
        for alternative in alternatives {
            let total: Decimal = alternative["total"].as_str().expect("a total").parse().expect("a decimal");
            let total = Money(total).to_prose().replace('-', "\u{2212}");
            let lines: Vec<&str> = text.lines().filter(|line| *line == total).collect();
            assert!(!lines.is_empty(), "{sample}: {total} in {text}");
            assert!(html.contains(&format!(">{total}</text>")), "{sample}: {total} in the page");
        }
        let raw = String::from_utf8_lossy(&pdf);
        for part in ["/Lang (en)", "/Title (", "/FontFile2 ", "/ToUnicode ", "/Count 2", "/DisplayDocTitle true"] {
            assert!(raw.contains(part), "{sample}: {part}");
        }
        for part in ["CreationDate", "/ID"] {
            assert!(!raw.contains(part), "{sample}: {part}");
        }
        assert!(board(&scenario, &folder, &[]).1 == pdf, "{sample}: the same bytes each time");
        fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
}

#[test]
fn a_document_has_its_name_on_it() {
    let folder = temporary("board-document");
    let scenario = folder.join("named.toml");
    let base = fs::read_to_string(repository("scenarios/three-quotes.toml")).expect("a sample");
    let document = "\n[document]\ntitle = \"Zürich \u{6771}\u{4eac} & <Söhne>\"\nprepared_for = \"Clinic\"\nprepared_by = \"Northwind\"\n\
                    date = \"2027-01-15\"\nvalid_until = \"2027-03-31\"\naccent = \"#8a1538\"\n\
                    signatures = [\"For Clinic\", \"For Northwind\"]\nsections = [\"audit\", \"comparison\"]\n";
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(&scenario, base + document).expect("a file");
    let (html, pdf) = board(&scenario, &folder, &["--audience", "client"]);
    let text = text_of_pdf(&pdf);
    for words in ["Prepared for Clinic", "Valid until 2027-03-31", "For Northwind", "Signatures", "Z\u{fc}rich"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("Internal edition"), "{text}");
    assert!(html.contains("&lt;S\u{f6}hne&gt;") && html.contains("#8A1538"), "the title and the colour");
    // The text of what the font does not have, in UTF-16.
    let copied = "\u{feff}Zürich \u{6771}\u{4eac}".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let streams = streams(&pdf).concat();
    assert!(holds(&streams, &copied) || holds(&streams, hex(&copied).as_bytes()), "it can be copied");
    let run = comanage(&["report", "--quiet", "--format", "markdown", "--output"]).arg(&folder).arg(&scenario).output();
    let printed = String::from_utf8(run.expect("the program starts").stdout).expect("a path");
    let report = fs::read_to_string(printed.trim()).expect("a report");
    let headings: Vec<&str> = report.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(headings[1..], ["Comparison", "Signatures"], "{headings:?}");
    assert!(report.contains("Prepared by Northwind"));
    let printed = comanage(&["report", "--quiet", "--format", "xlsx", "--output"]).arg(&folder).arg(&scenario).output();
    let printed = String::from_utf8(printed.expect("the program starts").stdout).expect("a path");
    let file = fs::File::open(printed.trim()).expect("a workbook");
    let mut parts = zip::ZipArchive::new(file).expect("it is packed");
    let mut texts = String::new();
    parts.by_name("xl/sharedStrings.xml").expect("it has texts").read_to_string(&mut texts).expect("it is text");
    for words in ["Prepared for Clinic. Prepared by Northwind.", "&amp; &lt;S\u{f6}hne&gt;"] {
        assert!(texts.contains(words), "{words} in the workbook");
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The streams of a PDF, inflated.
fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let mut streams = Vec::new();
    let mut rest = pdf;
    while let Some(start) = find(rest, b"stream\n") {
        let body = &rest[start + 7..];
        let end = find(body, b"\nendstream").expect("it ends");
        let mut inflated = Vec::new();
        flate2::read::ZlibDecoder::new(&body[..end]).read_to_end(&mut inflated).expect("it is compressed");
        streams.push(inflated);
        rest = &body[end + 10..];
    }
    streams
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The lines of text that a PDF shows, by what the letters of its fonts mean.
fn text_of_pdf(pdf: &[u8]) -> String {
    let streams = streams(pdf);
    let is_cmap = |stream: &&Vec<u8>| find(stream, b"begincmap").is_some();
    let meanings: Vec<HashMap<u16, char>> = streams.iter().filter(is_cmap).map(|stream| meanings(stream)).collect();
    let pages = streams.iter().filter(|stream| find(stream, b"BT\n").is_some());
    pages.map(|page| text_of_page(page, &meanings)).collect()
}

fn meanings(cmap: &[u8]) -> HashMap<u16, char> {
    let text = String::from_utf8_lossy(cmap);
    let pair = |line: &str| {
        let (letter, meaning) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")?;
        let meaning = u32::from_str_radix(meaning, 16).ok().and_then(char::from_u32)?;
        Some((u16::from_str_radix(letter, 16).ok()?, meaning))
    };
    let body = text.split("beginbfchar").skip(1);
    body.flat_map(|part| part.split("endbfchar").next().unwrap_or_default().lines().filter_map(pair)).collect()
}

fn text_of_page(page: &[u8], meanings: &[HashMap<u16, char>]) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(start) = find(rest, b"BT\n") {
        let end = find(&rest[start..], b"\nET").expect("it ends") + start;
        let block = &rest[start..end];
        let font = usize::from(find(block, b"/Semibold").is_some());
        let letters = shown(&block[find(block, b"Tm\n").expect("it is placed")..]);
        let pairs = letters.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        text.extend(pairs.map(|letter| meanings[font].get(&letter).copied().unwrap_or('\u{fffd}')));
        text.push('\n');
        rest = &rest[end..];
    }
    text
}

/// The bytes of the strings that are shown: in brackets with escapes, or in hexadecimal digits.
fn shown(block: &[u8]) -> Vec<u8> {
    let mut shown = Vec::new();
    let mut bytes = block.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte == b'<' {
            let digits: Vec<u8> = bytes.by_ref().take_while(|byte| *byte != b'>').collect();
            let digits = String::from_utf8(digits).expect("digits");
            let pairs = (0..digits.len() / 2).map(|pair| u8::from_str_radix(&digits[2 * pair..2 * pair + 2], 16));
            shown.extend(pairs.map(|byte| byte.expect("hexadecimal")));
        } else if byte == b'(' {
            literal(&mut bytes, &mut shown);
        }
    }
    shown
}

fn literal(bytes: &mut impl Iterator<Item = u8>, shown: &mut Vec<u8>) {
    let mut depth = 1;
    while let Some(byte) = bytes.next() {
        if byte == b'\\' {
            let escaped = bytes.next().expect("an escape");
            if let b'0'..=b'7' = escaped {
                let more = [bytes.next(), bytes.next()].map(|digit| digit.expect("three digits") - b'0');
                shown.push((escaped - b'0') * 64 + more[0] * 8 + more[1]);
                continue;
            }
            shown.push(match escaped {
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'b' => 8,
                b'f' => 12,
                other => other,
            });
            continue;
        } else if byte == b'(' {
            depth += 1;
        } else if byte == b')' {
            depth -= 1;
        }
        if depth == 0 {
            return;
        }
        shown.push(byte);
    }
}
