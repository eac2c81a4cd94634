//! Finding and reading files. What lies in a folder and is not looked at is named, so that nothing falls out unseen.

#[cfg(feature = "verify")]
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::paths::{folder_of, shown};
use super::recovery::look_after;
use super::terminal;
use crate::record::FolderNotes;

/// The largest file that is read at all, in bytes.
const LIMIT: u64 = 600 << 20;

/// A file's name as it is shown, and its bytes.
#[derive(Debug)]
pub(super) struct Input {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Reads a file, or standard input for `-`.
pub(super) fn read_one(path: &Path) -> Result<Input, Failure> {
    if path == Path::new("-") {
        let bytes = terminal::read_stdin(usize::try_from(LIMIT).unwrap_or(usize::MAX))?;
        return Ok(Input { name: "<standard input>".to_owned(), bytes });
    }
    let name = shown(path);
    let unreadable = |error: std::io::Error| {
        Failure::files(format!("{name} cannot be read: {error}"), "Look at the name, and whether you may read it.")
    };
    // Looked at before it is opened: a pipe would keep us waiting.
    let about = fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(Failure::files(format!("{name} is not a file"), "Name a file, or a folder of files."));
    }
    let file = fs::File::open(path).map_err(unreadable)?;
    let size = usize::try_from(about.len().min(LIMIT)).unwrap_or_default();
    // A byte more, so that the end is seen without growing.
    let mut bytes = Vec::with_capacity(size + 1);
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        return Err(Failure::files(format!("{name} is too large"), "It is larger than any record or bundle."));
    }
    Ok(Input { name, bytes })
}

/// What was found under some paths.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files that are looked at: those that were named, and in folders those with the right ending, in order of name.
    pub files: Vec<PathBuf>,
    /// What lies in the folders and is not looked at, so that nothing falls out unnamed.
    pub passed_over: Vec<PassedOver>,
}

/// Something in a folder that is not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PassedOver {
    pub path: PathBuf,
    pub why: Why,
}

/// Why something is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Its name has another ending.
    Ending,
    /// Its name begins with a dot.
    Hidden,
    /// It is a link to a folder, or to nothing.
    Link,
    /// It is neither a file nor a folder.
    Special,
    /// An operating system has put it there.
    System,
}

impl Why {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Ending => "another kind of file",
            Self::Hidden => "hidden",
            Self::Link => "a link that leads to no file",
            Self::Special => "neither a file nor a folder",
            Self::System => "put there by the operating system",
        }
    }
}

/// Names files and, in folders, every file with an ending, in order of name; subfolders too.
pub(super) fn find(paths: &[PathBuf], endings: &[&str]) -> Result<Found, Failure> {
    let mut found = Found::default();
    let folders: BTreeSet<&Path> =
        paths.iter().map(|path| if path.is_dir() { path } else { folder_of(path) }).collect();
    folders.into_iter().for_each(look_after);
    for path in paths {
        if path.is_dir() {
            let before = found.files.len();
            collect(path, endings, &mut found)?;
            if found.files.len() == before {
                let what = format!("{} holds no file that ends in .{}", shown(path), endings.join(" or ."));
                return Err(Failure::files(what, "Name the folder that holds them."));
            }
        } else {
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

/// Every file of a folder with an ending, also where there is none of them; subfolders too.
#[cfg(feature = "import")]
pub(super) fn find_if_any(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    look_after(folder);
    let mut found = Found::default();
    collect(folder, endings, &mut found)?;
    Ok(found.files)
}

/// Every file that lies in a folder itself, by name, hidden ones too; what is no file has a name ending in a slash.
#[cfg(feature = "verify")]
pub(super) fn read_folder(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut found = BTreeMap::new();
    for entry in entries(folder)? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_of_system(&entry.path()) {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_file()) {
            found.insert(name, read_one(&entry.path())?.bytes);
        } else {
            // No bundle has a folder or a link; a name that no bundle has says so.
            found.insert(format!("{name}/"), Vec::new());
        }
    }
    Ok(found)
}

/// What lies in a folder, in order of name.
pub(super) fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::files(format!("{} cannot be read: {error}", shown(folder)), "Look whether you may read the folder.")
    };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut entries: Vec<_> = entries.collect::<Result<_, _>>().map_err(unreadable)?;
    entries.sort_unstable_by_key(fs::DirEntry::file_name);
    Ok(entries)
}

/// The files of a folder with one of some endings, and what else lies there.
fn collect(folder: &Path, endings: &[&str], found: &mut Found) -> Result<(), Failure> {
    for entry in entries(folder)? {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let kind = entry.file_type().ok();
        let is = |test: fn(&fs::FileType) -> bool| kind.as_ref().is_some_and(test);
        // A linked folder could lead round in a circle; a linked file is a file.
        let is_file = is(fs::FileType::is_file) || (is(fs::FileType::is_symlink) && path.is_file());
        let why = if is_of_system(&path) {
            Why::System
        } else if hidden {
            Why::Hidden
        } else if is(fs::FileType::is_dir) {
            look_after(&path);
            collect(&path, endings, found)?;
            continue;
        } else if is_file && is_ours(&path) {
            continue;
        } else if is_file && has_ending(&path, endings) {
            found.files.push(path);
            continue;
        } else if is_file {
            Why::Ending
        } else if is(fs::FileType::is_symlink) {
            Why::Link
        } else {
            Why::Special
        };
        found.passed_over.push(PassedOver { path, why });
    }
    Ok(())
}

/// Whether a file is one that operating systems leave in every folder, and not something else under its name.
pub(super) fn is_of_system(path: &Path) -> bool {
    const LEFT: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];
    const OURS: [&[u8]; 3] = [b"PK", b"%PDF", b"age-"];
    let is_called = path.file_name().is_some_and(|name| LEFT.iter().any(|left| name.eq_ignore_ascii_case(left)));
    let begins = || {
        let mut beginning = [0; 4];
        let mut file = fs::File::open(path).ok()?;
        let read = file.read(&mut beginning).ok()?;
        beginning.get(..read).map(<[u8]>::to_vec)
    };
    let is_file = || path.symlink_metadata().is_ok_and(|about| about.is_file());
    is_called && is_file() && begins().is_some_and(|begins| !OURS.iter().any(|ours| begins.starts_with(ours)))
}

/// Whether a file's name has one of some endings, in capitals or not.
pub(super) fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
}

/// Whether a file is one of ours that lies beside records and is none.
pub(super) fn is_ours(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        ["policy.toml", "school.toml", "branding.toml", "trust.toml", FolderNotes::FILE]
            .iter()
            .any(|ours| name == *ours)
    })
}
