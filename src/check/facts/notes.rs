//! What notes tell that no event or risk does.

use super::events::{events_of, is_any, kinds_in, name, question};
use super::fact::Matter;
use super::plans::is_about_safety;
use super::weighed::is_weighed;
use crate::check::context::Context;
use crate::check::hit::Hit;
use crate::check::words::phrase::{NONE, Phrase, phrases};
use crate::check::words::walk::each_text;
use crate::check::words::{Words, questions};
use crate::record::{EventKind, Plan, Risk};

impl Context<'_> {
    /// What is asked of notes.
    pub(in crate::check) fn notes(&self) -> &[Hit] {
        self.notes.get_or_init(|| notes(self))
    }
}

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
        "goes" "rigid", "went" "rigid", "goes" "stiff", "freezes" "when", "afraid" "of" "his" "dad", "afraid" "of" "her" "dad", "scared" "of" "his" "dad", "scared" "of" "her" "dad"
    ],
    with: NONE,
    unless: NONE,
};

/// Words or signs that a child speaks with, and that somebody took away.
const SPEECH_TAKEN: Phrase = Phrase {
    says: phrases!["removed", "taken" "off", "took" "off", "taken" "away", "took" "away", "deleted", "hidden", "blocked", "locked"],
    with: phrases![
        "cell",
        "cells",
        "symbol",
        "symbols",
        "word",
        "words",
        "vocabulary",
        "page",
        "button",
        "buttons",
        "device",
        "voice",
        "sign",
        "signs",
        "cards",
        "picture",
        "pictures"
    ],
    unless: NONE,
};

/// Whether weights stand in a text, one after the other, of which the last is less than the first by a twentieth or more.
fn tells_of_falling_weight(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).peekable();
    let mut weights: Vec<f64> = Vec::new();
    while let Some(word) = words.next() {
        let joined = word.strip_suffix("kg").filter(|number| !number.is_empty());
        let number = joined.or_else(|| (words.peek() == Some(&"kg")).then_some(word));
        weights.extend(number.and_then(|number| number.parse::<f64>().ok()));
    }
    matches!((weights.first(), weights.last()), (Some(first), Some(last)) if *last <= first * 0.95)
}

/// What a note tells that stands in no event and in no current risk.
fn told_by(c: &Context<'_>, path: &str, text: &str) -> Option<Matter> {
    let words = Words::of(text);
    if path.starts_with("health") && tells_of_falling_weight(text) {
        return Some((
            "a weight that falls",
            "Which doctor was asked why, what does the child eat at home and at school, and who weighs it again?",
        ));
    }
    if path == "voice.communication_support" && SPEECH_TAKEN.is_in(&words) {
        return Some((
            "words that were taken from the child",
            "What was the child telling with them, who was told of it, and how can the child say it now?",
        ));
    }
    if KNOWN_DANGER.is_in(&words) {
        return Some((
            "somebody who is known to have harmed",
            "What do police, probation and children's services say of it, and who keeps the child from being alone with this person?",
        ));
    }
    let afraid = AFRAID.is_in(&words).then_some(EventKind::FearOrDistress);
    // A plan about safety tells of much that was dealt with; not of whom nobody has seen.
    let of_safety = plan_at(c, path).is_some_and(is_about_safety);
    let counts = |kind: &EventKind| if of_safety { *kind == EventKind::NotSeen } else { GRAVE.contains(kind) };
    let kinds = kinds_in(text).into_iter().filter(counts);
    let kind = kinds.chain(afraid).find(|kind| !is_known(c, *kind))?;
    Some((name(kind), question(kind)))
}

/// What RK-33 asks.
fn notes(c: &Context<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let worried = !c.unweighed().is_empty();
    let open = c.is_something_open();
    each_text(c.record, &mut |path, field, text| {
        let path = path.to_string();
        let looked_at = is_note(&path, field) || (open && is_further_note(&path, field));
        if !looked_at || is_weighed_there(c, &path) {
            return;
        }
        let of_people = path.starts_with("household.people");
        if let Some((what, ask)) = told_by(c, &path, text) {
            // What speaks against "no risks are known" is named there.
            let is_named = c.record.no_known_risks.is_some() && c.record.risks.is_empty() && is_note(&path, field);
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
pub(in crate::check) fn told(c: &Context<'_>) -> Vec<(String, String, Matter)> {
    let mut found = Vec::new();
    each_text(c.record, &mut |path, field, text| {
        let path = path.to_string();
        if !is_note(&path, field) {
            return;
        }
        let section = path.split(['.', '[']).next().unwrap_or_default();
        let key = id_at(c, &path).unwrap_or(section).to_owned();
        found.extend(told_by(c, &path, text).map(|matter| (key, path, matter)));
    });
    found
}

/// Whether a text is a note of a section in which nobody looks for events.
fn is_note(path: &str, field: &str) -> bool {
    const OF_PEOPLE: [&str; 5] = ["note", "role_in_care", "views", "support_needs", "strengths"];
    let section = path.split(['.', '[']).next().unwrap_or_default();
    match section {
        "household" => OF_PEOPLE.contains(&field),
        "attendance" => ["story", "note", "reason"].contains(&field),
        "health" => ["detail", "when", "purpose", "kept"].contains(&field),
        "engagement" => {
            ["impact_on_child", "next_step", "reason_given"].contains(&field) || path.contains(".observed[")
        }
        "moves" => ["note", "known", "gap_before_reason"].contains(&field),
        "voice" => {
            let observed = path.contains(".observations[") && field == "what";
            observed || ["not_obtained_reason", "communication_support"].contains(&field)
        }
        "plans" => field == "summary",
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
        "voice" => &["observations"],
        _ => &[],
    };
    fields.contains(&field)
}

/// The number in the first brackets of a path.
fn number(path: &str) -> Option<usize> {
    path.split('[').nth(1)?.split(']').next()?.parse().ok()
}

fn plan_at<'a>(c: &'a Context<'_>, path: &str) -> Option<&'a Plan> {
    c.record.plans.get(path.strip_prefix("plans").and_then(number)?)
}

/// Whether the chronology or a current risk speaks of a kind of event.
fn is_known(c: &Context<'_>, kind: EventKind) -> bool {
    let risk = |risk: &Risk| risk.is_current() && risk.kind.is_some_and(|of| events_of(of).contains(&kind));
    c.record.risks.iter().any(risk) || c.record.chronology.iter().any(|entry| is_any(entry, &[kind]))
}

/// Whether the section, or the person, service, assessment or plan, that a path lies in was weighed.
fn is_weighed_there(c: &Context<'_>, path: &str) -> bool {
    let section = path.split(['.', '[']).next();
    is_weighed(c, section, None) || is_weighed(c, id_at(c, path), None)
}

/// The `id` of the person, service, assessment or plan that a path lies in.
fn id_at<'a>(c: &'a Context<'_>, path: &str) -> Option<&'a str> {
    let record = c.record;
    let plan = || plan_at(c, path)?.id.as_deref();
    let at = |list: &str| path.strip_prefix(list).filter(|rest| rest.starts_with('[')).and_then(number);
    let person = || record.household.as_ref()?.people.get(at("household.people")?)?.id.as_deref();
    let service = || record.services.get(at("services")?)?.id.as_deref();
    let assessment = || record.assessments.get(at("assessments")?)?.id.as_deref();
    person().or_else(service).or_else(assessment).or_else(plan)
}
