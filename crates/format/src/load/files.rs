//! Files: reading them, and the chain of files that extend one another.
//!
//! Everything that can be wrong with a file before it is understood is found here: that it is not
//! there, not text, too large, broken as TOML, or that it extends itself.

use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::{SourceFile, Sources, Span};

use super::nearest::nearest;
use super::syntax;
use super::tree::{self, Node, Parsed, Table, Value};

/// The largest file that is read.
const LARGEST: usize = 16 * 1024 * 1024;

/// How many files may extend one another.
const DEEPEST: usize = 16;

/// How far a tree can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Nothing stands where it was meant to.
    Nothing,
    /// What stands there was meant, but something is lost.
    Values,
    /// All of it.
    #[default]
    Whole,
}

/// The trees of a file and of what it extends, nearest first, and what was found on the way.
#[derive(Default)]
pub(super) struct Files {
    /// The texts.
    pub sources: Sources,
    /// The trees, nearest first.
    pub trees: Vec<Table>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// How far the trees can be trusted.
    pub trust: Trust,
    /// Whether the machine failed rather than a file.
    pub machine_failed: bool,
}

/// Gives the bytes of a file by its path.
pub(super) type Fetch<'f> = &'f mut dyn FnMut(&str) -> io::Result<Vec<u8>>;

/// Reads a file of the file system; `-` is standard input. Never more than is allowed and a byte.
pub(super) fn fetch(path: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    if path == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    if std::fs::metadata(path)?.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    std::fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Files {
    /// Reads a file, given its bytes, and every file that it extends.
    pub fn read(name: &str, bytes: io::Result<Vec<u8>>, fetch: Fetch<'_>) -> Self {
        let mut files = Self::default();
        match bytes {
            Ok(bytes) => files.follow(name, bytes, fetch),
            Err(error) => {
                let diagnostic = files.io_fault(name, &error);
                files.diagnostics.push(diagnostic);
                files.trust = Trust::Nothing;
            }
        }
        files
    }

    /// Adds a file, then what it extends, and so on.
    fn follow(&mut self, name: &str, bytes: Vec<u8>, fetch: Fetch<'_>) {
        let mut chain = vec![normal(name)];
        let mut bytes = bytes;
        loop {
            let current = chain.last().cloned().unwrap_or_default();
            let shown = if chain.len() == 1 { name.to_string() } else { current.clone() };
            self.add(&shown, bytes);
            let Some((base, span)) = self.extends() else { return };
            let path = beside(&current, &base);
            if let Some(fault) = chain_fault(&chain, &path) {
                return self.lose(fault.at(span, "here").path("extends"));
            }
            bytes = match fetch(&path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    let fault = self.io_fault(&path, &error);
                    return self.lose(fault.at(span, "extended here").path("extends"));
                }
            };
            chain.push(path);
        }
    }

    /// The tree of a file that stands beside the others; none if it is not to be trusted.
    pub fn single(&mut self, name: &str, bytes: Vec<u8>) -> Option<Table> {
        let before = std::mem::take(&mut self.trust);
        self.add(name, bytes);
        let is_whole = self.trust == Trust::Whole;
        self.trust = before.min(if is_whole { Trust::Whole } else { Trust::Values });
        self.trees.pop().filter(|_| is_whole)
    }

    /// Reports that a file is lost.
    pub fn lose(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
        self.trust = self.trust.min(Trust::Values);
    }

    /// Adds the tree of a file.
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let file = self.sources.0.len();
        let name = if name == "-" { "standard input" } else { name };
        let (text, fault) = decode(file, bytes);
        self.sources.0.push(SourceFile { name: name.into(), text });
        if let Some(fault) = fault {
            self.diagnostics.push(fault);
            self.trust = Trust::Nothing;
            self.trees.push(Table::default());
            return;
        }
        let Some(source) = self.sources.0.last() else { return };
        let parsed = match tree::parse(file, &source.text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let diagnostic = self.io_fault(name, &error);
                self.diagnostics.push(diagnostic);
                self.trust = Trust::Nothing;
                return self.trees.push(Table::default());
            }
        };
        let Parsed { table, errors, too_deep } = parsed;
        self.trust = self.trust.min(syntax::report(file, &source.text, &errors, &mut self.diagnostics));
        for span in too_deep {
            let diagnostic = Diagnostic::error("too-deep", "values are nested too deep").at(span, "too deep");
            self.diagnostics.push(diagnostic.hint("the format needs no more than eight levels"));
        }
        let is_empty = table.entries.is_empty() && errors.is_empty();
        if is_empty && file == 0 {
            let diagnostic =
                Diagnostic::error("empty-file", "the file says nothing").at(Span { file, range: 0..0 }, "");
            self.diagnostics.push(diagnostic.hint("`comanage init` writes a scenario to start from"));
            self.trust = Trust::Nothing;
        }
        self.trees.push(table);
    }

    /// What the last file extends, and where it says so. The key is done with.
    fn extends(&mut self) -> Option<(String, Span)> {
        let tree = self.trees.last_mut()?;
        let place = tree.entries.iter().position(|entry| entry.key == "extends")?;
        let node: Node = tree.entries.remove(place).node;
        match node.value {
            Value::Text(path) if !path.trim().is_empty() => Some((path, node.span)),
            _ => {
                let found = super::fields::found(&node);
                let diagnostic = Diagnostic::error("wrong-type", "`extends` must be the path of a file");
                self.lose(diagnostic.at(node.span, found).path("extends").hint("write it in quotes: \"base.toml\""));
                None
            }
        }
    }

    /// A failure to read a file.
    pub fn io_fault(&mut self, path: &str, error: &io::Error) -> Diagnostic {
        let (code, message, hint) = match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                ("file-not-found", format!("there is no file {path:?}"), near_file(path))
            }
            ErrorKind::IsADirectory => {
                ("file-is-a-folder", format!("{path:?} is a folder"), Some("name a scenario file in it".into()))
            }
            ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
                ("file-not-found", format!("{path:?} is no name of a file"), None)
            }
            _ => {
                self.machine_failed = true;
                ("file-unreadable", format!("{path:?} cannot be read: {error}"), None)
            }
        };
        let diagnostic = Diagnostic::error(code, message);
        match hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}

