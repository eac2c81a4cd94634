//! Where sealed documents lie until their bundle is made: not all of them have room in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::text::hex;

/// What tells a file that lies there from all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spooled {
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: usize,
}

impl Spooled {
    /// Of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: hex(&Sha256::digest(bytes)), size: bytes.len() }
    }
}

/// Why a file could not be kept or is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpoolError(pub String);

impl fmt::Display for SpoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a finished document cannot be kept until its bundle is made: {}", self.0)
    }
}

impl std::error::Error for SpoolError {}

/// A place for files, each known by its digest. Several threads use it at once.
pub trait Spool: Sync {
    /// Keeps a file.
    ///
    /// # Errors
    /// [`SpoolError`] where there is no room.
    fn put(&self, bytes: &[u8]) -> Result<Spooled, SpoolError>;

    /// A file that was kept, as it was.
    ///
    /// # Errors
    /// [`SpoolError`] where it is gone or another.
    fn get(&self, file: &Spooled) -> Result<Vec<u8>, SpoolError>;
}

/// A spool in memory, for few files.
#[derive(Debug, Default)]
pub struct HeldSpool(Mutex<BTreeMap<String, Vec<u8>>>);

impl Spool for HeldSpool {
    fn put(&self, bytes: &[u8]) -> Result<Spooled, SpoolError> {
        let file = Spooled::of(bytes);
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(file.sha256.clone(), bytes.to_vec());
        Ok(file)
    }

    fn get(&self, file: &Spooled) -> Result<Vec<u8>, SpoolError> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(&file.sha256).cloned().ok_or_else(|| SpoolError("it is not there".to_owned()))
    }
}
