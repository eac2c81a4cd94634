//! A set of files that appears together or not at all, also where the run is stopped, killed or loses its power.
//!
//! The files are written into a hidden folder beside their place. When all of them are flushed, a list of them is put into
//! that folder: from then on the set is meant to appear, and whoever comes next finishes what is not done yet. Before
//! that, whoever comes next takes the folder away. A folder that another run is still working in is locked, and left.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, UNFINISHED};
use super::exit::Failure;
use super::files::shown;
use super::lock::Lock;
use super::replace::{OVERWRITING, finish_overwriting};
use super::{signals, terminal};

/// The list of what is to appear, in the hidden folder.
const LIST: &str = "ready.json";
/// Where the files are, in the hidden folder, and where what was there before is kept meanwhile.
const NEW: &str = "new";
const OLD: &str = "old";

/// Files and folders that appear together or not at all.
pub(super) struct Staging {
    folder: PathBuf,
    target: PathBuf,
    outputs: BTreeSet<PathBuf>,
    /// Says to others that somebody is working here.
    _lock: Lock,
    /// Takes the folder away if the run is stopped.
    _guard: signals::Guard,
    /// Whether the set is meant to appear: then the folder is for whoever comes next.
    is_ready: bool,
}

impl Staging {
    /// Begins beside a target folder, which is made if need be. What an earlier run has left there is finished or undone.
    pub(super) fn begin(target: &Path) -> Result<Self, Failure> {
        let unwritable = |error: io::Error| {
            Failure::files(format!("{} cannot be written: {error}", shown(target)), "Choose another folder with --out.")
        };
        disk::create_folders(target).map_err(unwritable)?;
        let lock = Lock::of(target)?;
        recover(target, &lock);
        let folder = disk::create_unfinished_folder(target).map_err(unwritable)?;
        let guard = signals::guard(&folder);
        // Locked before anybody else may look at the folder around it.
        let own = Lock::of(&folder)?;
        let (target, outputs) = (target.to_owned(), BTreeSet::new());
        Ok(Self { folder, target, outputs, _lock: own, _guard: guard, is_ready: false })
    }

    /// Writes one output, named by its path under the target.
    pub(super) fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let staged = self.folder.join(NEW).join(path);
        let written = (|| {
            let folder = staged.parent().ok_or(io::ErrorKind::InvalidInput)?;
            disk::create_private_folders(folder)?;
            let mut file = disk::create_private(&staged)?;
            disk::write(&mut file, &staged, bytes)?;
            disk::flush(&file, &staged)
        })();
        written.map_err(|error: io::Error| {
            Failure::files(format!("{} cannot be written: {error}", shown(path)), "Is the disk full?")
        })?;
        self.outputs.extend(path.components().next().map(|top| PathBuf::from(top.as_os_str())));
        Ok(())
    }

    /// Refuses if any output is in its place already, unless forced.
    pub(super) fn may_appear(&self, force: bool) -> Result<(), Failure> {
        let existing = self.outputs.iter().map(|output| self.target.join(output));
        match existing.filter(|_| !force).find(|path| path.symlink_metadata().is_ok()) {
            Some(path) => {
                let what = format!("{} is there already", shown(&path));
                Err(Failure::files(what, "Use --force to write it anew, or another folder."))
            }
            None => Ok(()),
        }
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
        self.list().map_err(|error| failed(&error, undone))?;
        self.is_ready = true;
        if let Err(error) = place(&self.folder, &self.target, &self.outputs) {
            let back = put_back(&self.folder, &self.target, &self.outputs);
            if back.is_err() {
                return Err(failed(
                    &error,
                    "It could not be undone either: run the same command again, which finishes it.",
                ));
            }
            self.is_ready = false;
            return Err(failed(&error, undone));
        }
        drop(lock);
        // What cannot be taken away now is taken away by the next run.
        drop(disk::remove_folder(&self.folder));
        Ok(())
    }

    /// Writes the list that makes the set one that is meant to appear.
    fn list(&self) -> io::Result<()> {
        for folder in folders_under(&self.folder)? {
            disk::flush_folder(&folder)?;
        }
        disk::create_private_folders(&self.folder.join(OLD))?;
        let names: Vec<_> = self.outputs.iter().map(|output| output.to_string_lossy()).collect();
        let list = serde_json::to_vec(&names)?;
        // Named only when it is whole.
        let (path, unnamed) = (self.folder.join(LIST), self.folder.join("list"));
        let mut file = disk::create_private(&unnamed)?;
        disk::write(&mut file, &unnamed, &list)?;
        disk::flush(&file, &unnamed)?;
        disk::rename(&unnamed, &path)?;
        disk::flush_folder(&self.folder)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.is_ready {
            drop(fs::remove_dir_all(&self.folder));
        }
    }
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

