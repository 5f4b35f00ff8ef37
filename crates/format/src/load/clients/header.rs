//! The row that says what the columns are.

use std::ops::Range;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::{SourceFile, Sources, Span};

use super::super::columns::{Column, Columns};
use super::super::document::Document;
use super::blocks::Block;
use super::layout::Layout;
use super::quotes::{End, end_of_row};
use super::rows::{Row, RowFault, split_rows};

/// The name of the column that tells clients apart.
const ID: &str = "id";

/// The name of the column with the names of clients, which are carried through.
const NAME: &str = "name";

/// How headers that are no paths are read.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    /// Headers, each with the path that it is for.
    pub maps: Vec<(String, String)>,
    /// Whether columns that mean nothing are passed over.
    pub ignores_unknown: bool,
}

/// What a column is.
enum Meaning {
    Id,
    Name,
    Value(Column),
    Nothing,
}

/// The headers of the columns, with their places.
#[derive(Clone, Debug)]
pub struct Header {
    /// The headers as they are written, by column.
    pub cells: Vec<String>,
    /// The text they are in.
    pub sources: Sources,
    places: Vec<Range<usize>>,
}

impl Header {
    /// The headers that are in a row.
    ///
    /// # Errors
    /// It is no row.
    pub fn new(name: &str, block: &Block) -> Result<Self, RowFault> {
        let rows = split_rows(block);
        let row = rows.first();
        if let Some(fault) = row.and_then(Row::fault) {
            return Err(fault);
        }
        let cells = row.map(Row::cells).unwrap_or_default();
        let text = String::from_utf8_lossy(&block.bytes).trim_end_matches(['\r', '\n']).to_string();
        Ok(Self {
            cells: cells.iter().map(|cell| cell.trim().to_string()).collect(),
            places: places(&text, cells.len(), char::from(block.separator)),
            sources: Sources(vec![SourceFile::new(name, text)]),
        })
    }

    /// The values that the columns mean, and how the cells of a row are arranged to them.
    ///
    /// # Errors
    /// Every header that is no path of the document, or that another column has too; no id.
    pub fn columns(
        &self,
        document: &Document,
        naming: &Naming,
        decimal_comma: bool,
    ) -> Result<(Vec<Column>, Layout), Vec<Diagnostic>> {
        if self.is_toml() {
            return Err(vec![self.no_id()]);
        }
        // Spreadsheets write empty cells behind the last column.
        let last = self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let mut problems = self.unknown_maps(naming);
        let mut layout = Layout { decimal_comma, columns: last, id: 0, name: None, values: Vec::with_capacity(last) };
        let (mut columns, mut id) = (Vec::new(), None);
        let mut all = Columns::new(document);
        for (number, cell) in self.cells[..last].iter().enumerate() {
            match meaning(cell, naming, id.is_some(), &mut all) {
                Ok(Meaning::Id) => id = Some(number),
                Ok(Meaning::Name) if layout.name.is_none() => layout.name = Some(number),
                Ok(Meaning::Value(column)) => {
                    layout.values.push((number, column.is_number()));
                    columns.push(column);
                }
                Ok(Meaning::Name | Meaning::Nothing) => {}
                Err(diagnostic) => {
                    let label = if cell.is_empty() { "a column without a headererererer" } else { "this column" };
                    problems.push(diagnostic.at(self.span(number), label));
                }
            }
        }
        match id {
            Some(id) => layout.id = id,
            None => problems.insert(0, self.no_id()),
        }
        if problems.is_empty() { Ok((columns, layout)) } else { Err(problems) }
    }

    /// Maps of headers that the table does not have.
    fn unknown_maps(&self, naming: &Naming) -> Vec<Diagnostic> {
        let is_known = |name: &str| self.cells.iter().any(|cell| plain(cell) == plain(name));
        let unknown = naming.maps.iter().filter(|(name, _)| !is_known(name));
        let problem = |(name, _): &(String, String)| {
            let message = format!("--map names {name:?}, and no column has this header");
            let diagnostic = Diagnostic::error("unknown-column", message).at(Span { file: 0, range: 0..0 }, "");
            diagnostic.hint(format!("headers are {}", self.cells.join(", ")))
        };
        unknown.map(problem).collect()
    }

    /// Whether the first row is a line of a scenario.
    fn is_toml(&self) -> bool {
        self.cells.first().is_some_and(|first| first.starts_with(['#', '[']) || first.contains(" = "))
    }

    fn no_id(&self) -> Diagnostic {
        let hint = if self.is_toml() {
            "this reads as a scenario; the base comes first: comanage portfolio BASE.toml CLIENTS.csv".into()
        } else {
            format!("add a column `{ID}` that names each client, or name the one there is: --map \"Client=id\"")
        };
        let message = format!("no column is `{ID}`");
        Diagnostic::error("no-id-column", message).at(self.span(0), "the first column").hint(hint)
    }

    fn span(&self, number: usize) -> Span {
        Span { file: 0, range: self.places.get(number).cloned().unwrap_or_default() }
    }
}

/// A header as it is compared: without case, with `_` for spaces and hyphens.
fn plain(header: &str) -> String {
    header.trim().to_lowercase().replace([' ', '-'], "_")
}

/// What a header means: as it is mapped, `id`, `name`, a path, a path in other letters, or the end of the
/// path of a value of the organization, such as `users`.
fn meaning(header: &str, naming: &Naming, has_id: bool, all: &mut Columns<'_>) -> Result<Meaning, Box<Diagnostic>> {
    let mapped = naming.maps.iter().find(|(name, _)| plain(name) == plain(header)).map(|(_, path)| path.as_str());
    let wanted = mapped.unwrap_or(header);
    match plain(wanted).as_str() {
        ID if !has_id => return Ok(Meaning::Id),
        NAME => return Ok(Meaning::Name),
        _ => {}
    }
    let exact = match all.add(wanted) {
        Err(diagnostic) if diagnostic.code == "unknown-path" => diagnostic,
        column => return column.map(Meaning::Value),
    };
    let short = plain(wanted);
    for other in [short.clone(), format!("organization.{short}")].into_iter().filter(|_| mapped.is_none()) {
        match all.add(&other) {
            Err(diagnostic) if diagnostic.code == "unknown-path" => {}
            column => return column.map(Meaning::Value),
        }
    }
    if naming.ignores_unknown && mapped.is_none() {
        return Ok(Meaning::Nothing);
    }
    let advice = format!("--map \"{header}=PATH\" says what it is, --ignore-unknown passes over it");
    let is_path = header.contains('.') && exact.hint.as_ref().is_some_and(|hint| hint.starts_with("did you mean"));
    Err(if is_path { exact } else { Box::new(exact.hint(advice)) })
}

/// Where this many cells are in a row, quotes included.
fn places(row: &str, many: usize, separator: char) -> Vec<Range<usize>> {
    let mut places = Vec::with_capacity(many);
    let mut from = 0;
    let mut to = 0;
    while places.len() < many {
        let end = row[to..].find(separator).map_or(row.len(), |end| to + end);
        to = (end + 1).min(row.len());
        // A separator in quotes ends no cell.
        if end_of_row(&row.as_bytes()[from..end], separator as u8) == End::Open(true) && end < row.len() {
            continue;
        }
        places.push(from..end);
        from = to;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_found_where_they_stand() {
        let row = "id,\"team.\"\"IT manager\"\".salary\",\"a,b\",,c";
        let found: Vec<&str> = places(row, 5, ',').into_iter().map(|place| &row[place]).collect();
        assert_eq!(found, ["id", "\"team.\"\"IT manager\"\".salary\"", "\"a,b\"", "", "c"]);
    }
}
