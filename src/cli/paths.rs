//! Paths: as messages show them, and what they lie in.

use std::path::Path;

use super::terminal;

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The name of a file, without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A path as it may stand in what we say.
pub(super) fn shown(path: &Path) -> String {
    terminal::plain(&path.display().to_string())
}

/// Whether there is nothing at all under a name: a link to nowhere, or what may not be looked at, is something.
pub(super) fn is_absent(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}
