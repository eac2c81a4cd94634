//! What we tell people about a record: plain data first, then the ways to show it.
//!
//! Floor 0: may use [`crate::text`]. A [`Problem`] never holds a pupil's name or words: its message says what is
//! wrong and its path says where; only the human format shows the source line, and only where that is asked for.

mod concise;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod order;
mod sarif;

use std::ops::Range;

pub use concise::render_concise;
pub use github::{annotations, render_github};
pub use gitlab::render_gitlab;
pub use human::{render_at, render_human};
pub use json::{JSON_VERSION, json_schema, render_json};
pub use junit::render_junit;
pub use order::asks_about_the_child;
pub use sarif::render_sarif;

use crate::text::{Place, Source};

/// The program and its version, as they stand in what it makes.
pub const MADE_BY: &str = concat!("handover ", env!("CARGO_PKG_VERSION"));

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Info,
    /// Should be looked at before the record is sent.
    Warning,
    /// The final pack is refused until this is put right.
    Error,
}

impl Severity {
    /// The word people and machine formats see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule says of itself, for formats that carry it along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleText {
    /// Its code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong where it strikes.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do next.
    pub next: &'static str,
}

/// One thing that is wrong, or worth a second look, at one path of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rule's code, its one name everywhere: `VC-01`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, without any value from the record.
    pub message: String,
    /// The path of the value it is about; of the missing key where something is missing.
    pub path: String,
    /// What to do next.
    pub help: String,
    /// What was probably meant, guessed from the value itself: shown only where values are.
    pub hint: Option<String>,
}

/// A problem with the place it points at, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub problem: Problem,
    /// Where, in the record's text.
    pub place: Place,
    /// The record's own line. Only the human format shows it, and only where that is asked for.
    pub line: String,
}

impl Finding {
    /// A finding at a byte range of a text.
    #[must_use]
    pub fn new(problem: Problem, source: &Source, span: Range<usize>) -> Self {
        let line = source.text.get(source.line_around(span.start)).unwrap_or_default().to_owned();
        Self { problem, place: source.place(span), line }
    }
}

/// Everything found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The file as it was given.
    pub name: String,
    /// The file as logs may name it, where its name tells who the pupil is.
    pub masked_name: Option<String>,
    /// What was found, in order of place, then code.
    pub findings: Vec<Finding>,
}

impl Report {
    /// A report with its findings in order of place, then code.
    #[must_use]
    pub fn new(name: &str, findings: Vec<Finding>) -> Self {
        let mut report = Self { name: name.to_owned(), masked_name: None, findings: Vec::new() };
        report.add(findings);
        report
    }

    /// The file as logs may name it.
    #[must_use]
    pub fn public_name(&self) -> &str {
        self.masked_name.as_deref().unwrap_or(&self.name)
    }

    /// Adds findings, in order of place, then code.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
        self.findings.sort_by(|a, b| {
            let key = |f: &Finding| (f.place.span.start, f.problem.code, f.problem.path.clone());
            key(a).cmp(&key(b))
        });
        self.findings.dedup();
    }

    /// How many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.problem.severity == severity).count()
    }
}

/// The worst severity among some reports; `None` where nothing was found.
#[must_use]
pub fn worst(reports: &[Report]) -> Option<Severity> {
    reports.iter().flat_map(|report| &report.findings).map(|finding| finding.problem.severity).max()
}

/// "1 error", "2 errors": counts agree.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The one-line summary that closes every run over records.
#[must_use]
pub fn summary(reports: &[Report]) -> String {
    let total = |severity| reports.iter().map(|r| r.count(severity)).sum::<usize>();
    let (errors, warnings, infos) = (total(Severity::Error), total(Severity::Warning), total(Severity::Info));
    let records = count(reports.len(), "record");
    if errors + warnings + infos == 0 {
        return format!("{records} checked: nothing to put right");
    }
    let note = count(infos, "note");
    format!("{records} checked: {}, {}, {note}", count(errors, "error"), count(warnings, "warning"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree() {
        assert_eq!(count(1, "error"), "1 error");
        assert_eq!(count(0, "error"), "0 errors");
        assert_eq!(summary(&[]), "0 records checked: nothing to put right");
    }

    #[test]
    fn findings_stand_in_order_of_place() {
        let source = Source { name: "x".into(), text: "ab\ncd\n".into() };
        let problem = |code| Problem {
            code,
            severity: Severity::Info,
            message: String::new(),
            path: String::new(),
            help: String::new(),
            hint: None,
        };
        let at = |code, start: usize| Finding::new(problem(code), &source, start..start + 1);
        let report = Report::new("x", vec![at("B", 3), at("A", 0), at("A", 3)]);
        let order: Vec<_> = report.findings.iter().map(|f| (f.problem.code, f.place.line)).collect();
        assert_eq!(order, [("A", 1), ("A", 2), ("B", 2)]);
    }
}
