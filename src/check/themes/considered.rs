//! Warnings that somebody has answered.

use crate::check::context::Context;
use crate::check::facts::reasons::is_answered;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Error;
use crate::record::{Considered, blank};

pub(in crate::check) const RULES: &[Rule] = &[Rule {
    code: "RK-37",
    severity: Error,
    title: "An answer to a warning is not complete",
    why: "A warning asks a question. An answer says what was considered and what came of it, with a name and a day, so that the next school can ask back.",
    source: Source::Ours,
    next: "Give `rule` (the code of the warning), `at` (the place that the warning names), `answer` in a sentence, `by` and `on`.",
    precisely: Some(
        "`rule` has the form of a code; `answer` has at least twenty characters and is no placeholder. An answer holds for the place it names alone; a warning that stands elsewhere is told again.",
    ),
    bad: "[[considered]]\nrule = \"the visit\"\nanswer = \"fine\"\nby = \"R. Sample\"\non = 2026-06-22\n",
    good: "[[considered]]\nrule = \"TP-03\"\nat = \"transition_plan\"\nanswer = \"The visit is on the first day of July, by bus with the class\"\nby = \"R. Sample, SENCO\"\non = 2026-06-22\n",
    judge: Judge::Each(incomplete),
    ..Rule::USUAL
}];

fn incomplete(c: &Context<'_>) -> Vec<Hit> {
    let entries = c.record.considered.iter().enumerate();
    entries
        .filter_map(|(number, considered)| Some(Hit::at(format!("considered[{number}].{}", missing(considered)?))))
        .collect()
}

/// The first field that an answer lacks.
fn missing(considered: &Considered) -> Option<&'static str> {
    if !is_a_code(considered.rule.as_deref().unwrap_or_default().trim()) {
        Some("rule")
    } else if blank(considered.by.as_deref()) {
        Some("by")
    } else if considered.on.is_none() {
        Some("on")
    } else {
        (!is_answered(considered)).then_some("answer")
    }
}

/// Whether a text has the form of a rule's code. One that no rule has answers nothing.
fn is_a_code(text: &str) -> bool {
    let is = |part: &str, test: fn(&u8) -> bool| part.len() == 2 && part.as_bytes().iter().all(test);
    text.split_once('-')
        .is_some_and(|(theme, number)| is(theme, u8::is_ascii_alphabetic) && is(number, u8::is_ascii_digit))
}
