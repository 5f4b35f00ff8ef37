//! The texts of an output, apart from how it is marked up: a passage is a paragraph, an item of a list, a row of a
//! table, a string of JSON, the words of a chart.

use std::path::Path;

use regex_lite::Regex;
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::workbook::xlsx::Book;

/// What kind of text a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Running text, an item, a caption.
    Prose,
    /// The words of a chart, lines apart by semicolons.
    Drawn,
    /// The headers of a table.
    Headers,
    /// A row of a table.
    Row,
    /// A value of a data file.
    Data,
}

/// A text with the place where it stands.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The command or the file.
    pub place: String,
    /// What kind of text it is.
    pub form: Form,
    /// Its cells, if it is a row; else the text alone.
    pub cells: Vec<String>,
}

impl Passage {
    fn new(place: &str, form: Form, cells: Vec<String>) -> Self {
        let cells = cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        Self { place: place.to_string(), form, cells }
    }

    fn prose(place: &str, text: &str) -> Self {
        Self::new(place, Form::Prose, vec![text.to_string()])
    }

    /// Its words, cells one after another.
    pub fn words(&self) -> String {
        self.cells.join(" | ")
    }
}

/// The passages of what is printed in a terminal.
pub fn of_terminal(place: &str, text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    for block in text.split("\n\n") {
        // What is to be pasted into a file is code.
        let is_code =
            |line: &&str| line.starts_with("  [alternatives.") || line.starts_with("  ") && line.contains(" = ");
        let lines: Vec<&str> = block.lines().filter(|line| !is_code(line)).collect();
        let is_ruled = |line: &&str| line.len() > 4 && line.chars().all(|sign| sign == '-');
        let Some(ruled) = lines.iter().position(is_ruled) else {
            passages.extend(items(&lines).iter().map(|text| Passage::prose(place, text)));
            continue;
        };
        // A terminal breaks headers over lines; files have them whole.
        passages.extend(lines[ruled + 1..].iter().map(|line| {
            let cells = line.split("  ").map(String::from).collect();
            Passage::new(place, Form::Row, cells)
        }));
    }
    passages
}

/// Paragraphs and items of a list, whose later lines are further to the right.
fn items(lines: &[&str]) -> Vec<String> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut items: Vec<String> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let goes_on = index > 0 && (indent(line) > indent(lines[index - 1]) || indent(line) == 4 || indent(line) == 0);
        match items.last_mut().filter(|_| goes_on) {
            Some(last) => *last += &format!(" {}", line.trim()),
            None => items.push(line.trim().to_string()),
        }
    }
    items
}

/// The passages of a file, by its ending; none of what is no text.
pub fn of_file(path: &Path, bytes: &[u8]) -> Vec<Passage> {
    let place = path.display().to_string();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let text = || String::from_utf8(bytes.to_vec()).expect("it is text");
    match ending.as_ref() {
        "md" => of_markdown(&place, &text()),
        "csv" => of_csv(&place, &text()),
        "json" => of_json(&place, &serde_json::from_str(&text()).expect("it is JSON")),
        "svg" => of_markup(&place, &text()),
        "html" => of_page(&place, &text()),
        "xlsx" => of_workbook(&place, bytes),
        "pdf" => Vec::new(),
        other => panic!("{place}: how is a text read from {other}?"),
    }
}

fn of_markdown(place: &str, text: &str) -> Vec<Passage> {
    let escape = Regex::new(r"\\(.)").expect("the pattern is right");
    let plain = |text: &str| escape.replace_all(&text.replace("**", ""), "$1").into_owned();
    let fenced = Regex::new(r"(?s)```.*?```").expect("the pattern is right");
    let text = fenced.replace_all(text, "");
    let lines: Vec<&str> = text.lines().collect();
    let row = |index: usize, line: &str| {
        let is_header = lines.get(index + 1).is_some_and(|next| next.starts_with("|---") || next.starts_with("| ---"));
        let cells = line.trim_matches('|').split(" | ").map(plain).collect();
        Passage::new(place, if is_header { Form::Headers } else { Form::Row }, cells)
    };
    let passage = |(index, line): (usize, &&str)| match line.starts_with('|') {
        true => row(index, line),
        false => Passage::prose(place, &plain(line)),
    };
    lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(passage).collect()
}

