//! What stands in a note and in no event: a sentence about a person, the home, the absence or the medicine that tells of
//! more than its place.

use super::event_words::{NONE, Phrase, phrases};
use super::events::{is_any, kinds_in, name, question};
use super::facts::{Matter, is_weighed};
use super::over_time::events_of;
use super::questions;
use super::rule::{Context, Hit, Judge, Rule, Source};
use super::words::{Words, each_text};
use crate::problem::Severity::Warning;
use crate::record::{EventKind, Risk};

pub(super) const RULES: &[Rule] = &[Rule {
    code: "RK-33",
    severity: Warning,
    title: "A note tells of something that stands in no event and in no risk",
    why: "What matters most is often written where nobody looks for it: under a person, a medicine, an absence. The reviews found such sentences years later.",
    source: Source::Briefing(
        "Managing Risk",
        "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
    ),
    next: "Put it into the chronology with its date, and record a risk; or weigh it with the person's `id` or the section's name as `fact`.",
    precisely: Some(
        "Notes and descriptions of household, attendance, health, engagement, moves, plans that are not about safety, what staff saw, and why the child was not heard: their words are looked at as those of events are. Not where an event of that kind is in the chronology, or a current risk is of that kind; where no risks are known, RK-19 names it. In notes on people, beside a fact as in RK-19 that was not weighed, also the words for what is grave as in CH-17. Where facts stand open as in RK-34, these words count in every note, and also in care and its orders, services, assessments, what protects, what is withheld, the transition plan, worries, and what was seen while the child spoke.",
    ),
    bad: "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n[household]\nas_at = 2026-06-01\nnote = \"His cousin carries a burner phone for the older lads.\"\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n",
    good: "[household]\nas_at = 2026-06-01\nnote = \"His cousin carries the shopping for the older neighbours.\"\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n",
    judge: Judge::Each(|c| c.notes().to_vec()),
}];

/// Kinds of events that a note may give away.
const GRAVE: [EventKind; 12] = [
    EventKind::Injury,
    EventKind::Disclosure,
    EventKind::DomesticAbuse,
    EventKind::SubstanceMisuse,
    EventKind::ExploitationSign,
    EventKind::Missing,
    EventKind::HonourBasedAbuse,
    EventKind::SelfHarm,
    EventKind::Restriction,
    EventKind::HarmfulBehaviour,
    EventKind::ContactStopped,
    EventKind::NotSeen,
];

/// Somebody who is known to have harmed children.
const KNOWN_DANGER: Phrase = Phrase {
    says: phrases![
        "sex" "offender", "sex" "offenders", "offenders" "register", "schedule" "one", "not" "allowed" "near" "children",
        "not" "allowed" "unsupervised", "no" "unsupervised" "contact", "barred" "from" "working", "licence" "conditions"
    ],
    with: NONE,
    unless: NONE,
};

/// Fear of somebody, said in as many words.
const AFRAID: Phrase = Phrase {
    says: phrases![
        "afraid" "of" "him", "scared" "of" "him", "frightened" "of" "him", "children" "are" "afraid", "children" "are" "scared",
        "afraid" "of" "his" "dad", "afraid" "of" "her" "dad", "scared" "of" "his" "dad", "scared" "of" "her" "dad"
    ],
    with: NONE,
    unless: NONE,
};

/// What a note tells that stands in no event and in no current risk.
fn told_by(c: &Context<'_>, text: &str) -> Option<Matter> {
    let words = Words::of(text);
    if KNOWN_DANGER.is_in(&words) {
        return Some((
            "somebody who is known to have harmed",
            "What do police, probation and children's services say of it, and who keeps the child from being alone with this person?",
        ));
    }
    let afraid = AFRAID.is_in(&words).then_some(EventKind::FearOrDistress);
    let kinds = kinds_in(text).into_iter().filter(|kind| GRAVE.contains(kind));
    let kind = kinds.chain(afraid).find(|kind| !is_known(c, *kind))?;
    Some((name(kind), question(kind)))
}

/// What RK-33 asks.
pub(super) fn notes(c: &Context<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let worried = !c.unweighed().is_empty();
    let open = c.is_something_open();
    each_text(c.record, &mut |path, field, text| {
        let path = path.to_string();
        let looked_at = is_note(c, &path, field) || (open && is_further_note(&path, field));
        if !looked_at || is_weighed_there(c, &path) {
            return;
        }
        let of_people = path.starts_with("household.people");
        if let Some((what, ask)) = told_by(c, text) {
            // What speaks against "no risks are known" is named there.
            let is_named = c.record.no_known_risks.is_some() && c.record.risks.is_empty() && is_note(c, &path, field);
            let hit = || Hit::at(path).because(format!("This may tell of {what}. {ask}"));
            hits.extend((!is_named).then(hit));
        } else if let Some(question) = (open || (worried && of_people)).then(|| questions::grave(text)).flatten() {
            // Where other facts worry, more words count.
            hits.push(Hit::at(path).because(format!("What is said here may tell of more. {question}")));
        }
    });
    hits
}

