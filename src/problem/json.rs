//! The JSON format: versioned, frozen, without values and source lines.

use serde::Serialize;

use super::{Finding, Report, Severity};

/// The version of the JSON format; it changes when a field changes its meaning or goes away.
pub const JSON_VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    format: &'static str,
    version: u32,
    files: Vec<File<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    findings: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Counts {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// All reports as one JSON document, with a line feed at its end.
///
/// # Errors
/// Only if serialising fails, which plain strings and numbers do not.
pub fn render_json(reports: &[Report]) -> serde_json::Result<String> {
    let total = |severity| reports.iter().map(|r| r.count(severity)).sum();
    let output = Output {
        format: "handover-problems",
        version: JSON_VERSION,
        files: reports.iter().map(file).collect(),
        summary: Counts {
            files: reports.len(),
            errors: total(Severity::Error),
            warnings: total(Severity::Warning),
            infos: total(Severity::Info),
        },
    };
    Ok(serde_json::to_string_pretty(&output)? + "\n")
}

fn file(report: &Report) -> File<'_> {
    File { name: &report.source.name, findings: report.findings.iter().map(item).collect() }
}

fn item(finding: &Finding) -> Item<'_> {
    let problem = &finding.problem;
    Item {
        code: problem.code,
        severity: problem.severity.word(),
        message: &problem.message,
        help: &problem.help,
        path: &problem.path,
        line: finding.place.line,
        column: finding.place.column,
    }
}
