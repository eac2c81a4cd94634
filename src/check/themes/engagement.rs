//! Engagement: how the family takes part, always seen from the child.

use crate::check::context::Context;
use crate::check::facts::attendance::{is_accounted, last_two_years};
use crate::check::facts::missed::is_no_follow_up;
use crate::check::facts::people::people;
use crate::check::facts::plans::open;
use crate::check::facts::risks::newest_look;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Warning};
use crate::record::{
    Action, Day, EarlyHelpStatus, Engagement, EngagementLevel, Missed, MissedOutcome, Relationship, YesNoUnknown, blank,
};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "EN-01",
        severity: Error,
        title: "The child was not brought twice in six months, and the risks were not looked at again since",
        why: "A child cannot come alone; not being brought is something that happens to the child. The reviews call missed appointments a cue to look at the risks again.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "Significant change (such as a new partner or non-attendance at appointments) is a cue for reappraisal of risk assessment.",
        ),
        next: "Look at the risks again and set `reappraised_on`; where none are known, renew `no_known_risks.stated_on`.",
        bad: concat!(
            "[no_known_risks]\nstated_on = 2025-09-30\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
            "[[engagement.missed]]\ndate = 2026-01-19\noutcome = \"was_not_brought\"\n[[engagement.missed]]\ndate = 2026-03-02\noutcome = \"was_not_brought\"\n"
        ),
        good: "[[engagement.missed]]\ndate = 2026-01-19\noutcome = \"was_not_brought\"\n[[engagement.missed]]\ndate = 2026-03-02\noutcome = \"was_not_brought\"\n",
        judge: Judge::Each(|c| {
            let mut days: Vec<(Day, usize)> = missed(c)
                .filter(|(_, missed)| missed.outcome == Some(MissedOutcome::WasNotBrought))
                .filter_map(|(i, missed)| Some((missed.date?, i)))
                .collect();
            days.sort_unstable();
            let newest = newest_look(c);
            let unseen = days.windows(2).find_map(|pair| match pair {
                [(first, _), (second, i)] if *second <= first.plus_months(6) => {
                    newest.is_none_or(|newest| newest < *second).then_some(*i)
                }
                _ => None,
            });
            unseen.map(|i| Hit::at(format!("engagement.missed[{i}].date"))).into_iter().collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-02",
        severity: Error,
        title: "Working together is difficult, and it is not said what that means for the child or what comes next",
        why: "When a family holds back, it is easy to write about the adults and lose the child. The child's welfare stays first, whatever the family does.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "in circumstances such as this the child’s welfare should remain paramount at all times",
        ),
        next: "Add `impact_on_child` and `next_step`.",
        precisely: Some("The level is ambivalent, avoidant, resistant, hostile or disguised."),
        bad: "[engagement]\nlevel = \"avoidant\"\nparent_view = \"Father says he is busy\"\n",
        good: "[engagement]\nlevel = \"avoidant\"\nparent_view = \"Father says he is busy\"\nimpact_on_child = \"Misses speech therapy\"\nnext_step = \"Therapist comes to school\"\n",
        judge: Judge::Each(|c| {
            let Some(engagement) = engagement(c).filter(|engagement| is_difficult(engagement)) else {
                return Vec::new();
            };
            let mut hits = Hit::when(blank(engagement.impact_on_child.as_deref()), "engagement.impact_on_child");
            hits.extend(Hit::when(blank(engagement.next_step.as_deref()), "engagement.next_step"));
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-03",
        severity: Warning,
        title: "The family is said to take part well, and what came of it says otherwise",
        why: "Agreement without change may be apparent compliance, or a plan that does not fit the family. Either way the picture needs a second look, without blame.",
        source: Source::Local("Medway; RCGP: signs of apparent compliance"),
        next: "Look at it again together; if actions were done, set their `done_on`.",
        precisely: Some(
            "The level is good, and attendance fell by five points or more between the last two academic years, or at least two actions of the transition plan, and half of all, are overdue and not marked as done. Absence that is accounted for, as in AT-07, is left out.",
        ),
        bad: concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            "[[transition_plan.actions]]\nwhat = \"Visit\"\nby = 2026-05-01\n[[transition_plan.actions]]\nwhat = \"Map\"\nby = 2026-06-01\n"
        ),
        good: concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            "[[transition_plan.actions]]\nwhat = \"Visit\"\nby = 2026-05-01\ndone_on = 2026-04-28\n[[transition_plan.actions]]\nwhat = \"Map\"\nby = 2026-06-01\n"
        ),
        judge: Judge::Each(|c| {
            let good = engagement(c).is_some_and(|engagement| engagement.level == Some(EngagementLevel::Good));
            Hit::when(good && (attendance_fell(c) || half_overdue(c)), "engagement.level")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-04",
        severity: Warning,
        title: "Disguised compliance is named, and nothing that was seen is listed",
        why: "“Disguised compliance” is a heavy label for a family. What was seen can be checked, discussed and put right; a label cannot.",
        source: Source::Ours,
        next: "List in `observed` what was seen, one line each.",
        bad: "[engagement]\nlevel = \"disguised\"\nimpact_on_child = \"Nothing changes for her\"\nnext_step = \"Joint visit\"\nparent_view = \"All is well\"\n",
        good: "[engagement]\nlevel = \"disguised\"\nimpact_on_child = \"Nothing changes for her\"\nnext_step = \"Joint visit\"\nparent_view = \"All is well\"\nobserved = [\"Agreed to three visits; was out each time\"]\n",
        judge: Judge::Each(|c| {
            let bare = engagement(c).is_some_and(|engagement| {
                engagement.level == Some(EngagementLevel::Disguised) && engagement.observed.is_empty()
            });
            Hit::when(bare, "engagement.observed")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-05",
        severity: Warning,
        title: "A missed appointment was not followed up",
        why: "Behind a missed appointment may be a late bus or a frightened child. Nobody knows until somebody asks.",
        source: Source::Briefing("Lack of engagement from families", "failure to attend medical or other appointments"),
        next: "Add what is missing: what was in the way (`reason_given`), and who went after it (`followed_up_by`).",
        precisely: Some(
            "Appointments that were cancelled or moved to another day need no follow-up. That the service discharged the child or closed the case is none.",
        ),
        bad: "[[engagement.missed]]\ndate = 2026-01-19\nservice = \"Speech therapy\"\noutcome = \"was_not_brought\"\n",
        good: "[[engagement.missed]]\ndate = 2026-01-19\nservice = \"Speech therapy\"\noutcome = \"was_not_brought\"\nreason_given = \"Overslept\"\nfollowed_up_by = \"SENCO\"\n",
        judge: Judge::Each(|c| {
            let excused =
                |missed: &Missed| matches!(missed.outcome, Some(MissedOutcome::Cancelled | MissedOutcome::Rearranged));
            missed(c)
                .filter(|(_, missed)| !excused(missed))
                .flat_map(|(i, missed)| not_followed_up(i, missed))
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-06",
        severity: Warning,
        title: "The parents' or carers' own view is missing",
        why: "A record about a family that the family has no word in is half a record. Parents know things about their child that nobody else does.",
        source: Source::Local("Cumbria LSCB, Child R: children and parents actively involved"),
        next: "Add `engagement.parent_view`, or say why there is none in `parent_view_missing_why`.",
        precisely: Some(
            "Asked for where there is a risk, an open plan, open Early Help or a section `[engagement]`. The `views` of a parent in the household count as well.",
        ),
        bad: "[engagement]\nlevel = \"partial\"\n",
        good: "[engagement]\nlevel = \"partial\"\nparent_view_missing_why = \"Mother was in hospital in May and June\"\n",
        judge: Judge::Each(|c| {
            let help = c.record.early_help.as_ref().and_then(|help| help.status);
            let concern = c.record.engagement.is_some()
                || !c.record.risks.is_empty()
                || open(c).next().is_some()
                || help.is_some_and(EarlyHelpStatus::is_open);
            let told = engagement(c).is_some_and(|engagement| {
                !blank(engagement.parent_view.as_deref()) || !blank(engagement.parent_view_missing_why.as_deref())
            });
            Hit::when(concern && !told && !parents_speak(c), "engagement.parent_view")
        }),
        ..Rule::USUAL
    },
];

fn engagement<'a>(c: &'a Context<'_>) -> Option<&'a Engagement> {
    c.record.engagement.as_ref()
}

fn missed<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Missed)> {
    c.record.engagement.iter().flat_map(|engagement| engagement.missed.iter().enumerate())
}

fn is_difficult(engagement: &Engagement) -> bool {
    matches!(
        engagement.level,
        Some(
            EngagementLevel::Ambivalent
                | EngagementLevel::Avoidant
                | EngagementLevel::Resistant
                | EngagementLevel::Hostile
                | EngagementLevel::Disguised
        )
    )
}

fn not_followed_up(i: usize, missed: &Missed) -> Vec<Hit> {
    let missing = [
        (missed.date.is_none(), "date"),
        (blank(missed.service.as_deref()), "service"),
        (blank(missed.reason_given.as_deref()), "reason_given"),
        (blank(missed.followed_up_by.as_deref()), "followed_up_by"),
    ];
    let path = format!("engagement.missed[{i}]");
    let mut hits = Hit::missing(&path, "This missed appointment", missing);
    let closed = missed.followed_up_by.as_deref().is_some_and(is_no_follow_up);
    let message = "That a service discharged the child or closed the case is no follow-up";
    hits.extend(Hit::when(closed, format!("{path}.followed_up_by")).into_iter().map(|hit| hit.because(message)));
    hits
}

/// Whether a parent of the household says something.
fn parents_speak(c: &Context<'_>) -> bool {
    people(c).any(|(_, person)| {
        let parent = person.pr == Some(YesNoUnknown::Yes)
            || person.is_parent()
            || matches!(person.relationship, Some(Relationship::Guardian | Relationship::KinshipCarer));
        parent && !blank(person.views.as_deref())
    })
}

/// Whether attendance fell by five points or more between the last two academic years, and not for an illness that was
/// confirmed.
fn attendance_fell(c: &Context<'_>) -> bool {
    let years = last_two_years(c);
    let [before, after] = years.as_slice() else { return false };
    if is_accounted(c, after) {
        return false;
    }
    let Some(((possible_before, before), (possible_after, after))) = before.sessions().zip(after.sessions()) else {
        return false;
    };
    // before/possible - after/possible >= 5/100, by whole sessions.
    100 * (before * possible_after - after * possible_before) >= 5 * possible_before * possible_after
}

/// Whether at least two actions of the transition plan, and half of all, are overdue.
fn half_overdue(c: &Context<'_>) -> bool {
    let Some(plan) = &c.record.transition_plan else { return false };
    let overdue = |action: &&Action| action.done_on.is_none() && action.by.is_some_and(|by| by < c.today);
    let late = plan.actions.iter().filter(overdue).count();
    late >= 2 && 2 * late >= plan.actions.len()
}
