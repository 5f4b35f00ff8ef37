//! Files: reading them, and the chain of files that extend one another.
//!
//! Everything that can be wrong with a file before it is understood is found here: that it is not
//! there, no file, not text, too large, broken as TOML, or that it extends itself. A scenario may come
//! from someone else: what it extends must lie below its own folder, and of a file that is not TOML
//! no line is shown.

use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::{SourceFile, Sources, Span};

use super::file_kind::FileKind;
use super::nearest::nearest;
use super::syntax;
use super::tree::{self, Node, Parsed, Table, Value};
use super::workbook;

/// The largest file that is read.
const LARGEST: usize = 16 * 1024 * 1024;

/// How many files may extend one another.
const DEEPEST: usize = 16;

/// How far a tree can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Nothing stands where it was meant to.
    Nothing,
    /// What is there was meant, but something is lost.
    Values,
    /// All of it.
    #[default]
    Whole,
}

/// The trees of a file and of what it extends, nearest first, and what was found on the way.
#[derive(Default)]
pub(super) struct Files {
    /// The texts of all files that were read.
    pub sources: Sources,
    /// The path of each.
    pub paths: Vec<PathBuf>,
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
pub(super) type Fetch<'f> = &'f mut dyn FnMut(&Path) -> io::Result<Vec<u8>>;

/// Which files a scenario may extend or take packs from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Those below the folder of the scenario.
    #[default]
    Below,
    /// Any.
    Anywhere,
}

/// Why a file is not read although it is there.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum Refused {
    #[error("it is a pipe or a device")]
    NotAFile,
    #[error("it is outside the folder of the scenario")]
    Outside,
}

