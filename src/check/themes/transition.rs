//! The transition plan: whether there is one, whether it can be followed and checked, and who is in it.

use crate::check::context::Context;
use crate::check::facts::attendance::last_two_years;
use crate::check::facts::people::{seems_earlier_in_care, was_in_care};
use crate::check::facts::plans::{is_looked_after, open};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{fold, says_any};
use crate::problem::Severity::{Error, Info, Warning};
use crate::record::{
    Action, ChangeKind, EarlyHelpStatus, PlanType, Risk, RiskKind, SenProvision, TransitionLevel, TransitionPlan,
    YesNoUnknown, YoungCarer, blank,
};

/// A transition plan with an action as it should be, then what follows in the plan's own section.
macro_rules! transition {
    ($rest:literal) => {
        concat!(
            "[transition_plan]\nvoice_ref = [\"v1\"]\nreview_on = 2026-10-20\nwhat_works = [\"Drawing first\"]\ntriggers = [\"Shouting\"]\n",
            "friendships = \"Two friends go with her\"\nparent_involvement = \"Mother read it\"\nday_one_support = \"Met at the gate\"\n",
            "handover_conversation = { on = 2026-06-24, participants = [\"Both SENCOs\"] }\n",
            "actions = [{ what = \"Walk the way to lunch\", for_worry = \"w1\", owner = \"Form tutor\", by = 2026-09-04, success_criterion = \"Eats in the hall on 8 of 10 days\" }]\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "TP-01",
        severity: Error,
        title: "This child needs a transition plan",
        why: "One of the reviews asks to support vulnerable children all through the move from junior to secondary school. A child with a need, a plan or a risk is not to start like any other.",
        source: Source::Briefing(
            "Education",
            "One report highlights the need to support vulnerable children throughout their transition from Junior School to Secondary School",
        ),
        next: "Add `[transition_plan]` with actions, owners, dates and a review.",
        precisely: Some(
            "SEN support or an EHC plan, an open plan, open Early Help, a current risk, attendance below 90% in the latest year, looked after now or before (adopted children and those under guardianship included), or a young carer.",
        ),
        bad: "[sen]\nprovision = \"K\"\nneeds = [\"SLCN\"]\napdr_on = 2026-06-10\n",
        good: concat!("[sen]\nprovision = \"K\"\nneeds = [\"SLCN\"]\napdr_on = 2026-06-10\n", transition!("")),
        judge: Judge::Each(|c| Hit::when(c.record.transition_plan.is_none() && needs_plan(c), "transition_plan")),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-02",
        severity: Error,
        title: "The action does not say how anybody will know that it worked",
        why: "Without a measure an action is done when somebody feels so. Cumbria's review of Child R asks for well-defined success criteria.",
        source: Source::Local("Cumbria LSCB, Child R: “well-defined success criteria”"),
        next: "Add `success_criterion`: what will be seen, how often, by when.",
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\nreview_on = 2026-10-20\n[[transition_plan.actions]]\nwhat = \"Walk the way to lunch\"\nowner = \"Form tutor\"\nby = 2026-09-04\n",
        good: transition!(""),
        judge: Judge::Each(|c| each(c, "success_criterion", |action| blank(action.success_criterion.as_deref()))),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-03",
        severity: Error,
        title: "The transition plan has no timescale",
        why: "Who, by when, and when it is looked at again: without these a plan is a wish. Cumbria's review of Child R asks for a defined timescale for completion and review.",
        source: Source::Local("Cumbria LSCB, Child R: “a defined timescale for completion and review”"),
        next: "Add `owner` and `by` to each action and `review_on` to the plan.",
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\n[[transition_plan.actions]]\nwhat = \"Walk the way to lunch\"\nsuccess_criterion = \"Eats in the hall on 8 of 10 days\"\n",
        good: transition!(""),
        judge: Judge::Each(|c| {
            let Some(plan) = plan(c) else { return Vec::new() };
            let missing =
                |hits: Vec<Hit>, message: &str| hits.into_iter().map(|hit| hit.because(message)).collect::<Vec<_>>();
            let mut hits = missing(
                Hit::when(plan.review_on.is_none(), "transition_plan.review_on"),
                "It is not said when the transition plan is looked at again",
            );
            let owner = each(c, "owner", |action| blank(action.owner.as_deref()));
            hits.extend(missing(owner, "This action has no owner"));
            hits.extend(missing(each(c, "by", |action| action.by.is_none()), "This action has no date"));
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-04",
        severity: Warning,
        title: "The first review does not fall six to eight weeks into term",
        why: "Earlier, and the child has hardly arrived; later, and what went wrong has set. Six to eight weeks is what has proved itself.",
        source: Source::Local("Plymouth: “Review YPs' transition plans within 6-8 weeks of start of term”"),
        next: "Set `review_on` to a day six to eight weeks after the first day.",
        precisely: Some(
            "39 to 63 calendar days after `start_date`, so that a half term does not count; a policy may change the severity.",
        ),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\nreview_on = 2026-12-10\n",
        good: "[transition_plan]\nvoice_ref = [\"v1\"]\nreview_on = 2026-10-20\n",
        judge: Judge::Each(|c| {
            let start = c.record.receiving_school.as_ref().and_then(|school| school.start_date);
            let days =
                plan(c).and_then(|plan| plan.review_on).zip(start).map(|(review, start)| review.days_since(start));
            Hit::when(days.is_some_and(|days| !(39..=63).contains(&days)), "transition_plan.review_on")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-05",
        severity: Error,
        title: "No key adult at the receiving school is named",
        why: "On the first day a child needs one face to look for. A name on paper lets the child ask for somebody.",
        source: Source::Ours,
        next: "Ask the receiving school, and write it into `receiving_school.key_adult`. For most children it is the form tutor.",
        bad: "[receiving_school]\nkey_adult = \"\"\n",
        good: "[receiving_school]\nkey_adult = \"Mr I. Calloway, form tutor\"\n",
        judge: Judge::Each(|c| {
            let named = c.record.receiving_school.as_ref().is_some_and(|school| !blank(school.key_adult.as_deref()));
            Hit::when(!named, "receiving_school.key_adult")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-06",
        severity: Warning,
        title: "No conversation between the two schools is recorded",
        why: "Some things are only said when two people talk. A date and two names show that somebody did.",
        source: Source::Local("Plymouth; East Sussex: always also a conversation"),
        next: "Talk, and add `[transition_plan.handover_conversation]` with `on` and `participants`.",
        precisely: Some("Where there is a transition plan."),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\nreview_on = 2026-10-20\n",
        good: transition!(""),
        judge: Judge::Each(|c| {
            let talked = plan(c).and_then(|plan| plan.handover_conversation.as_ref());
            let complete = talked.is_some_and(|talk| talk.on.is_some() && !talk.participants.is_empty());
            Hit::when(plan(c).is_some() && !complete, "transition_plan.handover_conversation")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-07",
        severity: Error,
        title: "Something is to be told in person, and no conversation is recorded",
        why: "What is kept out of writing is lost unless it is spoken. The record shows that the talk took place, not what was said.",
        source: Source::Local("Essex: “simply state that a discussion is needed”"),
        next: "Talk, and add `[transition_plan.handover_conversation]` with `on`.",
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\ndiscuss_verbally = [\"Family\"]\n",
        good: transition!("discuss_verbally = [\"Family\"]\n"),
        judge: Judge::Each(|c| {
            let silent = plan(c).is_some_and(|plan| {
                let talked = plan.handover_conversation.as_ref().is_some_and(|talk| talk.on.is_some());
                !plan.discuss_verbally.is_empty() && !talked
            });
            Hit::when(silent, "transition_plan.discuss_verbally")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-08",
        severity: Warning,
        title: "Parents or carers are not shown as involved",
        why: "They know what mornings are like and who the friends are. Cumbria's review of Child R asks that children and parents take an active part.",
        source: Source::Local("Cumbria LSCB, Child R: children and parents actively involved"),
        next: "Say in `parent_involvement` how they took part, or why they did not.",
        precisely: Some("Where there is a transition plan."),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\n",
        good: transition!(""),
        judge: Judge::Each(|c| {
            let alone = plan(c).is_some_and(|plan| blank(plan.parent_involvement.as_deref()));
            Hit::when(alone, "transition_plan.parent_involvement")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-09",
        severity: Error,
        title: "The support for the first day is not set out",
        why: "For a child with a social worker or an EHC plan the first day decides much. National guidance wants support in place for when the child arrives.",
        source: Source::Guidance(
            "Keeping children safe in education: “to have support in place for when the child arrives”",
        ),
        next: "Say in `transition_plan.day_one_support` who does what on the first day.",
        precisely: Some("An open child protection, child in need, looked-after or EHC plan."),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n",
        good: concat!(transition!(""), "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n"),
        judge: Judge::Each(|c| {
            let weighty = open(c).any(|(_, plan)| {
                matches!(
                    plan.r#type,
                    Some(
                        PlanType::CpS47
                            | PlanType::CinS17
                            | PlanType::LookedAfterS20
                            | PlanType::LookedAfterS31
                            | PlanType::Ehcp
                    )
                )
            });
            let set_out = plan(c).is_some_and(|plan| !blank(plan.day_one_support.as_deref()));
            Hit::when(weighty && !set_out, "transition_plan.day_one_support")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-10",
        severity: Warning,
        title: "Neither what works nor what is hard for the child is recorded",
        why: "A teacher who knows one thing that works has a good first lesson. Years of finding out should not start again from nothing.",
        source: Source::Local("East Sussex: strengths and difficulties, strategies"),
        next: "Add `what_works` and `triggers`, one line each.",
        precisely: Some("Where there is a transition plan and both lists are empty."),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\n",
        good: transition!(""),
        judge: Judge::Each(|c| {
            let bare = plan(c).is_some_and(|plan| plan.what_works.is_empty() && plan.triggers.is_empty());
            Hit::when(bare, "transition_plan.what_works")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-11",
        severity: Info,
        title: "Consider enhanced transition",
        why: "A child who goes alone, has lost somebody or knows nobody there has more to carry than the school bag. One more visit may be enough.",
        source: Source::Local("Bradford: vulnerable groups at transition"),
        next: "Consider another visit or a buddy, and set `level`; if universal is enough, nothing has to be done.",
        precisely: Some(
            "The level is universal or not given, and: the only pupil to go to that school, a bereavement in the last twelve months, or a plan that names no friend in `friendships` or `keep_with` and does not say that others go too (`only_pupil = false`).",
        ),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\nlevel = \"universal\"\nonly_pupil = true\nfriendships = \"Many, all go elsewhere\"\n",
        good: "[transition_plan]\nvoice_ref = [\"v1\"]\nlevel = \"enhanced\"\nonly_pupil = true\n",
        judge: Judge::Each(|c| {
            let Some(plan) = plan(c) else { return Vec::new() };
            let universal = matches!(plan.level, None | Some(TransitionLevel::Universal));
            let line = c.today.plus_months(-12);
            let bereaved = c.record.chronology.iter().any(|entry| {
                entry.change_kind == Some(ChangeKind::Bereavement) && entry.date.is_some_and(|date| date >= line)
            });
            let friendless =
                plan.only_pupil.is_none() && blank(plan.friendships.as_deref()) && plan.keep_with.is_empty();
            let why = [
                (plan.only_pupil == Some(true), "the child goes there as the only pupil of this school"),
                (bereaved, "there was a bereavement within a year"),
                (friendless, "the plan names no friend or brother or sister there (`keep_with`, `friendships`)"),
            ];
            let why = why.into_iter().filter(|(holds, _)| universal && *holds).take(1);
            why.map(|(_, why)| Hit::at("transition_plan.level").because(format!("Consider enhanced transition: {why}")))
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-12",
        severity: Warning,
        title: "Nobody could tell whether this was reached",
        why: "“More confident” looks different to everyone who reads it. What will be seen, how often and until when can be checked in October.",
        source: Source::Ours,
        next: "Say what will be seen, with a number or a date: “goes to lunch without an adult on 8 of 10 days by 25 September”.",
        precisely: Some(
            "The criterion has no number, no word of number or time, and a word that everyone reads in another way: better, improved, confident, happy, happier, settled, comfortable, progress, well, positive, good.",
        ),
        bad: "[transition_plan]\nvoice_ref = [\"v1\"]\nreview_on = 2026-10-20\n[[transition_plan.actions]]\nwhat = \"Buddy\"\nowner = \"Form tutor\"\nby = 2026-09-04\nsuccess_criterion = \"Feels more confident\"\n",
        good: transition!(""),
        judge: Judge::Each(|c| {
            each(c, "success_criterion", |action| action.success_criterion.as_deref().is_some_and(is_vague))
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "TP-13",
        severity: Info,
        title: "The one-page profile will probably take more than one page",
        why: "What to do if a child is unwell, and in the first week, is never shortened. Where it is long, the profile goes on to a second page, which is easily left in a tray.",
        source: Source::Ours,
        next: "Say in `action` and `first_week` what everybody has to do, in short; the rest belongs into the health plan or `day_one_support`.",
        precisely: Some(
            "The actions of all health conditions and the first week together have more than 2,200 letters, or more than twelve conditions have an action.",
        ),
        bad: "[health]\nconditions = [{ action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }]\n",
        good: "[health]\nconditions = [{ action = \"Call the nurse\" }]\n",
        judge: Judge::Each(|c| {
            let conditions = c.record.health.iter().flat_map(|health| &health.conditions);
            let actions: Vec<&str> = conditions.filter_map(|condition| condition.action.as_deref()).collect();
            let first_week = c.record.transition_plan.as_ref().and_then(|plan| plan.first_week.as_deref());
            let letters: usize = actions.iter().copied().chain(first_week).map(|text| text.chars().count()).sum();
            let path = if c.record.health.is_some() { "health.conditions" } else { "transition_plan.first_week" };
            Hit::when(letters > LONGEST_ON_ONE_PAGE || actions.len() > MOST_ON_ONE_PAGE, path)
        }),
        ..Rule::USUAL
    },
];

/// So many letters of what may never be shortened still keep to a page, with a few words of the child.
const LONGEST_ON_ONE_PAGE: usize = 2200;

const MOST_ON_ONE_PAGE: usize = 12;

const VAGUE: [&str; 13] = [
    "better",
    "improved",
    "improve",
    "confident",
    "confidence",
    "happy",
    "happier",
    "settled",
    "comfortable",
    "progress",
    "well",
    "positive",
    "good",
];

const MEASURES: [&str; 32] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "once",
    "twice",
    "each",
    "every",
    "all",
    "no",
    "none",
    "never",
    "always",
    "daily",
    "weekly",
    "half term",
    "christmas",
    "september",
    "october",
    "november",
    "december",
    "day",
    "days",
    "week",
    "weeks",
    "without",
];

fn is_vague(criterion: &str) -> bool {
    let measured = fold(criterion).chars().any(|c| c.is_ascii_digit()) || says_any(criterion, &MEASURES);
    !measured && says_any(criterion, &VAGUE)
}

fn plan<'a>(c: &'a Context<'_>) -> Option<&'a TransitionPlan> {
    c.record.transition_plan.as_ref()
}

/// A hit at a field of each action of which something is true.
fn each(c: &Context<'_>, field: &str, wrong: impl Fn(&Action) -> bool) -> Vec<Hit> {
    let actions = c.record.transition_plan.iter().flat_map(|plan| plan.actions.iter().enumerate());
    let hits = actions.filter(|(_, action)| wrong(action));
    hits.map(|(i, _)| Hit::at(format!("transition_plan.actions[{i}].{field}"))).collect()
}

/// Whether the family was asked, and says that the child was never looked after.
fn is_said_not_in_care(c: &Context<'_>) -> bool {
    c.record.care.as_ref().is_some_and(|care| care.earlier_in_care == Some(YesNoUnknown::No))
}

/// Whether a child is one of those whom the move needs to be planned for.
fn needs_plan(c: &Context<'_>) -> bool {
    let record = c.record;
    let sen = record.sen.as_ref().is_some_and(|sen| matches!(sen.provision, Some(SenProvision::K | SenProvision::E)));
    let help = record.early_help.as_ref();
    let helped = help.and_then(|help| help.status).is_some_and(EarlyHelpStatus::is_open);
    let at_risk = record.risks.iter().any(Risk::is_current);
    let low = last_two_years(c).last().is_some_and(|year| year.is_below(90));
    let was_looked_after = record.plans.iter().any(is_looked_after)
        || was_in_care(c)
        || (seems_earlier_in_care(c) && !is_said_not_in_care(c));
    let counted = record.characteristics.as_ref().and_then(|characteristics| characteristics.young_carer);
    let carer = matches!(counted, Some(YoungCarer::P | YoungCarer::S))
        || record.risks.iter().any(|risk| risk.kind == Some(RiskKind::YoungCarer))
        || help
            .is_some_and(|help| help.indicators.iter().any(|line| says_any(&line.replace('_', " "), &["young carer"])));
    sen || open(c).next().is_some() || helped || at_risk || low || was_looked_after || carer
}
