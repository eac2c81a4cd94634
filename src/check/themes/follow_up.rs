//! Whether anything followed: after a disclosure, a closed case, a broken agreement, a service that gave up.

use crate::check::context::Context;
use crate::check::example_parts::{event, later};
use crate::check::facts::collect::CONCERNING;
use crate::check::facts::events::{is_any, kinds, signs};
use crate::check::facts::plans::{is_about_safety, is_of_services};
use crate::check::facts::weighed::{is_weighed, is_weighed_entry, unweighed_entries, unweighed_of_the_child};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{Words, says_any};
use crate::problem::Severity::Warning;
use crate::record::{ChangeKind, ClosedReason, Day, Entry, EventKind, Risk, Service, ServiceEnd, blank};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "CH-14",
        severity: Warning,
        title: "The child told something that may be harm, and no referral is recorded",
        why: "A disclosure that was logged and explained away is in almost every review. If it was not referred, somebody decided that, and the record says why.",
        source: Source::Guidance(
            "Keeping children safe in education: what staff should do if a child makes a disclosure",
        ),
        next: "Add the referral to the chronology (`kinds = [\"referral_made\"]`); or weigh the entry, with the reason why none was made.",
        precisely: Some(
            "An entry with `basis = \"disclosed\"` or of kind `disclosure`, not positive, after which no referral, assessment or plan began within three months. Bullying and everyday events are left out.",
        ),
        bad: event!("kinds = [\"disclosure\"]\n"),
        good: concat!(
            event!("kinds = [\"disclosure\"]\n"),
            "[[assessments]]\nid = \"a1\"\nkind = \"section_47\"\nstarted_on = 2025-11-16\n"
        ),
        judge: Judge::Each(undisclosed),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-15",
        severity: Warning,
        title: "Something new came up after a referral was closed, and nobody referred it again",
        why: "A closed referral answers the question of that day. What comes after is new, and is often the thing that the first referral lacked.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Refer again and record it; or weigh the later entry.",
        precisely: Some("An event as in RK-19 after the last closing, with no later referral, assessment or plan."),
        bad: concat!(event!("kinds = [\"referral_closed\"]\n"), later!("kinds = [\"neglect_sign\"]\n")),
        good: concat!(event!("kinds = [\"referral_closed\"]\n"), later!("kinds = [\"referral_made\"]\n")),
        judge: Judge::Each(after_closing),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-19",
        severity: Warning,
        title: "Earlier plans stand beside today's risks, and no risk speaks of earlier concerns",
        why: "A plan that ended tells what somebody feared, and what helped or did not. Reviews found it forgotten as soon as it was closed.",
        source: Source::Briefing(
            "Assessments",
            "family history, chronology and genealogy were not considered as part of the assessments",
        ),
        next: "Say in `previous_concerns` of a risk what the earlier plan was about; or weigh the plan.",
        precisely: Some("An ended plan of children's services, and every current risk without `previous_concerns`."),
        bad: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\ncategory = \"neglect\"\nstart = 2022-01-10\nended_on = 2023-01-10\n",
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        good: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\ncategory = \"neglect\"\nstart = 2022-01-10\nended_on = 2023-01-10\n",
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\nprevious_concerns = \"Plan for neglect in 2022\"\n"
        ),
        judge: Judge::Each(|c| {
            let current = || c.record.risks.iter().filter(|risk| risk.is_current());
            let silent = current().next().is_some() && current().all(|risk| blank(risk.previous_concerns.as_deref()));
            let ended = c.record.plans.iter().enumerate().filter(|(_, plan)| {
                let weighed = is_weighed(c, plan.id.as_deref(), plan.ended_on);
                is_about_safety(plan) && !plan.is_open(c.today) && !weighed
            });
            ended.filter(|_| silent).map(|(i, _)| Hit::at(format!("plans[{i}].ended_on"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-20",
        severity: Warning,
        title: "Help was closed again and again, and the record does not say what that means",
        why: "Cases that open and close look like progress each time. Seen together they show that nothing lasted.",
        source: Source::Briefing("Assessments", "did not always contribute to effective decision-making and action"),
        next: "Add a risk that says what the coming and going means for the child; or weigh the latest closing.",
        precisely: Some(
            "Three or more among: ended plans of children's services, Early Help and Family Help, referrals or cases closed, services closed because nobody answered, Early Help closed. A current risk whose `previous_concerns` say more than that they ended answers it.",
        ),
        bad: concat!(
            event!("kinds = [\"referral_closed\"]\n"),
            later!("kinds = [\"referral_closed\"]\n"),
            "[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-05-01\nended_because = \"no_answer\"\n"
        ),
        good: concat!(event!("kinds = [\"referral_closed\"]\n"), later!("kinds = [\"referral_made\"]\n")),
        judge: Judge::Each(closed_again),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-08",
        severity: Warning,
        title: "A written agreement was broken, and nothing followed",
        why: "A written agreement that is broken without consequence protects nobody. What happened next is the question every review asked.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "All staff working with families need to be familiar with the Working with Uncooperative Families - Disguised Compliance Policy.",
        ),
        next: "Record what followed: a referral, an assessment, a change of plan; or weigh the entry.",
        precisely: Some("An entry of kind `agreement_broken` with no later referral, assessment or change of plan."),
        bad: event!("kinds = [\"agreement_broken\"]\n"),
        good: concat!(event!("kinds = [\"agreement_broken\"]\n"), later!("kinds = [\"referral_made\"]\n")),
        judge: Judge::Each(|c| {
            unweighed_entries(c, &[EventKind::AgreementBroken])
                .filter(|(_, entry)| !is_followed(c, entry, None))
                .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-09",
        severity: Warning,
        title: "A service closed because nobody answered, and nobody says what happens instead",
        why: "A child does not open the letter or the door. When a service closes for no answer, the need is still there.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "lack of take-up of supportive services (Early Help)",
        ),
        next: "Say in `engagement.next_step` who tries again and how; or weigh it.",
        precisely: Some("A next step of a few words such as “keep in touch” or “monitor” says nothing."),
        bad: "[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-05-01\nended_because = \"no_answer\"\n",
        good: "[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-05-01\nended_because = \"no_answer\"\n[engagement]\nlevel = \"avoidant\"\nimpact_on_child = \"Nobody sees her in the holidays\"\nnext_step = \"Key adult and family worker visit together\"\nparent_view = \"Too busy\"\n",
        judge: Judge::Each(|c| {
            const SAYS_NOTHING: [&str; 6] =
                ["keep in touch", "monitor", "keep an eye", "as before", "as needed", "keep going"];
            let step = c.record.engagement.as_ref().and_then(|engagement| engagement.next_step.as_deref());
            let empty = |step: &str| step.chars().count() < 60 && says_any(step, &SAYS_NOTHING);
            if step.is_some_and(|step| !blank(Some(step)) && !empty(step)) {
                return Vec::new();
            }
            let closed = closed_unanswered(c);
            let mut hits: Vec<_> = closed.map(|(i, _)| Hit::at(format!("services[{i}].ended_because"))).collect();
            hits.extend(unweighed_of_the_child(c, &[EventKind::ServiceClosed]));
            hits
        }),
        ..Rule::USUAL
    },
];

/// Whether something followed an entry: a referral, an assessment, a plan; within some months, where given.
fn is_followed(c: &Context<'_>, entry: &Entry, months: Option<i32>) -> bool {
    let Some(date) = entry.date else { return true };
    let after = |day: Option<Day>| {
        day.is_some_and(|day| day >= date && months.is_none_or(|months| day <= date.plus_months(months)))
    };
    let record = c.record;
    let referred = |other: &Entry| {
        let itself = std::ptr::eq(other, entry);
        let referral = is_any(other, &[EventKind::ReferralMade]) && after(other.date);
        let plan = other.change_kind == Some(ChangeKind::PlanChanged) && after(other.date);
        if itself { referral } else { referral || plan }
    };
    record.chronology.iter().any(referred)
        || record.assessments.iter().any(|a| after(a.started_on) || after(a.completed_on))
        || record.plans.iter().any(|plan| is_about_safety(plan) && after(plan.start))
        || tells_somebody(entry)
}

/// Whether the action or the outcome of an entry says that another service was told.
fn tells_somebody(entry: &Entry) -> bool {
    const TOLD: [&[&str]; 15] = [
        &["referred"],
        &["to", "refer"],
        &["referral"],
        &["mash"],
        &["children", "s", "services"],
        &["childrens", "services"],
        &["social", "care"],
        &["social", "worker"],
        &["police"],
        &["strategy"],
        &["safeguarding", "hub"],
        &["front", "door"],
        &["multi", "agency"],
        &["local", "authority"],
        &["nspcc"],
    ];
    let texts = [&entry.action, &entry.outcome].into_iter().flatten();
    texts.map(|text| Words::of(text)).any(|words| TOLD.iter().any(|phrase| words.say(phrase)))
}

fn undisclosed(c: &Context<'_>) -> Vec<Hit> {
    let told = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        let of_entry = kinds(entry);
        let harmless = of_entry.contains(&EventKind::Bullying) || of_entry.contains(&EventKind::Everyday);
        of_entry.contains(&EventKind::Disclosure) && !harmless && entry.positive != Some(true)
    });
    told.filter(|(_, entry)| !is_followed(c, entry, Some(3)) && !is_weighed_entry(c, entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

fn after_closing(c: &Context<'_>) -> Vec<Hit> {
    let closed = c.record.chronology.iter().filter(|entry| is_any(entry, &[EventKind::ReferralClosed]));
    let Some(closed) = closed.filter_map(|entry| entry.date).min() else { return Vec::new() };
    let concerning = |entry: &Entry| {
        let of_entry = kinds(entry);
        let closing = [EventKind::ReferralClosed, EventKind::ReferralMade];
        let grave = of_entry.iter().any(|kind| CONCERNING.contains(kind) && !closing.contains(kind));
        let seen = of_entry == [EventKind::Injury] && entry.witnessed == Some(true);
        (grave || !signs(entry).is_empty()) && !seen && !of_entry.iter().any(|kind| closing.contains(kind))
    };
    let later = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        let after = entry.date.is_some_and(|date| date > closed);
        after && entry.positive != Some(true) && concerning(entry)
    });
    later
        .filter(|(_, entry)| !is_followed(c, entry, None) && !is_weighed_entry(c, entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

/// Services that closed because nobody answered, and that were not weighed, with their numbers.
fn closed_unanswered<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Service)> {
    let unanswered = |service: &Service| service.ended_because == Some(ServiceEnd::NoAnswer);
    let closed = c.record.services.iter().enumerate().filter(move |(_, service)| unanswered(service));
    closed.filter(|(_, service)| !is_weighed(c, service.id.as_deref(), service.to))
}

fn closed_again(c: &Context<'_>) -> Vec<Hit> {
    let record = c.record;
    // That earlier plans ended is what the question is about, and no answer to it.
    const MAKES_LITTLE: [&str; 6] = ["closed", "needs met", "ended", "resolved", "in the past", "none"];
    let tells = |text: &str| !blank(Some(text)) && !says_any(text, &MAKES_LITTLE);
    let told = |risk: &Risk| risk.is_current() && risk.previous_concerns.as_deref().is_some_and(tells);
    if record.risks.iter().any(told) {
        return Vec::new();
    }
    let mut closings: Vec<(Option<Day>, String)> = Vec::new();
    let plans = record.plans.iter().enumerate().filter(|(_, plan)| is_of_services(plan) && !plan.is_open(c.today));
    closings.extend(
        plans
            .filter(|(_, plan)| !is_weighed(c, plan.id.as_deref(), plan.ended_on))
            .map(|(i, plan)| (plan.ended_on, format!("plans[{i}].ended_on"))),
    );
    let entries = unweighed_entries(c, &[EventKind::ReferralClosed, EventKind::ServiceClosed]);
    closings.extend(entries.map(|(i, entry)| (entry.date, format!("chronology[{i}]"))));
    let services = closed_unanswered(c);
    closings.extend(services.map(|(i, service)| (service.to, format!("services[{i}].ended_because"))));
    let help = record
        .early_help
        .as_ref()
        .filter(|help| help.closed_reason.is_some_and(|reason| reason != ClosedReason::NeedsMet));
    closings.extend(help.map(|help| (help.closed_on, "early_help.closed_reason".to_owned())));
    closings.sort();
    if closings.len() < 3 {
        return Vec::new();
    }
    let number = closings.len();
    let message = format!(
        "One of {number} times that help was closed. Who has read them as one story, what brought it back each time, and what would be different now?"
    );
    closings.into_iter().map(|(_, path)| Hit::at(path).because(message.clone())).collect()
}
