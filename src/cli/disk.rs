//! Every change of the disk goes through here, one function a step, so that a test can let each step fail or be the last.
//!
//! A test names the step in `__HANDOVER_TEST_FAULT`: `error:7` makes the seventh step fail as on a full disk, `kill:7` ends
//! the program before it as a power cut does, `trace:FILE` only writes down which steps there are.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::{Builder, NamedTempFile};

/// What everything that is not in its place yet is called, with random letters after it.
pub(super) const UNFINISHED: &str = ".handover-";
/// Where a test says what is to go wrong.
const FAULT_VARIABLE: &str = "__HANDOVER_TEST_FAULT";

/// What is to go wrong.
enum Fault {
    Error(usize),
    Kill(usize),
    Trace(PathBuf),
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment comes in")]
static FAULT: LazyLock<Option<Fault>> = LazyLock::new(|| {
    let text = std::env::var(FAULT_VARIABLE).ok()?;
    let (kind, what) = text.split_once(':')?;
    match kind {
        "error" => what.parse().ok().map(Fault::Error),
        "kill" => what.parse().ok().map(Fault::Kill),
        "trace" => Some(Fault::Trace(what.into())),
        _ => None,
    }
});

/// One step is about to be taken.
fn step(name: &str, path: &Path) -> io::Result<()> {
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let Some(fault) = FAULT.as_ref() else { return Ok(()) };
    let number = TAKEN.fetch_add(1, Ordering::SeqCst) + 1;
    match fault {
        Fault::Error(at) if *at == number => Err(io::Error::new(io::ErrorKind::StorageFull, "no space left (a test)")),
        Fault::Kill(at) if *at == number => std::process::abort(),
        Fault::Trace(to) => {
            let mut trace = OpenOptions::new().create(true).append(true).open(to)?;
            writeln!(trace, "{name} {}", path.display())
        }
        Fault::Error(_) | Fault::Kill(_) => Ok(()),
    }
}

/// Makes a folder that nobody else may look into, and those above it.
pub(super) fn create_private_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    step("create-folder", path)?;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a folder as others may look into it, and those above it.
pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    step("create-folder", path)?;
    fs::create_dir_all(path)
}

/// Makes a private folder for what is not in its place yet.
pub(super) fn create_unfinished_folder(within: &Path) -> io::Result<PathBuf> {
    step("create-folder", within)?;
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    Ok(builder.prefix(UNFINISHED).tempdir_in(within)?.keep())
}

/// Makes a private file for what is not in its place yet; it goes away unless it gets a place.
pub(super) fn create_unfinished_file(within: &Path) -> io::Result<NamedTempFile> {
    step("create", within)?;
    Builder::new().prefix(UNFINISHED).tempfile_in(within)
}

/// Makes a private file that was not there.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    step("create", path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Opens a file that is there, to write over it; not what a link leads to.
pub(super) fn open_to_overwrite(path: &Path) -> io::Result<File> {
    step("open", path)?;
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, no_links());
    options.open(path)
}

#[cfg(unix)]
fn no_links() -> i32 {
    i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or_default()
}

/// Writes bytes into a file from where it stands, and cuts off what is left behind them.
pub(super) fn write(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    step("write", path)?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)
}

/// Waits until a file is on the disk.
pub(super) fn flush(file: &File, path: &Path) -> io::Result<()> {
    step("flush", path)?;
    file.sync_all()
}

/// Waits until the names in a folder are on the disk. Systems that cannot do that keep them in order themselves.
pub(super) fn flush_folder(path: &Path) -> io::Result<()> {
    step("flush-folder", path)?;
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    Ok(())
}

/// Gives a file or folder another name; a file of that name is replaced in the same moment.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step("rename", to)?;
    fs::rename(from, to)
}

/// Puts a file into its place; one that is there is replaced in the same moment.
pub(super) fn persist(file: NamedTempFile, path: &Path) -> io::Result<()> {
    step("rename", path)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Puts a file into its place, unless one is there.
pub(super) fn persist_new(file: NamedTempFile, path: &Path) -> io::Result<()> {
    step("rename", path)?;
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// Gives a file a second name; where that cannot be, makes a copy of it.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    step("link", to)?;
    fs::hard_link(from, to).or_else(|_error| fs::copy(from, to).map(drop))
}

/// The database is about to write what it holds; what it does then is its own.
#[cfg(feature = "pack")]
pub(super) fn commit(path: &Path) -> io::Result<()> {
    step("commit", path)
}

/// Takes a file away.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    step("remove", path)?;
    fs::remove_file(path)
}

/// Takes a folder away, with all that is in it.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    step("remove", path)?;
    fs::remove_dir_all(path)
}
