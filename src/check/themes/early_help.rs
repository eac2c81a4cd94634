//! Early Help: that it was considered, decided by someone, started where it was agreed, and is carried on.

use crate::check::context::Context;
use crate::check::example_parts::{year, year_before};
use crate::check::facts::attendance::last_two_years;
use crate::check::facts::plans;
use crate::check::facts::plans::has_open;
use crate::check::facts::reasons::SHORTEST_REASON;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::placeholders::is_placeholder;
use crate::problem::Severity::{Error, Warning};
use crate::record::{ClosedReason, Day, Decision, EarlyHelp, EarlyHelpStatus, PlanType, ReasonKind, blank};

/// A considered decision, for the examples, with what follows it.
macro_rules! considered {
    ($rest:literal) => {
        concat!("[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R. Sample, DSL\"\n", $rest)
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "EH-01",
        severity: Error,
        title: "Attendance is below the line for Early Help, and no decision is recorded",
        why: "The reviews ask every school to consider an Early Help Assessment when attendance falls below 85%. Considering it takes minutes; the child may have waited for it for years.",
        source: Source::Briefing(
            "Education",
            "the need to consider an Early Help Assessment when attendance falls below 85% - and record the reason if not proceeding with this",
        ),
        next: "Consider it now and add `considered_on`, `considered_by` and `decision`; where it is not yet decided, say why in `reason_not_proceeding`.",
        precisely: Some(
            "`not_yet_decided` counts as a decision only with a reason of twenty characters or more, a person and a date.",
        ),
        bad: concat!(
            "[early_help]\ndecision = \"not_yet_decided\"\n",
            year!("possible = 372\nattended = 316\nauthorised = 56\nunauthorised = 0\n"),
            year_before!()
        ),
        good: concat!(
            "[early_help]\ndecision = \"not_yet_decided\"\n",
            year!("possible = 372\nattended = 317\nauthorised = 55\nunauthorised = 0\n"),
            year_before!()
        ),
        judge: Judge::Each(|c| {
            let below = below_threshold(c);
            let considered = help(c).is_some_and(|help| help.considered_on.is_some());
            let undecided = help(c).is_some_and(|help| {
                matches!(help.decision, None | Some(Decision::NotYetDecided)) && !(gives_reason(help) && is_named(help))
            });
            let hit = |path: &str, words: &str| {
                let message = format!("Attendance is below {}% and {words}", c.policy.early_help_threshold);
                vec![Hit::at(path).because(message)]
            };
            match (below, considered, undecided) {
                (true, false, _) => hit("early_help.considered_on", "no Early Help Assessment decision is recorded"),
                (true, true, true) => hit(
                    "early_help.decision",
                    "the decision about an Early Help Assessment is open, without a reason and a person",
                ),
                _ => Vec::new(),
            }
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-02",
        severity: Error,
        title: "The reason for not proceeding with an Early Help Assessment is not recorded",
        why: "Not proceeding can be right. The reviews ask for the reason, so that the next person need not guess whether anybody thought about it.",
        source: Source::Briefing("Education", "record the reason if not proceeding with this"),
        next: "Write the reason in a sentence or two into `reason_not_proceeding`.",
        bad: considered!("decision = \"not_proceeding\"\nreason_not_proceeding = \"N/A\"\n"),
        good: considered!(
            "decision = \"not_proceeding\"\nreason_not_proceeding = \"Absence was one hospital stay, now over; attendance since is 97%.\"\n"
        ),
        judge: Judge::Each(|c| {
            let unreasoned =
                help(c).is_some_and(|help| help.decision == Some(Decision::NotProceeding) && !gives_reason(help));
            Hit::when(unreasoned, "early_help.reason_not_proceeding")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-03",
        severity: Warning,
        title: "The decision predates the fall in attendance",
        why: "A decision taken before attendance fell was about another situation. Risk is looked at again when things change.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Look again and record the new date and reason.",
        bad: concat!(
            "[early_help]\nconsidered_on = 2024-11-05\nconsidered_by = \"R. Sample, DSL\"\ndecision = \"not_yet_decided\"\nreason_not_proceeding = \"We wait for the paediatrician\"\n",
            year!("possible = 372\nattended = 300\nauthorised = 72\nunauthorised = 0\n"),
            year_before!()
        ),
        good: concat!(
            considered!("decision = \"not_yet_decided\"\nreason_not_proceeding = \"We wait for the paediatrician\"\n"),
            year!("possible = 372\nattended = 300\nauthorised = 72\nunauthorised = 0\n"),
            year_before!()
        ),
        judge: Judge::Each(|c| {
            let years = last_two_years(c);
            let below = years.iter().filter(|year| year.is_below(c.policy.early_help_threshold));
            let fell = below.filter_map(|year| year.from).min();
            let early = help(c).and_then(|help| help.considered_on).zip(fell).is_some_and(|(on, fell)| on < fell);
            Hit::when(early, "early_help.considered_on")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-04",
        severity: Error,
        title: "Early Help was agreed, but nothing shows that it started",
        why: "Assessments help only if they lead to something. An agreement without start, reference or status may have stayed on paper.",
        source: Source::Briefing("Assessments", "did not always contribute to effective decision-making and action"),
        next: "Add `status`, and `started_on` or `reference`.",
        bad: considered!("decision = \"proceed\"\n"),
        good: considered!(
            "decision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2026-02-20\nlead_practitioner = { name = \"R. Sample\" }\nreceiving_participant = \"SENCO\"\n"
        ),
        judge: Judge::Each(|c| {
            let on_paper = help(c).is_some_and(|help| {
                let traced = help.started_on.is_some() || !blank(help.reference.as_deref());
                help.decision == Some(Decision::Proceed) && (help.status.is_none() || !traced)
            });
            Hit::when(on_paper, "early_help.status")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-05",
        severity: Warning,
        title: "The family did not agree: what happens next for the child?",
        why: "A family may decline. The child's welfare stays first, so somebody must still do something.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "the child\u{2019}s welfare should remain paramount at all times",
        ),
        next: "Add `next_step`.",
        bad: considered!(
            "decision = \"not_proceeding\"\nreason_kind = \"consent_declined\"\nreason_not_proceeding = \"The family did not wish for an assessment at present.\"\n"
        ),
        good: considered!(
            "decision = \"not_proceeding\"\nreason_kind = \"consent_declined\"\nreason_not_proceeding = \"The family did not wish for an assessment at present.\"\nnext_step = \"Key adult meets the child weekly; ask again in October\"\n"
        ),
        judge: Judge::Each(|c| {
            let open_end = help(c).is_some_and(|help| {
                help.reason_kind == Some(ReasonKind::ConsentDeclined) && blank(help.next_step.as_deref())
            });
            Hit::when(open_end, "early_help.next_step")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-06",
        severity: Error,
        title: "Early Help is open and has no lead practitioner",
        why: "Somebody leads an open Early Help plan. The next school must know whom to ring.",
        source: Source::Guidance("Working together to safeguard children: the lead practitioner"),
        next: "Add `lead_practitioner` with name and contact.",
        bad: considered!(
            "decision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2026-02-20\nreceiving_participant = \"SENCO\"\n"
        ),
        good: considered!(
            "decision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2026-02-20\nreceiving_participant = \"SENCO\"\nlead_practitioner = { name = \"R. Sample\" }\n"
        ),
        judge: Judge::Each(|c| {
            let led =
                |help: &EarlyHelp| help.lead_practitioner.as_ref().is_some_and(|lead| !blank(lead.name.as_deref()));
            Hit::when(open(c).is_some_and(|help| !led(help)), "early_help.lead_practitioner")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-07",
        severity: Error,
        title: "Nobody at the receiving school is named to carry Early Help on",
        why: "In one of the cases the secondary school did not take Early Help up. A name makes the difference between a file and a person who comes to the meeting.",
        source: Source::Briefing(
            "Themes",
            "in one of the cases the secondary school did not positively embrace the take up and implementation of the Cumbria LSCB Early Help strategy",
        ),
        next: "Ask the receiving school who will take part, and write it into `receiving_participant`.",
        bad: considered!(
            "decision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2026-02-20\nlead_practitioner = { name = \"R. Sample\" }\n"
        ),
        good: considered!(
            "decision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2026-02-20\nlead_practitioner = { name = \"R. Sample\" }\nreceiving_participant = \"T. Pattern, SENCO\"\n"
        ),
        judge: Judge::Each(|c| {
            let nobody = open(c).is_some_and(|help| blank(help.receiving_participant.as_deref()));
            Hit::when(nobody, "early_help.receiving_participant")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-08",
        severity: Warning,
        title: "Early Help is stuck: has the panel been considered?",
        why: "The reviews name panels as the way forward for assessments that are stuck. Two reviews without progress are stuck, and so is an assessment that nobody has reviewed for months.",
        source: Source::Briefing(
            "Themes",
            "Early Help panels allow schools to more easily refer \u{2018}stuck\u{2019} Early Help Assessments",
        ),
        next: "Consider the panel, or your area's equivalent, and set `panel_considered_on`; or hold the review.",
        precisely: Some(
            "The last two reviews without progress; an assessment in progress that began over three months ago with no review in the last three; open Early Help with none in the last six.",
        ),
        bad: considered!(
            "decision = \"proceed\"\nreviews = [{ date = 2026-03-20, progress = false }, { date = 2026-05-20, progress = false }]\n"
        ),
        good: considered!(
            "decision = \"proceed\"\npanel_considered_on = 2026-06-01\nreviews = [{ date = 2026-03-20, progress = false }, { date = 2026-05-20, progress = false }]\n"
        ),
        judge: Judge::Each(|c| {
            let stuck = help(c).is_some_and(|help| {
                let mut reviews: Vec<_> = help.reviews.iter().collect();
                reviews.sort_by_key(|review| review.date);
                let last_two =
                    reviews.iter().rev().take(2).filter(|review| review.progress == Some(false)).count() == 2;
                (last_two || drifts(help, c.today)) && help.panel_considered_on.is_none()
            });
            Hit::when(stuck, "early_help.panel_considered_on")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-09",
        severity: Warning,
        title: "An early help indicator is present, and Early Help was never considered",
        why: "National guidance lists circumstances in which staff should be alert to a need for early help. Where one is present, the question should have been asked.",
        source: Source::Guidance("Keeping children safe in education, early help"),
        next: "Consider Early Help and add `considered_on`, `considered_by` and `decision`.",
        bad: "[early_help]\nindicators = [\"Young carer\"]\ndecision = \"not_yet_decided\"\n",
        good: considered!("indicators = [\"Young carer\"]\ndecision = \"not_yet_decided\"\n"),
        judge: Judge::Each(|c| {
            let unasked = help(c).is_some_and(|help| !help.indicators.is_empty() && help.considered_on.is_none());
            Hit::when(unasked, "early_help.considered_on")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-10",
        severity: Error,
        title: "Closed Early Help needs the date and the reason",
        why: "Closed because needs are met and closed because the family stopped coming are two different children. The next school must know which.",
        source: Source::Ours,
        next: "Add `closed_on` and `closed_reason`.",
        bad: considered!("decision = \"proceed\"\nstatus = \"closed\"\nstarted_on = 2026-02-20\n"),
        good: considered!(
            "decision = \"proceed\"\nstatus = \"closed\"\nstarted_on = 2026-02-20\nclosed_on = 2026-06-20\nclosed_reason = \"needs_met\"\n"
        ),
        judge: Judge::Each(|c| {
            let Some(help) = help(c).filter(|help| help.status == Some(EarlyHelpStatus::Closed)) else {
                return Vec::new();
            };
            let mut hits = Hit::when(help.closed_on.is_none(), "early_help.closed_on");
            hits.extend(Hit::when(help.closed_reason.is_none(), "early_help.closed_reason"));
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-11",
        severity: Warning,
        title: "Closed because the family did not take part: what does that mean for the child?",
        why: "In the reviews, contact with many families had ended, and their children were left at risk. Closing for that reason is itself something to record.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "lack of take-up of supportive services (Early Help)",
        ),
        next: "Say in `early_help.next_step` or `engagement.next_step` what happens for the child instead.",
        bad: concat!(
            "risks = []\n",
            considered!(
                "decision = \"proceed\"\nstatus = \"closed\"\nstarted_on = 2026-02-20\nclosed_on = 2026-06-20\nclosed_reason = \"disengaged\"\n"
            )
        ),
        good: concat!(
            "risks = []\n",
            considered!(
                "decision = \"proceed\"\nstatus = \"closed\"\nstarted_on = 2026-02-20\nclosed_on = 2026-06-20\nclosed_reason = \"disengaged\"\n"
            ),
            "[engagement]\nlevel = \"avoidant\"\nimpact_on_child = \"Misses the club he likes\"\nnext_step = \"Key adult rings weekly\"\n"
        ),
        judge: Judge::Each(|c| {
            let left = help(c).is_some_and(|help| {
                matches!(help.closed_reason, Some(ClosedReason::Disengaged | ClosedReason::NoConsent))
            });
            let ahead = |next: Option<&String>| !blank(next.map(String::as_str));
            let planned = ahead(help(c).and_then(|help| help.next_step.as_ref()))
                || ahead(c.record.engagement.as_ref().and_then(|engagement| engagement.next_step.as_ref()));
            Hit::when(left && !planned, "early_help.closed_reason")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-14",
        severity: Warning,
        title: "The reason names a statutory plan, and no plan of children's services is among the plans",
        why: "“A plan is in place” is the reason that nobody questions. If it is not in the record, the next school can neither find nor follow it.",
        source: Source::Briefing("Education", "record the reason if not proceeding with this"),
        next: "Add the plan to `[[plans]]`, or give the real reason.",
        precisely: Some(
            "An open child protection, child in need or looked-after plan, or a supervision order. An EHC plan is about learning and does not count.",
        ),
        bad: considered!(
            "decision = \"not_proceeding\"\nreason_kind = \"statutory_plan_in_place\"\nreason_not_proceeding = \"The child in need plan covers attendance.\"\n"
        ),
        good: concat!(
            considered!(
                "decision = \"not_proceeding\"\nreason_kind = \"statutory_plan_in_place\"\nreason_not_proceeding = \"The child in need plan covers attendance.\"\n"
            ),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nnext_review = 2026-09-20\n"
        ),
        judge: Judge::Each(|c| {
            let named = help(c).is_some_and(|help| help.reason_kind == Some(ReasonKind::StatutoryPlanInPlace));
            let found = has_open(c, &STATUTORY);
            let hits = Hit::when(named && !found, "early_help.reason_kind");
            hits.into_iter().map(|hit| hit.resting_on("plans")).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-15",
        severity: Warning,
        title: "The plan that is given as the reason is not being reviewed",
        why: "A plan that drifts meets no need. While nobody reviews it, it is no reason to do nothing else.",
        source: Source::Local("Cumbria LSCB, Child R: “Drift is avoided”"),
        next: "Hold the review, or consider Early Help again.",
        precisely: Some(
            "The reason is a statutory plan or the school's attendance plan, and every such plan has its next review in the past, or none ahead and none in the last six months.",
        ),
        bad: concat!(
            considered!(
                "decision = \"not_proceeding\"\nreason_kind = \"statutory_plan_in_place\"\nreason_not_proceeding = \"The child in need plan covers attendance.\"\n"
            ),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nnext_review = 2026-02-20\n"
        ),
        good: concat!(
            considered!(
                "decision = \"not_proceeding\"\nreason_kind = \"statutory_plan_in_place\"\nreason_not_proceeding = \"The child in need plan covers attendance.\"\n"
            ),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nnext_review = 2026-09-20\n"
        ),
        judge: Judge::Each(|c| Hit::when(reason_drifts(c), "early_help.reason_kind")),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-16",
        severity: Warning,
        title: "Early Help was looked at over three months ago, and is still not decided",
        why: "What is neither begun nor refused helps nobody, and hides that somebody once saw a need. At the change of school it is lost.",
        source: Source::Briefing("Education", "the need to consider an Early Help Assessment"),
        next: "Decide, with a date and a name; or say in `reason_not_proceeding` what is waited for, and until when.",
        precisely: Some(
            "`decision = \"not_yet_decided\"` with a `considered_on` over three months ago, and nothing in `reason_not_proceeding`.",
        ),
        bad: "[early_help]\nindicators = []\nconsidered_on = 2025-11-14\nconsidered_by = \"R. Sample, DSL\"\ndecision = \"not_yet_decided\"\n",
        good: "[early_help]\nindicators = []\nconsidered_on = 2026-06-12\nconsidered_by = \"R. Sample, DSL\"\ndecision = \"not_yet_decided\"\n",
        judge: Judge::Each(|c| {
            let line = c.today.plus_months(-3);
            let waits = c.record.early_help.as_ref().is_some_and(|help| {
                help.decision == Some(Decision::NotYetDecided)
                    && help.considered_on.is_some_and(|day| day < line)
                    && blank(help.reason_not_proceeding.as_deref())
            });
            Hit::when(waits, "early_help.decision")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-12",
        severity: Error,
        title: "The Early Help status is not recorded",
        why: "Every record says whether Early Help was considered, when, by whom and with what decision, also for a child with nothing to worry about. Silence would leave the next school guessing.",
        source: Source::Briefing("Education", "the need to consider an Early Help Assessment"),
        next: "Add `considered_on`, `considered_by` and `decision` to `[early_help]`.",
        bad: "[early_help]\nlocal_name = \"Family Help\"\n",
        good: considered!(
            "decision = \"not_proceeding\"\nreason_kind = \"no_need_identified\"\nreason_not_proceeding = \"No need was found by class teacher, DSL or family.\"\n"
        ),
        judge: Judge::Each(|c| {
            let Some(help) = help(c) else { return vec![Hit::at("early_help")] };
            let missing = [
                (help.decision.is_none(), "decision"),
                // Below the line, EH-01 says so already.
                (help.considered_on.is_none() && !below_threshold(c), "considered_on"),
                (blank(help.considered_by.as_deref()), "considered_by"),
            ];
            Hit::missing("early_help", "The Early Help decision", missing)
        }),
        ..Rule::USUAL
    },
];

/// Whether a decision gives a reason that says something.
fn gives_reason(help: &EarlyHelp) -> bool {
    let reason = help.reason_not_proceeding.as_deref().unwrap_or_default().trim();
    reason.chars().count() >= SHORTEST_REASON && !is_placeholder(reason)
}

fn is_named(help: &EarlyHelp) -> bool {
    help.considered_on.is_some() && !blank(help.considered_by.as_deref())
}

/// Whether Early Help goes on and nobody has looked at it for months.
fn drifts(help: &EarlyHelp, today: Day) -> bool {
    let months = match help.status {
        Some(EarlyHelpStatus::AssessmentInProgress | EarlyHelpStatus::ConsentSought) => 3,
        Some(EarlyHelpStatus::Open | EarlyHelpStatus::SteppedDown) => 6,
        _ => return false,
    };
    let last = help.reviews.iter().filter_map(|review| review.date).chain(help.started_on).max();
    last.is_some_and(|last| last < today.plus_months(-months))
}

/// Plans of children's services that can stand in place of Early Help.
const STATUTORY: [PlanType; 6] = [
    PlanType::CpS47,
    PlanType::CinS17,
    PlanType::LookedAfterS20,
    PlanType::LookedAfterS31,
    PlanType::SupervisionOrder,
    PlanType::EducationSupervisionOrder,
];

/// Whether the plan that is given as the reason has no review ahead and none behind it for half a year.
fn reason_drifts(c: &Context<'_>) -> bool {
    let kind = help(c).and_then(|help| help.reason_kind);
    let overdue = |next: Option<Day>, last: Option<Day>| {
        let due = next.is_some_and(|next| next < c.today);
        let silent = next.is_none() && last.is_none_or(|last| last < c.today.plus_months(-6));
        due || silent
    };
    match kind {
        Some(ReasonKind::StatutoryPlanInPlace) => {
            let open = || {
                let all = plans::open(c).map(|(_, plan)| plan);
                all.filter(|plan| plan.r#type.is_some_and(|kind| STATUTORY.contains(&kind)))
            };
            open().next().is_some() && open().all(|plan| overdue(plan.next_review, plan.last_review))
        }
        Some(ReasonKind::NeedsMetBySchoolPlan) => {
            let plan = c.record.attendance.as_ref().and_then(|attendance| attendance.plan.as_ref());
            plan.is_some_and(|plan| {
                let last = plan.reviews.iter().filter_map(|review| review.date).max();
                blank(plan.outcome.as_deref()) && overdue(plan.next_review, last)
            })
        }
        _ => false,
    }
}

fn help<'a>(c: &'a Context<'_>) -> Option<&'a EarlyHelp> {
    c.record.early_help.as_ref()
}

fn below_threshold(c: &Context<'_>) -> bool {
    last_two_years(c).iter().any(|year| year.is_below(c.policy.early_help_threshold))
}

fn open<'a>(c: &'a Context<'_>) -> Option<&'a EarlyHelp> {
    help(c).filter(|help| help.status.is_some_and(EarlyHelpStatus::is_open))
}
