//! What in a record speaks against a reassurance: every fact by its name, so that it can be weighed.

use super::attendance::{is_accounted, last_two_years};
use super::events;
use super::events::kinds;
use super::fact::{Fact, Matter, fact, named};
use super::missed::{is_discharged, is_not_brought};
use super::notes::told;
use super::one_account::told_by_family;
use super::plans::is_about_safety;
use super::reasons::is_same;
use crate::check::context::Context;
use crate::check::words::{fold, says_any};
use crate::record::{
    AssessmentKind, ChangeKind, Circumstance, ClosedReason, EarlyHelpStatus, Entry, EventKind, Missed, OrderKind,
    OutcomeState, Person, Plan, PlanType, SchoolStay, ServiceEnd, YoungCarer, blank,
};

/// Events that a child may have come to harm by, or that show that somebody feared so.
pub(in crate::check) const CONCERNING: [EventKind; 23] = [
    EventKind::Injury,
    EventKind::Disclosure,
    EventKind::Retraction,
    EventKind::ReferralMade,
    EventKind::ReferralClosed,
    EventKind::PoliceNotice,
    EventKind::DomesticAbuse,
    EventKind::NeglectSign,
    EventKind::SubstanceMisuse,
    EventKind::ExploitationSign,
    EventKind::Missing,
    EventKind::HonourBasedAbuse,
    EventKind::SelfHarm,
    EventKind::Restriction,
    EventKind::HarmfulBehaviour,
    EventKind::FearOrDistress,
    EventKind::ConcernOfRelative,
    EventKind::ConcernOfOthers,
    EventKind::ContactStopped,
    EventKind::NotSeen,
    EventKind::AgreementBroken,
    EventKind::ServiceClosed,
    EventKind::HomeEducation,
];

/// Every fact of a record that speaks against a reassurance.
pub(in crate::check) fn facts(c: &Context<'_>) -> Vec<Fact> {
    let mut found = Vec::new();
    found.extend(plans(c));
    found.extend(early_help(c));
    found.extend(chronology(c));
    found.extend(school(c));
    found.extend(family(c));
    found.extend(around(c));
    let noted = told(c).into_iter();
    found.extend(noted.map(|(key, path, matter)| Fact { of_a_note: true, ..fact(&key, path, matter) }));
    found
}

fn plans(c: &Context<'_>) -> Vec<Fact> {
    let all = || c.record.plans.iter().enumerate().filter(|(_, plan)| is_about_safety(plan));
    let single = all().count() == 1;
    let long_ago = c.today.plus_months(-36);
    // A single child in need plan of years ago, of which it is said what followed, has been told well enough.
    let is_told = |plan: &Plan| {
        let ended = plan.ended_on.is_some_and(|ended| ended < long_ago);
        single && ended && plan.r#type == Some(PlanType::CinS17) && !blank(plan.step_down.as_deref())
    };
    all()
        .filter(|(_, plan)| !is_told(plan))
        .map(|(i, plan)| {
            let matter = if plan.is_open(c.today) {
                ("an open plan", "What is it about, and what does its manager say of the risk today?")
            } else {
                (
                    "a plan that ended",
                    "What changed for the child, who looked again to see that it lasted, and what has come up since?",
                )
            };
            named(plan.id.as_ref(), format!("plans[{i}]"), matter, plan.ended_on.or(plan.start))
        })
        .collect()
}

fn early_help(c: &Context<'_>) -> Vec<Fact> {
    let Some(help) = &c.record.early_help else { return Vec::new() };
    let mut found = Vec::new();
    let indicators = help.indicators.iter().filter(|line| !is_about_learning(line)).count();
    if indicators > 0 {
        found.push(fact(
            "indicators",
            "early_help.indicators",
            ("an early help indicator", "Who looked into it, and what does the child say?"),
        ));
    }
    let left = matches!(help.closed_reason, Some(ClosedReason::Disengaged | ClosedReason::NoConsent));
    if help.status == Some(EarlyHelpStatus::Closed) && left {
        let closed = fact(
            "early_help",
            "early_help.closed_reason",
            (
                "Early Help that ended without its aim",
                "Why was that the end of it and not the point to go on to children's services? What need is left?",
            ),
        );
        found.push(Fact { on: help.closed_on, about_engagement: true, ..closed });
    }
    if matches!(help.status, Some(EarlyHelpStatus::SteppedDown | EarlyHelpStatus::SteppedUp)) {
        found.push(fact(
            "early_help",
            "early_help.status",
            ("Early Help after or before a statutory plan", "What is different now from when the plan began?"),
        ));
    }
    found
}

