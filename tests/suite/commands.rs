//! Rules that every command keeps: what a wrong file, a wrong flag or a place that cannot be written
//! to leads to, and where results go.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::common::{all_files, comanage, repository, temporary};

/// A command that reads a scenario, as it is typed with FILE in the place of the scenario.
struct Typed {
    words: &'static str,
    writes: bool,
    has_charts: bool,
    has_alternatives: bool,
    has_formats: bool,
}

const fn writing(words: &'static str) -> Typed {
    Typed { words, writes: true, has_charts: true, has_alternatives: true, has_formats: true }
}

/// Every command that reads a scenario.
const COMMANDS: [Typed; 14] = [
    writing("compare FILE"),
    writing("simulate FILE --samples 16"),
    writing("quotes FILE"),
    Typed { has_charts: false, ..writing("matrix FILE") },
    writing("sweep FILE --vary organization.users=40..50:10"),
    Typed { has_alternatives: false, ..writing("breakeven FILE --vary organization.users --from 40 --to 50") },
    Typed { has_alternatives: false, ..writing("plan FILE --relax") },
    Typed { has_charts: false, has_alternatives: false, ..writing("staff FILE") },
    Typed {
        has_alternatives: false,
        ..writing("solve FILE --vary organization.users --from 40 --to 50 --until in_house.total>=0")
    },
    Typed { has_alternatives: false, ..writing("portfolio FILE clients.csv") },
    Typed { has_charts: false, has_formats: false, ..writing("report FILE --format html") },
    Typed { writes: false, has_charts: false, has_alternatives: false, has_formats: false, words: "check FILE" },
    Typed {
        writes: false,
        has_charts: false,
        has_alternatives: false,
        has_formats: false,
        words: "explain FILE in_house",
    },
    Typed {
        writes: false,
        has_charts: false,
        has_alternatives: false,
        has_formats: true,
        words: "diff FILE good.toml",
    },
];

/// A scenario with an offer.
const GOOD: &str = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 2\norganization.users = 10\n\
    services.desk = { hours = \"mon-fri 08:00-17:00\" }\n\
    offers.desk = { name = \"Desk\", per_user = 45, covers = { desk = \"mon-fri 08:00-17:00\" } }\n";

impl Typed {
    /// The command with a scenario and further words.
    fn with(&self, folder: &Path, file: &str, more: &[&str]) -> Command {
        let words = self.words.split_whitespace().map(|word| if word == "FILE" { file } else { word });
        let words: Vec<&str> = words.chain(more.iter().copied()).collect();
        let mut command = comanage(&words);
        command.current_dir(folder);
        command
    }

    /// Runs it, with PNG left out where there are charts.
    fn run(&self, folder: &Path, file: &str, more: &[&str]) -> Output {
        let png: &[&str] = if self.has_charts { &["--no-png"] } else { &[] };
        self.with(folder, file, &[more, png].concat()).output().expect("the program starts")
    }
}

/// A scenario in which nothing costs anything.
const NOTHING: &str = "schema = 1\nname = \"Nothing yet\"\ncurrency = \"USD\"\nterm_months = 12\norganization.users = 80\n\
    services.desk = { hours = \"mon-fri 08:00-17:00\", tickets_per_user = { low = 0.5, high = 1 }, \
    minutes_per_ticket = 45 }\n";

/// A folder with a scenario and a list of clients.
fn workplace(name: &str) -> std::path::PathBuf {
    let folder = temporary(name);
    fs::write(folder.join("good.toml"), GOOD).expect("a file can be written");
    fs::write(folder.join("clients.csv"), "id,organization.users\na,12\n").expect("a file can be written");
    folder
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are text")
}

/// The list above is all of them.
#[test]
fn every_command_is_held_to_the_rules() {
    let help = comanage(&["--help"]).output().expect("the program starts");
    let help = String::from_utf8(help.stdout).expect("it is text");
    for name in ["init", "convert", "rates", "schema", "completions", "man", "help"] {
        assert!(help.contains(&format!("\n  {name}")), "{name}");
    }
    let names = help.lines().filter(|line| line.starts_with("  ") && !line.starts_with("    "));
    let names: Vec<&str> =
        names.take_while(|line| !line.starts_with("  -")).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names.len(), COMMANDS.len() + 7, "a new command belongs in one of the lists: {names:?}");
}

