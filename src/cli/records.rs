//! What the commands over records share: finding them and their policy, reading and judging them.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::exit::{Exit, Failure};
use super::files::{Found, find, has_ending, is_ours, read_one};
use super::paths::shown;
use super::pictures::look_at_pictures;
use super::progress::Progress;
use super::terminal;
use crate::check::{CheckOptions, Outcome, Policy, RecordSummary, check_cross_record, check_one};
#[cfg(feature = "pack")]
use crate::check::{CompressedRecord, withholds};
use crate::parallel::{each, processors};
use crate::problem::{Finding, Report, render_human};
use crate::record::{Reading, SchoolFile, read, read_at_school};

/// The policy's file name.
pub(super) const POLICY: &str = "policy.toml";
/// The name of the file in which a school says what is the same for all children.
pub(super) const SCHOOL: &str = "school.toml";
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
    /// Fill what the records leave out from this file; without it, from the `school.toml` beside the records or in a
    /// folder above them.
    #[arg(long, value_name = "FILE")]
    school: Option<PathBuf>,
}

impl Records {
    /// The files, in order.
    #[cfg(feature = "pack")]
    pub(super) fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        self.found().map(|found| found.files)
    }

    /// Whether all of a folder was asked for, and not some records alone.
    pub(super) fn names_folders(&self) -> bool {
        self.paths.iter().any(|path| path.is_dir())
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
        let policy = policy_file(&path)?;
        let lowered = policy.lower_threshold_reason.as_ref().map(|reason| {
            format!("\n  Early Help is considered below {}%, not 85%: {reason}", policy.early_help_threshold)
        });
        terminal::say(&format!("policy: {}{}", shown(&path), lowered.unwrap_or_default()));
        Ok(policy)
    }

    /// What the school of some files says once for all of them. A file that is used is named along the way.
    pub(super) fn school(&self, files: &[PathBuf]) -> Result<Option<SchoolFile>, Failure> {
        let path = match &self.school {
            Some(path) => Some(path.clone()),
            None => nearest_to_all(files, SCHOOL)?,
        };
        path.as_deref().map(school_file).transpose()
    }
}

/// A `school.toml`, which holds whole or not at all. It is named along the way.
pub(super) fn school_file(path: &Path) -> Result<SchoolFile, Failure> {
    let school = read_school_file(path)?;
    terminal::say(&format!("school: {}", shown(path)));
    Ok(school)
}

/// A `school.toml`, which holds whole or not at all.
pub(super) fn read_school_file(path: &Path) -> Result<SchoolFile, Failure> {
    let input = read_one(path)?;
    SchoolFile::read(&input.name, &input.bytes)
        .map_err(|report| unusable("what the school says for all children cannot be used, so nothing was done", report))
}

/// A policy, which holds whole or not at all.
pub(super) fn policy_file(path: &Path) -> Result<Policy, Failure> {
    let input = read_one(path)?;
    Policy::read(&input.name, &input.bytes)
        .map_err(|report| unusable("the policy cannot be used, so nothing was judged", report))
}

/// The school's file in a folder or above it; a folder that is still to be made lies in one that is there.
pub(super) fn school_above(folder: &Path) -> Result<Option<SchoolFile>, Failure> {
    let is_there = |folder: &&Path| folder.as_os_str().is_empty() || folder.is_dir();
    let path = folder.ancestors().find(is_there).and_then(|folder| nearest(folder, SCHOOL));
    path.as_deref().map(school_file).transpose()
}

/// Why a file that holds for all records ends the run, with what is wrong in it.
fn unusable(what: &str, report: Report) -> Failure {
    let told = render_human(&[report], terminal::talk_is_seen(), false);
    Failure { exit: Exit::Problems, what: format!("{what}\n\n{}", told.trim_end()), next: None }
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
pub(super) fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let whole = folder.canonicalize().ok()?;
    whole.ancestors().map(|above| above.join(name)).find(|path| path.symlink_metadata().is_ok())
}

