//! Names that mean harm: in files, keys and texts. Nothing leaves the output folder, no spreadsheet
//! takes a cell for a formula, no picture holds markup of theirs, and the terminal stays whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{all_files, comanage, temporary};

/// Names as they stand between the quotes of a TOML text.
pub const NAMES: [&str; 14] = [
    "../../evil",
    "/etc/passwd",
    "..\\\\..\\\\evil",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "<script>alert(1)</script>",
    "]]></text><script/>",
    "&lt;b&amp;\\\"quoted\\\"'",
    "| a | b |\\\\n# heading",
    "![x](http://example.org/x.svg)",
    "🦀 Zoë \\u202eevil",
    "con",
    "LONG",
];

/// A scenario whose every name is the given one.
pub fn scenario(name: &str) -> String {
    let long = "x".repeat(96);
    let name = if name == "LONG" { &long } else { name };
    format!(
        "schema = 1\nname = \"{name}\"\nsummary = \"{name}\"\ncurrency = \"USD\"\nterm_months = 12\n\
         note = \"{name}\"\n\
         [organization]\nusers = {{ \"{name}\" = 30 }}\ndevices = {{ \"{name}\" = 10 }}\n\
         [services.\"{name}\"]\nhours = \"24x7\"\nhours_per_month = 20\naccountable = \"{name}\"\nconsulted = [\"{name}\"]\n\
         [[team]]\nrole = \"{name}\"\nheadcount = 1\nsalary = 50_000\nservices = [\"{name}\"]\nhours = \"mon-fri 08:00-17:00\"\n\
         [tools.\"{name}\"]\nmonthly = 10\n\
         [[cost]]\nname = \"{name}\"\nmonthly = 5\n\
         [offers.\"{name}\"]\nname = \"{name}\"\nprovider = \"{name}\"\nsource = \"{name}\"\n\
         per_user = {{ \"{name}\" = {{ low = 10, likely = 20, high = 40 }} }}\nmonthly = {{ \"{name}\" = 5 }}\n\
         once = {{ \"{name}\" = 5 }}\ncovers = \"all\"\n\
         [alternatives.\"the {name}\"]\nname = \"{name}\"\noffers = [\"{name}\"]\n",
        name = name
    )
}

#[test]
fn names_in_scenarios_stay_words() {
    let folder = temporary("hostile");
    for (number, name) in NAMES.iter().enumerate() {
        let case = folder.join(number.to_string());
        let output = case.join("deep/output");
        fs::create_dir_all(&case).expect("a folder can be made");
        fs::write(case.join("s.toml"), scenario(name)).expect("a file can be written");
        let run = comanage(&["compare", "s.toml", "--no-png", "--output"]).arg(&output).current_dir(&case).output();
        let run = run.expect("the program starts");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.success(), "{name}: {said}");
        harmless_on_a_terminal(name, &String::from_utf8(run.stdout).expect("it is text"));
        harmless_on_a_terminal(name, &said);
        let written = all_files(&case);
        let outside: Vec<&PathBuf> = written.iter().filter(|path| !path.starts_with("deep/output/s")).collect();
        assert_eq!(outside, [Path::new("s.toml")], "{name}");
        for path in written.iter().filter(|path| path.starts_with("deep")) {
            harmless_file(name, &case.join(path));
        }
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

fn harmless_on_a_terminal(name: &str, text: &str) {
    let is_harmful = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
    assert!(!text.contains(is_harmful), "{name}: {text:?}");
}

fn harmless_file(name: &str, path: &Path) {
    let place = path.display();
    let file = path.file_name().expect("a file has a name").to_string_lossy();
    assert!(!file.starts_with('.') && file.len() < 200, "{name}: {place}");
    let text = fs::read_to_string(path).expect("outputs are text");
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => harmless_table(name, &text),
        Some("svg") => harmless_picture(name, &text),
        Some("md") => harmless_markdown(name, &text),
        Some("json") => drop(serde_json::from_str::<serde_json::Value>(&text).expect("it is JSON")),
        _ => panic!("{name}: {place} is no output"),
    }
}

