//! Assessments: whether there was one, who took part, what it concluded, and what it changed.

use crate::check::context::Context;
use crate::check::facts::events::{is_a_seen_injury, is_any};
use crate::check::facts::plans::{is_of_services, open};
use crate::check::facts::risks::is_abuse;
use crate::check::facts::weighed::is_weighed_entry;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::fold;
use crate::problem::Severity::Warning;
use crate::record::{
    Assessment, AssessmentKind, ChangeKind, Day, EarlyHelpStatus, EventKind, NilSection, Risk, RiskKind, blank,
};

/// An assessment as it should be, then what follows.
macro_rules! assessment {
    ($rest:literal) => {
        concat!(
            "[[assessments]]\nid = \"a1\"\nkind = \"section_17\"\ncompleted_on = 2026-02-20\nled_by = \"Social worker\"\n",
            "contributors = [\"School\", \"Health visitor\"]\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "AS-01",
        severity: Warning,
        title: "There is a plan or a risk, and no assessment is recorded",
        why: "All five reviews found that assessments were not thorough or did not lead to action. The next school needs to know which were made, what they concluded, or that there was none.",
        source: Source::Briefing(
            "Assessments",
            "All of the SCR’s noted that ‘assessments’ were either not thorough or comprehensive and did not always contribute to effective decision-making and action.",
        ),
        next: "Add `[[assessments]]`; where there was none, say so in `[[nil_returns]]` with `assessments`.",
        precisely: Some(
            "An open plan of children's services, open Early Help, or a current risk of abuse, neglect, exploitation, substance misuse or self-harm.",
        ),
        bad: "nil_returns = []\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n",
        good: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n",
            assessment!(
                "child_seen = true\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"Needs help in the mornings\"\nchanged = \"Child in need plan\"\n"
            )
        ),
        judge: Judge::Each(|c| {
            let stated = c.record.nil_returns.iter().any(|nil| nil.sections.contains(&NilSection::Assessments));
            let told = !c.record.assessments.is_empty() || stated;
            Hit::when(needs_assessment(c) && !told, "assessments")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AS-02",
        severity: Warning,
        title: "The assessment does not say when, who contributed, what it concluded or what it changed",
        why: "An assessment that changed nothing is a form. Date, contributors, conclusion and consequence let the next school build on it.",
        source: Source::Briefing("Assessments", "did not always contribute to effective decision-making and action"),
        next: "Add `kind`, `completed_on` (or `started_on` while it goes on), `contributors`, `conclusion` and `changed`.",
        precisely: Some("What goes on still needs no conclusion yet."),
        bad: assessment!("child_seen = true\nfamily_history_considered = true\nadults_considered = true\n"),
        good: assessment!(
            "child_seen = true\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"Needs help in the mornings\"\nchanged = \"Child in need plan\"\n"
        ),
        judge: Judge::Each(|c| {
            let each = c.record.assessments.iter().enumerate().flat_map(|(i, assessment)| {
                let done = assessment.completed_on.is_some();
                let missing = [
                    (assessment.kind.is_none(), "kind"),
                    (!done && assessment.started_on.is_none(), "completed_on"),
                    (assessment.contributors.is_empty(), "contributors"),
                    (done && blank(assessment.conclusion.as_deref()), "conclusion"),
                    (done && blank(assessment.changed.as_deref()), "changed"),
                ];
                Hit::missing(&format!("assessments[{i}]"), "This assessment", missing)
            });
            each.collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AS-03",
        severity: Warning,
        title: "The assessment was narrow",
        why: "The reviews found assessments made without the child, without the father, without the family's history, or by one agency alone. What was left out belongs on the next school's list.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "initial and ongoing assessments must be thorough, timely, gather multiagency information, inform decision-making and take account of historic context of the family",
        ),
        next: "Say what was left out to the lead professional, and whether it will be made good; correct the fields if it was not left out.",
        precisely: Some(
            "The latest assessment of the child or family with `child_seen`, `family_history_considered` or `adults_considered` not true, or with one contributor alone.",
        ),
        bad: assessment!(
            "child_seen = false\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"Needs help\"\nchanged = \"Child in need plan\"\n"
        ),
        good: assessment!(
            "child_seen = true\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"Needs help\"\nchanged = \"Child in need plan\"\n"
        ),
        judge: Judge::Each(|c| {
            let day = |assessment: &Assessment| assessment.completed_on.max(assessment.started_on);
            let last = c.record.assessments.iter().filter(|assessment| is_of_family(assessment)).filter_map(day).max();
            let of_family = c.record.assessments.iter().enumerate().filter(|(_, assessment)| is_of_family(assessment));
            // A later assessment has made good what an earlier one left out.
            of_family
                .filter(|(_, assessment)| day(assessment) >= last)
                .flat_map(|(i, assessment)| narrow(i, assessment))
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AS-04",
        severity: Warning,
        title: "Something important happened after the last assessment",
        why: "A new partner, a disclosure or a move makes an assessment one of another family. Assessments are renewed when things change.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "Significant change (such as a new partner or non-attendance at appointments) is a cue for reappraisal of risk assessment.",
        ),
        next: "Ask the lead professional whether the assessment will be renewed, and record the answer as an assessment with `started_on`, or in `[[weighed]]`.",
        precisely: Some(
            "A significant change, a new partner or adult, a change of carer, a pregnancy or baby, a disclosure, an injury that no member of staff saw happen, a police notice or broken agreement after the last assessment; not weighed, and not looked at in a later review of an open plan. That a plan began or changed is left out.",
        ),
        bad: concat!(
            "[[chronology]]\nid = \"c1\"\ndate = 2026-04-14\nevent = \"Mother's new partner moved in\"\nbasis = \"reported\"\nsource = { agency = \"family\" }\naction = \"DSL met mother\"\noutcome = \"Support offered\"\nchange_kind = \"new_partner\"\n",
            assessment!(
                "child_seen = true\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"Needs help\"\nchanged = \"Child in need plan\"\n"
            )
        ),
        good: concat!(
            "[[chronology]]\nid = \"c1\"\ndate = 2026-01-14\nevent = \"Mother's new partner moved in\"\nbasis = \"reported\"\nsource = { agency = \"family\" }\naction = \"DSL met mother\"\noutcome = \"Support offered\"\nchange_kind = \"new_partner\"\n",
            assessment!(
                "child_seen = true\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"Needs help\"\nchanged = \"Child in need plan\"\n"
            )
        ),
        judge: Judge::Each(after_the_last),
        ..Rule::USUAL
    },
    Rule {
        code: "AS-05",
        severity: Warning,
        title: "Several services work with the family, and nobody brings together what they know",
        why: "Five services can have one source, and each takes comfort from the others. Somebody has to lay their papers side by side and ask who has seen the child.",
        source: Source::Briefing(
            "Poor communication and information sharing between agencies",
            "5 out of 5 identify episodes of poor communication and information sharing between agencies",
        ),
        next: "Name a lead practitioner, or record an assessment in which at least three of them took part.",
        precisely: Some(
            "Three services or more within the last two years, no lead practitioner of Early Help, no open plan with a manager, and no assessment with three contributors.",
        ),
        bad: "[[services]]\nid = \"s1\"\nname = \"A\"\n[[services]]\nid = \"s2\"\nname = \"B\"\n[[services]]\nid = \"s3\"\nname = \"C\"\n",
        good: "[[services]]\nid = \"s1\"\nname = \"A\"\n[[services]]\nid = \"s2\"\nname = \"B\"\n",
        judge: Judge::Each(|c| {
            let recent = |day: Option<Day>| day.is_none_or(|day| day >= c.today.plus_months(-24));
            let several = c.record.services.iter().filter(|service| recent(service.to)).count() > 2;
            let led = c.record.early_help.as_ref().is_some_and(|help| help.lead_practitioner.is_some());
            let managed = open(c).any(|(_, plan)| plan.manager.is_some());
            let joined = c.record.assessments.iter().any(|assessment| assessment.contributors.len() > 2);
            Hit::when(several && !led && !managed && !joined, "services")
        }),
        ..Rule::USUAL
    },
];

fn needs_assessment(c: &Context<'_>) -> bool {
    let help = c.record.early_help.as_ref().and_then(|help| help.status).is_some_and(EarlyHelpStatus::is_open);
    let planned = open(c).any(|(_, plan)| is_of_services(plan));
    help || planned || c.record.risks.iter().any(|risk| risk.is_current() && is_grave(risk))
}

fn is_grave(risk: &Risk) -> bool {
    use RiskKind as Kind;
    risk.kind.is_some_and(|kind| {
        is_abuse(kind)
            || matches!(
                kind,
                Kind::SubstanceMisuseChild | Kind::SubstanceMisuseCarer | Kind::SelfHarm | Kind::YoungCarer
            )
    })
}

/// Whether an assessment is of the child and family, not of a speech difficulty.
fn is_of_family(assessment: &Assessment) -> bool {
    matches!(
        assessment.kind,
        Some(
            AssessmentKind::EarlyHelp
                | AssessmentKind::Section17
                | AssessmentKind::Section47
                | AssessmentKind::ParentOrCarer
                | AssessmentKind::OneRisk
        )
    )
}

fn narrow(i: usize, assessment: &Assessment) -> Vec<Hit> {
    let mut agencies: Vec<String> = assessment.contributors.iter().map(|who| fold(who)).collect();
    agencies.sort();
    agencies.dedup();
    let narrow = [
        (assessment.child_seen != Some(true), "child_seen", "It is not shown that the child was seen and heard for it"),
        (
            assessment.family_history_considered != Some(true),
            "family_history_considered",
            "It is not shown that the family's history and earlier concerns were looked at",
        ),
        (
            assessment.adults_considered != Some(true),
            "adults_considered",
            "It is not shown that the father and other adults around the child were part of it",
        ),
        (agencies.len() == 1, "contributors", "Only one agency contributed"),
    ];
    let narrow = narrow.into_iter().filter(|(is, ..)| *is);
    narrow.map(|(_, field, message)| Hit::at(format!("assessments[{i}].{field}")).because(message)).collect()
}

fn after_the_last(c: &Context<'_>) -> Vec<Hit> {
    let of_family = || c.record.assessments.iter().filter(|assessment| is_of_family(assessment));
    let last = of_family().filter_map(|assessment| assessment.completed_on.max(assessment.started_on)).max();
    let Some(last) = last else { return Vec::new() };
    let grave = [EventKind::Disclosure, EventKind::Injury, EventKind::PoliceNotice, EventKind::AgreementBroken];
    let changes = [
        ChangeKind::NewPartner,
        ChangeKind::NewAdult,
        ChangeKind::ChangeOfCarer,
        ChangeKind::Pregnancy,
        ChangeKind::NewBaby,
    ];
    let entries = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        let changed = entry.change_kind.is_some_and(|kind| changes.contains(&kind));
        let turned = entry.significant == Some(true) && entry.change_kind != Some(ChangeKind::PlanChanged);
        // A fall that staff saw is no news of the family.
        let important = changed || ((turned || is_any(entry, &grave)) && !is_a_seen_injury(entry));
        important && entry.positive != Some(true) && entry.date.is_some_and(|date| date > last)
    });
    let reviewed = |date| {
        let mut plans = open(c).map(|(_, plan)| plan).filter(|plan| is_of_services(plan));
        plans.any(|plan| plan.last_review >= date)
    };
    entries
        .filter(|(_, entry)| !is_weighed_entry(c, entry) && !reviewed(entry.date))
        .map(|(i, _)| Hit::at(format!("chronology[{i}].date")))
        .collect()
}
