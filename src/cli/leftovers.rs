//! What a run that is stopped leaves behind: the names and forms that the writers use and recovery reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::disk;
use super::paths::folder_of;
use crate::text::hex;

/// What says, in the hidden folder, that it is one of ours and which.
pub(super) const MARK: &str = "unfinished.json";

/// Where the files are that are to come to their place.
pub(super) const NEW: &str = "new";

/// Where finished documents lie until their bundle is made.
pub(super) const SPOOL: &str = "finished";

/// What a mark says.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    format: String,
    /// The name of the folder it lies in: another folder under that name is none of ours.
    name: String,
}

impl Mark {
    pub(super) fn of(folder: &Path) -> Self {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { format: "handover-unfinished".to_owned(), name }
    }
}

/// The list of what is to appear, in the hidden folder, and what it is called before it is whole.
pub(super) const LIST: &str = "ready.json";

pub(super) const UNNAMED_LIST: &str = "list";

/// Where what was there before is kept meanwhile, in the hidden folder.
pub(super) const OLD: &str = "old";

/// What is to appear: each name, and the SHA-256 of what is to be replaced, where something is.
pub(super) type List = BTreeMap<PathBuf, Option<String>>;

/// Puts what is not in its place yet into it. A file is replaced by one rename; of a folder, the old one is moved away
/// first.
pub(super) fn place(folder: &Path, target: &Path, list: &List) -> io::Result<()> {
    for output in list.keys() {
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
pub(super) fn put_back(folder: &Path, target: &Path, list: &List) -> io::Result<()> {
    for output in list.keys() {
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

/// What is called that says what is written over a file, with the file's name after it.
pub(super) const OVERWRITING: &str = ".handover-new-";

/// What is written over a file, kept beside it until that is done.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Overwriting {
    format: String,
    /// The file's name.
    pub name: String,
    /// What stood in it: texts of ours, a record or a list.
    before: String,
    /// What is to stand in it.
    pub after: String,
}

impl Overwriting {
    const FORMAT: &str = "handover-overwriting";

    /// What is kept while a file of a name is written over.
    pub(super) fn new(name: String, before: String, after: String) -> Self {
        Self { format: Self::FORMAT.to_owned(), name, before, after }
    }

    /// What is kept, if it is what this program keeps beside the file of that name.
    pub(super) fn from_bytes(bytes: &[u8], kept: &Path) -> Option<Self> {
        let work: Self = serde_json::from_slice(bytes).ok()?;
        let name = kept.file_name()?.to_string_lossy().strip_prefix(OVERWRITING)?.to_owned();
        (work.format == Self::FORMAT && work.name == name).then_some(work)
    }

    /// Whether a file is as it was, or as it is while it is being written over: the beginning of what is to stand in it, and
    /// then what stood in it.
    pub(super) fn is_interrupted(&self, now: &[u8]) -> bool {
        let (before, after) = (self.before.as_bytes(), self.after.as_bytes());
        let written = now.iter().zip(after).take_while(|(now, after)| now == after).count();
        (0..=written).rev().any(|at| now.get(at..) == Some(before.get(at..).unwrap_or_default()))
    }
}

/// Writes over a file what is kept beside it, and takes that away.
pub(super) fn finish_overwriting(path: &Path, kept: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = disk::open_to_overwrite(path)?;
    disk::write(&mut file, path, bytes)?;
    disk::flush(&file, path)?;
    disk::remove_file(kept)?;
    disk::flush_folder(folder_of(path))
}

/// The SHA-256 of a file, or of a folder with all that is in it, by name; nothing where there is none.
pub(super) fn digest_of(path: &Path) -> io::Result<Option<String>> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let mut digest = Sha256::new();
    add_to(&mut digest, path)?;
    Ok(Some(hex(&digest.finalize())))
}

pub(super) fn add_to(digest: &mut Sha256, path: &Path) -> io::Result<()> {
    let about = path.symlink_metadata()?;
    if about.is_dir() {
        let mut names: Vec<_> = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
        names.sort_by_key(fs::DirEntry::file_name);
        for entry in names {
            digest.update(entry.file_name().as_encoded_bytes());
            digest.update([0]);
            add_to(digest, &entry.path())?;
        }
    } else if about.is_file() {
        digest.update(about.len().to_be_bytes());
        digest.update(Sha256::digest(fs::read(path)?));
    }
    Ok(())
}