/// Cells are figures or words that no spreadsheet takes for a formula.
fn harmless_table(name: &str, text: &str) {
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        for cell in &row.expect("rows have the width of the head") {
            let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!is_formula || cell.parse::<f64>().is_ok(), "{name}: {cell}");
        }
    }
}

/// A picture is drawn of shapes and words, and nothing else.
fn harmless_picture(name: &str, text: &str) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    let drawn: BTreeSet<&str> =
        document.descendants().filter(|node| node.is_element()).map(|node| node.tag_name().name()).collect();
    let known = ["svg", "rect", "line", "polyline", "polygon", "circle", "path", "text", "tspan", "title", "desc", "g"];
    let foreign: Vec<&&str> = drawn.iter().filter(|tag| !known.contains(tag)).collect();
    assert!(foreign.is_empty(), "{name}: {foreign:?}");
    let attributes = document.descendants().flat_map(|node| node.attributes());
    let is_active = |name: &str| name.starts_with("on") || name == "href";
    assert!(attributes.map(|attribute| attribute.name()).all(|attribute| !is_active(attribute)), "{name}");
}

/// Markdown has only the pictures and headings of the report itself.
pub fn harmless_markdown(name: &str, text: &str) {
    for line in text.lines() {
        let marks = line.replace("\\]", "").replace("\\<", "");
        assert!(!marks.contains("<script") && !marks.contains("](http"), "{name}: {line}");
        assert!(!line.starts_with("# heading"), "{name}: {line}");
    }
    let titles = text.lines().filter(|line| line.starts_with("# ")).count();
    assert_eq!(titles, 1, "{name}");
}

/// Files may have any name that a disk takes.
#[test]
fn names_of_files_stay_in_the_output_folder() {
    let folder = temporary("hostile-files");
    let text = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 1\n[tools.any]\nmonthly = 1\n";
    let long = format!("{}.toml", "y".repeat(240));
    let names =
        ["=1+1.toml", "a b.toml", "..b.toml", "🦀.toml", "<b>.toml", "-b.toml", "con.toml", "--help.toml", &long];
    fs::create_dir(folder.join("in")).expect("a folder can be made");
    for name in names {
        fs::write(folder.join("in").join(name), text).expect("a file can be written");
    }
    let run = comanage(&["compare", "in", "--no-png", "--quiet"]).current_dir(&folder).output();
    let run = run.expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    harmless_table("summary", &fs::read_to_string(folder.join("output/summary.csv")).expect("there is a summary"));
    let parts: BTreeSet<usize> = all_files(&folder).iter().map(|path| path.iter().count()).collect();
    assert!(parts.iter().all(|parts| *parts <= 3), "{:?}", all_files(&folder));
    let folders = fs::read_dir(folder.join("output")).expect("there is output").count();
    assert_eq!(folders, names.len() - 1 + 2, "a folder for each that is not hidden, and a summary in two forms");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// Alternatives whose names differ only in what a disk cannot tell apart have files of their own.
#[test]
fn every_alternative_has_a_picture_of_its_own() {
    let folder = temporary("hostile-pictures");
    let long = "漢".repeat(100);
    let keys = ["a b", "a-b", "A-B", &long];
    let offers: String =
        keys.iter().map(|key| format!("[offers.\"{key}\"]\nmonthly = {{ x = 5 }}\ncovers = \"all\"\n")).collect();
    let head = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 1\n[services.a]\nhours = \"24x7\"\n";
    fs::write(folder.join("s.toml"), format!("{head}{offers}")).expect("a file can be written");
    let run = comanage(&["compare", "s.toml", "--no-png", "--quiet"]).current_dir(&folder).output();
    let run = run.expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let weeks = all_files(&folder).into_iter().filter(|path| path.to_string_lossy().contains("week-"));
    let names: BTreeSet<String> = weeks.map(|path| path.to_string_lossy().to_lowercase()).collect();
    assert_eq!(names.len(), keys.len() + 1, "{names:?}");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
