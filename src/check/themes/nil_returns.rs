//! Nil returns: nothing is only nothing where somebody says so, by name and on a day.

use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Info, Warning};
use crate::record::{NilSection, blank};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "NR-01",
        severity: Info,
        title: "Some sections hold nothing, and nobody says that there is nothing",
        why: "An empty section can mean that there is nothing, or that nobody looked. The pages say \u{201c}Not filled in by the sending school\u{201d} until somebody says which it is.",
        source: Source::Briefing(
            "Assessments",
            "All of the SCR’s noted that ‘assessments’ were either not thorough or comprehensive",
        ),
        next: "Fill them in, or add one `[[nil_returns]]` with `sections`, `stated_on`, `stated_by` and `role`: one statement can cover them all.",
        precisely: Some(
            "Sections: plans, assessments, chronology, missed appointments, services, brothers and sisters (`siblings`), other adults (`household`), moves, health, allergies, medicines, SEN.",
        ),
        bad: "plans = []\nnil_returns = [{ sections = [\"siblings\", \"chronology\"], stated_on = 2026-06-22, stated_by = \"R. Sample\" }]\nchronology = []\n",
        good: "nil_returns = [{ sections = [\"plans\", \"assessments\", \"missed_appointments\", \"services\", \"household\", \"moves\", \"health\", \"allergies\", \"medicines\", \"sen\"], stated_on = 2026-06-22, stated_by = \"R. Sample\" }]\n",
        judge: Judge::Each(|c| {
            let silent: Vec<&str> = NilSection::ALL
                .into_iter()
                .filter(|section| !c.record.is_filled(*section) && c.record.nil_return(*section).is_none())
                .map(NilSection::words)
                .collect();
            let message = format!("Nothing is filled in, and nobody says that there is nothing: {}", silent.join(", "));
            Hit::when(!silent.is_empty(), "nil_returns").into_iter().map(|hit| hit.because(message.clone())).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "NR-02",
        severity: Error,
        title: "The nil return does not say about what, by whom or when",
        why: "Nothing to report is a statement like any other. Without a name and a date it is only an empty box.",
        source: Source::Ours,
        next: "Add `sections`, `stated_on` and `stated_by`.",
        bad: "[[nil_returns]]\nsections = [\"plans\"]\n",
        good: "[[nil_returns]]\nsections = [\"plans\"]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\n",
        judge: Judge::Each(|c| {
            let each = c.record.nil_returns.iter().enumerate().flat_map(|(i, nil)| {
                let missing = [
                    (nil.sections.is_empty(), "sections"),
                    (nil.stated_on.is_none(), "stated_on"),
                    (blank(nil.stated_by.as_deref()), "stated_by"),
                ];
                Hit::missing(&format!("nil_returns[{i}]"), "This nil return", missing)
            });
            each.collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "NR-03",
        severity: Error,
        title: "The nil return says that there is nothing, and the record holds something",
        why: "Both cannot be true. A reader who sees the statement first may not look further.",
        source: Source::Ours,
        next: "Take the section out of `sections`, or take out what does not belong into the record.",
        bad: "[[nil_returns]]\nsections = [\"chronology\"]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\n",
        good: "[[nil_returns]]\nsections = [\"plans\"]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\n",
        judge: Judge::Each(|c| {
            let mut hits = Vec::new();
            for (i, nil) in c.record.nil_returns.iter().enumerate() {
                for (k, section) in nil.sections.iter().enumerate().filter(|(_, s)| c.record.holds(**s)) {
                    let what = section.words();
                    let message = format!("It says that there is nothing ({what}), and the record holds something");
                    hits.push(Hit::at(format!("nil_returns[{i}].sections[{k}]")).because(message));
                }
            }
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "NR-04",
        severity: Warning,
        title: "The nil return is over a year old",
        why: "A year is long in a child's life. What was nothing then may be something now.",
        source: Source::Ours,
        next: "Look again, and set `stated_on`.",
        bad: "[[nil_returns]]\nsections = [\"plans\"]\nstated_on = 2025-06-22\nstated_by = \"R. Sample\"\n",
        good: "[[nil_returns]]\nsections = [\"plans\"]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\n",
        judge: Judge::Each(|c| {
            let line = c.today.plus_months(-12);
            let old = c.record.nil_returns.iter().enumerate();
            let old = old.filter(|(_, nil)| nil.stated_on.is_some_and(|on| on < line));
            old.map(|(i, _)| Hit::at(format!("nil_returns[{i}].stated_on"))).collect()
        }),
        ..Rule::USUAL
    },
];
