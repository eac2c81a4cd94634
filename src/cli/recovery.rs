//! What a run has left that was killed, or lost its power: the next run in the same folder finishes it or takes it away,
//! and says so.
//!
//! A shared folder is not ours alone. So only what this program itself has written for this user is touched: a hidden
//! folder has to hold its own name in a mark of ours, and nothing else than we put there; and nothing is written over a
//! file that is not as it was when the run was killed. Whatever else has such a name is left, and named.

use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest as _, Sha256};

use super::disk::UNFINISHED;
use super::leftovers::{
    LIST, List, MARK, Mark, NEW, OLD, OVERWRITING, Overwriting, SPOOL, UNNAMED_LIST, digest_of, finish_overwriting,
    place,
};
use super::lock::Lock;
use super::paths::shown;
use super::{disk, terminal};
use crate::text::hex;

/// What became of something that was left.
enum Done {
    /// It was finished or taken away, in words.
    Fixed(&'static str),
    /// Somebody is still working there.
    Busy,
    /// It is not ours to touch, or not as it was: why, in words.
    Left(&'static str),
}

/// The same for a folder that is only read: a record that is half written over has to be finished before it is read.
pub(super) fn look_after(folder: &Path) {
    let is_left = |entry: fs::DirEntry| entry.file_name().to_string_lossy().starts_with(UNFINISHED);
    if fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).any(is_left)
        && let Ok(Some(lock)) = Lock::try_of(folder)
    {
        recover(folder, &lock, None);
    }
}

/// Finishes or undoes what earlier runs have left in a folder, and says so. Whoever calls it holds the folder's lock.
/// Documents that were finished for what is undone go into a spool, where there is one.
pub(super) fn recover(folder: &Path, lock: &Lock, spool: Option<&Path>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(UNFINISHED) {
            continue;
        }
        let path = entry.path();
        let done = if !lock.is_held() {
            Ok(Done::Left("another run may be working there"))
        } else if !is_our_own(&path) {
            Ok(Done::Left("it is not of this user"))
        } else if name.starts_with(OVERWRITING) {
            recover_overwriting(&path, folder)
        } else if path.is_dir() {
            recover_set(&path, folder, spool)
        } else {
            Ok(Done::Left("it was not made by this program"))
        };
        let shown = shown(&path);
        match done {
            Ok(Done::Busy) => {}
            Ok(Done::Fixed(what)) => {
                terminal::say(&format!("note: what a run that was stopped had left was {what}: {shown}"));
            }
            Ok(Done::Left(why)) => terminal::say(&format!("note: {shown} was left as it is: {why}.")),
            Err(error) => {
                terminal::say(&format!(
                    "warning: what a run that was stopped had left cannot be put right: {shown}: {error}"
                ));
            }
        }
    }
}

/// Whether something was left by a run of this user: nobody else's is put into a place, or taken away.
#[cfg(unix)]
fn is_our_own(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::geteuid().as_raw();
    path.symlink_metadata().is_ok_and(|about| !about.is_symlink() && about.uid() == own && about.mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_our_own(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| !about.is_symlink())
}

fn recover_overwriting(kept: &Path, folder: &Path) -> io::Result<Done> {
    let Some(work) = Overwriting::from_bytes(&fs::read(kept)?, kept) else {
        return Ok(Done::Left("it was not made by this program"));
    };
    let path = folder.join(&work.name);
    if !path.symlink_metadata().is_ok_and(|about| about.is_file()) {
        return Ok(Done::Left("the file that it belongs to is gone; what was to stand in it is in there"));
    }
    let now = fs::read(&path)?;
    if now == work.after.as_bytes() {
        disk::remove_file(kept)?;
        return Ok(Done::Fixed("taken away: it was done already"));
    }
    // Only what was interrupted is written again, not over what somebody has written since.
    if !work.is_interrupted(&now) {
        return Ok(Done::Left("the file that it belongs to was changed since; what was to stand in it is in there"));
    }
    finish_overwriting(&path, kept, work.after.as_bytes())?;
    Ok(Done::Fixed("finished"))
}

fn recover_set(set: &Path, target: &Path, spool: Option<&Path>) -> io::Result<Done> {
    // Somebody is still working there.
    let Some(_own) = Lock::try_of(set)? else { return Ok(Done::Busy) };
    if !is_ours(set) {
        return Ok(Done::Left("it was not made by this program"));
    }
    let Ok(list) = fs::read(set.join(LIST)) else {
        let is_some_kept = spool.is_some_and(|spool| take_over(set, spool));
        disk::remove_folder(set)?;
        let kept = "taken away: it was not finished. The packs that were finished in it are used again";
        return Ok(Done::Fixed(if is_some_kept { kept } else { "taken away: it was not finished" }));
    };
    let list: List = serde_json::from_slice(&list)?;
    // Names of what lies in this folder, and nothing that leads out of it.
    let plain = |name: &PathBuf| name.components().count() == 1 && name.file_name().is_some();
    if !list.keys().all(plain) {
        return Ok(Done::Left("it was not made by this program"));
    }
    for (output, replaced) in &list {
        let is_placed = set.join(NEW).join(output).symlink_metadata().is_err();
        let is_moved = set.join(OLD).join(output).symlink_metadata().is_ok();
        let there = digest_of(&target.join(output))?;
        if !is_placed && there != *replaced && !(is_moved && there.is_none()) {
            return Ok(Done::Left("what it was to replace was changed since; what was to appear is in there"));
        }
    }
    place(set, target, &list)?;
    disk::remove_folder(set)?;
    Ok(Done::Fixed("finished"))
}

/// Takes finished documents over, under their digests; answers whether there were any. What cannot be taken over is made
/// anew.
fn take_over(set: &Path, spool: &Path) -> bool {
    let mut is_some_kept = false;
    let folders = fs::read_dir(set.join(NEW)).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    for folder in folders.chain([set.join(SPOOL)]).filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let Some(bytes) = is_file.then(|| fs::read(entry.path()).ok()).flatten() else { continue };
            let path = spool.join(hex(&Sha256::digest(&bytes)));
            is_some_kept |= path.symlink_metadata().is_err() && disk::rename(&entry.path(), &path).is_ok();
        }
    }
    is_some_kept
}

/// Whether a folder is one that this program has made, and holds nothing else than what it puts there.
fn is_ours(set: &Path) -> bool {
    let marked = fs::read(set.join(MARK)).ok().and_then(|bytes| serde_json::from_slice::<Mark>(&bytes).ok());
    let is_known = |name: &str| [MARK, LIST, UNNAMED_LIST, NEW, OLD, SPOOL].contains(&name);
    let mut names = fs::read_dir(set).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.file_name());
    let all_known = names.all(|name| is_known(&name.to_string_lossy()));
    // Killed before the mark was written, it is an empty folder, or one with an empty mark.
    let is_empty = fs::read_dir(set).is_ok_and(|mut entries| {
        entries.all(|entry| {
            entry.is_ok_and(|entry| entry.metadata().is_ok_and(|about| about.is_file() && about.len() == 0))
        })
    });
    all_known && (marked == Some(Mark::of(set)) || is_empty)
}
