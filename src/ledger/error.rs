//! Why a ledger cannot be used.

use std::{error, fmt};

/// Why a ledger cannot be used.
#[derive(Debug)]
pub enum LedgerError {
    /// It is none of ours, or of a later version of this program.
    Other,
    /// The database cannot read or write.
    Database(rusqlite::Error),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => f.write_str("it is no ledger of this version of the program"),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl error::Error for LedgerError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Other => None,
            Self::Database(error) => Some(error),
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}
