//! `handover report`

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use serde::Serialize;

use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::many_schools::{REPORT, listed};
use super::paths::{folder_of, shown};
use super::terminal;
use crate::cohort::{Duplicate, RunReport, duplicates};
use crate::problem::count;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Reports of runs, or folders in which they lie, directly or one below.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Name the schools on this list of which there is no report.
    #[arg(long, value_name = "LIST")]
    schools: Option<PathBuf>,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For machines.
    Json,
}

/// All reports in one.
#[derive(Serialize)]
struct Joined<'a> {
    format: &'static str,
    version: u32,
    /// The reports, by the name of the folder in which each lies.
    schools: &'a BTreeMap<String, RunReport>,
    /// Schools on the list without a report.
    missing: Vec<String>,
    /// Children who stand with several schools: school and record of each.
    duplicates: Vec<Duplicate<'a>>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let mut reports = BTreeMap::new();
    for path in args.paths.iter().map(|path| found(path)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        let report = RunReport::from_bytes(&read_one(&path)?.bytes).ok_or_else(|| {
            Failure::files(format!("{} is no report of this program", shown(&path)), "Name what `pack` has written.")
        })?;
        let name = folder_of(&path).file_name().map(|name| name.to_string_lossy().into_owned());
        let name = terminal::plain(&name.unwrap_or_else(|| path.display().to_string()));
        if reports.insert(name.clone(), report).is_some() {
            let next = "Give each school's report a folder of its own name.";
            return Err(Failure::usage(format!("there are two reports of {name}"), next));
        }
    }
    let listed = args.schools.as_deref().map(listed).transpose()?.unwrap_or_default();
    let missing = listed.into_iter().map(|school| terminal::plain(&school.name));
    let missing: Vec<String> = missing.filter(|name| !reports.contains_key(name)).collect();
    let joined =
        Joined { format: "handover-reports", version: 1, missing, duplicates: duplicates(&reports), schools: &reports };
    let text = match args.format {
        Format::Human => joined.told(),
        Format::Json => serde_json::to_string_pretty(&joined).map_err(|error| Failure::caused(&error))? + "\n",
    };
    terminal::result(&text)?;
    Ok(if joined.is_good() { Exit::Good } else { Exit::Partly })
}

/// The reports under a path.
fn found(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = |error: std::io::Error| {
        Failure::files(format!("{} cannot be read: {error}", shown(path)), "Look whether you may read it.")
    };
    let mut reports = vec![path.join(REPORT)];
    for entry in fs::read_dir(path).map_err(unreadable)? {
        reports.push(entry.map_err(unreadable)?.path().join(REPORT));
    }
    reports.retain(|report| report.is_file());
    reports.sort();
    if reports.is_empty() {
        return Err(Failure::files(format!("there is no report in {}", shown(path)), "`pack --report` writes one."));
    }
    Ok(reports)
}

impl Joined<'_> {
    fn is_good(&self) -> bool {
        self.missing.is_empty()
            && self.duplicates.is_empty()
            && self.schools.values().all(|report| report.exit == Exit::Good as u8)
    }

    fn told(&self) -> String {
        let mut lines = Vec::new();
        for (name, report) in self.schools {
            let refused = report.records.len() - report.packed();
            let packs: usize = report.bundles.iter().map(|bundle| bundle.packs).sum();
            let unchanged: usize = report.bundles.iter().map(|bundle| bundle.unchanged).sum();
            let mut said = vec![format!("{} of {} packed", report.packed(), count(report.records.len(), "record"))];
            said.extend((refused > 0).then(|| format!("{refused} refused")));
            said.push(format!("{} in {}", count(packs, "pack"), count(report.bundles.len(), "bundle")));
            said.extend((unchanged > 0).then(|| format!("{unchanged} as sent before")));
            lines.push(format!("{name}: {} (on {})", said.join(", "), terminal::plain(&report.made_on)));
            lines.extend(report.failure.iter().map(|why| format!("  nothing was made: {}", terminal::plain(why))));
            for record in report.records.iter().filter(|record| !record.is_packed) {
                let why: Vec<&str> = record.errors.iter().chain(&record.why).map(String::as_str).collect();
                let (record, why) = (terminal::plain(&record.record), terminal::plain(&why.join(", ")));
                lines.push(format!("  refused: {record}{}{why}", if why.is_empty() { "" } else { ": " }));
            }
        }
        lines.extend(self.missing.iter().map(|name| format!("no report: {name}")));
        for places in &self.duplicates {
            let places: Vec<String> =
                places.iter().map(|(school, record)| format!("{school} ({})", terminal::plain(record))).collect();
            lines.push(format!("the same child with several schools: {}", places.join(", ")));
        }
        let all = self.schools.values();
        let (packed, records): (usize, usize) =
            all.fold((0, 0), |(packed, records), report| (packed + report.packed(), records + report.records.len()));
        lines.push(format!("{}: {packed} of {} packed", count(self.schools.len(), "school"), count(records, "record")));
        lines.join("\n") + "\n"
    }
}
