//! One at a time: a folder is locked while something in it is read, changed and written.
//!
//! The lock ends with the process that holds it, however that ends. On Unix the folder itself is locked; elsewhere a file
//! `.handover.lock` in it. Where a disk knows no locks (some network shares), whoever writes compares before the rename.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;
use std::{io, thread};

use super::exit::Failure;
use super::terminal;

/// How long a lock is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// A locked folder; it is unlocked when this goes away.
#[derive(Debug)]
pub(super) struct Lock {
    /// Holds the lock as long as it is open.
    file: Option<File>,
}

impl Lock {
    /// Locks a folder, and waits while somebody else has it.
    pub(super) fn of(folder: &Path) -> Result<Self, Failure> {
        let mut waited = Duration::ZERO;
        loop {
            match Self::try_of(folder) {
                Ok(Some(lock)) => return Ok(lock),
                Ok(None) if waited < PATIENCE => {
                    thread::sleep(LOOK);
                    waited += LOOK;
                }
                // Whoever may read a folder may lock it for good. Writers compare before they rename, so going on is safe.
                Ok(None) => {
                    let folder = terminal::plain(&folder.display().to_string());
                    terminal::say(&format!("note: somebody else is working in {folder}; going on with care."));
                    return Ok(Self { file: None });
                }
                // Some folders may be written into and not be read.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(Self { file: None }),
                Err(error) => {
                    let folder = terminal::plain(&folder.display().to_string());
                    let next = "Look whether you may read the folder.";
                    return Err(Failure::files(format!("{folder} cannot be locked: {error}"), next));
                }
            }
        }
    }

    /// Locks a folder, if nobody else has it.
    pub(super) fn try_of(folder: &Path) -> io::Result<Option<Self>> {
        let file = handle(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            // This disk knows no locks.
            Err(TryLockError::Error(_)) => Ok(Some(Self { file: None })),
        }
    }

    /// Whether nobody else can have it: false where the disk knows no locks.
    pub(super) fn is_held(&self) -> bool {
        self.file.is_some()
    }
}

#[cfg(unix)]
fn handle(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

#[cfg(not(unix))]
fn handle(folder: &Path) -> io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(false).write(true).open(folder.join(".handover.lock"))
}
