//! One line a finding: for logs, editors and `grep`. No values, no source lines.

use std::fmt::Write;

use super::Report;

/// `file:line:column: severity[CODE]: message`, one line a finding.
#[must_use]
pub fn render_concise(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        for finding in &report.findings {
            let (problem, place) = (&finding.problem, &finding.place);
            let name = report.public_name();
            let at = format!("{name}:{}:{}", place.line, place.column);
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{at}: {}[{}]: {}", problem.severity.word(), problem.code, problem.message);
        }
    }
    out
}
