//! A scenario file: any bytes are a scenario or have findings, and every finding has its place in the
//! text and can be shown.

use std::io;

use comanage_format::load::Document;
use comanage_model::diagnostic::{Severity, render};

const BASE: &[u8] = include_bytes!("../../../tests/data/base.toml");

/// Reads bytes as a scenario file.
pub fn run(bytes: &[u8]) {
    let mut base = |path: &str| match path {
        "base.toml" => Ok(BASE.to_vec()),
        "self.toml" => Ok(bytes.to_vec()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    let loaded = Document::parse("fuzzed.toml", bytes, &mut base).read();
    let is_wrong = loaded.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(loaded.scenario.is_none(), is_wrong);
    for span in loaded.diagnostics.iter().filter_map(|found| found.span.as_ref()) {
        let text = &loaded.sources.0.get(span.file).expect("a finding is in one of the files").text;
        assert!(text.get(span.range.clone()).is_some(), "{span:?} is no place in {text:?}");
        let place = loaded.sources.place(span);
        assert!(place.line >= 1 && place.line <= text.split('\n').count() && place.column >= 1);
    }
    let few = &loaded.diagnostics[..loaded.diagnostics.len().min(2)];
    render(few, &loaded.sources, false);
}
