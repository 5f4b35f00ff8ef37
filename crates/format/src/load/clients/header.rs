//! The row that says what the columns are.

use std::ops::Range;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::{SourceFile, Sources, Span};

use super::super::columns::Column;
use super::super::document::Document;
use super::blocks::Block;
use super::quotes::{End, end_of_row};
use super::rows::{Row, RowFault, split_rows};

/// The name of the first column.
const ID: &str = "id";

/// The heads of the columns, with their places.
#[derive(Clone, Debug)]
pub struct Header {
    /// The heads.
    pub cells: Vec<String>,
    /// The text they stand in.
    pub sources: Sources,
    places: Vec<Range<usize>>,
}

impl Header {
    /// The heads that stand in a row.
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
            places: places(&text, cells.len()),
            sources: Sources(vec![SourceFile { name: name.into(), text }]),
        })
    }

    /// The columns after the first, which is the id.
    ///
    /// # Errors
    /// Every head that is no path of the document, or stands twice; a first one that is not the id.
    pub fn columns(&self, document: &Document) -> Result<Vec<Column>, Vec<Diagnostic>> {
        let (first, paths) = self.cells.split_first().map_or(("", &[][..]), |(first, paths)| (first.as_str(), paths));
        let mut problems = Vec::new();
        if first != ID {
            problems.push(self.no_id(first));
        }
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        match document.columns(&paths) {
            Ok(columns) if problems.is_empty() => return Ok(columns),
            Ok(_) => {}
            Err(refused) => problems.extend(refused.into_iter().map(|(number, diagnostic)| {
                let label = if paths[number].is_empty() { "a column without a head" } else { "this column" };
                diagnostic.at(self.span(number + 1), label)
            })),
        }
        Err(problems)
    }

    fn no_id(&self, first: &str) -> Diagnostic {
        let is_toml = first.starts_with(['#', '[']) || first.contains(" = ");
        let hint = if is_toml {
            "this reads as a scenario; the base comes first: comanage portfolio BASE.toml CLIENTS.csv"
        } else if self.cells.iter().any(|cell| cell == ID) {
            "put the column `id` first"
        } else {
            "add a column `id` that names each client, before the others"
        };
        let message = format!("the first column must be `{ID}`");
        Diagnostic::error("no-id-column", message).at(self.span(0), format!("found {first:?}")).hint(hint)
    }

    fn span(&self, number: usize) -> Span {
        Span { file: 0, range: self.places.get(number).cloned().unwrap_or_default() }
    }
}

/// Where so many cells stand in a row, quotes included.
fn places(row: &str, many: usize) -> Vec<Range<usize>> {
    let mut places = Vec::with_capacity(many);
    let mut from = 0;
    let mut to = 0;
    while places.len() < many {
        let end = row[to..].find(',').map_or(row.len(), |end| to + end);
        to = (end + 1).min(row.len());
        // A comma in quotes ends no cell.
        if end_of_row(&row.as_bytes()[from..end]) == End::Open(true) && end < row.len() {
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
        let found: Vec<&str> = places(row, 5).into_iter().map(|place| &row[place]).collect();
        assert_eq!(found, ["id", "\"team.\"\"IT manager\"\".salary\"", "\"a,b\"", "", "c"]);
    }
}
