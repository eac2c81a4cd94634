//! What the commands over records share: finding them and their policy, reading and judging them.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::exit::{Exit, Failure};
use super::files::{Found, find, has_ending, is_ours, read_one};
use super::jobs::{each, processors};
use super::pictures::look_at_pictures;
use super::progress::{Progress, Steps};
use super::terminal;
use crate::check::{CheckOptions, Policy, RecordSummary, check_cross_record, check_one};
use crate::problem::{Report, render_human};
use crate::record::{Reading, read};

/// The policy's file name.
const POLICY: &str = "policy.toml";
/// So many files one thread takes at a time.
const BATCH: usize = 16;

/// Which records, and by which policy.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Records {
    /// Records, folders of records, or - for standard input.
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read the names of records from a file, one a line or ended by zero bytes; - for standard input. Names that do not
    /// end in .toml are left out.
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Judge by this policy; without it, by the `policy.toml` beside the records or in a folder above them.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

impl Records {
    /// The files, in order.
    #[cfg(feature = "pack")]
    pub(super) fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        self.found().map(|found| found.files)
    }

    /// The files, in order, and what lies beside them and is not looked at.
    pub(super) fn found(&self) -> Result<Found, Failure> {
        let mut paths = self.paths.clone();
        if let Some(list) = &self.files_from {
            let bytes = read_one(list)?.bytes;
            let text = String::from_utf8(bytes)
                .map_err(|_error| Failure::files("the list of files is not UTF-8", "Save it as UTF-8."))?;
            paths.extend(listed(&text));
        }
        find(&paths, &["toml"])
    }

    /// The policy that holds for some files. A policy that is used is named along the way.
    pub(super) fn policy(&self, files: &[PathBuf]) -> Result<Policy, Failure> {
        let path = match &self.policy {
            Some(path) => Some(path.clone()),
            None => nearest_to_all(files, POLICY)?,
        };
        let Some(path) = path else { return Ok(Policy::default()) };
        let input = read_one(&path)?;
        let policy = Policy::read(&input.name, &input.bytes).map_err(|report| Failure {
            exit: Exit::Problems,
            what: format!(
                "the policy cannot be used, so nothing was judged\n\n{}",
                render_human(&[report], terminal::talk_is_seen(), false).trim_end()
            ),
            next: None,
        })?;
        let lowered = policy.lower_threshold_reason.as_ref().map(|reason| {
            format!("\n  Early Help is considered below {}%, not 85%: {reason}", policy.early_help_threshold)
        });
        terminal::say(&format!("policy: {}{}", input.name, lowered.unwrap_or_default()));
        Ok(policy)
    }
}

/// The records among the names of a list: one a line, or ended by zero bytes as `git diff -z` writes them.
fn listed(text: &str) -> Vec<PathBuf> {
    let end = if text.contains('\0') { '\0' } else { '\n' };
    let names = text.split(end).map(|name| name.trim_end_matches('\r')).map(PathBuf::from);
    names.filter(|name| has_ending(name, &["toml"]) && !is_ours(name)).collect()
}

/// The file of a name that is nearest to each record, if it is the same for all.
pub(super) fn nearest_to_all(files: &[PathBuf], name: &str) -> Result<Option<PathBuf>, Failure> {
    let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    let mut found: Vec<Option<PathBuf>> = folders.into_iter().map(|folder| nearest(folder, name)).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(one.clone()),
        _ => Err(Failure::usage(
            format!("the records have different files {name}"),
            "Take them in several runs, or name the one for all of them, with --policy or --branding.",
        )),
    }
}

/// The file of a name in a folder, or in the nearest one above it that has one; also one that cannot be read, so that
/// it is not passed over.
fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let whole = folder.canonicalize().ok()?;
    whole.ancestors().map(|above| above.join(name)).find(|path| path.symlink_metadata().is_ok())
}

/// Reads and judges files, on all processors, and keeps of each only what was found.
pub(super) fn reports(
    files: &[PathBuf],
    options: &CheckOptions<'_>,
    progress: Progress,
) -> Result<Vec<Report>, Failure> {
    let steps = progress.begin("records", files.len());
    let some = |files: &&[PathBuf]| judge_some(files, options, &steps);
    let batches: Vec<&[PathBuf]> = files.chunks(BATCH).collect();
    let judged = each(processors(), &batches, some, Result::is_err);
    let judged: Vec<(Report, RecordSummary)> =
        judged.into_iter().collect::<Result<Vec<_>, Failure>>()?.into_iter().flatten().collect();
    let (mut reports, summaries): (Vec<Report>, Vec<RecordSummary>) = judged.into_iter().unzip();
    for (number, problem) in check_cross_record(&summaries, options.policy) {
        // The text was let go; what is found between records is rare enough to read it again.
        let (Some(report), Some(file)) = (reports.get_mut(number), files.get(number)) else { continue };
        let input = if terminal::is_stdin(file) { None } else { Some(read_one(file)?) };
        let reading = read(&report.name, &input.map(|input| input.bytes).unwrap_or_default());
        if !reading.suppresses(&problem.path) || terminal::is_stdin(file) {
            report.add([reading.place(problem)]);
        }
    }
    Ok(reports)
}

/// Reads and judges files, and keeps the records that may be packed.
#[cfg(feature = "pack")]
pub(super) fn outcomes(files: &[PathBuf], options: &CheckOptions<'_>) -> Result<Vec<crate::check::Outcome>, Failure> {
    Ok(crate::check::check(files.iter().map(|file| read_record(file)).collect::<Result<_, _>>()?, options))
}

/// Reads a record, and looks at the pictures that it names.
fn read_record(file: &Path) -> Result<Reading, Failure> {
    let input = read_one(file)?;
    let mut reading = read(&input.name, &input.bytes);
    // What comes on standard input lies in no folder.
    if !terminal::is_stdin(file) {
        look_at_pictures(file, &mut reading);
    }
    Ok(reading)
}

/// Reads and judges some files, one after the other.
fn judge_some(
    files: &[PathBuf],
    options: &CheckOptions<'_>,
    steps: &Steps,
) -> Result<Vec<(Report, RecordSummary)>, Failure> {
    let judge = |file: &PathBuf| {
        let judged = check_one(read_record(file)?, options);
        steps.step();
        Ok(judged)
    };
    files.iter().map(judge).collect()
}