/// Reads a file of the file system; `-` is standard input. Never more than is allowed and a byte.
pub(super) fn fetch(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let max = LARGEST as u64 + 1;
    if path.as_os_str() == "-" {
        io::stdin().lock().take(max).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    } else if !about.is_file() && !is_handed_over(path) {
        return Err(io::Error::other(Refused::NotAFile));
    }
    std::fs::File::open(path)?.take(max).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file that a scenario names, if it may.
pub(super) fn fetch_named(scenario: &Path, path: &Path, reach: Reach) -> io::Result<Vec<u8>> {
    if reach == Reach::Below {
        let folder = scenario.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !std::fs::canonicalize(path)?.starts_with(std::fs::canonicalize(folder)?) {
            return Err(io::Error::other(Refused::Outside));
        }
    }
    fetch(path)
}

/// Whether a path means an open file that the shell hands over, as in `<(…)`.
fn is_handed_over(path: &Path) -> bool {
    ["/dev/fd", "/dev/stdin", "/dev/null", "/proc/self/fd"].iter().any(|known| path.starts_with(known))
}

impl Files {
    /// Reads a file, given its bytes, and every file that it extends.
    pub fn read(path: &Path, bytes: io::Result<Vec<u8>>, fetch: Fetch<'_>) -> Self {
        let mut files = Self::default();
        match bytes {
            Ok(bytes) => files.follow(path, bytes, fetch),
            Err(error) => {
                let diagnostic = files.io_fault(path, &error);
                files.diagnostics.push(diagnostic);
                files.trust = Trust::Nothing;
            }
        }
        files
    }

    /// Adds a file, then what it extends, and so on.
    fn follow(&mut self, named: &Path, bytes: Vec<u8>, fetch: Fetch<'_>) {
        let mut chain = vec![normal(named)];
        let mut bytes = bytes;
        let mut extended: Option<Span> = None;
        loop {
            let current = chain.last().cloned().unwrap_or_default();
            let shown = if chain.len() == 1 { named } else { &current };
            self.add(shown, bytes);
            if let Some(span) = &extended {
                self.hide_broken(span);
            }
            let Some((base, span)) = self.extends() else { return };
            let path = beside(&current, &base);
            if let Some(fault) = chain_fault(&chain, &path) {
                return self.lose(fault.at(span, "here").path("extends"));
            }
            extended = Some(span.clone());
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

    /// Where the last file, which another one names, is not TOML: says so there, and shows no line of it.
    /// It may be any file.
    pub fn hide_broken(&mut self, named: &Span) {
        let file = self.sources.0.len() - 1;
        let is_broken = |diagnostic: &Diagnostic| {
            let is_of_syntax =
                ["broken-toml", "duplicate-key", "not-a-scenario", "not-utf-8"].contains(&diagnostic.code);
            is_of_syntax && diagnostic.span.as_ref().is_some_and(|span| span.file == file)
        };
        let broken = self.diagnostics.extract_if(.., |diagnostic| is_broken(diagnostic)).count();
        if broken == 0 {
            return;
        }
        let name = self.paths[file].display().to_string();
        let places = if broken == 1 { "one place".into() } else { format!("{broken} places") };
        let diagnostic = Diagnostic::error("base-not-toml", format!("{name:?} is not TOML in {places}"));
        self.diagnostics.push(diagnostic.at(named.clone(), "named here").hint(format!("see comanage check {name}")));
        if let Some(tree) = self.trees.get_mut(file) {
            *tree = Table::default();
        }
        self.trust = self.trust.min(Trust::Values);
    }

    /// The tree of a file that is next to the others; none if it is not to be trusted.
    pub fn single(&mut self, path: &Path, bytes: Vec<u8>) -> Option<Table> {
        let before = std::mem::take(&mut self.trust);
        self.add(path, bytes);
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
    fn add(&mut self, path: &Path, bytes: Vec<u8>) {
        let file = self.sources.0.len();
        let name = path.to_string_lossy();
        let name = if name == "-" { "standard input" } else { &name };
        if FileKind::is_workbook(&bytes) && bytes.len() <= LARGEST {
            return self.add_workbook(path, name, bytes);
        }
        let (text, fault) = decode(file, bytes);
        self.sources.0.push(SourceFile::new(name, text));
        self.paths.push(path.to_path_buf());
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
                let diagnostic = self.io_fault(path, &error);
                self.diagnostics.push(diagnostic);
                self.trust = Trust::Nothing;
                return self.trees.push(Table::default());
            }
        };
        let Parsed { table, errors, too_deep } = parsed;
        if let Some(kind) = FileKind::of(source.text.as_bytes()).filter(|_| !errors.is_empty()) {
            self.diagnostics.push(not_a_scenario(file, kind));
            self.trust = Trust::Nothing;
            return self.trees.push(Table::default());
        }
        self.trust = self.trust.min(syntax::report(file, &source.text, &errors, &mut self.diagnostics));
        for span in too_deep {
            let diagnostic = Diagnostic::error("too-deep", "values are nested too deep").at(span, "too deep");
            self.diagnostics.push(diagnostic.hint("the format uses at most eight levels"));
        }
        let is_empty = table.entries.is_empty() && errors.is_empty();
        if is_empty && file == 0 {
            let diagnostic = Diagnostic::error("empty-file", "the file is empty").at(Span { file, range: 0..0 }, "");
            self.diagnostics.push(diagnostic.hint("`comanage init` writes a scenario to start from"));
            self.trust = Trust::Nothing;
        }
        self.trees.push(table);
    }

    /// Adds the tree of a workbook: a text for each sheet behind an empty one for the whole.
    fn add_workbook(&mut self, path: &Path, name: &str, bytes: Vec<u8>) {
        let file = self.sources.0.len();
        self.sources.0.push(SourceFile::new(name, ""));
        self.paths.push(path.to_path_buf());
        let nowhere = Span { file, range: 0..0 };
        match workbook::read(name, bytes, file + 1) {
            Err(why) => {
                let diagnostic = Diagnostic::error("broken-workbook", format!("the workbook cannot be read: {why}"));
                self.diagnostics.push(diagnostic.at(nowhere, "").hint("open it in a spreadsheet and save it again"));
                self.trust = Trust::Nothing;
                self.trees.push(Table::default());
            }
            Ok(read) => {
                self.paths.extend(read.sources.iter().map(|_| path.to_path_buf()));
                self.sources.0.extend(read.sources);
                self.diagnostics.extend(read.diagnostics);
                if read.table.entries.is_empty() {
                    let diagnostic = Diagnostic::error("empty-file", "the workbook has no sheet of a scenario");
                    let hint = "`comanage init scenario.xlsx` writes one to start from";
                    self.diagnostics.push(diagnostic.at(nowhere, "").hint(hint));
                    self.trust = Trust::Nothing;
                }
                self.trees.push(read.table);
            }
        }
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
    pub fn io_fault(&mut self, path: &Path, error: &io::Error) -> Diagnostic {
        if let Some(refused) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return refusal(path, *refused);
        }
        let (code, message, hint) = match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                ("file-not-found", format!("there is no file {path:?}"), near_file(path))
            }
            ErrorKind::IsADirectory => {
                ("file-is-a-folder", format!("{path:?} is a folder"), Some("name a scenario file in it".into()))
            }
            ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
                ("file-not-found", format!("{path:?} is not a file name"), None)
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

/// What is said of a file that is there and is not read.
fn refusal(path: &Path, refused: Refused) -> Diagnostic {
    match refused {
        Refused::NotAFile => Diagnostic::error("not-a-file", format!("{path:?} is a pipe or a device, not a file"))
            .hint("read it from standard input: comanage check - < FILE"),
        Refused::Outside => {
            Diagnostic::error("outside-the-folder", format!("{path:?} is outside the folder of the scenario"))
                .hint("put it below that folder, or allow it with --allow-outside if you trust the scenario")
        }
    }
}

/// The text of a file, or what is wrong with it. The text up to the fault is kept, to show it.
fn decode(file: usize, bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    if bytes.len() > LARGEST {
        let diagnostic = Diagnostic::error("file-too-large", "the file is larger than 16 MiB");
        let diagnostic =
            diagnostic.at(Span { file, range: 0..0 }, "").hint("scenarios are usually a few pages of text");
        return (String::new(), Some(diagnostic));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if let Some(kind) = FileKind::of(&bytes) {
                return (String::new(), Some(not_a_scenario(file, kind)));
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |letter| at + letter.len_utf8());
            let diagnostic = Diagnostic::error("not-utf-8", "the file is not UTF-8 text");
            let diagnostic = diagnostic.at(Span { file, range: at..end }, "not a text file");
            (text, Some(diagnostic.hint("save the file as UTF-8")))
        }
    }
}

/// What is said of a file of another kind, in place of all that is wrong with its text.
fn not_a_scenario(file: usize, kind: FileKind) -> Diagnostic {
    let message = format!("the file is {}; a scenario is TOML in UTF-8", kind.name);
    Diagnostic::error("not-a-scenario", message).at(Span { file, range: 0..0 }, "").hint(kind.hint)
}

/// What is wrong with a chain of files that goes on to a path.
fn chain_fault(chain: &[PathBuf], path: &Path) -> Option<Diagnostic> {
    let shown = |chain: &[PathBuf]| {
        let names = chain.iter().map(PathBuf::as_path).chain([path]).map(|path| path.to_string_lossy().into_owned());
        names.collect::<Vec<String>>().join(" -> ")
    };
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
pub(super) fn beside(file: &Path, named: &str) -> PathBuf {
    normal(&file.parent().unwrap_or(Path::new("")).join(named))
}

/// A path without `.` and without `folder/..`, so that one file has one name.
fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        let goes_back = matches!(parts.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if goes_back => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// A file in the same folder with a name near to one that is not there.
fn near_file(path: &Path) -> Option<String> {
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
