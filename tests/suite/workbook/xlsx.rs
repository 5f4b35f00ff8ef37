//! Reading a workbook back, as far as the tests look into it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// A workbook.
pub struct Book {
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// Its defined names and what they stand for.
    pub names: BTreeMap<String, String>,
    /// Every part of the file as text.
    pub parts: BTreeMap<String, String>,
}

/// A sheet.
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its cells, by row and column from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it shows, or holds as its last result.
    pub value: String,
    /// Whether it is a number.
    pub is_number: bool,
    /// Its formula.
    pub formula: Option<String>,
    /// Whether it can be changed while the sheet is protected.
    pub is_unlocked: bool,
}

impl Book {
    /// Opens a file.
    #[track_caller]
    pub fn open(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a part can be read");
            let mut text = String::new();
            let name = part.name().expect("a part has a name").into_owned();
            part.read_to_string(&mut text).expect("a part is text");
            parts.insert(name, text);
        }
        let texts = texts(&parts);
        let unlocked = unlocked(&parts);
        let book = roxmltree::Document::parse(&parts["xl/workbook.xml"]).expect("it is XML");
        let named = |tag: &'static str| book.descendants().filter(move |node| node.has_tag_name_local(tag));
        let sheets = named("sheet").zip(1..).map(|(sheet, number)| Sheet {
            name: sheet.attribute("name").expect("a sheet has a name").to_string(),
            cells: cells(&parts[&format!("xl/worksheets/sheet{number}.xml")], &texts, &unlocked),
        });
        let name = |node: roxmltree::Node| {
            (node.attribute("name").unwrap_or_default().to_string(), node.text().unwrap_or_default().to_string())
        };
        Self { names: named("definedName").map(name).collect(), sheets: sheets.collect(), parts }
    }

    /// A sheet by its name.
    #[track_caller]
    pub fn sheet(&self, name: &str) -> &Sheet {
        self.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name:?}"))
    }
}

impl Sheet {
    /// A cell; an empty one where nothing stands.
    pub fn cell(&self, row: u32, column: u32) -> Cell {
        self.cells.get(&(row, column)).cloned().unwrap_or_default()
    }

    /// The first row whose first cell says something.
    #[track_caller]
    pub fn row_of(&self, label: &str) -> u32 {
        let found = self.cells.iter().find(|((_, column), cell)| *column == 0 && cell.value == label);
        found.unwrap_or_else(|| panic!("{}: no row {label:?}", self.name)).0.0
    }
}

/// Names without their namespaces.
trait Local {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl Local for roxmltree::Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }
}

fn texts(parts: &BTreeMap<String, String>) -> Vec<String> {
    let Some(xml) = parts.get("xl/sharedStrings.xml") else { return Vec::new() };
    let document = roxmltree::Document::parse(xml).expect("it is XML");
    let items = document.descendants().filter(|node| node.has_tag_name_local("si"));
    let text = |item: roxmltree::Node| -> String {
        item.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
    };
    // What looks like an escaped letter is escaped itself.
    items.map(|item| text(item).replace("_x005F_", "_")).collect()
}

/// Which cell formats unlock a cell.
fn unlocked(parts: &BTreeMap<String, String>) -> Vec<bool> {
    let document = roxmltree::Document::parse(&parts["xl/styles.xml"]).expect("it is XML");
    let formats = document.descendants().find(|node| node.has_tag_name_local("cellXfs")).expect("there are formats");
    let is_unlocked = |format: roxmltree::Node| {
        format.children().any(|node| node.has_tag_name_local("protection") && node.attribute("locked") == Some("0"))
    };
    formats.children().filter(|node| node.is_element()).map(is_unlocked).collect()
}

fn cells(xml: &str, texts: &[String], unlocked: &[bool]) -> BTreeMap<(u32, u32), Cell> {
    let document = roxmltree::Document::parse(xml).expect("it is XML");
    let found = document.descendants().filter(|node| node.has_tag_name_local("c"));
    found.map(|node| (place(node.attribute("r").expect("a cell has a place")), cell(node, texts, unlocked))).collect()
}

fn cell(node: roxmltree::Node, texts: &[String], unlocked: &[bool]) -> Cell {
    let child = |name: &str| {
        let child = node.children().find(|child| child.has_tag_name_local(name));
        child.map(|child| child.text().unwrap_or_default().to_string())
    };
    let value = child("v").unwrap_or_default();
    let kind = node.attribute("t");
    let style: usize = node.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
    Cell {
        value: if kind == Some("s") { texts[value.parse::<usize>().expect("a number")].clone() } else { value },
        is_number: kind.is_none(),
        formula: child("f"),
        is_unlocked: unlocked[style],
    }
}

/// Row and column of `B3`, from 0.
fn place(cell: &str) -> (u32, u32) {
    let split = cell.find(|letter: char| letter.is_ascii_digit()).expect("a row");
    let (letters, digits) = cell.split_at(split);
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    (digits.parse::<u32>().expect("a row") - 1, column - 1)
}