/// Reads and judges files, on all processors, and keeps of each only what was found.
pub(super) fn reports(
    files: &[PathBuf],
    school: Option<&SchoolFile>,
    options: &CheckOptions<'_>,
    progress: Progress,
) -> Result<Vec<Report>, Failure> {
    let (mut reports, across) = judge_all(files, school, options, progress, |outcome, _| Ok(outcome.report))?;
    for (number, finding) in across {
        if let Some(report) = reports.get_mut(number) {
            report.add([finding]);
        }
    }
    Ok(reports)
}

/// A record that was judged: what was found, and the record where nothing keeps its pack back.
#[cfg(feature = "pack")]
pub(super) struct Judged {
    pub report: Report,
    /// The child's UPN, without what is typed between its letters; empty where there is none.
    pub upn: String,
    pub checked: Option<CompressedRecord>,
}

/// Reads and judges files, on all processors, and keeps of each what was found and what may be packed.
#[cfg(feature = "pack")]
pub(super) fn outcomes(
    files: &[PathBuf],
    school: Option<&SchoolFile>,
    options: &CheckOptions<'_>,
    progress: Progress,
) -> Result<Vec<Judged>, Failure> {
    let keep = |outcome: Outcome, summary: &RecordSummary| {
        let checked = outcome.checked.as_ref().map(CompressedRecord::new).transpose();
        let checked = checked.map_err(|error| Failure::caused(&error))?;
        Ok(Judged { report: outcome.report, upn: summary.upn(), checked })
    };
    let (mut judged, across) = judge_all(files, school, options, progress, keep)?;
    for (number, finding) in across {
        let Some(judged) = judged.get_mut(number) else { continue };
        if withholds(&finding.problem) {
            judged.checked = None;
        }
        judged.report.add([finding]);
    }
    Ok(judged)
}

/// What is kept of each record, and what was found between them: the number of the record, and the finding.
type KeptAndAcross<K> = (Vec<K>, Vec<(usize, Finding)>);

/// Reads and judges files, on all processors. Of each no more is held than `keep` says.
fn judge_all<K: Send>(
    files: &[PathBuf],
    school: Option<&SchoolFile>,
    options: &CheckOptions<'_>,
    progress: Progress,
    keep: impl Fn(Outcome, &RecordSummary) -> Result<K, Failure> + Sync,
) -> Result<KeptAndAcross<K>, Failure> {
    let steps = progress.begin("records", files.len());
    let judge = |file: &PathBuf| {
        let (outcome, summary) = check_one(read_record(file, school)?, options);
        steps.step();
        Ok((keep(outcome, &summary)?, summary))
    };
    let some = |files: &&[PathBuf]| files.iter().map(judge).collect::<Result<Vec<_>, Failure>>();
    let batches: Vec<&[PathBuf]> = files.chunks(BATCH).collect();
    let judged = each(processors(), &batches, some, Result::is_err);
    let judged = judged.into_iter().collect::<Result<Vec<_>, Failure>>()?;
    let (kept, summaries): (Vec<K>, Vec<RecordSummary>) = judged.into_iter().flatten().unzip();
    let mut across = Vec::new();
    for (number, problem) in check_cross_record(&summaries, options.policy) {
        // The text was let go; what is found between records is rare enough to read it again.
        let Some(file) = files.get(number) else { continue };
        let input = if terminal::is_stdin(file) { None } else { Some(read_one(file)?) };
        let name = input.as_ref().map_or_else(|| shown(file), |input| input.name.clone());
        let reading = read_for(school, &name, &input.map(|input| input.bytes).unwrap_or_default());
        if !reading.suppresses(&problem.path) || terminal::is_stdin(file) {
            across.push((number, reading.place(problem)));
        }
    }
    Ok((kept, across))
}

/// Reads a record, and looks at the pictures that it names.
pub(super) fn read_record(file: &Path, school: Option<&SchoolFile>) -> Result<Reading, Failure> {
    let input = read_one(file)?;
    let mut reading = read_for(school, &input.name, &input.bytes);
    // What comes on standard input lies in no folder.
    if !terminal::is_stdin(file) {
        look_at_pictures(file, &mut reading);
    }
    Ok(reading)
}

/// Reads a record, filled from what the school says for all, where it does.
pub(super) fn read_for(school: Option<&SchoolFile>, name: &str, bytes: &[u8]) -> Reading {
    match school {
        Some(school) => read_at_school(name, bytes, school),
        None => read(name, bytes),
    }
}
