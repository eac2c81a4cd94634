//! A hidden folder for what is not in its place yet: private, marked as ours, locked while somebody works in it, and taken
//! away with all that is in it unless it is kept for the next run.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::leftovers::{MARK, Mark, NEW, SPOOL};
use super::lock::Lock;
use super::{disk, signals};

/// A hidden folder in which somebody works.
pub(super) struct Unfinished {
    pub path: PathBuf,
    /// Whether it stays for the next run.
    pub is_kept: bool,
    /// Says to others that somebody is working here.
    _lock: Option<Lock>,
    /// Takes the folder away if the run is stopped.
    _guard: signals::Guard,
}

impl Unfinished {
    /// Begins within a folder, which the caller has locked: nobody else may look at what is not marked yet.
    pub(super) fn begin(within: &Path) -> io::Result<Self> {
        let path = disk::create_unfinished_folder(within)?;
        let guard = signals::guard(&path);
        let mut begun = Self { path, is_kept: false, _lock: None, _guard: guard };
        begun._lock = Lock::try_of(&begun.path)?;
        let mark = begun.path.join(MARK);
        let mut file = disk::create_private(&mark)?;
        disk::write(&mut file, &mark, &serde_json::to_vec(&Mark::of(&begun.path))?)?;
        disk::flush(&file, &mark)?;
        disk::create_private_folders(&begun.path.join(NEW))?;
        disk::create_private_folders(&begun.path.join(SPOOL))?;
        Ok(begun)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_kept {
            drop(fs::remove_dir_all(&self.path));
        }
    }
}
