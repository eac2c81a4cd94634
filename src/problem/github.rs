//! Annotations for GitHub Actions, within its limits, beside the full log.

use std::fmt::Write;

use super::{Finding, Report, Severity, render_concise, summary};

/// GitHub shows ten annotations of a kind for each step, and drops the others without a word.
const MOST: usize = 10;

/// Every finding as a line of the log, the annotations, and the summary.
#[must_use]
pub fn render_github(reports: &[Report]) -> String {
    format!("{}{}{}\n", render_concise(reports), annotations(reports), summary(reports))
}

/// The annotations alone: the first ten of each severity, worst first, and a line that says how many are left out.
#[must_use]
pub fn annotations(reports: &[Report]) -> String {
    let mut out = String::new();
    let mut left_out = 0;
    for (severity, command) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "notice")]
    {
        let all = reports.iter().flat_map(|report| report.findings.iter().map(move |finding| (report, finding)));
        let of_severity = all.filter(|(_, finding)| finding.problem.severity == severity);
        for (number, (report, finding)) in of_severity.enumerate() {
            if number < MOST {
                out.push_str(&annotation(command, report, finding));
            } else {
                left_out += 1;
            }
        }
    }
    if left_out > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{left_out} more in the log; GitHub shows ten annotations of a kind.");
    }
    out
}

fn annotation(command: &str, report: &Report, finding: &Finding) -> String {
    let (problem, place) = (&finding.problem, &finding.place);
    format!(
        "::{command} file={},line={},col={},title={}::{}\n",
        property(report.public_name()),
        place.line,
        place.column,
        property(problem.code),
        message(&format!("{}. {}", problem.message, problem.help)),
    )
}

/// A text in the data of a workflow command.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text in a property of a workflow command.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;
    use crate::text::Source;

    fn report(count: usize) -> Report {
        let source = Source { name: "a,b.toml".into(), text: "x = 1\n".repeat(count) };
        let finding = |n: usize| {
            let problem = Problem {
                code: "VC-01",
                severity: Severity::Error,
                message: "100% wrong\n::error::x".into(),
                path: format!("x[{n}]"),
                help: "Mend it".into(),
                hint: None,
            };
            Finding::new(problem, &source, n * 6..n * 6 + 1)
        };
        Report::new("a,b.toml", (0..count).map(finding).collect())
    }

    #[test]
    fn annotations_keep_to_the_limit_and_cannot_be_forged() {
        let text = annotations(&[report(12)]);
        assert_eq!(text.lines().filter(|line| line.starts_with("::error file=a%2Cb.toml,line=")).count(), 10);
        assert!(
            text.contains("100%25 wrong%0A::error::x")
                && text.ends_with("2 more in the log; GitHub shows ten annotations of a kind.\n")
        );
        assert_eq!(text.lines().count(), 11);
    }
}