/// Indicators that tell of a need in learning or health alone.
fn is_about_learning(line: &str) -> bool {
    const LEARNING: [&str; 10] = [
        "sen",
        "send",
        "special educational",
        "speech",
        "disability",
        "disabled",
        "health condition",
        "medical",
        "autism",
        "learning",
    ];
    says_any(&line.replace('_', " "), &LEARNING)
}

const EXCLUSION: &str = "What lay behind it, and is anybody making use of the child?";

/// What an event is, where somebody has to think about it before all can be called well.
pub(in crate::check) fn speaks(entry: &Entry) -> Option<Matter> {
    if entry.positive == Some(true) || entry.family_history == Some(true) {
        return None;
    }
    match entry.change_kind {
        Some(ChangeKind::ChangeOfCarer) => {
            return Some((
                "a change of carer",
                "Who decided it, on what legal footing, who was told, and who has asked the child?",
            ));
        }
        Some(ChangeKind::Custody) => {
            return Some((
                "somebody in custody",
                "Who is it, when do they come home, and what does that mean for the child?",
            ));
        }
        Some(ChangeKind::Exclusion) => return Some(("a suspension or exclusion", EXCLUSION)),
        _ => {}
    }
    let of_entry = kinds(entry);
    // That one account agrees with itself explains nothing.
    let agreed = entry.accounts_agree == Some(true) && entry.accounts.len() != 1;
    let explained = entry.witnessed == Some(true) || agreed;
    let harmless = |kind: EventKind| kind == EventKind::Injury && explained;
    let of_kind = |kind: EventKind| (events::name(kind), events::question(kind));
    if let Some(kind) = of_entry.iter().find(|kind| CONCERNING.contains(kind) && !harmless(**kind)) {
        return Some(of_kind(*kind));
    }
    if of_entry.contains(&EventKind::CarersHealth) && events::is_a_crisis(entry) {
        return Some(("a crisis in a carer's health", events::question(EventKind::CarersHealth)));
    }
    (!events::signs(entry).is_empty()).then(|| of_kind(EventKind::NeglectSign))
}

fn chronology(c: &Context<'_>) -> Vec<Fact> {
    let told = || c.record.chronology.iter().enumerate().filter_map(|(i, entry)| Some((i, entry, speaks(entry)?)));
    // A single sign that only words suggest is a Monday morning.
    let by_words = |entry: &Entry| {
        let signs_alone = !kinds(entry).iter().any(|kind| CONCERNING.contains(kind));
        entry.kinds.is_empty() && entry.signs.is_empty() && signs_alone && entry.change_kind.is_none()
    };
    let one_alone = told().filter(|(_, entry, _)| by_words(entry)).count() == 1 && told().count() == 1;
    told()
        .filter(|(_, entry, _)| !(one_alone && by_words(entry)))
        .map(|(i, entry, matter)| {
            let away =
                [EventKind::ContactStopped, EventKind::NotSeen, EventKind::AgreementBroken, EventKind::ServiceClosed];
            let about_engagement = events::is_any(entry, &away);
            let dealt_with = [EventKind::ReferralMade, EventKind::ReferralClosed];
            // What a later entry followed up to its end belongs to the plan that did.
            let followed = |later: &Entry| {
                is_same(later.follows.as_deref(), entry.id.as_deref())
                    && later.outcome_state == Some(OutcomeState::Done)
            };
            let of_a_plan =
                kinds(entry).iter().all(|kind| dealt_with.contains(kind)) || c.record.chronology.iter().any(followed);
            let fact = named(entry.id.as_ref(), format!("chronology[{i}]"), matter, entry.date);
            Fact { of_a_plan, about_engagement, ..fact }
        })
        .collect()
}

