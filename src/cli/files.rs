//! Reading and writing: nothing half written, nothing overwritten unasked.
//!
//! Outputs are written into a hidden folder beside their place and renamed only when all of them are there. A run that
//! fails, or is stopped, leaves at most that hidden folder; a run that ends takes it away.

#[cfg(feature = "pack")]
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::exit::Failure;
use super::terminal;

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

/// A path as it may stand in what we say.
fn shown(path: &Path) -> String {
    terminal::plain(&path.display().to_string())
}

/// Names files and, in folders, every file with an ending, in order of name; subfolders too.
pub(super) fn find_all(paths: &[PathBuf], ending: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            collect(path, ending, &mut found)?;
            if found.len() == before {
                let what = format!("{} holds no file that ends in .{}", shown(path), ending.join(" or ."));
                return Err(Failure::files(what, "Name the folder that holds them."));
            }
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

/// Every file that lies in a folder itself, by name, hidden ones too; what is no file has a name ending in a slash.
#[cfg(feature = "pack")]
pub(super) fn read_folder(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::files(format!("{} cannot be read: {error}", shown(folder)), "Look whether you may read the folder.")
    };
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().map_err(unreadable)?.is_file() {
            found.insert(name, read_one(&entry.path())?.bytes);
        } else {
            // No bundle has a folder or a link; a name that no bundle has says so.
            found.insert(format!("{name}/"), Vec::new());
        }
    }
    Ok(found)
}

/// The files of a folder with one of some endings; all files where none is given.
fn collect(folder: &Path, ending: &[&str], found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::files(format!("{} cannot be read: {error}", shown(folder)), "Look whether you may read the folder.")
    };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let kind = |entry: fs::DirEntry| entry.file_type().map(|kind| (entry.path(), kind));
    let mut paths: Vec<_> = entries.map(|entry| entry.and_then(kind)).collect::<Result<_, _>>().map_err(unreadable)?;
    paths.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let fits = ending.is_empty() || has_ending(&path, ending);
        // A linked folder could lead round in a circle.
        if hidden || kind.is_symlink() && path.is_dir() {
            continue;
        }
        if kind.is_dir() {
            collect(&path, ending, found)?;
        } else if fits && !is_ours(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file's name has one of some endings, in capitals or not.
pub(super) fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
}

/// Whether a file is one of ours that lies beside records and is none.
pub(super) fn is_ours(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "policy.toml" || name == "branding.toml" || name == "trust.toml")
}

/// Files and folders that appear together or not at all.
pub(super) struct Staging {
    folder: TempDir,
    target: PathBuf,
    outputs: Vec<PathBuf>,
}

impl Staging {
    /// Begins beside a target folder, which is made if need be.
    pub(super) fn begin(target: &Path) -> Result<Self, Failure> {
        let unwritable = |error: std::io::Error| {
            Failure::files(format!("{} cannot be written: {error}", shown(target)), "Choose another folder with --out.")
        };
        fs::create_dir_all(target).map_err(unwritable)?;
        let folder = tempfile::Builder::new().prefix(".handover-").tempdir_in(target).map_err(unwritable)?;
        Ok(Self { folder, target: target.to_owned(), outputs: Vec::new() })
    }

    /// Writes one output, named by its path under the target.
    pub(super) fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let staged = self.folder.path().join(path);
        let written = (|| {
            if let Some(parent) = staged.parent() {
                private_folder(parent)?;
            }
            let mut file = private_file(&staged)?;
            file.write_all(bytes)?;
            file.sync_all()
        })();
        written.map_err(|error| {
            Failure::files(format!("{} cannot be written: {error}", shown(path)), "Is the disk full?")
        })?;
        if let Some(top) = path.components().next() {
            let top = PathBuf::from(top.as_os_str());
            if !self.outputs.contains(&top) {
                self.outputs.push(top);
            }
        }
        Ok(())
    }

    /// Puts every output into its place. Refuses before the first if any is there already, unless forced.
    pub(super) fn finish(self, force: bool) -> Result<(), Failure> {
        let existing = self.outputs.iter().map(|output| self.target.join(output)).find(|path| path.exists());
        if let Some(path) = existing.filter(|_| !force) {
            let what = format!("{} is there already", shown(&path));
            return Err(Failure::files(what, "Use --force to write it anew, or another folder."));
        }
        let mut placed = Vec::new();
        for (number, output) in self.outputs.iter().enumerate() {
            let (from, to) = (self.folder.path().join(output), self.target.join(output));
            let old = self.folder.path().join(format!(".old-{number}"));
            let kept = if to.exists() { fs::rename(&to, &old) } else { Ok(()) };
            if let Err(error) = kept.and_then(|()| fs::rename(&from, &to)) {
                if old.exists() {
                    put_back(&to, &old);
                }
                placed.iter().for_each(|(to, old): &(PathBuf, PathBuf)| put_back(to, old));
                let what = format!("{} cannot be written: {error}", shown(&to));
                return Err(Failure::files(what, "Is it open in another program? Nothing was changed."));
            }
            placed.push((to, old));
        }
        Ok(())
    }
}

/// Takes a new output away and puts the old one, if there was one, back. What fails here is found where it was staged.
fn put_back(to: &Path, old: &Path) {
    drop(if to.is_dir() { fs::remove_dir_all(to) } else { fs::remove_file(to) });
    if old.exists() {
        drop(fs::rename(old, to));
    }
}

/// Writes one private file: beside its place, then renamed. Refuses to overwrite unless forced.
pub(super) fn write_one(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path
        .file_name()
        .ok_or_else(|| Failure::usage(format!("{} is not the name of a file", shown(path)), "Name a file."))?;
    let mut staging = Staging::begin(parent)?;
    staging.write(Path::new(name), bytes)?;
    staging.finish(force)
}

/// Makes a folder that nobody else may look into.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
