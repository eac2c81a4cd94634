//! One file that is made, replaced or changed: there is no moment without it, and nothing of anybody's is lost.
//!
//! A file is replaced by one rename over it, after its new content was flushed. Owner and permissions stay. Where a rename
//! would take something away (a second name of the file, or an owner whom we may not set), the new content is flushed
//! beside it first and then written over it; if that is interrupted, the next run writes it again.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::disk;
use super::exit::Failure;
use super::leftovers::{NEW, OVERWRITING, Overwriting, finish_overwriting};
use super::lock::Lock;
use super::paths::{folder_of, shown};
use super::recovery::recover;
use super::unfinished::Unfinished;

/// How often a file that somebody else changes at the same moment is looked at again.
const TRIES: usize = 20;

/// Makes a private file. One that is there is refused, or replaced if that was asked for.
#[cfg(feature = "verify")]
pub(super) fn write_one(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    if path.file_name().is_none() {
        return Err(Failure::usage(format!("{} is not the name of a file", shown(path)), "Name a file."));
    }
    let folder = folder_of(path);
    disk::create_folders(folder).map_err(|error| unwritable(path, &error))?;
    let lock = Lock::of(folder)?;
    recover(folder, &lock, None);
    if !force && path.symlink_metadata().is_ok() {
        return Err(is_there(path));
    }
    if force {
        return replace(path, bytes).map_err(|error| unwritable(path, &error));
    }
    match make(path, bytes) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(is_there(path)),
        made => made.map_err(|error| unwritable(path, &error)),
    }
}

/// Reads a file, changes it and puts it back, with nobody in between: what a change says besides its new content is
/// answered. The change may be asked again, where somebody has written the file meanwhile.
///
/// A file that is not there is nothing to the change.
pub(super) fn update<T>(
    path: &Path,
    mut change: impl FnMut(Option<&[u8]>) -> Result<(Vec<u8>, T), Failure>,
) -> Result<T, Failure> {
    let unwritable = |error: io::Error| unwritable(path, &error);
    // Where the name is a link, what it points at is changed.
    let path = &if path.is_symlink() { path.canonicalize().map_err(unwritable)? } else { path.to_owned() };
    let folder = folder_of(path);
    disk::create_folders(folder).map_err(unwritable)?;
    let lock = Lock::of(folder)?;
    recover(folder, &lock, None);
    for _ in 0..TRIES {
        let before = read(path).map_err(unwritable)?;
        let (bytes, said) = change(before.as_deref())?;
        if before.as_ref() == Some(&bytes) {
            return Ok(said);
        }
        // On a disk that knows no locks, this is what keeps another's change.
        if read(path).map_err(unwritable)? != before {
            continue;
        }
        let written = if before.is_some() { replace(path, &bytes) } else { make(path, &bytes) };
        match written {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => return written.map(|()| said).map_err(unwritable),
        }
    }
    let what = format!("{} is changed by another program again and again; nothing was written", shown(path));
    Err(Failure::files(what, "Close the other program, then try again."))
}

/// The bytes of a file; nothing where there is none.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    // Looked at before it is opened: a pipe would keep us waiting.
    if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        // A link to nowhere is no file that is not there.
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts a new file into its place, unless one is there.
fn make(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let (file, unfinished) = flushed(folder, bytes, None)?;
    disk::persist_new(file, path)?;
    disk::flush_folder(folder)?;
    drop(unfinished);
    Ok(())
}

/// Puts new content into the place of a file, which keeps owner, permissions and its other names.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = match path.symlink_metadata() {
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let folder = folder_of(path);
    if old.as_ref().is_some_and(has_other_names) {
        return overwrite(path, bytes);
    }
    match flushed(folder, bytes, old.as_ref()) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && old.is_some() => overwrite(path, bytes),
        file => {
            let (file, unfinished) = file?;
            disk::persist(file, path)?;
            disk::flush_folder(folder)?;
            drop(unfinished);
            Ok(())
        }
    }
}

/// A file that is not in its place yet, on the disk in full, with the owner and permissions of another; and the folder
/// that it lies in.
fn flushed(folder: &Path, bytes: &[u8], like: Option<&Metadata>) -> io::Result<(NamedTempFile, Unfinished)> {
    let unfinished = Unfinished::begin(folder)?;
    let mut file = disk::create_unfinished_file(&unfinished.path.join(NEW))?;
    let path = file.path().to_owned();
    disk::write(file.as_file_mut(), &path, bytes)?;
    if let Some(like) = like {
        take_after(file.as_file(), like)?;
    }
    disk::flush(file.as_file(), &path)?;
    Ok((file, unfinished))
}

/// Writes over a file. What stood in it and what is to stand in it are on the disk before the first byte of it changes.
fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let kept = kept_beside(path)?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_error| io::ErrorKind::InvalidData);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (before, after) = (text(fs::read(path)?)?, text(bytes.to_vec())?);
    let work = Overwriting::new(name, before, after);
    let (file, unfinished) = flushed(folder, &serde_json::to_vec(&work)?, None)?;
    disk::persist_new(file, &kept)?;
    drop(unfinished);
    disk::flush_folder(folder)?;
    finish_overwriting(path, &kept, bytes)
}

/// Where the new content of a file is kept while it is written over it.
fn kept_beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut kept = std::ffi::OsString::from(OVERWRITING);
    kept.push(name);
    Ok(path.with_file_name(kept))
}

#[cfg(unix)]
fn has_other_names(file: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Gives a file the owner and the permissions of another.
///
/// # Errors
/// [`io::ErrorKind::PermissionDenied`] where the owner is somebody else's to give.
#[cfg(unix)]
fn take_after(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
        fchown(file, Some(like.uid()), Some(like.gid()))?;
    }
    file.set_permissions(like.permissions())
}

#[cfg(not(unix))]
fn take_after(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(feature = "verify")]
fn is_there(path: &Path) -> Failure {
    Failure::files(format!("{} is there already", shown(path)), "Use --force to write it anew, or another name.")
}

pub(super) fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let next = "Is the disk full, or the file open in another program? What was there before is there still.";
    Failure::files(format!("{} cannot be written: {error}", shown(path)), next)
}
