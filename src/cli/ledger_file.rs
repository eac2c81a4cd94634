//! The files of the ledger in the configuration folder: the database, and where its history ended when it was signed last.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::disk;
use super::exit::Failure;
use super::paths::{folder_of, shown};
use super::replace::write_one;
use crate::ledger::{Head, Ledger};
use crate::sign::{Identity, sign_detached};
use crate::text::hex;

/// The ledger's name in the configuration folder.
pub(super) const LEDGER: &str = "ledger.sqlite";
/// The file with the end of the history, beside the ledger.
pub(super) const HEAD: &str = "ledger.head";

/// The ledger under a name; it is made where there is none.
pub(super) fn open(path: &Path) -> Result<Ledger, String> {
    let begin = || {
        disk::create_private_folders(folder_of(path))?;
        // Made here, so that nobody else may read it; the database makes its journal as it finds its file.
        match disk::create_private(path) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
            _ => disk::commit(path),
        }
    };
    begin().map_err(|error| error.to_string())?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| error.to_string())?;
    Ledger::new(connection).map_err(|error| format!("{}: {error}", shown(path)))
}

/// Signs where the history of a ledger ends.
pub(super) fn sign_head(ledger: &Path, head: &Head, identity: &Identity) -> Result<(), Failure> {
    let text = format!("{} {}", head.number, head.hash);
    let signature =
        sign_detached(identity, text.as_bytes()).ok_or_else(|| Failure::bug("the history could not be signed"))?;
    write_one(&ledger.with_file_name(HEAD), format!("{text}\n{}\n", hex(&signature)).as_bytes(), true)
}
