//! Files that are written: the only place that writes any.
//!
//! A run writes its files to a hidden folder of its own inside the output folder. When all of them
//! are complete they are put in their places together, so that a run that fails or is stopped leaves
//! what was there before, whole. No file is written over one that the run reads, and no two to the
//! same place.

mod names;
mod place;
mod register;
mod staging;
mod version;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use tempfile::TempPath;

pub use self::names::folder_of;
use self::place::Place;
pub use self::place::is_standard_output;
use self::register::Register;
use self::staging::{Change, Staging, sync, sync_folders};
pub use self::version::Version;
use crate::failure::Failure;

/// The files of a run.
#[derive(Default)]
pub struct Files {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    register: Register,
    /// Where files wait; none before an output folder is opened.
    staging: Option<Staging>,
    /// The files that wait, and where each is to go.
    waiting: Vec<Waiting>,
    /// Folders in which some files belong to a command, whether this run writes them or not.
    owned: Vec<Owned>,
    /// Folders that were made, outermost first.
    made: Vec<PathBuf>,
    progress: Progress,
}

/// How far a run has come with what it leaves behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing of it is to be seen.
    #[default]
    Nothing,
    /// Some rows were handed on to another program or device.
    Rows,
    /// All files are in their places.
    Placed,
}

/// A folder in which the files of some names belong to a command.
struct Owned {
    folder: PathBuf,
    is_own: fn(&str) -> bool,
}

/// A file that waits to be put in its place.
struct Waiting {
    from: PathBuf,
    /// Takes a file that waits next to its place away with it.
    _guard: Option<TempPath>,
    to: PathBuf,
}

impl Files {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a file that the run reads; `-` is standard input.
    pub fn read(&self, path: &Path) {
        self.state().register.read(path);
    }

    /// Makes the output folder and finds out at once whether it can be written to. What a run that was
    /// killed has left there is put right.
    ///
    /// # Errors
    /// It cannot.
    pub fn open(&self, folder: &Path) -> Result<(), Failure> {
        let mut state = self.state();
        if state.staging.is_some() {
            return Ok(());
        }
        let State { staging, made, .. } = &mut *state;
        let opened = place::make_folder(folder, made).and_then(|()| Staging::begin(folder));
        *staging = Some(opened.map_err(|error| {
            Failure::system(format!("cannot write to the output folder {}", folder.display()), &error)
                .hint("choose another with --output DIR")
        })?);
        Ok(())
    }

    /// Writes a file.
    ///
    /// # Errors
    /// The place belongs to another file of the run; the disk or a permission fails.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let mut growing = self.create(path)?;
        growing.write(bytes)?;
        growing.finish()
    }

    /// Begins a file that grows while results come in. What is no file, such as a pipe or a device, is
    /// written to directly.
    ///
    /// # Errors
    /// The place belongs to another file of the run; the disk or a permission fails.
    pub fn create(&self, path: &Path) -> Result<AtomicFile, Failure> {
        let file = match place::resolve(path).map_err(|error| cannot_write(path, &error))? {
            Place::StandardOutput => {
                let failure = Failure::unusable(format!("{} is standard output of this run", path.display()));
                return Err(failure.hint("send standard output elsewhere, or choose another folder with --output DIR"));
            }
            Place::Stream => {
                let opened = fs::OpenOptions::new().append(true).open(path);
                self.state().progress = Progress::Rows;
                opened.map_err(|error| cannot_write(path, &error))?
            }
            Place::File(to) => {
                let mut state = self.state();
                state.register.write(path, &to)?;
                state.wait(to).map_err(|error| cannot_write(path, &error))?
            }
        };
        Ok(AtomicFile { path: path.to_path_buf(), file: io::BufWriter::with_capacity(1 << 16, file) })
    }

    /// Says which files of a folder belong to a command: those that this run does not write are of an
    /// earlier one, and go when its own are put in their places.
    pub fn own(&self, folder: &Path, is_own: fn(&str) -> bool) {
        self.state().owned.push(Owned { folder: folder.to_path_buf(), is_own });
    }

    /// Says that rows are handed on as they come.
    pub fn hand_on_rows(&self) {
        self.state().progress = Progress::Rows;
    }

    /// Puts all files in their places.
    ///
    /// # Errors
    /// The disk or a permission fails; then every place is as it was before.
    pub fn place(&self) -> Result<(), Failure> {
        let waiting: Vec<PathBuf> = self.state().waiting.iter().map(|file| file.from.clone()).collect();
        let synced: io::Result<()> = waiting.par_iter().try_for_each(|file| sync(file));
        synced.map_err(|error| Failure::system("cannot write the results", &error))?;
        self.state().place()
    }

    /// Begins another run in the same process, which may write what the one before wrote.
    pub fn begin_again(&self) {
        let mut state = self.state();
        state.clear();
        *state = State { progress: state.progress, ..State::default() };
    }

    /// Ends the run: takes away what was not put in its place. Waits where the run is being stopped.
    pub fn close(&self) {
        self.state().clear();
    }

    /// Stops the run, waiting for files that are being put in their places, and takes away what waits.
    /// Nothing is written as long as what comes back is held.
    pub fn stop(&self) -> Stopped<'_> {
        let mut state = self.state();
        state.clear();
        Stopped(state)
    }
}

