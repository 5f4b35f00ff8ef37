//! `--watch`: a command runs again whenever its scenario, or a file that it extends or takes packs from, is saved.
//!
//! The files are looked at a few times a second: editors replace a file as often as they write into it, and folders
//! on a network send no events.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::args::SetArgs;
use crate::failure::{Exit, Failure, Kind};
use crate::files::Version;
use crate::session::{Opened, Session};
use comanage_analysis::diff;
use comanage_report::write::{Format, Terminal, write};

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_millis(150);

/// Runs a command on a scenario, and again after each change, until the user stops it. A version that cannot be
/// used is reported, and the results of the last good one stay.
///
/// # Errors
/// What is watched is no file; the system fails.
pub fn watch(
    file: &Path,
    set: &SetArgs,
    session: &Session,
    mut once: impl FnMut() -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    if file.as_os_str() == "-" || file.is_dir() {
        return Err(
            Failure::unusable("--watch takes one scenario file").hint("name the file: comanage compare FILE --watch")
        );
    }
    let mut good: Option<Opened> = None;
    let mut files = vec![file.to_path_buf()];
    loop {
        let mut versions = files.iter().map(|file| Version::of(file)).collect::<Vec<Option<Version>>>();
        let now = session.read(file, set).ok();
        for path in now.iter().flat_map(|opened| opened.document.paths()) {
            if !files.contains(path) {
                files.push(path.clone());
                versions.push(Version::of(path));
            }
        }
        report(once(), session)?;
        match (&good, &now) {
            (Some(before), Some(after)) => say_changes(before, after, session)?,
            (Some(_), None) => session.console.say("The results of the last valid version are kept."),
            (None, _) => session.console.say("Watching for changes; press Ctrl-C to end."),
        }
        good = now.or(good);
        wait(&files, &versions);
        session.files.begin_again();
    }
}

/// Shows why a run failed; the next version may be better, unless it was the system.
fn report(ended: Result<Exit, Failure>, session: &Session) -> Result<(), Failure> {
    match ended {
        Err(failure) if failure.kind == Kind::Unusable => {
            session.console.fail(&failure);
            Ok(())
        }
        ended => ended.map(|_| ()),
    }
}

/// Says what changed between two versions, and what it did to the totals.
fn say_changes(before: &Opened, after: &Opened, session: &Session) -> Result<(), Failure> {
    let (Ok(old), Ok(new)) = (before.compare(), after.compare()) else { return Ok(()) };
    let difference =
        diff::diff((&before.document, &old), (&after.document, &new)).map_err(|problem| after.refuse(*problem))?;
    let plain = Terminal { with_colour: false, ..session.console.results };
    let text = write(&difference, Format::Text(plain));
    session.console.say(&format!("\nChanged since the last run:\n{}", String::from_utf8_lossy(&text)));
    Ok(())
}

/// Waits until a file has another version, and no file is being written.
fn wait(files: &[PathBuf], versions: &[Option<Version>]) {
    let current = || files.iter().map(|file| Version::of(file)).collect::<Vec<Option<Version>>>();
    let mut seen = versions.to_vec();
    loop {
        sleep(PAUSE);
        let now = current();
        if now == seen && now != versions && now.first().is_some_and(Option::is_some) {
            return;
        }
        seen = now;
    }
}
