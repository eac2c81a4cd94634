//! `handover pack --schools`: many sending schools, each with a folder and an identity of its own, one after the other; or
//! one of them, for schedulers that run many.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::paths::is_absent;
use super::replace::write_one;
use super::{config_dir, terminal};
use crate::text::hex;

/// What the report of each school is called, in the school's folder of bundles.
pub(super) const REPORT: &str = "report.json";
/// What the key is called that all reports share.
const KEY: &str = "report.key";

/// Which schools.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Schools {
    /// Pack the records of many schools: a list of their folders, one a line, from the list's own folder. Each school's
    /// bundles go into a folder of its name under --out, with a report for `handover report`.
    #[arg(
        long,
        value_name = "LIST",
        conflicts_with_all = ["paths", "files_from", "identity", "countersign", "draft", "for_child", "overrides", "open", "report"]
    )]
    pub schools: Option<PathBuf>,
    /// Of the schools on the list, only the one in this place, counted from 1: for a scheduler that runs one at a time.
    #[arg(long, value_name = "N", requires = "schools")]
    pub only: Option<NonZeroUsize>,
}

/// One school's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SchoolFolder {
    /// Its name, under which its bundles lie.
    pub name: String,
    /// The folder of its records.
    pub records: PathBuf,
}

/// The schools on a list. Lines that are blank or begin with # are none.
pub(super) fn listed(list: &Path) -> Result<Vec<SchoolFolder>, Failure> {
    let text = String::from_utf8(read_one(list)?.bytes)
        .map_err(|_error| Failure::files("the list of schools is not UTF-8", "Save it as UTF-8."))?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let folders = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut found, mut names) = (Vec::new(), BTreeSet::new());
    for line in folders {
        let records = list.parent().unwrap_or(Path::new("")).join(line);
        let name = records.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.is_empty() || !names.insert(name.to_lowercase()) {
            let next = "Each school has a folder of its own, under another name than all others.";
            return Err(Failure::usage(format!("the list of schools cannot be used: {}", terminal::plain(line)), next));
        }
        found.push(SchoolFolder { name, records });
    }
    if found.is_empty() {
        return Err(Failure::usage("there is no school on the list", "Write the folder of each school on a line."));
    }
    Ok(found)
}

/// The key that all reports under a folder share; it is made where there is none.
pub(super) fn shared_key(out: &Path) -> Result<PathBuf, Failure> {
    let path = out.join(KEY);
    if is_absent(&path) {
        let key = hex(&*config_dir::random::<32>()?) + "\n";
        // Another run that has begun in the same moment has made it.
        if let Err(failure) = write_one(&path, key.as_bytes(), false)
            && is_absent(&path)
        {
            return Err(failure);
        }
    }
    Ok(path)
}

/// The schools on a list that are to be packed: all, or the one in a place.
pub(super) fn chosen(list: &Path, only: Option<NonZeroUsize>) -> Result<Vec<SchoolFolder>, Failure> {
    let listed = listed(list)?;
    let Some(only) = only else { return Ok(listed) };
    let many = listed.len();
    let chosen = listed.into_iter().nth(only.get() - 1);
    let none = || Failure::usage(format!("there is no school in place {only}"), format!("The list has {many}."));
    Ok(vec![chosen.ok_or_else(none)?])
}

/// Runs `pack` for each of some schools; one that fails keeps no other from its packs.
pub(super) fn each_school(schools: Vec<SchoolFolder>, pack: impl Fn(&SchoolFolder) -> Outcome) -> Outcome {
    let mut ended: Vec<(String, Exit)> = Vec::new();
    for school in schools {
        terminal::result(&format!("== {}\n", terminal::plain(&school.name)))?;
        let exit =
            catch_unwind(AssertUnwindSafe(|| pack(&school))).unwrap_or(Ok(Exit::Bug)).unwrap_or_else(|failure| {
                terminal::say(&failure.to_string());
                failure.exit
            });
        ended.push((school.name, exit));
        if exit == Exit::Stopped {
            break;
        }
    }
    let wrong: Vec<String> = ended
        .iter()
        .filter(|(_, exit)| *exit != Exit::Good)
        .map(|(name, exit)| format!("  {}: {}", terminal::plain(name), exit.words()))
        .collect();
    if wrong.is_empty() {
        return Ok(Exit::Good);
    }
    terminal::say(&format!("not all is made of:\n{}", wrong.join("\n")));
    Ok(match ended.as_slice() {
        [(_, exit)] => *exit,
        many if many.iter().any(|(_, exit)| matches!(exit, Exit::Good | Exit::Partly)) => Exit::Partly,
        many => many.iter().map(|(_, exit)| *exit).max_by_key(|exit| *exit as u8).unwrap_or(Exit::Problems),
    })
}
