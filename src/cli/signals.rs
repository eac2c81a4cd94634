//! What happens when a run is stopped: Ctrl-C, a closed window, a shutdown. What is not in its place yet is taken away,
//! and nothing is left half done. And that no dump of memory holds a child's name.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::exit::Exit;
use super::terminal;

/// What is not in its place yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
/// Held while a set of files is put into its place.
static WHOLE: Mutex<()> = Mutex::new(());

/// Something that is taken away if the run is stopped before this goes away.
#[derive(Debug)]
pub(super) struct Guard(PathBuf);

impl Drop for Guard {
    fn drop(&mut self) {
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        unfinished.retain(|path| *path != self.0);
    }
}

/// Has a file or folder taken away if the run is stopped.
pub(super) fn guard(path: &Path) -> Guard {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
    Guard(path.to_owned())
}

/// Has whoever stops the run wait.
pub(super) fn hold() -> MutexGuard<'static, ()> {
    WHOLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, a run that is stopped cleans up behind itself, and leaves no dump.
pub(super) fn install() {
    no_dumps();
    let terminal = terminal::state();
    let stopped = move || {
        let _whole = hold();
        for path in UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            drop(if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) });
        }
        terminal.restore();
        terminal::say("stopped: what was not finished was taken away.");
        #[expect(clippy::exit, reason = "the run was stopped")]
        std::process::exit(Exit::Stopped as i32);
    };
    // Where no handler can be set, a stopped run is cleaned up by the next one.
    drop(ctrlc::set_handler(stopped));
}

/// A dump of memory would put names and words on the disk.
#[cfg(unix)]
fn no_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // Some systems hand dumps to a program of theirs, whatever the limit.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
fn no_dumps() {}