fn of_csv(place: &str, text: &str) -> Vec<Passage> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("it is CSV"));
    rows.map(|row| Passage::new(place, Form::Data, row.iter().map(String::from).collect())).collect()
}

fn of_json(place: &str, value: &Value) -> Vec<Passage> {
    match value {
        Value::String(text) => vec![Passage::new(place, Form::Data, vec![text.clone()])],
        Value::Array(values) => values.iter().flat_map(|value| of_json(place, value)).collect(),
        Value::Object(values) => {
            values.iter().flat_map(|(key, value)| of_json(&format!("{place}.{key}"), value)).collect()
        }
        _ => Vec::new(),
    }
}

/// A page without what only scripts and the look of it are for.
fn of_page(place: &str, html: &str) -> Vec<Passage> {
    let (_, body) = html.split_once("<body>").expect("a page has a body");
    let (body, _) = body.rsplit_once("</body>").expect("a body ends");
    let script = Regex::new(r"(?s)<script[^>]*>.*?</script>").expect("the pattern is right");
    of_markup(place, &format!("<body>{}</body>", script.replace_all(body, "")))
}

/// Elements whose text is read as one.
const WHOLE: [&str; 16] = [
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "caption",
    "figcaption",
    "summary",
    "dt",
    "div",
    "title",
    "label",
    "option",
    "pre",
];

fn of_markup(place: &str, text: &str) -> Vec<Passage> {
    let tree = Document::parse(text).unwrap_or_else(|error| panic!("{place}: {error}"));
    let mut passages = Vec::new();
    read(place, tree.root_element(), &mut passages);
    passages
}

fn read(place: &str, node: Node, passages: &mut Vec<Passage>) {
    let name = node.tag_name().name();
    let children = || node.children().filter(Node::is_element);
    match name {
        "svg" => {
            let drawn = node.descendants().filter(|node| node.tag_name().name() == "text").map(words);
            passages.push(Passage::new(place, Form::Drawn, vec![drawn.collect::<Vec<_>>().join("; ")]));
            let told = children().filter(|node| ["title", "desc"].contains(&node.tag_name().name()));
            passages.extend(told.map(|node| Passage::new(place, Form::Drawn, vec![words(node)])));
        }
        "tr" => {
            let is_header = children().all(|cell| cell.tag_name().name() == "th");
            let form = if is_header { Form::Headers } else { Form::Row };
            passages.push(Passage::new(place, form, children().map(words).collect()));
        }
        "dl" => passages.push(Passage::prose(place, &words(node))),
        _ if WHOLE.contains(&name) && node.children().any(|child| child.is_text() && has_words(child)) => {
            passages.push(Passage::prose(place, &words(node)));
        }
        _ => children().for_each(|child| read(place, child, passages)),
    }
}

fn has_words(node: Node) -> bool {
    node.text().is_some_and(|text| !text.trim().is_empty())
}

/// All text below a node, pieces of other elements apart; code is in backticks, as in Markdown.
fn words(node: Node) -> String {
    let piece = |node: Node| match node.parent().map(|parent| parent.tag_name().name()) {
        Some("code" | "pre") => format!("`{}`", node.text().unwrap_or_default()),
        _ => node.text().unwrap_or_default().to_string(),
    };
    node.descendants().filter(Node::is_text).map(piece).collect::<Vec<_>>().join(" ")
}

/// Rows of all sheets, with what formulas last gave and the texts that they may give.
fn of_workbook(place: &str, bytes: &[u8]) -> Vec<Passage> {
    let mut passages = Vec::new();
    for sheet in Book::open(bytes).sheets {
        let place = format!("{place}: {}", sheet.name);
        let cells: Vec<_> = sheet.cells.iter().filter(|(_, cell)| !cell.is_number && !cell.value.is_empty()).collect();
        let paths = sheet.cells.iter().find(|(_, cell)| cell.value == "Path").map(|((_, column), _)| *column);
        for row in cells.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
            let is_path = |column: u32, text: &str| Some(column) == paths && text != "Path";
            let texts = row.iter().map(|((_, column), cell)| match is_path(*column, &cell.value) {
                true => format!("`{}`", cell.value),
                false => cell.value.clone(),
            });
            passages.push(Passage::new(&place, Form::Row, texts.collect()));
        }
    }
    passages
}
