//! The notes beside the records of a folder.

use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::files::read_one;
use super::paths::{folder_of, is_absent, shown};
use super::replace::update;
use crate::record::FolderNotes;

fn path_beside(record: &Path) -> PathBuf {
    folder_of(record).join(FolderNotes::FILE)
}

/// The notes beside a record; none where there are none yet.
pub(super) fn notes_beside(record: &Path) -> Result<FolderNotes, Failure> {
    let path = path_beside(record);
    if is_absent(&path) {
        return Ok(FolderNotes::default());
    }
    parsed(&path, &read_one(&path)?.bytes)
}

/// Changes the notes beside a record, with nobody else in between.
pub(super) fn change_notes<T>(record: &Path, mut change: impl FnMut(&mut FolderNotes) -> T) -> Result<T, Failure> {
    let path = path_beside(record);
    update(&path, |before| {
        let mut notes = before.map_or_else(|| Ok(FolderNotes::default()), |bytes| parsed(&path, bytes))?;
        let said = change(&mut notes);
        Ok((notes.to_bytes().map_err(|error| Failure::caused(&error))?, said))
    })
}

fn parsed(path: &Path, bytes: &[u8]) -> Result<FolderNotes, Failure> {
    FolderNotes::from_bytes(bytes).ok_or_else(|| {
        let what = format!("{} cannot be read, so nothing was written", shown(path));
        let next =
            "It is kept by handover itself. Move it away: then it is begun anew, and no record is the worse for it.";
        Failure::files(what, next)
    })
}
