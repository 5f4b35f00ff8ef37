//! The clients of a portfolio: opening their file, and what can be wrong with it.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use super::PortfolioArgs;
use crate::failure::{Failure, Kind};
use comanage_format::load::clients::{Block, Clients, Header, RowFault, TRAILING, OpenError};
use comanage_format::load::{Column, Document};

/// Opens the file of clients.
///
/// # Errors
/// It cannot be read, or is no table.
pub fn open(args: &PortfolioArgs) -> Result<Clients, Failure> {
    let (name, has_header, encoding) = (shown(args.clients()), !args.no_header, args.table.encoding());
    let opened = match (args.clients().as_os_str() == "-", args.shard) {
        (false, shard) => Clients::open(&name, has_header, shard, encoding),
        (true, Some(_)) => Err(OpenError::NotSplittable),
        (true, None) => Clients::of_stream(&name, Box::new(io::stdin()), has_header, encoding),
    };
    opened.map_err(|why| unopened(args, why))
}

/// What the columns of the file mean; the rows are arranged to them.
///
/// # Errors
/// A header that is not there, or one that names no value of the base.
pub fn columns(args: &PortfolioArgs, clients: &mut Clients, base: &Document) -> Result<Vec<Column>, Failure> {
    let header = match (&args.columns, clients.header.take()) {
        (Some(headers), _) => header_of_flag(headers)?,
        (None, Some(header)) => header,
        (None, None) => return Err(unopened(args, OpenError::Empty)),
    };
    let (columns, layout) = header
        .columns(base, &args.table.naming(), args.table.has_decimal_comma())
        .map_err(|problems| Failure::found(Kind::Unusable, problems, header.sources))?;
    let is_standard = layout.is_standard() && clients.blocks.separator() == b',';
    clients.blocks.layout = (!is_standard).then(|| Arc::new(layout));
    Ok(columns)
}

fn unopened(args: &PortfolioArgs, why: OpenError) -> Failure {
    let file = shown(args.clients());
    match why {
        OpenError::Io(error) => unreadable(args, &error),
        OpenError::NotSplittable => Failure::unusable(format!("{file} cannot be split"))
            .hint("--shard takes a part of a plain file in UTF-8: unpack it, save it as UTF-8, or leave --shard out"),
        OpenError::Header(RowFault::NotText) => {
            Failure::unusable(format!("{file}: the first row is not UTF-8 text"))
                .hint("save the file as UTF-8, or say how it is stored: --encoding windows-1252")
        }
        OpenError::BrokenWorkbook(why) => Failure::unusable(format!("the workbook {file} cannot be read: {why}"))
            .hint("open it in a spreadsheet and save it again, or save the list as CSV"),
        OpenError::OtherKind(kind) => Failure::unusable(format!("{file} is {kind}, not a table of clients"))
            .hint("save the list as CSV: in a spreadsheet, Save As, CSV UTF-8"),
        OpenError::Header(RowFault::Unclosed | RowFault::TooLong | RowFault::Cells { .. }) => {
            Failure::unusable(format!("{file}: the first row does not end"))
                .hint("the first row has the headers of the columns: id, then paths")
        }
        OpenError::Empty => Failure::unusable(format!("{file} is empty"))
            .hint("the first row has the headers of the columns: id, then paths such as organization.users"),
    }
}

/// The name of a file in messages.
pub fn shown(file: &Path) -> String {
    if file.as_os_str() == "-" { "standard input".into() } else { file.display().to_string() }
}

/// A failure to read the clients.
pub fn unreadable(args: &PortfolioArgs, error: &io::Error) -> Failure {
    let file = shown(args.clients());
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Failure::unusable(format!("there is no file {file}")),
        ErrorKind::IsADirectory => Failure::unusable(format!("{file} is a folder")),
        ErrorKind::UnexpectedEof => Failure::unusable(format!("{file} is truncated: its compressed data is incomplete")),
        ErrorKind::InvalidData if error.to_string() == TRAILING => {
            Failure::unusable(format!("{file} is corrupt: bytes follow the compressed data"))
        }
        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            Failure::unusable(format!("{file} is corrupt: its compressed data cannot be decompressed"))
        }
        _ => Failure::system(format!("cannot read {file}"), error),
    }
}

/// The headers that were typed.
fn header_of_flag(headers: &str) -> Result<Header, Failure> {
    Header::new("--columns", &Block::standard(headers.as_bytes().to_vec()))
        .map_err(|_| Failure::unusable("--columns is not a header row").hint("write --columns id,organization.users"))
}
