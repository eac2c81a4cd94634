//! Risks: seen from the child, anchored in what happened, looked at again when things change, owned by someone.

use crate::check::context::Context;
use crate::check::example_parts::event;
use crate::check::facts::risks::newest_look;
use crate::check::facts::voice::entries;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Warning};
use crate::record::{Risk, RiskKind, blank};

/// A risk with the fields every risk needs, then what follows.
macro_rules! risk {
    ($rest:literal) => {
        concat!("[[risks]]\nid = \"r1\"\nkind = \"housing\"\n", $rest)
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "RK-01",
        severity: Error,
        title: "The risk does not say what it means for the child",
        why: "A risk is understood by its impact on this child. \u{201c}Mother drinks\u{201d} says nothing about the child who gets himself up for school.",
        source: Source::Briefing(
            "Learning from Serious Case Reviews",
            "Risk and protective factors in the parent and the wider environment need to be understood, with a focus on the impact on the child.",
        ),
        next: "Write into `impact_on_child` what the child lives with because of it.",
        bad: risk!("evidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"),
        good: risk!(
            "evidence = [\"c1\"]\nowner_receiving = \"DSL\"\nimpact_on_child = \"Sleeps on a sofa and is tired by noon\"\n"
        ),
        judge: Judge::Each(|c| each(c, "impact_on_child", |risk| blank(risk.impact_on_child.as_deref()))),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-02",
        severity: Error,
        title: "The risk is not anchored in the chronology",
        why: "A risk without events is an opinion. The reviews ask for the chronology, so that the reader sees what the concern rests on.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Put the `id`s of chronology entries, or of voice entries, into `evidence`; each must exist.",
        bad: risk!("impact_on_child = \"Tired by noon\"\nowner_receiving = \"DSL\"\nevidence = [\"c9\"]\n"),
        good: concat!(
            risk!("impact_on_child = \"Tired by noon\"\nowner_receiving = \"DSL\"\nevidence = [\"c1\"]\n"),
            event!("")
        ),
        judge: Judge::Each(|c| {
            let said = |id: &String| entries(c).any(|(_, entry)| entry.id.as_ref() == Some(id));
            let exists =
                |id: &String| said(id) || c.record.chronology.iter().any(|entry| entry.id.as_ref() == Some(id));
            let mut hits = each(c, "evidence", |risk| risk.evidence.is_empty());
            for (i, risk) in c.record.risks.iter().enumerate() {
                let lost = risk.evidence.iter().enumerate().filter(|(_, id)| !exists(id));
                hits.extend(lost.map(|(k, _)| {
                    Hit::at(format!("risks[{i}].evidence[{k}]"))
                        .because("This is not the `id` of a chronology entry, nor of something the child said")
                        .resting_on("chronology")
                }));
            }
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-03",
        severity: Warning,
        title: "What protects the child was not considered",
        why: "Strengths and people who help are part of the picture, and often the way forward. Where none were found, the record says that somebody looked.",
        source: Source::Briefing(
            "Learning from Serious Case Reviews",
            "Risk and protective factors in the parent and the wider environment need to be understood",
        ),
        next: "Add `protective_factors`, or `none_identified = true`.",
        bad: risk!("impact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"),
        good: risk!(
            "impact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\nprotective_factors = [\"Grandmother near\"]\n"
        ),
        judge: Judge::Each(|c| {
            each(c, "protective_factors", |risk| {
                risk.protective_factors.is_empty() && risk.none_identified != Some(true)
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-05",
        severity: Error,
        title: "A significant change has not led to a fresh look at the risks",
        why: "A new partner or missed appointments change what a child lives with. The reviews call each a cue for reappraisal.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "Significant change (such as a new partner or non-attendance at appointments) is a cue for reappraisal of risk assessment.",
        ),
        next: "Look at the risks again and set `reappraised_on`; where none are known, renew `no_known_risks.stated_on`.",
        bad: concat!(
            "[no_known_risks]\nstated_on = 2025-09-30\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
            event!("significant = true\n"),
            risk!(
                "impact_on_child = \"Tired by noon\"\nowner_receiving = \"DSL\"\nevidence = [\"c1\"]\nreappraised_on = 2025-09-30\n"
            )
        ),
        good: concat!(
            event!("significant = true\n"),
            risk!(
                "impact_on_child = \"Tired by noon\"\nowner_receiving = \"DSL\"\nevidence = [\"c1\"]\nreappraised_on = 2025-12-01\n"
            )
        ),
        judge: Judge::Each(|c| {
            let newest = newest_look(c);
            let changes = c
                .record
                .chronology
                .iter()
                .enumerate()
                .filter(|(_, entry)| entry.significant == Some(true) && entry.family_history != Some(true));
            let unseen =
                changes.filter(|(_, entry)| entry.date.is_some_and(|date| newest.is_none_or(|newest| newest < date)));
            unseen.map(|(i, _)| Hit::at(format!("chronology[{i}].significant"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-07",
        severity: Error,
        title: "Domestic abuse: the child's own experience is not recorded",
        why: "Children who see, hear or live with domestic abuse are its victims in law. What this child saw, heard or did belongs in the record.",
        source: Source::Briefing(
            "Domestic abuse",
            "In one of the cases the child had directly witnessed domestic abuse.",
        ),
        next: "Add `child_experience` (saw, heard, aftermath, intervened, unknown) and `impact_on_child`.",
        bad: "[[risks]]\nid = \"r1\"\nkind = \"domestic_abuse\"\nimpact_on_child = \"Watches the door\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n",
        good: "[[risks]]\nid = \"r1\"\nkind = \"domestic_abuse\"\nimpact_on_child = \"Watches the door\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\nchild_experience = [\"heard\"]\n",
        judge: Judge::Each(|c| {
            each(c, "child_experience", |risk| {
                risk.kind == Some(RiskKind::DomesticAbuse)
                    && (risk.child_experience.is_empty() || blank(risk.impact_on_child.as_deref()))
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-13",
        severity: Error,
        title: "No one at the receiving school owns this risk",
        why: "A risk that is handed to a school is handed to nobody. A named role there sees to it from the first day.",
        source: Source::Ours,
        next: "Agree with the receiving school who owns it, and write that into `owner_receiving`.",
        bad: risk!("impact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\n"),
        good: risk!("impact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"),
        judge: Judge::Each(|c| {
            each(c, "owner_receiving", |risk| risk.is_current() && blank(risk.owner_receiving.as_deref()))
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-14",
        severity: Error,
        title: "The risk is called resolved: when, and on what evidence?",
        why: "A concern that ended still belongs in the story. Date and evidence let the next school tell ended from forgotten.",
        source: Source::Guidance(
            "Keeping children safe in education, records: how the concern was followed up and resolved",
        ),
        next: "Add `resolved_on` and `resolved_basis`.",
        bad: risk!("impact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\ncurrent = false\n"),
        good: risk!(
            "impact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\ncurrent = false\nresolved_on = 2026-03-01\nresolved_basis = \"Own bed since the family moved; seen on a home visit\"\n"
        ),
        judge: Judge::Each(|c| {
            each(c, "resolved_basis", |risk| {
                !risk.is_current() && (risk.resolved_on.is_none() || blank(risk.resolved_basis.as_deref()))
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-17",
        severity: Error,
        title: "No risk is recorded, and nobody states that none are known",
        why: "An empty section can mean that there is nothing, or that nobody looked. A named person says on a date which it is.",
        source: Source::Briefing(
            "Managing Risk",
            "Recognising and Assessing Risk and Need is a theme across all of the SCR\u{2019}s.",
        ),
        next: "Add a `[[risks]]`, or `[no_known_risks]` with `stated_on`, `stated_by` and `statement`.",
        bad: "risks = []\n[no_known_risks]\nstated_on = 2026-06-20\n",
        good: "risks = []\n[no_known_risks]\nstated_on = 2026-06-20\nstated_by = \"R. Sample\"\nrole = \"DSL\"\nstatement = \"Safeguarding file, class teacher and attendance looked at\"\n",
        judge: Judge::Each(|c| {
            if !c.record.risks.is_empty() {
                return Vec::new();
            }
            let Some(statement) = &c.record.no_known_risks else { return vec![Hit::at("risks")] };
            let missing = [
                (statement.stated_on.is_none(), "stated_on"),
                (blank(statement.stated_by.as_deref()), "stated_by"),
                (blank(statement.statement.as_deref()), "statement"),
            ];
            Hit::missing("no_known_risks", "The statement that no risks are known", missing)
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-18",
        severity: Error,
        title: "A current risk is recorded beside the statement that none are known",
        why: "Both cannot be true. A reader who sees the statement first may not look further.",
        source: Source::Ours,
        next: "Take `[no_known_risks]` out, or show in the risk when and how it was resolved.",
        bad: concat!(
            "[no_known_risks]\nstated_on = 2026-06-20\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
            risk!("impact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n")
        ),
        good: "[no_known_risks]\nstated_on = 2026-06-20\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
        judge: Judge::Each(|c| {
            let both = c.record.no_known_risks.is_some() && c.record.risks.iter().any(Risk::is_current);
            Hit::when(both, "no_known_risks")
        }),
        ..Rule::USUAL
    },
];

/// A hit at a field of each risk of which something is true.
fn each(c: &Context<'_>, field: &str, wrong: impl Fn(&Risk) -> bool) -> Vec<Hit> {
    let hits = c.record.risks.iter().enumerate().filter(|(_, risk)| wrong(risk));
    hits.map(|(i, _)| Hit::at(format!("risks[{i}].{field}"))).collect()
}
