//! JUnit XML, for the viewers of test results.

use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

use super::{Finding, Report, Severity};
use crate::text::markup;

const TEMPLATE: &str = include_str!("../../templates/junit.xml");

#[derive(Serialize)]
struct Suite {
    name: String,
    tests: usize,
    failures: usize,
    cases: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    name: String,
    severity: &'static str,
    text: String,
    fails: bool,
}

/// All findings as test results: a suite for each file, a failed case for each finding of a severity or worse, a
/// passed one for the others, and a passed case for a file without findings.
///
/// # Errors
/// Only if the template is wrong, which the tests would show.
pub fn render_junit(reports: &[Report], fails_at: Severity) -> Result<String, minijinja::Error> {
    let suites: Vec<Suite> = reports.iter().map(|report| suite(report, fails_at)).collect();
    let total = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    let (tests, failures) = (total(|suite| suite.tests), total(|suite| suite.failures));
    let environment = markup(&[("junit.xml", TEMPLATE)])?;
    let template = environment.get_template("junit.xml")?;
    Ok(template.render(context! { tests, failures, suites => Serde(&suites) })? + "\n")
}

fn suite(report: &Report, fails_at: Severity) -> Suite {
    let mut cases: Vec<Case> = report.findings.iter().map(|finding| case(finding, fails_at)).collect();
    if cases.is_empty() {
        cases.push(Case { name: "record".to_owned(), severity: "info", text: String::new(), fails: false });
    }
    let failures = cases.iter().filter(|case| case.fails).count();
    Suite { name: legal(report.public_name()), tests: cases.len(), failures, cases }
}

fn case(finding: &Finding, fails_at: Severity) -> Case {
    let (problem, place) = (&finding.problem, &finding.place);
    let text = format!("{}\n{}\nline {}, column {}", problem.message, problem.help, place.line, place.column);
    Case {
        name: legal(&format!("{} at {}:{}", problem.code, place.line, place.column)),
        severity: problem.severity.word(),
        text: legal(&text),
        fails: problem.severity >= fails_at,
    }
}

/// A text without the characters that XML cannot hold.
fn legal(text: &str) -> String {
    let illegal = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if illegal(c) { '\u{fffd}' } else { c }).collect()
}
