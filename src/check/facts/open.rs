//! Whether something stands open that an adult has to think about.

use super::events;
use super::risks::is_about_somebody;
use super::small_signs::are_many;
use super::weighed::is_cited_by;
use crate::check::context::Context;
use crate::check::hit::Hit;
use crate::record::{Entry, EventKind, Risk, RiskKind};

impl Context<'_> {
    /// Whether facts stand open, or small signs of several kinds.
    pub(in crate::check) fn is_something_open(&self) -> bool {
        *self.is_open.get_or_init(|| is_something_open(self))
    }
}

/// What RK-22 asks: facts that no fitting risk uses, where risks are recorded.
pub(in crate::check) fn unused(c: &Context<'_>) -> Vec<Hit> {
    if c.record.risks.is_empty() {
        return Vec::new();
    }
    let entry_of = |key: &str| c.record.chronology.iter().find(|entry| entry.id.as_deref().map(str::trim) == Some(key));
    // What follows up an entry that a risk uses has been used with it.
    let used = |key: &str| {
        let follows = entry_of(key).and_then(|entry| entry.follows.as_deref());
        is_used(c, entry_of(key), key) || follows.is_some_and(|id| is_used(c, entry_of(id), id))
    };
    // That somebody referred, or closed, is how it was dealt with, not what happened.
    let dealt_with = [events::name(EventKind::ReferralMade), events::name(EventKind::ReferralClosed)];
    // A mild risk alone answers for nothing else either: a brother's plan, what is known of an adult, an order.
    const BEYOND: [&str; 6] = ["household", "services", "care", "health", "moves.home_education", "moves.secure_stays"];
    let mild = !c.record.risks.iter().any(is_about_somebody);
    let told = c.unweighed().iter().filter(|fact| {
        let event = fact.path.starts_with("chronology[");
        event || (mild && BEYOND.iter().any(|part| fact.path.starts_with(part)))
    });
    told.filter(|fact| !used(&fact.key) && !dealt_with.contains(&fact.what))
        .map(|fact| {
            let message = format!("No risk of a fitting kind refers to this ({}). {}", fact.what, fact.ask);
            Hit::at(fact.path.as_str()).because(message)
        })
        .collect()
}

/// Whether facts stand open: two or more where no risk is recorded; else one that no fitting risk uses, or that a note
/// tells; or small signs of several kinds. [`Context::is_something_open`] keeps the answer.
fn is_something_open(c: &Context<'_>) -> bool {
    if are_many(c) {
        return true;
    }
    if c.record.risks.is_empty() {
        c.unweighed().len() > 1
    } else {
        !unused(c).is_empty() || c.unweighed().iter().any(|fact| fact.of_a_note)
    }
}

/// Whether a risk of a fitting kind uses an event. What may be harm by somebody is not answered by a risk that speaks of
/// health, school, housing or a loss.
fn is_used(c: &Context<'_>, entry: Option<&Entry>, key: &str) -> bool {
    const HARM: [EventKind; 8] = [
        EventKind::Injury,
        EventKind::Disclosure,
        EventKind::PoliceNotice,
        EventKind::DomesticAbuse,
        EventKind::ExploitationSign,
        EventKind::Restriction,
        EventKind::Missing,
        EventKind::SelfHarm,
    ];
    const OF_NO_ONE: [RiskKind; 4] =
        [RiskKind::Health, RiskKind::OutOfSchool, RiskKind::Housing, RiskKind::Bereavement];
    let may_be_harm = entry.is_some_and(|entry| events::is_any(entry, &HARM));
    let fits = |risk: &Risk| !may_be_harm || risk.kind.is_none_or(|kind| !OF_NO_ONE.contains(&kind));
    is_cited_by(c, Some(key), fits)
}
