//! A set of files that appears together or not at all, also where the run is stopped, killed or loses its power.
//!
//! The files are written into a hidden folder beside their place. When all of them are flushed, a list of them is put into
//! that folder: from then on the set is meant to appear, and whoever comes next finishes what is not done yet. Before
//! that, whoever comes next takes the folder away (see `recovery`). A folder that another run is still working in is
//! locked, and left.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::exit::Failure;
use super::leftovers::{LIST, List, NEW, OLD, SPOOL, UNNAMED_LIST, digest_of, place, put_back};
use super::lock::Lock;
use super::paths::shown;
use super::recovery::recover;
use super::unfinished::Unfinished;
use super::{disk, signals};

/// Files and folders that appear together or not at all.
pub(super) struct Staging {
    unfinished: Unfinished,
    target: PathBuf,
    outputs: BTreeSet<PathBuf>,
}

impl Staging {
    /// Begins beside a target folder, which is made if need be. What an earlier run has left there is finished or undone.
    pub(super) fn begin(target: &Path) -> Result<Self, Failure> {
        let unwritable = |error: io::Error| {
            Failure::files(format!("{} cannot be written: {error}", shown(target)), "Choose another folder with --out.")
        };
        disk::create_folders(target).map_err(unwritable)?;
        let lock = Lock::of(target)?;
        let unfinished = Unfinished::begin(target).map_err(unwritable)?;
        recover(target, &lock, Some(&unfinished.path.join(SPOOL)));
        Ok(Self { unfinished, target: target.to_owned(), outputs: BTreeSet::new() })
    }

    /// Writes one output, named by its path under the target.
    pub(super) fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let staged = self.unfinished.path.join(NEW).join(path);
        let written = (|| {
            let folder = staged.parent().ok_or(io::ErrorKind::InvalidInput)?;
            disk::create_private_folders(folder)?;
            let mut file = disk::create_private(&staged)?;
            disk::write(&mut file, &staged, bytes)?;
            disk::flush(&file, &staged)
        })();
        written.map_err(|error: io::Error| unwritten(path, &error))?;
        self.add_output(path);
        Ok(())
    }

    /// The folder where finished documents lie until they have a place.
    #[cfg(feature = "pack")]
    pub(super) fn spool(&self) -> PathBuf {
        self.unfinished.path.join(SPOOL)
    }

    /// Makes a finished document an output, named by its path under the target.
    #[cfg(feature = "pack")]
    pub(super) fn take(&mut self, path: &Path, finished: &Path) -> Result<(), Failure> {
        let staged = self.unfinished.path.join(NEW).join(path);
        let taken = (|| {
            disk::create_private_folders(staged.parent().ok_or(io::ErrorKind::InvalidInput)?)?;
            disk::flush(&disk::open_to_overwrite(finished)?, finished)?;
            disk::rename(finished, &staged)
        })();
        taken.map_err(|error: io::Error| unwritten(path, &error))?;
        self.add_output(path);
        Ok(())
    }

    fn add_output(&mut self, path: &Path) {
        self.outputs.extend(path.components().next().map(|top| PathBuf::from(top.as_os_str())));
    }

    /// Refuses if any output is in its place already, unless forced.
    pub(super) fn may_appear(&self, force: bool) -> Result<(), Failure> {
        let existing = self.outputs.iter().map(|output| self.target.join(output));
        if force { Ok(()) } else { none_is_there(existing) }
    }

    /// Puts every output into its place. Refuses before the first if any is there already, unless forced.
    pub(super) fn finish(mut self, force: bool) -> Result<(), Failure> {
        let lock = Lock::of(&self.target)?;
        self.may_appear(force)?;
        // Whoever stops the run now waits until all of it is done.
        let _whole = signals::hold();
        let failed = |error: &io::Error, what: &str| {
            Failure::files(format!("{} cannot be written: {error}", shown(&self.target)), what)
        };
        let undone = "Is the disk full, or a file open in another program? Nothing was changed.";
        let list = self.list().map_err(|error| failed(&error, undone))?;
        self.unfinished.is_kept = true;
        let folder = &self.unfinished.path;
        if let Err(error) = place(folder, &self.target, &list) {
            let back = put_back(folder, &self.target, &list);
            if back.is_err() {
                let finish = "It could not be undone either: run the same command again, which finishes it.";
                return Err(failed(&error, finish));
            }
            self.unfinished.is_kept = false;
            return Err(failed(&error, undone));
        }
        drop(lock);
        // What cannot be taken away now is taken away by the next run.
        drop(disk::remove_folder(folder));
        Ok(())
    }

    /// Writes the list that makes the set one that is meant to appear.
    fn list(&self) -> io::Result<List> {
        for folder in folders_under(&self.unfinished.path)? {
            disk::flush_folder(&folder)?;
        }
        disk::create_private_folders(&self.unfinished.path.join(OLD))?;
        let replaced = |output: &PathBuf| Ok((output.clone(), digest_of(&self.target.join(output))?));
        let list: List = self.outputs.iter().map(replaced).collect::<io::Result<_>>()?;
        let bytes = serde_json::to_vec(&list)?;
        // Named only when it is whole.
        let (path, unnamed) = (self.unfinished.path.join(LIST), self.unfinished.path.join(UNNAMED_LIST));
        let mut file = disk::create_private(&unnamed)?;
        disk::write(&mut file, &unnamed, &bytes)?;
        disk::flush(&file, &unnamed)?;
        disk::rename(&unnamed, &path)?;
        disk::flush_folder(&self.unfinished.path)?;
        Ok(list)
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::files(format!("{} cannot be written: {error}", shown(path)), "Is the disk full?")
}

/// Refuses if any of some outputs is in its place already.
pub(super) fn none_is_there(mut outputs: impl Iterator<Item = PathBuf>) -> Result<(), Failure> {
    outputs.find(|path| path.symlink_metadata().is_ok()).map_or(Ok(()), |path| {
        let what = format!("{} is there already", shown(&path));
        Err(Failure::files(what, "Use --force to write it anew, or another folder."))
    })
}

/// The folders under a folder, and itself, the innermost first.
fn folders_under(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(folders_under(&entry.path())?);
        }
    }
    found.push(folder.to_owned());
    Ok(found)
}
