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

/// What lies there already: each file by its name under the place, with the day it was made, the newest first.
pub(super) fn made(place: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![(place.to_owned(), String::new(), 0)];
    while let Some((folder, under, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = format!("{under}{}", entry.file_name().to_string_lossy());
            match entry.metadata() {
                Ok(found) if found.is_dir() && depth < DEEPEST => {
                    folders.push((entry.path(), format!("{name}/"), depth + 1))
                }
                Ok(found) if found.is_file() => files.push((found.modified().ok(), name)),
                _ => {}
            }
        }
    }
    files.sort_by(|one, other| other.cmp(one));
    let day = |time: std::time::SystemTime| jiff::Timestamp::try_from(time).ok();
    let day = |time: Option<std::time::SystemTime>| {
        let day = time.and_then(day).map(|at| Day(at.to_zoned(jiff::tz::TimeZone::system()).date()).long());
        day.unwrap_or_default()
    };
    files.into_iter().map(|(time, name)| (name, day(time))).collect()
}

/// So deep are the folders of packs.
const DEEPEST: usize = 2;

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
