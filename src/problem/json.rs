//! The JSON format: versioned, frozen, without values and source lines.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::{Finding, Report, Severity};

/// The version of the JSON format; it changes when a field changes its meaning or goes away.
pub const JSON_VERSION: u32 = 1;

/// What `handover validate --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "handover problems", deny_unknown_fields)]
struct Output<'a> {
    /// Always `handover-problems`.
    format: &'static str,
    /// The version of this format: 1.
    version: u32,
    /// Every file that was judged, in order, also those without findings.
    files: Vec<File<'a>>,
    /// How much was found.
    summary: Counts,
}

/// One file.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct File<'a> {
    /// Its name, without the parts that tell who the pupil is.
    name: &'a str,
    /// What was found, in order of place.
    findings: Vec<Item<'a>>,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Item<'a> {
    /// The rule: `handover explain CODE` says more.
    code: &'a str,
    /// `error`, `warning` or `info`.
    severity: &'a str,
    /// What is wrong, without any value of the record.
    message: &'a str,
    /// What to do next.
    help: &'a str,
    /// The path of the value, or of what is missing: `attendance.periods[1].possible`.
    path: &'a str,
    /// Line, counted from 1.
    line: usize,
    /// Column in characters, counted from 1.
    column: usize,
}

/// How much was found.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Counts {
    /// Files judged.
    files: usize,
    /// Findings that refuse the pack.
    errors: usize,
    /// Findings that should be looked at.
    warnings: usize,
    /// Findings worth knowing.
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

/// The JSON Schema of this format.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<Output<'static>>().to_value()
}

fn file(report: &Report) -> File<'_> {
    File { name: report.public_name(), findings: report.findings.iter().map(item).collect() }
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
