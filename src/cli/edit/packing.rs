//! Packs made from the form: the same command as on the command line, in a process of its own, so that nothing of it can be
//! different.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cli::exit::Failure;
use crate::cli::secret_variables::PASSPHRASE_VARIABLE;
use crate::record::Day;

/// What came of it.
pub(super) struct Packed {
    /// Whether everything was made.
    pub is_whole: bool,
    /// What was made, with the passphrases: it is shown once and kept nowhere.
    pub made: String,
    /// What was said along the way.
    pub told: String,
}

/// Where the packs of a class go: beside its folder, so that nobody takes them for records.
pub(super) fn place(folder: &Path) -> Result<PathBuf, Failure> {
    let whole = folder.canonicalize().map_err(|error| {
        Failure::files(format!("the folder of the class cannot be found: {error}"), "Look whether it is still there.")
    })?;
    let name = whole.file_name().map_or_else(|| "class".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(whole.parent().unwrap_or(&whole).join(format!("{name}-packs")))
}

/// Makes the packs of a class.
pub(super) fn pack(
    folder: &Path,
    as_of: Option<Day>,
    passphrase: Option<&str>,
    again: bool,
) -> Result<Packed, Failure> {
    let failed =
        |error: std::io::Error| Failure::files(format!("no packs could be made: {error}"), "Use handover pack.");
    let mut command = Command::new(std::env::current_exe().map_err(failed)?);
    command.arg("pack").arg(folder).arg("--out").arg(place(folder)?).stdin(Stdio::null());
    if let Some(day) = as_of {
        command.args(["--as-of", &day.to_string()]);
    }
    if again {
        command.arg("--force");
    }
    if let Some(passphrase) = passphrase {
        command.env(PASSPHRASE_VARIABLE, passphrase);
    }
    let output = command.output().map_err(failed)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Packed { is_whole: output.status.success(), made: text(&output.stdout), told: text(&output.stderr) })
}
