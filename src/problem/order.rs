//! In which order a person reads what was found: what may matter for the child first, what the record lacks after it.

use std::cmp::Reverse;

use super::{Problem, Severity};

/// Rules that ask about the child, the gravest of one severity first.
const QUESTIONS: [&str; 54] = [
    "HH-14", "HH-22", "RK-19", "RK-28", "EH-13", "EN-07", "HH-06", "EN-01", "RK-05", "RK-18", "CH-14", "CH-19",
    "VC-22", "RK-21", "RK-36", "RK-24", "RK-26", "RK-29", "RK-25", "RK-27", "RK-22", "RK-33", "RK-09", "RK-30",
    "RK-31", "RK-32", "CH-15", "EN-08", "EN-10", "AS-04", "HH-19", "HH-20", "HH-24", "HH-25", "HH-26", "HH-27",
    "HH-07", "RK-08", "RK-23", "RK-16", "RK-10", "PL-19", "PL-20", "PL-23", "VC-25", "CH-18", "EN-09", "MV-09",
    "MV-10", "MV-11", "AT-16", "AT-19", "EH-11", "RK-35",
];

/// Rules that ask a general question at many places: read last of the questions.
const GENERAL: [&str; 4] = ["VC-24", "CH-17", "CH-16", "RK-34"];

/// What a finding is about, in the order in which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    Child,
    Record,
}

/// Whether the finding of a rule asks about the child, and not about what the record lacks.
#[must_use]
pub fn asks_about_the_child(code: &str) -> bool {
    QUESTIONS.contains(&code) || GENERAL.contains(&code)
}

/// The place of a finding among the others, for a stable sort: what the record lacks stays in the order of the file.
pub(super) fn place(problem: &Problem) -> (About, Option<Reverse<Severity>>, usize) {
    let code = problem.code;
    let severity = Some(Reverse(problem.severity));
    let at = |codes: &[&str]| codes.iter().position(|known| *known == code);
    match (at(&QUESTIONS), at(&GENERAL)) {
        (Some(at), _) => (About::Child, severity, at),
        (None, Some(at)) => (About::Child, severity, QUESTIONS.len() + at),
        (None, None) => (About::Record, None, 0),
    }
}
