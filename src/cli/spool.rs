//! Finished documents on their way into a bundle: files in the hidden folder of a run, named by their digest.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use super::disk;
use crate::bundle::{Spool, SpoolError, Spooled};

/// A folder of files named by their digest.
pub(super) struct SpoolFolder {
    folder: PathBuf,
    /// Those that this run has put there, or found there and looked at.
    sound: Mutex<BTreeSet<String>>,
}

impl SpoolFolder {
    /// A folder that is there.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, sound: Mutex::default() }
    }

    /// Where a file lies.
    pub(super) fn path(&self, file: &Spooled) -> PathBuf {
        self.folder.join(&file.sha256)
    }

    /// A file that an earlier run has left there, if it is whole.
    pub(super) fn left(&self, file: &Spooled) -> Option<Vec<u8>> {
        read_as(&self.path(file), file)
    }

    fn is_sound(&self, file: &Spooled) -> bool {
        self.sound.lock().unwrap_or_else(PoisonError::into_inner).contains(&file.sha256)
    }
}

impl Spool for SpoolFolder {
    fn put(&self, bytes: &[u8]) -> Result<Spooled, SpoolError> {
        let file = Spooled::of(bytes);
        if self.is_sound(&file) {
            return Ok(file);
        }
        let path = self.path(&file);
        let written = || -> io::Result<()> {
            // Left by an earlier run, and perhaps not whole.
            if path.symlink_metadata().is_ok() && self.left(&file).is_none() {
                disk::remove_file(&path)?;
            }
            if path.symlink_metadata().is_err() {
                disk::write(&mut disk::create_private(&path)?, &path, bytes)?;
            }
            Ok(())
        };
        written().map_err(|error| SpoolError(error.to_string()))?;
        self.sound.lock().unwrap_or_else(PoisonError::into_inner).insert(file.sha256.clone());
        Ok(file)
    }

    fn get(&self, file: &Spooled) -> Result<Vec<u8>, SpoolError> {
        self.left(file).ok_or_else(|| SpoolError("it was changed or taken away".to_owned()))
    }
}

/// A file, if it is the one that is asked for; no link, and nothing of another size is read.
pub(super) fn read_as(path: &Path, file: &Spooled) -> Option<Vec<u8>> {
    let about = path.symlink_metadata().ok()?;
    let is_alike = about.is_file() && usize::try_from(about.len()).is_ok_and(|size| size == file.size);
    let bytes = is_alike.then(|| fs::read(path).ok()).flatten()?;
    (Spooled::of(&bytes) == *file).then_some(bytes)
}
