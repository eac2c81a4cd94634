//! GitLab's code quality report.

use std::collections::BTreeMap;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Finding, Report, Severity};
use crate::text::hex;

/// All findings as a code quality report: a JSON list.
///
/// # Errors
/// Only if serialising fails, which plain strings and numbers do not.
pub fn render_gitlab(reports: &[Report]) -> serde_json::Result<String> {
    let mut seen = BTreeMap::new();
    let all = reports.iter().flat_map(|report| report.findings.iter().map(move |finding| (report, finding)));
    let items: Vec<_> = all
        .map(|(report, finding)| {
            let problem = &finding.problem;
            json!({
                "description": format!("{} {}", problem.message, problem.help),
                "check_name": problem.code,
                "fingerprint": fingerprint(report, finding, &mut seen),
                "severity": severity(problem.severity),
                "location": { "path": report.public_name(), "lines": { "begin": finding.place.line } },
            })
        })
        .collect();
    Ok(serde_json::to_string_pretty(&items)? + "\n")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

/// One for each finding, and the same as long as the finding stays: file, rule and path, and a number for repeats.
pub(super) fn fingerprint(report: &Report, finding: &Finding, seen: &mut BTreeMap<String, usize>) -> String {
    let problem = &finding.problem;
    let key = format!("{}\n{}\n{}", report.public_name(), problem.code, problem.path);
    let repeat = seen.entry(key.clone()).and_modify(|count| *count += 1).or_insert(0);
    // Half a digest tells findings apart well enough.
    let mut digest = hex(&Sha256::digest(format!("{key}\n{repeat}")));
    digest.truncate(32);
    digest
}