fn school(c: &Context<'_>) -> Vec<Fact> {
    let mut found = Vec::new();
    let threshold = c.policy.early_help_threshold;
    let low = last_two_years(c).into_iter().rfind(|year| year.is_below(threshold) && !is_accounted(c, year));
    if let Some(year) = low {
        let low = fact(
            "attendance",
            "attendance.periods",
            (
                "attendance below the line for Early Help",
                "What do the days away have in common, who outside the family has confirmed the reason, and was Early Help decided?",
            ),
        );
        // Figures are of their last day; whoever weighs them in the last weeks of term has seen them.
        found.push(Fact { on: year.to.map(|to| to.plus_months(-2)), ..low });
    }
    let Some(attendance) = &c.record.attendance else { return found };
    if !attendance.suspensions.is_empty() || attendance.periods.iter().any(|period| period.code("E") > 0) {
        let last = attendance.suspensions.iter().filter_map(|suspension| suspension.date).max();
        found.push(Fact {
            on: last,
            ..fact("suspensions", "attendance.suspensions", ("a suspension or exclusion", EXCLUSION))
        });
    }
    found
}

fn family(c: &Context<'_>) -> Vec<Fact> {
    let mut found = Vec::new();
    let missed =
        || c.record.engagement.iter().flat_map(|engagement| &engagement.missed).filter(|one| is_not_brought(one));
    let discharged = missed().any(is_discharged);
    let recent = |one: &&Missed| one.date.is_none_or(|date| date >= c.today.plus_months(-24));
    if discharged || missed().filter(recent).count() > 1 {
        let last = missed().filter_map(|missed| missed.date).max();
        let fact = fact(
            "missed_appointments",
            "engagement.missed",
            (
                "appointments to which the child was not brought",
                "What was in the way each time, who added them up, and what has the child gone without?",
            ),
        );
        found.push(Fact { on: last, about_engagement: true, ..fact });
    }
    for (i, person) in c.record.household.iter().flat_map(|household| household.people.iter().enumerate()) {
        let path = |field: &str| format!("household.people[{i}].{field}");
        if person.is_sibling() && person.plan_status.as_deref().is_some_and(is_a_plan) {
            found.push(named(
                person.id.as_ref(),
                path("plan_status"),
                (
                    "the plan of a brother or sister",
                    "Why is it not so for this child, and who has asked the other school?",
                ),
                None,
            ));
        } else if is_a_danger(person) {
            found.push(named(
                person.id.as_ref(),
                path("circumstances"),
                (
                    "what is known of an adult",
                    "What does it mean for the child, which service works with that person, and who has asked it?",
                ),
                None,
            ));
        }
    }
    found
}

/// Whether the words on a brother's or sister's plans name one that is about safety.
pub(in crate::check) fn is_a_plan(status: &str) -> bool {
    const NOTHING: [&str; 12] = [
        "none",
        "no",
        "n a",
        "na",
        "nil",
        "not known",
        "unknown",
        "no plan",
        "no plans",
        "none known",
        "no plan known",
        "never",
    ];
    const LEARNING: [&str; 8] =
        ["ehcp", "ehc plan", "ehc", "sen support", "education health and care plan", "healthcare plan", "send", "sen"];
    let folded = fold(status);
    let nothing = folded.is_empty()
        || NOTHING.contains(&folded.as_str())
        || ["no plan", "none ", "nothing ", "don t think", "not that", "not as far"]
            .iter()
            .any(|start| folded.starts_with(start));
    let learning = LEARNING.iter().any(|plan| folded == *plan || folded.starts_with(&format!("{plan} ")));
    !nothing && !learning
}

/// Whether something known of a person is a danger to a child nearby.
fn is_a_danger(person: &Person) -> bool {
    const DANGERS: [Circumstance; 6] = [
        Circumstance::UsedViolence,
        Circumstance::HarmedAChild,
        Circumstance::SubstanceMisuse,
        Circumstance::Custody,
        Circumstance::SufferedDomesticAbuse,
        Circumstance::SexuallyExploited,
    ];
    person.circumstances.iter().any(|circumstance| DANGERS.contains(circumstance))
}