/// Puts what is not in its place yet into it. A file is replaced by one rename; of a folder, the old one is moved away
/// first.
fn place(folder: &Path, target: &Path, outputs: &BTreeSet<PathBuf>) -> io::Result<()> {
    for output in outputs {
        let (new, old, to) = (folder.join(NEW).join(output), folder.join(OLD).join(output), target.join(output));
        if new.symlink_metadata().is_err() {
            continue;
        }
        if let (Ok(there), Err(_)) = (to.symlink_metadata(), old.symlink_metadata()) {
            if there.is_file() && new.is_file() {
                disk::link_or_copy(&to, &old)?;
            } else {
                disk::rename(&to, &old)?;
            }
        }
        disk::rename(&new, &to)?;
    }
    disk::flush_folder(target)
}

/// Puts everything back as it was, new and old.
fn put_back(folder: &Path, target: &Path, outputs: &BTreeSet<PathBuf>) -> io::Result<()> {
    for output in outputs {
        let (new, old, to) = (folder.join(NEW).join(output), folder.join(OLD).join(output), target.join(output));
        if new.symlink_metadata().is_err() {
            disk::rename(&to, &new)?;
        }
        if old.symlink_metadata().is_ok() {
            disk::rename(&old, &to)?;
        }
    }
    disk::remove_file(&folder.join(LIST))?;
    disk::flush_folder(folder)
}

/// Finishes or undoes what earlier runs have left in a folder, and says so. Whoever calls it holds the folder's lock.
pub(super) fn recover(folder: &Path, lock: &Lock) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(UNFINISHED) {
            continue;
        }
        let path = entry.path();
        if !is_our_own(&path) {
            terminal::say(&format!("note: {} is not of this user; it was left.", shown(&path)));
            continue;
        }
        let done = match name.strip_prefix(OVERWRITING) {
            Some(file) => recover_overwriting(&path, &folder.join(file)),
            None if !lock.is_held() => {
                terminal::say(&format!(
                    "note: {} may be left over from a run that was stopped, or belong to one that goes on; it was left.",
                    shown(&path)
                ));
                continue;
            }
            None if path.is_dir() => recover_set(&path, folder),
            None => disk::remove_file(&path).map(|()| Some("taken away: it was not finished")),
        };
        match done {
            Ok(Some(what)) => {
                terminal::say(&format!(
                    "note: what a run that was stopped had left here was {what}: {}",
                    shown(folder)
                ));
            }
            Ok(None) => {}
            Err(error) => {
                terminal::say(&format!("warning: what a run that was stopped had left cannot be put right: {error}"));
            }
        }
    }
}

/// Whether something was left by a run of this user: nobody else's is put into a place, or taken away.
#[cfg(unix)]
fn is_our_own(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::geteuid().as_raw();
    path.symlink_metadata().is_ok_and(|about| !about.is_symlink() && about.uid() == own && about.mode() & 0o022 == 0)
}

#[cfg(not(unix))]
fn is_our_own(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| !about.is_symlink())
}

fn recover_overwriting(kept: &Path, path: &Path) -> io::Result<Option<&'static str>> {
    let bytes = fs::read(kept)?;
    finish_overwriting(path, kept, &bytes)?;
    Ok(Some("finished"))
}

fn recover_set(set: &Path, target: &Path) -> io::Result<Option<&'static str>> {
    // Somebody is still working there.
    let Some(_own) = Lock::try_of(set)? else { return Ok(None) };
    let Ok(list) = fs::read(set.join(LIST)) else {
        disk::remove_folder(set)?;
        return Ok(Some("taken away: it was not finished"));
    };
    let names: Vec<PathBuf> = serde_json::from_slice(&list)?;
    // Names of files in this folder, and nothing that leads out of it.
    let plain = |name: &&PathBuf| name.components().count() == 1 && name.file_name().is_some();
    place(set, target, &names.iter().filter(plain).cloned().collect())?;
    disk::remove_folder(set)?;
    Ok(Some("finished"))
}
