//! `--watch`: a command runs again on a save, keeps its last good results, and ends on Ctrl-C.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::common::{comanage, repository, temporary};

/// Longer than any run takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A run that is watched: its lines on standard error, as they come.
struct Watched {
    child: Child,
    lines: Receiver<String>,
}

impl Watched {
    fn start(folder: &Path, words: &[&str]) -> Self {
        let mut command = comanage(words);
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let errors = BufReader::new(child.stderr.take().expect("it has standard error"));
        let (sender, lines) = channel();
        std::thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// Reads lines up to one that holds these words.
    fn until(&self, words: &str) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        let mut read = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            read.push(line);
            if read.last().is_some_and(|line| line.contains(words)) {
                return read;
            }
        }
        panic!("{words} in {read:?}");
    }

    /// Ends it as Ctrl-C does; its exit code.
    fn interrupt(mut self) -> Option<i32> {
        let number = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &number]).status();
        assert!(sent.expect("there is a kill").success());
        self.child.wait().expect("it ends").code()
    }
}

#[test]
fn a_command_runs_again_when_a_file_is_saved() {
    let folder = temporary("watch");
    fs::create_dir_all(&folder).expect("a folder");
    fs::copy(repository("scenarios/three-quotes.toml"), folder.join("base.toml")).expect("a copy");
    let own = |users: &str| format!("extends = \"base.toml\"\nname = \"Own\"\n[organization]\nusers = {users}\n");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file");
    write("own.toml", &own("50"));
    let watched = Watched::start(&folder, &["compare", "own.toml", "--watch", "--no-png"]);
    watched.until("Watching for changes");
    let results = folder.join("output/own/comparison.json");
    let first = fs::read_to_string(&results).expect("results");

    write("own.toml", &own("60"));
    let lines = watched.until("organization.users");
    assert!(lines.iter().any(|line| line == "Changed since the last run:"), "{lines:?}");
    let second = fs::read_to_string(&results).expect("results");
    assert_ne!(first, second);

    write("own.toml", &own("\"many\""));
    let lines = watched.until("The results of the last valid version are kept.");
    assert!(lines.iter().any(|line| line.contains("own.toml:4:9")), "{lines:?}");
    assert_eq!(fs::read_to_string(&results).expect("results"), second);

    write("own.toml", &own("50"));
    watched.until("organization.users");
    assert_eq!(fs::read_to_string(&results).expect("results"), first);

    let base = fs::read_to_string(folder.join("base.toml")).expect("the base");
    write("base.toml", &base.replace("term_months = 24", "term_months = 30"));
    watched.until("term_months");
    assert_eq!(watched.interrupt(), Some(130));

    let refused = comanage(&["compare", "-", "--watch"]).current_dir(&folder).output().expect("the program starts");
    assert_eq!(refused.status.code(), Some(2));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