/// A run that was stopped.
pub struct Stopped<'a>(MutexGuard<'a, State>);

impl Stopped<'_> {
    /// What it leaves behind.
    pub fn progress(&self) -> Progress {
        self.0.progress
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::system(format!("cannot write {}", path.display()), error)
}

impl State {
    /// Begins a file that waits for its place: in the folder of the run where that is on the same disk,
    /// else next to its place.
    fn wait(&mut self, to: PathBuf) -> io::Result<fs::File> {
        let kept = self.staging.as_mut().filter(|staging| staging.holds(&to));
        let (file, from, guard) = if let Some(staging) = kept {
            let from = staging.next();
            (fs::File::create_new(&from)?, from, None)
        } else {
            let folder = place::parent(&to);
            place::make_folder(folder, &mut self.made)?;
            let (file, guard) = place::next_to(folder, remembered(self.staging.as_ref()))?.into_parts();
            (file, guard.to_path_buf(), Some(guard))
        };
        self.waiting.push(Waiting { from, _guard: guard, to });
        Ok(file)
    }

    fn place(&mut self) -> Result<(), Failure> {
        let Self { waiting, staging, made, .. } = self;
        let _lock = staging.as_ref().map(Staging::lock);
        let mut changes: Vec<Change> = Vec::new();
        for Waiting { from, to, .. } in waiting.iter() {
            let kept = place::make_folder(place::parent(to), made).and_then(|()| place::keep_mode(from, to));
            kept.map_err(|error| cannot_write(to, &error))?;
            changes.push(Change::Put { from: from.clone(), to: to.clone() });
        }
        for owned in &self.owned {
            changes.extend(stale(owned, waiting).map(Change::Remove));
        }
        let folders: Vec<&Path> = changes.iter().map(Change::folder).collect();
        for folder in &folders {
            // Whether a file can be made there is known only by making one.
            let made = place::next_to(folder, remembered(staging.as_ref()));
            made.map_err(|error| cannot_write(folder, &error))?;
        }
        let noted = staging.as_ref().map_or(Ok(()), |staging| staging.note(&changes));
        noted.map_err(|error| Failure::system("cannot write the results", &error))?;
        for change in &changes {
            change.make().map_err(|error| cannot_write(change.path(), &error))?;
        }
        sync_folders(&folders);
        // A folder in which nothing was put goes with the run.
        if !changes.is_empty() {
            self.made.clear();
        }
        self.waiting.clear();
        self.owned.clear();
        self.progress = Progress::Placed;
        Ok(())
    }

    /// Takes away what was not put in its place.
    fn clear(&mut self) {
        self.waiting.clear();
        self.staging = None;
        // Only those that are empty: what others have put there stays.
        for folder in self.made.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Remembers a file that is made outside the folder of the run, for the case that the run is killed.
fn remembered(staging: Option<&Staging>) -> impl Fn(&Path) -> io::Result<()> {
    move |file| staging.map_or(Ok(()), |staging| staging.remember(file))
}

/// The files of a folder that belong to a command and that this run does not write.
fn stale(owned: &Owned, waiting: &[Waiting]) -> impl Iterator<Item = PathBuf> {
    let entries = fs::canonicalize(&owned.folder).and_then(fs::read_dir).into_iter().flatten().flatten();
    let is_stale = |entry: &fs::DirEntry| {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        is_file && entry.file_name().to_str().is_some_and(owned.is_own)
    };
    let paths: Vec<PathBuf> = entries.filter(is_stale).map(|entry| entry.path()).collect();
    paths.into_iter().filter(|path| !waiting.iter().any(|file| file.to == *path))
}

/// A file that grows.
pub struct AtomicFile {
    path: PathBuf,
    file: io::BufWriter<fs::File>,
}

impl AtomicFile {
    /// Adds bytes.
    ///
    /// # Errors
    /// The disk fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Adds what a function writes.
    ///
    /// # Errors
    /// The disk fails.
    pub fn fill(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        write(&mut self.file).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Completes the file; it is put in its place with the others of the run.
    ///
    /// # Errors
    /// The disk fails.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.file.flush().map_err(|error| cannot_write(&self.path, &error))
    }
}