/// Facts of the wider record: moves, services, assessments, orders.
fn around(c: &Context<'_>) -> Vec<Fact> {
    let record = c.record;
    let mut found = moves(c);
    let enquiries = record.assessments.iter().enumerate().filter(|(_, assessment)| {
        matches!(assessment.kind, Some(AssessmentKind::Section17 | AssessmentKind::Section47))
    });
    found.extend(enquiries.map(|(i, assessment)| {
        let on = assessment.completed_on.or(assessment.started_on);
        let matter =
            ("an assessment by children's services", "What did it conclude, and what did it change for the child?");
        Fact { of_a_plan: true, ..named(assessment.id.as_ref(), format!("assessments[{i}]"), matter, on) }
    }));
    let closed = record.services.iter().enumerate().filter(|(_, s)| s.ended_because == Some(ServiceEnd::NoAnswer));
    found.extend(closed.map(|(i, service)| {
        let path = format!("services[{i}].ended_because");
        let fact = named(
            service.id.as_ref(),
            path,
            ("a service that closed because nobody answered", events::question(EventKind::ServiceClosed)),
            service.to,
        );
        Fact { about_engagement: true, ..fact }
    }));
    let carer = record.characteristics.as_ref().and_then(|characteristics| characteristics.young_carer);
    if matches!(carer, Some(YoungCarer::P | YoungCarer::S)) {
        found.push(fact(
            "young_carer",
            "characteristics.young_carer",
            ("caring for somebody", events::question(EventKind::CaresForOthers)),
        ));
    }
    let protects =
        |kind: Option<OrderKind>| matches!(kind, Some(OrderKind::NonMolestation | OrderKind::BailOrRestraint));
    if record.care.iter().flat_map(|care| &care.orders).any(|order| protects(order.kind)) {
        found.push(fact(
            "orders",
            "care.orders",
            ("an order that protects somebody", "From whom, is it kept, and who at school knows?"),
        ));
    }
    if told_by_family(c).len() > 1 {
        found.push(fact(
            "health",
            "health",
            (
                "illness that only the family has described",
                "Who in health has examined the child, what has school seen with its own eyes, and what does the child say?",
            ),
        ));
    }
    if record.household.as_ref().is_some_and(|household| household.refuge_or_emergency == Some(true)) {
        found.push(fact(
            "refuge",
            "household.refuge_or_emergency",
            ("a refuge or emergency accommodation", "From whom did they go, and who must not know where?"),
        ));
    }
    found
}

/// Facts about moves: records that have not come, home education, secure settings.
fn moves(c: &Context<'_>) -> Vec<Fact> {
    let mut found = Vec::new();
    let Some(moves) = &c.record.moves else { return found };
    let long_ago = c.today.plus_months(-36);
    // Long ago and asked again; or asked again, and it is said why it does not come.
    let given_up = |stay: &SchoolStay| {
        let old = stay.to.is_some_and(|to| to < long_ago);
        !blank(stay.follow_up.as_deref()) && (old || !blank(stay.unknown_why.as_deref()))
    };
    if let Some(i) = moves.schools.iter().position(|stay| stay.lacks_records() && !given_up(stay)) {
        let path = format!("moves.schools[{i}].records_received");
        found.push(fact(
            "moves",
            path,
            ("an earlier school whose records have not come", "What may stand in them, and who has rung that school?"),
        ));
    }
    if !moves.home_education.is_empty() {
        let last = moves.home_education.iter().filter_map(|time| time.to.or(time.from)).max();
        found.push(Fact {
            on: last.filter(|day| *day <= c.today),
            ..fact(
                "home_education",
                "moves.home_education",
                ("home education", events::question(EventKind::HomeEducation)),
            )
        });
    }
    if !moves.secure_stays.is_empty() {
        found.push(fact(
            "secure_stays",
            "moves.secure_stays",
            ("time in a secure setting", "Who is it, when do they come home, and what does that mean for the child?"),
        ));
    }
    found
}