#[test]
fn the_same_fault_ends_every_command_with_the_same_code() {
    let folder = workplace("commands-faults");
    fs::write(folder.join("broken.toml"), "name = 'A\n").expect("a file can be written");
    fs::write(folder.join("bytes.toml"), b"name = \"\xff\"\n").expect("a file can be written");
    fs::create_dir(folder.join("folder.toml")).expect("a folder can be made");
    // The last can be opened and not read, whoever asks.
    let faults = [
        ("nowhere.toml", 2, "there is no file"),
        ("broken.toml", 2, "this is not TOML"),
        ("bytes.toml", 2, "not UTF-8"),
        ("/proc/self/mem", 3, "cannot be read"),
    ];
    for typed in &COMMANDS {
        for (file, code, words) in
            faults.iter().filter(|(file, ..)| !file.starts_with("/proc") || cfg!(target_os = "linux"))
        {
            let run = typed.run(&folder, file, &[]);
            assert_eq!(run.status.code(), Some(*code), "{} of {file}: {}", typed.words, told(&run));
            assert!(told(&run).contains(words), "{} of {file}: {}", typed.words, told(&run));
        }
        // A folder is many scenarios to two of them, here none.
        let run = typed.run(&folder, "folder.toml", &[]);
        assert_eq!(run.status.code(), Some(2), "{}: {}", typed.words, told(&run));
    }
    assert!(!folder.join("output/nowhere").exists());
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn the_same_flag_is_refused_in_the_same_words() {
    let folder = workplace("commands-flags");
    fs::write(folder.join("in-the-way"), "").expect("a file can be written");
    for typed in &COMMANDS {
        if typed.writes {
            let run = typed.run(&folder, "good.toml", &["--output", "in-the-way"]);
            assert_eq!(run.status.code(), Some(3), "{}: {}", typed.words, told(&run));
            assert!(
                told(&run).contains("cannot write to the output folder in-the-way"),
                "{}: {}",
                typed.words,
                told(&run)
            );
        }
        let run = typed.run(&folder, "good.toml", &["--alternative", "nobody"]);
        assert_eq!(run.status.code(), Some(2), "{}: {}", typed.words, told(&run));
        let refusal =
            if typed.has_alternatives { "`nobody`\nhint: it has " } else { "unexpected argument '--alternative'" };
        assert!(told(&run).contains(refusal), "{}: {}", typed.words, told(&run));
        let run = typed.run(&folder, "good.toml", &["--format", "xml"]);
        assert_eq!(run.status.code(), Some(2), "{}: {}", typed.words, told(&run));
        let refusal = if typed.has_formats {
            "[possible values: text, json, csv, markdown]"
        } else if typed.writes {
            "[possible values: html, markdown, xlsx]"
        } else {
            "unexpected argument '--format'"
        };
        assert!(told(&run).contains(refusal), "{}: {}", typed.words, told(&run));
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// What comes from standard input writes to the same folder, and every run ends with its name.
#[test]
fn results_go_to_the_folder_that_the_last_line_names() {
    let folder = workplace("commands-folders");
    for typed in COMMANDS.iter().filter(|typed| typed.writes) {
        for (file, name) in [("good.toml", "good"), ("-", "stdin")] {
            let input = fs::File::open(folder.join("good.toml")).expect("it was written");
            let png: &[&str] = if typed.has_charts { &["--no-png"] } else { &[] };
            let run = typed.with(&folder, file, png).stdin(Stdio::from(input)).output().expect("the program starts");
            assert_eq!(run.status.code(), Some(0), "{}: {}", typed.words, told(&run));
            let last = if typed.has_formats { told(&run) } else { String::from_utf8_lossy(&run.stdout).into_owned() };
            let last = last.lines().last().unwrap_or_default().to_string();
            let what = if typed.has_charts { "Tables, data and charts" } else { "Tables and data" };
            let expected = if typed.has_formats {
                format!("{what} are in output/{name}")
            } else {
                format!("output/{name}/report-internal.html")
            };
            assert_eq!(last, expected, "{}", typed.words);
            let written = all_files(&folder.join("output"));
            assert!(
                !written.is_empty() && written.iter().all(|path| path.starts_with(name)),
                "{}: {written:?}",
                typed.words
            );
            fs::remove_dir_all(folder.join("output")).expect("the folder can be removed");
        }
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A format prints the bytes of the file that the command writes.
#[test]
fn formats_print_what_the_files_hold() {
    let folder = workplace("commands-formats");
    for typed in COMMANDS.iter().filter(|typed| typed.has_formats && typed.writes) {
        for (format, ending) in [("csv", "csv"), ("markdown", "md")] {
            let run = typed.run(&folder, "good.toml", &["--format", format]);
            let written = all_files(&folder.join("output/good"));
            let same = written.iter().filter(|path| path.extension().is_some_and(|own| own == ending));
            let mut same = same
                .filter(|path| fs::read(folder.join("output/good").join(path)).is_ok_and(|bytes| bytes == run.stdout));
            assert!(same.next().is_some(), "{} --format {format}", typed.words);
        }
        let run = typed.run(&folder, "good.toml", &["--format", "json"]);
        assert_eq!(String::from_utf8_lossy(&run.stdout).lines().count(), 1, "{}", typed.words);
        assert!(run.stdout.ends_with(b"\n"), "{}", typed.words);
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// An argument that several commands share is declared once.
#[test]
fn shared_arguments_are_declared_once() {
    let mut declared = Vec::new();
    for path in crate::common::files_below(&repository("src"), "rs") {
        let text = crate::common::text_of(&path);
        let fields = text.lines().filter_map(|line| line.trim().split_once(':').map(|(name, _)| name.to_string()));
        let own = fields.filter(|name| {
            ["pub no_png", "pub output", "pub format", "pub ids", "no_png", "output"].contains(&name.as_str())
        });
        let is_shared = path.ends_with("args.rs");
        declared.extend(own.map(|name| (name, is_shared)));
    }
    let of_shared: Vec<&str> = declared.iter().filter(|(_, shared)| *shared).map(|(name, _)| name.as_str()).collect();
    assert_eq!(of_shared, ["pub output", "pub format", "pub no_png", "pub ids"]);
}

/// Inputs that are no plain files: each is read or named, none is waited for or passed over.
#[test]
fn inputs_that_are_no_plain_files_are_read_or_named() {
    use std::os::unix::ffi::OsStrExt;
    let folder = workplace("commands-inputs");
    let pipe = folder.join("pipe");
    fs::create_dir(&pipe).expect("a folder can be made");
    fs::copy(folder.join("good.toml"), pipe.join("a.toml")).expect("a file can be copied");
    let made = Command::new("mkfifo").arg(pipe.join("x.toml")).status();
    assert!(made.expect("there is a mkfifo").success());
    fs::write(pipe.join("z.toml"), "extends = \"x.toml\"\n").expect("a file can be written");
    let run = comanage(&["check", "pipe"]).current_dir(&folder).output().expect("the program starts");
    assert_eq!(run.status.code(), Some(2), "{}", told(&run));
    assert_eq!(told(&run).matches("is a pipe or a device, not a file").count(), 2, "{}", told(&run));
    // A linked folder is followed, once.
    let (real, linked) = (folder.join("real"), folder.join("linked"));
    fs::create_dir_all(&real).and_then(|()| fs::create_dir(&linked)).expect("folders can be made");
    fs::copy(folder.join("good.toml"), real.join("b.TOML")).expect("a file can be copied");
    for (to, name) in [("../real", "clients"), ("..", "up"), (".", "itself")] {
        std::os::unix::fs::symlink(to, linked.join(name)).expect("a link can be made");
    }
    fs::remove_dir_all(&pipe).expect("the folder can be removed");
    let run = comanage(&["check", "linked"]).current_dir(&folder).output().expect("the program starts");
    let seen = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!((run.status.code(), seen.lines().count()), (Some(0), 2), "{seen}{}", told(&run));
    assert!(seen.contains("linked/clients/b.TOML: valid"), "{seen}");
    // A name that is no text, and one that acts on a terminal.
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9\x1b]0;x\x07.toml");
    fs::copy(folder.join("good.toml"), folder.join(name)).expect("a file can be copied");
    let run = comanage(&["check"]).arg(name).current_dir(&folder).output().expect("the program starts");
    let seen = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    assert!(seen.contains("\\u{1b}]0;x\\u{7}.toml: valid") && !seen.contains('\x1b'), "{seen:?}");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A scenario reads what lies below its folder, more only where that is allowed, and shows no line of
/// what is not TOML.
#[test]
fn a_scenario_cannot_show_other_files() {
    let folder = workplace("commands-secrets");
    let inner = folder.join("inner");
    fs::create_dir(&inner).expect("a folder can be made");
    fs::write(folder.join("secret"), "TOKEN=hunter2\n").expect("a file can be written");
    fs::write(inner.join("secret"), "TOKEN=hunter2\n").expect("a file can be written");
    std::os::unix::fs::symlink("../secret", inner.join("link")).expect("a link can be made");
    let absolute = folder.join("secret").display().to_string();
    for (base, words) in [
        ("../secret", "is outside the folder of the scenario"),
        (&absolute, "is outside the folder of the scenario"),
        ("link", "is outside the folder of the scenario"),
        ("secret", "is not TOML in one place"),
    ] {
        for key in [format!("extends = {base:?}\n"), format!("{GOOD}packs = [{base:?}]\n")] {
            let key = if key.starts_with("schema") { format!("packs = [{base:?}]\n{GOOD}") } else { key };
            fs::write(inner.join("s.toml"), &key).expect("a file can be written");
            let run = comanage(&["check", "inner/s.toml"]).current_dir(&folder).output().expect("the program starts");
            assert_eq!(run.status.code(), Some(2), "{key}: {}", told(&run));
            assert!(told(&run).contains(words) && !told(&run).contains("hunter2"), "{key}: {}", told(&run));
        }
    }
    fs::write(inner.join("s.toml"), "extends = \"../good.toml\"\nname = \"B\"\n").expect("a file can be written");
    let run = |more: &[&str]| {
        let words = [&["check", "inner/s.toml"], more].concat();
        comanage(&words).current_dir(&folder).output().expect("the program starts").status.code()
    };
    assert_eq!((run(&[]), run(&["--allow-outside"])), (Some(2), Some(0)));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// What would keep the percentiles out of a comparison is said by `check` too, with the file; a code
/// that does not exist is refused.
#[test]
fn check_says_what_compare_will_say() {
    let folder = workplace("commands-check");
    let ranges = ["a", "b", "c"].map(|key| format!("offers.{key} = {{ name = \"{key}\", per_user = {{ low = 40, high = 60 }}, covers = {{ desk = \"24x7\" }} }}\n"));
    let pairs = [("a", "b", "0.99"), ("b", "c", "0.99"), ("a", "c", "-0.99")]
        .map(|(a, b, rank)| format!("[\"offers.{a}.per_user\", \"offers.{b}.per_user\", {rank}]"));
    let text = format!("{GOOD}{}simulation.correlations = [{}]\n", ranges.concat(), pairs.join(", "));
    fs::write(folder.join("impossible.toml"), text).expect("a file can be written");
    let text = GOOD.replace("organization.users = 10\n", "");
    let drawn = "[organization]\nusers = { low = 5, likely = 20, high = 30 }\n[[organization.change]]\nmonth = 2\nusers = -10\n";
    fs::write(folder.join("drawn.toml"), format!("{text}{drawn}")).expect("a file can be written");
    for (command, (file, code, words)) in ["check", "compare", "report"].into_iter().flat_map(|command| {
        let cases = [
            ("impossible.toml", 2, "cannot hold together"),
            ("drawn.toml", 0, "warning: the ranges cannot be simulated"),
        ];
        cases.map(|case| (command, case))
    }) {
        let png: &[&str] = if command == "compare" { &["--no-png"] } else { &[] };
        let run =
            comanage(&[&[command, file], png].concat()).current_dir(&folder).output().expect("the program starts");
        assert_eq!(run.status.code(), Some(code), "{command} {file}: {}", told(&run));
        let is_told = told(&run).contains(words) && told(&run).contains(&format!("--> {file}"));
        assert!(is_told, "{command} {file}: {}", told(&run));
    }
    for file in ["drawn/comparison.md", "drawn/report-internal.md"] {
        let said = fs::read_to_string(folder.join("output").join(file)).expect("it was written");
        assert!(said.contains("The ranges could not be simulated") && !said.contains("is a range"), "{file}");
    }
    let run = comanage(&["simulate", "impossible.toml", "--no-png"])
        .current_dir(&folder)
        .output()
        .expect("the program starts");
    assert_eq!(run.status.code(), Some(2));
    assert!(told(&run).contains("--> impossible.toml"), "{}", told(&run));
    let run = comanage(&["check", "good.toml", "--deny", "one-person-depe"])
        .current_dir(&folder)
        .output()
        .expect("the program starts");
    assert_eq!(run.status.code(), Some(2));
    assert!(told(&run).contains("did you mean one-person-deep?"), "{}", told(&run));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// Every command and every format has a result where nothing costs anything.
#[test]
fn what_costs_nothing_has_a_result() {
    let folder = workplace("commands-nothing");
    fs::write(folder.join("nothing.toml"), NOTHING).expect("a file can be written");
    for command in COMMANDS {
        let run = command.run(&folder, "nothing.toml", &[]);
        assert!(run.status.success(), "{}: {}", command.words, String::from_utf8_lossy(&run.stderr));
    }
    let run = comanage(&["report", "nothing.toml"]).current_dir(&folder).output().expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for ending in ["html", "md", "xlsx"] {
        assert!(folder.join(format!("output/nothing/report-internal.{ending}")).exists(), "{ending}");
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
