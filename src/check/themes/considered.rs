//! Warnings that somebody has answered.

use crate::check::context::Context;
use crate::check::facts::reasons::is_answered;
use crate::check::hit::Hit;
use crate::check::registry::rule;
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
        "`rule` is the code of a rule; `answer` has at least twenty characters and is no placeholder. An answer holds for the place it names alone; a warning that stands elsewhere is told again.",
    ),
    bad: "[[considered]]\nrule = \"TP-99\"\nanswer = \"fine\"\nby = \"R. Sample\"\non = 2026-06-22\n",
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
    let code = considered.rule.as_deref().unwrap_or_default().trim().to_uppercase();
    if rule(&code).is_none() {
        Some("rule")
    } else if blank(considered.by.as_deref()) {
        Some("by")
    } else if considered.on.is_none() {
        Some("on")
    } else {
        (!is_answered(considered)).then_some("answer")
    }
}
