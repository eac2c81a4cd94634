//! Nil returns: nothing is only nothing where somebody says so, by name and on a day.

use super::household::is_sibling;
use super::rule::{Hit, Judge, Rule, Source};
use crate::problem::Severity::{Error, Info, Warning};
use crate::record::{NilSection, Person, PersonStatus, Record, Relationship, SenProvision, blank};

pub(super) const RULES: &[Rule] = &[
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
                .filter(|section| !is_filled(c.record, *section) && !is_stated(c.record, *section))
                .map(NilSection::words)
                .collect();
            let message = format!("Nothing is filled in, and nobody says that there is nothing: {}", silent.join(", "));
            Hit::when(!silent.is_empty(), "nil_returns").into_iter().map(|hit| hit.because(message.clone())).collect()
        }),
    },
    Rule {
        code: "NR-02",
        severity: Error,
        title: "The nil return does not say about what, by whom or when",
        why: "Nothing to report is a statement like any other. Without a name and a date it is only an empty box.",
        source: Source::Ours,
        next: "Add `sections`, `stated_on` and `stated_by`.",
        precisely: None,
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
    },
    Rule {
        code: "NR-03",
        severity: Error,
        title: "The nil return says that there is nothing, and the record holds something",
        why: "Both cannot be true. A reader who sees the statement first may not look further.",
        source: Source::Ours,
        next: "Take the section out of `sections`, or take out what does not belong into the record.",
        precisely: None,
        bad: "[[nil_returns]]\nsections = [\"chronology\"]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\n",
        good: "[[nil_returns]]\nsections = [\"plans\"]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\n",
        judge: Judge::Each(|c| {
            let mut hits = Vec::new();
            for (i, nil) in c.record.nil_returns.iter().enumerate() {
                for (k, section) in nil.sections.iter().enumerate().filter(|(_, s)| holds_something(c.record, **s)) {
                    let what = section.words();
                    let message = format!("It says that there is nothing ({what}), and the record holds something");
                    hits.push(Hit::at(format!("nil_returns[{i}].sections[{k}]")).because(message));
                }
            }
            hits
        }),
    },
    Rule {
        code: "NR-04",
        severity: Warning,
        title: "The nil return is over a year old",
        why: "A year is long in a child's life. What was nothing then may be something now.",
        source: Source::Ours,
        next: "Look again, and set `stated_on`.",
        precisely: None,
        bad: "[[nil_returns]]\nsections = [\"plans\"]\nstated_on = 2025-06-22\nstated_by = \"R. Sample\"\n",
        good: "[[nil_returns]]\nsections = [\"plans\"]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\n",
        judge: Judge::Each(|c| {
            let line = c.today.plus_months(-12);
            let old = c.record.nil_returns.iter().enumerate();
            let old = old.filter(|(_, nil)| nil.stated_on.is_some_and(|on| on < line));
            old.map(|(i, _)| Hit::at(format!("nil_returns[{i}].stated_on"))).collect()
        }),
    },
];

/// Whether a named person says on a day that a section holds nothing.
fn is_stated(record: &Record, section: NilSection) -> bool {
    record
        .nil_returns
        .iter()
        .any(|nil| nil.sections.contains(&section) && nil.stated_on.is_some() && !blank(nil.stated_by.as_deref()))
}

/// Whether something is filled in where a section would stand, be it that there is nothing.
fn is_filled(record: &Record, section: NilSection) -> bool {
    match section {
        NilSection::Sen => record.sen.as_ref().is_some_and(|sen| sen.provision.is_some()),
        NilSection::Moves => record.moves.as_ref().is_some_and(|moves| {
            !moves.schools.is_empty() || !moves.addresses.is_empty() || !blank(moves.note.as_deref())
        }),
        NilSection::Health => record.health.as_ref().is_some_and(|health| {
            !health.conditions.is_empty() || health.disability.is_some() || health.medical_flag.is_some()
        }),
        _ => holds_something(record, section),
    }
}

/// Whether a section holds something that a nil return would deny.
fn holds_something(record: &Record, section: NilSection) -> bool {
    let household = || record.household.iter().flat_map(|household| &household.people);
    let health = record.health.as_ref();
    match section {
        NilSection::Plans => !record.plans.is_empty(),
        NilSection::Assessments => !record.assessments.is_empty(),
        NilSection::Chronology => !record.chronology.is_empty(),
        NilSection::MissedAppointments => record.engagement.as_ref().is_some_and(|e| !e.missed.is_empty()),
        NilSection::Services => !record.services.is_empty(),
        NilSection::Siblings => household().any(|person| is_sibling(person) && is_there(person)),
        NilSection::Household => household().any(is_another_adult),
        NilSection::Moves => {
            let moves = record.moves.as_ref();
            moves.is_some_and(|moves| moves.schools.len() > 1 || moves.addresses.len() > 1)
        }
        NilSection::Health => health.is_some_and(|health| {
            !health.conditions.is_empty() || health.disability == Some(true) || health.medical_flag == Some(true)
        }),
        NilSection::Allergies => health.is_some_and(|health| !health.allergies.is_empty()),
        NilSection::Medicines => health.is_some_and(|health| !health.medicines.is_empty()),
        NilSection::Sen => record.sen.as_ref().is_some_and(|sen| {
            matches!(sen.provision, Some(SenProvision::K | SenProvision::E)) || !sen.needs.is_empty()
        }),
    }
}

fn is_there(person: &Person) -> bool {
    !matches!(person.status, Some(PersonStatus::NotApplicable | PersonStatus::Deceased))
}

/// Whether somebody other than a parent or carer lives with the child or is often there.
fn is_another_adult(person: &Person) -> bool {
    let parent = matches!(
        person.relationship,
        Some(
            Relationship::Mother
                | Relationship::Father
                | Relationship::SecondParent
                | Relationship::Adopter
                | Relationship::Guardian
                | Relationship::FosterCarer
                | Relationship::KinshipCarer
        )
    );
    let often = matches!(
        person.relationship,
        Some(Relationship::Lodger | Relationship::Visitor | Relationship::ParentPartner | Relationship::StepParent)
    );
    let near = person.lives_with_child == Some(true) || (often && person.lives_with_child != Some(false));
    is_there(person) && !parent && !is_sibling(person) && near
}