/// What notes tell that stands in no event and in no risk: what `weighed.fact` calls it, its path, and what it is.
pub(super) fn told(c: &Context<'_>) -> Vec<(String, String, Matter)> {
    let mut found = Vec::new();
    each_text(c.record, &mut |path, field, text| {
        let path = path.to_string();
        if !is_note(c, &path, field) {
            return;
        }
        let section = path.split(['.', '[']).next().unwrap_or_default();
        let key = id_at(c, &path).unwrap_or(section).to_owned();
        found.extend(told_by(c, text).map(|matter| (key, path, matter)));
    });
    found
}

/// Whether a text is a note of a section in which nobody looks for events.
fn is_note(c: &Context<'_>, path: &str, field: &str) -> bool {
    const OF_PEOPLE: [&str; 4] = ["note", "role_in_care", "views", "support_needs"];
    let section = path.split(['.', '[']).next().unwrap_or_default();
    match section {
        "household" => OF_PEOPLE.contains(&field),
        "attendance" => ["story", "note", "reason"].contains(&field),
        "health" => ["detail", "when", "purpose", "kept"].contains(&field),
        "engagement" => {
            ["impact_on_child", "next_step", "reason_given"].contains(&field) || path.contains(".observed[")
        }
        "moves" => ["note", "known", "gap_before_reason"].contains(&field),
        "voice" => (path.contains(".observations[") && field == "what") || field == "not_obtained_reason",
        "plans" => field == "summary" && plan_at(c, path).is_some_and(|plan| !super::facts::is_about_safety(plan)),
        _ => false,
    }
}

/// Whether a text is looked at in this way only where other facts worry.
fn is_further_note(path: &str, field: &str) -> bool {
    let section = path.split(['.', '[']).next().unwrap_or_default();
    let fields: &[&str] = match section {
        "household" => &["generations_note", "views_not_sought_why", "unknown_why", "plan_status"],
        "care" => &["note", "says"],
        "attendance" => &["summary", "support_offered"],
        "engagement" => &["parent_view"],
        "health" => &["action"],
        "sen" => &["summary", "outcome", "what"],
        "services" => &["purpose"],
        "assessments" => &["conclusion", "changed"],
        "risks" => &["protective_factors", "resolved_basis"],
        "sharing" => path.strip_prefix("sharing.withheld").map_or(&[], |_| &["what", "reason"]),
        "transition_plan" => {
            &["transport", "friendships", "keep_with", "day_one_support", "first_week", "parent_involvement"]
        }
        "voice" if path.starts_with("voice.worries") => &["text"],
        "voice" => &["communication_support", "observations"],
        _ => &[],
    };
    fields.contains(&field)
}

/// The number in the first brackets of a path.
fn number(path: &str) -> Option<usize> {
    path.split('[').nth(1)?.split(']').next()?.parse().ok()
}

fn plan_at<'a>(c: &'a Context<'_>, path: &str) -> Option<&'a crate::record::Plan> {
    c.record.plans.get(number(path)?)
}

/// Whether the chronology or a current risk speaks of a kind of event.
fn is_known(c: &Context<'_>, kind: EventKind) -> bool {
    let risk = |risk: &Risk| risk.is_current() && risk.kind.is_some_and(|of| events_of(of).contains(&kind));
    c.record.risks.iter().any(risk) || c.record.chronology.iter().any(|entry| is_any(entry, &[kind]))
}

/// Whether the section, or the person, service or assessment, that a path lies in was weighed.
fn is_weighed_there(c: &Context<'_>, path: &str) -> bool {
    let section = path.split(['.', '[']).next();
    is_weighed(c, section, None) || is_weighed(c, id_at(c, path), None)
}

/// The `id` of the person, service or assessment that a path lies in.
fn id_at<'a>(c: &'a Context<'_>, path: &str) -> Option<&'a str> {
    let record = c.record;
    let at = |list: &str| path.strip_prefix(list).filter(|rest| rest.starts_with('[')).and_then(number);
    let person = || record.household.as_ref()?.people.get(at("household.people")?)?.id.as_deref();
    let service = || record.services.get(at("services")?)?.id.as_deref();
    let assessment = || record.assessments.get(at("assessments")?)?.id.as_deref();
    person().or_else(service).or_else(assessment)
}