/// The text of a file, or what is wrong with it. The text up to the fault is kept, to show it.
fn decode(file: usize, bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    if bytes.len() > LARGEST {
        let diagnostic = Diagnostic::error("file-too-large", "the file is larger than 16 MiB");
        let diagnostic = diagnostic.at(Span { file, range: 0..0 }, "").hint("a scenario is a few pages of text");
        return (String::new(), Some(diagnostic));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |letter| at + letter.len_utf8());
            let diagnostic = Diagnostic::error("not-utf-8", "the file is not UTF-8 text");
            let label = if wide { "the file begins as UTF-16" } else { "these bytes are no text" };
            let diagnostic = diagnostic.at(Span { file, range: at..end }, label);
            (text, Some(diagnostic.hint("save the file as UTF-8")))
        }
    }
}

/// What is wrong with a chain of files that goes on to a path.
fn chain_fault(chain: &[String], path: &str) -> Option<Diagnostic> {
    let shown = |chain: &[String]| chain.iter().map(String::as_str).chain([path]).collect::<Vec<_>>().join(" -> ");
    if let Some(start) = chain.iter().position(|name| name == path) {
        let diagnostic = Diagnostic::error("base-cycle", "a file extends itself");
        return Some(diagnostic.hint(format!("the chain is {}", shown(chain.get(start..).unwrap_or_default()))));
    }
    if chain.len() > DEEPEST {
        let diagnostic = Diagnostic::error("base-too-deep", "more than 16 files extend one another");
        return Some(diagnostic.hint(format!("the chain is {}", shown(chain))));
    }
    None
}

/// The path of a file named in another.
pub(super) fn beside(file: &str, named: &str) -> String {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    normal(&folder.join(named).to_string_lossy())
}

/// A path without `.` and without `folder/..`, so that one file has one name.
fn normal(path: &str) -> String {
    let mut parts = PathBuf::new();
    for part in Path::new(path).components() {
        let goes_back = matches!(parts.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if goes_back => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.to_string_lossy().into_owned()
}

/// A file in the same folder with a name near to one that is not there.
fn near_file(path: &str) -> Option<String> {
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .take(1_000)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    let near = nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(format!("did you mean {near:?}?"))
}
