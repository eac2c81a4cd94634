//! What one run of `pack` came to, for machines; and many such reports joined into one.
//!
//! No name of a child is in it. Whoever wants to know whether a child stands with two schools gives all runs the same key:
//! then each child has a mark, which only the holder of the key can make.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::circle::BundleKind;
use crate::problem::MADE_BY;
use crate::school::School;
use crate::text::{hex, json_lines};

/// The report of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunReport {
    /// Always `handover-report`.
    pub format: String,
    /// The version of this format: 1.
    pub version: u32,
    /// The program and version.
    pub made_by: String,
    /// The day of the run, `2026-07-10`.
    pub made_on: String,
    /// The exit code of the run.
    pub exit: u8,
    /// Why the run ended early, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The sending school, where the records say one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<School>,
    /// The bundles that were made.
    pub bundles: Vec<BundleReport>,
    /// The records, in the order in which they were read.
    pub records: Vec<RecordReport>,
}

/// One bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleReport {
    /// The name of the file.
    pub file: String,
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// The names of its other parts, where it went out in several files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_parts: Vec<String>,
    /// For whom.
    pub kind: BundleKind,
    /// The transfer it belongs to.
    pub transfer: String,
    /// The transfer that it takes the place of, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// The receiving school.
    pub to: School,
    /// How many packs there are in it.
    pub packs: usize,
    /// How many of them the receiving school has from an earlier transfer.
    pub unchanged: usize,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordReport {
    /// The name of the file, where it tells nothing about a child; else a number.
    pub record: String,
    /// Whether packs of it are in the bundles.
    pub is_packed: bool,
    /// The child's opaque reference, where packs were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The child's mark, where the run was given a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The codes of the rules whose errors stand in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// What else stood in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl RunReport {
    const FORMAT: &str = "handover-report";
    const VERSION: u32 = 1;

    /// A report of a run in which nothing has happened yet.
    #[must_use]
    pub fn new(made_on: &str) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            version: Self::VERSION,
            made_by: MADE_BY.to_owned(),
            made_on: made_on.to_owned(),
            exit: 0,
            failure: None,
            school: None,
            bundles: Vec::new(),
            records: Vec::new(),
        }
    }

    /// As it is written: JSON with a line feed at its end.
    ///
    /// # Errors
    /// Only if serialising fails, which plain strings and numbers do not.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        json_lines(self)
    }

    /// A report; `None` where it is none of this format and version.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let report: Self = serde_json::from_slice(bytes).ok()?;
        (report.format == Self::FORMAT && report.version == Self::VERSION).then_some(report)
    }

    /// How many records were packed.
    #[must_use]
    pub fn packed(&self) -> usize {
        self.records.iter().filter(|record| record.is_packed).count()
    }
}

/// The mark of a child under a key: the same in every run that is given the same key, and told to nobody without it.
#[must_use]
pub fn mark(key: &[u8], upn: &str) -> String {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(b"handover-report");
    mac.update(upn.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// A child whose record stands with several schools: where, as the report's name and the record's.
pub type Duplicate<'a> = Vec<(&'a str, &'a str)>;

/// The children who stand in more than one of some reports, each of which has a name. A child without a mark is not
/// compared.
#[must_use]
pub fn duplicates<'a>(reports: &'a BTreeMap<String, RunReport>) -> Vec<Duplicate<'a>> {
    let mut places: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (name, report) in reports {
        for record in &report.records {
            if let Some(mark) = &record.mark {
                places.entry(mark).or_default().insert((name, &record.record));
            }
        }
    }
    let several =
        |places: &BTreeSet<(&str, &str)>| places.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len() > 1;
    let mut found: Vec<Duplicate<'a>> =
        places.into_values().filter(several).map(|places| places.into_iter().collect()).collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str, mark: Option<&str>) -> RecordReport {
        let mark = mark.map(str::to_owned);
        RecordReport { record: name.into(), is_packed: true, reference: None, mark, errors: Vec::new(), why: None }
    }

    fn report(records: Vec<RecordReport>) -> RunReport {
        RunReport { records, ..RunReport::new("2026-07-10") }
    }

    #[test]
    fn what_is_written_is_read() {
        let report = report(vec![record("one.toml", Some("ab"))]);
        assert_eq!(RunReport::from_bytes(&report.to_bytes().unwrap()), Some(report));
        assert_eq!(RunReport::from_bytes(b"{}"), None);
        assert_eq!(RunReport::from_bytes(b"{\"format\": \"handover-bundle\", \"version\": 1}"), None);
    }

    #[test]
    fn a_child_with_two_schools_is_found_and_one_twice_in_a_school_is_not_called_that() {
        let reports = BTreeMap::from([
            ("east".to_owned(), report(vec![record("1.toml", Some("ab")), record("2.toml", Some("cd"))])),
            ("west".to_owned(), report(vec![record("9.toml", Some("ab")), record("8.toml", None)])),
            ("north".to_owned(), report(vec![record("3.toml", Some("ef")), record("4.toml", Some("ef"))])),
            ("south".to_owned(), report(vec![record("5.toml", None)])),
        ]);
        assert_eq!(duplicates(&reports), [vec![("east", "1.toml"), ("west", "9.toml")]]);
    }

    #[test]
    fn a_mark_depends_on_the_key() {
        assert_eq!(mark(b"one key", "G999200126001"), mark(b"one key", "G999200126001"));
        assert_ne!(mark(b"one key", "G999200126001"), mark(b"another", "G999200126001"));
        assert_ne!(mark(b"one key", "G999200126001"), mark(b"one key", "W999200126002"));
    }
}
