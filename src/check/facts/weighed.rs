//! Which facts were weighed, cited as evidence, or stand open.

use super::events;
use super::reasons::{is_reasoned, is_same, weighs};
use crate::check::context::Context;
use crate::check::hit::Hit;
use crate::record::{Day, Entry, EventKind, Risk, Weighed};

/// Whether a fact, by its `id` or keyword, is weighed: named, with a reason that says something, by somebody, and not
/// before it happened.
pub(in crate::check) fn is_weighed(c: &Context<'_>, key: Option<&str>, happened: Option<Day>) -> bool {
    let after = |weighed: &Weighed| weighed.on.is_some_and(|on| happened.is_none_or(|day| day <= on));
    c.record.weighed.iter().any(|weighed| weighs(weighed, key) && is_reasoned(weighed) && after(weighed))
}

/// Whether a chronology entry is weighed.
pub(in crate::check) fn is_weighed_entry(c: &Context<'_>, entry: &Entry) -> bool {
    is_weighed(c, entry.id.as_deref(), entry.date)
}

/// Chronology entries of some kinds that were not weighed, with their numbers.
pub(in crate::check) fn unweighed_entries<'a>(
    c: &'a Context<'_>,
    of: &'a [EventKind],
) -> impl Iterator<Item = (usize, &'a Entry)> {
    let entries = c.record.chronology.iter().enumerate();
    entries.filter(move |(_, entry)| events::is_any(entry, of) && !is_weighed_entry(c, entry))
}

/// Entries of the child's own life that are not positive, not weighed, and not evidence of one of some risks, with their
/// numbers.
pub(in crate::check) fn open_entries<'a>(
    c: &'a Context<'_>,
    of: impl Fn(&Risk) -> bool + Copy,
) -> impl Iterator<Item = (usize, &'a Entry)> {
    let own = |entry: &Entry| entry.positive != Some(true) && entry.family_history != Some(true);
    let used = move |entry: &Entry| is_cited_by(c, entry.id.as_deref(), of) || is_weighed_entry(c, entry);
    c.record.chronology.iter().enumerate().filter(move |(_, entry)| own(entry) && !used(entry))
}

/// Whether a risk refers to something as evidence, by its `id`.
pub(in crate::check) fn is_cited(c: &Context<'_>, id: Option<&str>) -> bool {
    is_cited_by(c, id, |_| true)
}

/// Whether one of some risks refers to something as evidence, by its `id`.
pub(in crate::check) fn is_cited_by(c: &Context<'_>, id: Option<&str>, of: impl Fn(&Risk) -> bool) -> bool {
    let risks = c.record.risks.iter().filter(|risk| of(risk));
    risks.flat_map(|risk| &risk.evidence).any(|evidence| is_same(Some(evidence), id))
}

/// A hit at every entry of some kinds, of the child's own life and not positive, that was not weighed.
pub(in crate::check) fn unweighed_of_the_child(c: &Context<'_>, of: &[EventKind]) -> Vec<Hit> {
    let entries = unweighed_entries(c, of)
        .filter(|(_, entry)| entry.positive != Some(true) && entry.family_history != Some(true));
    entries.map(|(i, _)| Hit::at(format!("chronology[{i}]"))).collect()
}
