//! The report of one run of `pack`: what was made, what was refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::config_dir;
use super::exit::{Failure, Outcome};
use super::records::Judged;
use super::replace::write_one;
use crate::cohort::{BundleReport, RecordReport, RunReport, mark};
use crate::problem::Severity;
use crate::record::Day;

/// The shortest key from which marks are made, in bytes.
const SHORTEST_KEY: usize = 16;

/// Whether and how a run is reported.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct ReportOptions {
    /// Write what was made and refused into a file, for `handover report`; the report of an earlier run is replaced.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["draft", "for_child"])]
    pub report: Option<PathBuf>,
    /// Mark each child in the report with this secret, which several schools share, so that a child who stands with two
    /// of them is found: a file of at least 16 random characters.
    #[arg(long, value_name = "FILE", requires = "reported")]
    pub report_key: Option<PathBuf>,
}

/// What has been found out in the course of a run.
pub(super) struct Reported {
    report: RunReport,
    key: Option<Vec<u8>>,
    /// The references of the children whose packs were made, by the number of the record.
    pub references: BTreeMap<usize, String>,
}

impl Reported {
    pub(super) fn new(options: &ReportOptions, day: Day) -> Result<Self, Failure> {
        let key = options.report_key.as_deref().map(key).transpose()?;
        Ok(Self { report: RunReport::new(&day.to_string()), key, references: BTreeMap::new() })
    }

    pub(super) fn add_bundles(&mut self, bundles: Vec<BundleReport>) {
        self.report.bundles = bundles;
    }

    /// Every record, with what became of it.
    pub(super) fn add_records(&mut self, outcomes: &[Judged], refused: &[(usize, String)]) {
        let checked = || outcomes.iter().filter_map(|outcome| outcome.checked.as_ref());
        self.report.school = checked().next().map(|checked| checked.sender().clone());
        for (number, outcome) in outcomes.iter().enumerate() {
            let reference = self.references.get(&number).cloned();
            let marked = |key: &Vec<u8>| outcome.checked.as_ref().map(|checked| mark(key, &checked.upn().to_string()));
            let errors = outcome.report.findings.iter().filter(|found| found.problem.severity == Severity::Error);
            let errors = match &outcome.checked {
                Some(_) => Vec::new(),
                None => errors.map(|found| found.problem.code.to_owned()).collect(),
            };
            self.report.records.push(RecordReport {
                record: outcome.report.public_name().to_owned(),
                is_packed: reference.is_some(),
                reference,
                mark: self.key.as_ref().and_then(marked),
                errors,
                why: refused.iter().find(|(refused, _)| *refused == number).map(|(_, why)| why.clone()),
            });
        }
    }

    /// Writes the report of a run that has ended in some way.
    pub(super) fn write(mut self, path: &Path, outcome: &Outcome) -> Result<(), Failure> {
        let (exit, failure) = match outcome {
            Ok(exit) => (*exit, None),
            Err(failure) => (failure.exit, Some(failure.what.trim_end().to_owned())),
        };
        self.report.exit = exit as u8;
        self.report.failure = failure;
        let bytes = self.report.to_bytes().map_err(|error| Failure::caused(&error))?;
        write_one(path, &bytes, true)
    }
}

fn key(path: &Path) -> Result<Vec<u8>, Failure> {
    let text = config_dir::secret(path, "the key of the reports", "Save it as UTF-8.")?;
    let key = text.trim().as_bytes().to_vec();
    if key.len() < SHORTEST_KEY {
        let next = format!("Put at least {SHORTEST_KEY} random characters into it.");
        return Err(Failure::usage("the key of the reports is too short", next));
    }
    Ok(key)
}
