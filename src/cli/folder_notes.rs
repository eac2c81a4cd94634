//! The notes beside the records of a folder.

use std::path::Path;

use super::exit::Failure;
use super::files::read_one;
use super::paths::{is_absent, shown};
use super::replace::update;
use crate::record::FolderNotes;

/// The notes of a folder; none where there are none yet.
pub(super) fn notes_in(folder: &Path) -> Result<FolderNotes, Failure> {
    let path = folder.join(FolderNotes::FILE);
    if is_absent(&path) {
        return Ok(FolderNotes::default());
    }
    parsed(&path, &read_one(&path)?.bytes)
}

/// Changes the notes of a folder, with nobody else in between.
pub(super) fn change_notes<T>(folder: &Path, mut change: impl FnMut(&mut FolderNotes) -> T) -> Result<T, Failure> {
    let path = folder.join(FolderNotes::FILE);
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
