//! What an entry of `weighed` names, and whether a reason or an answer says anything.

use crate::check::words::placeholders::is_placeholder;
use crate::record::{Considered, Weighed, blank};

/// The shortest reason that can say anything, in characters.
pub(in crate::check) const SHORTEST_REASON: usize = 20;

/// Whether an entry of `weighed` names a fact.
pub(in crate::check) fn weighs(weighed: &Weighed, key: Option<&str>) -> bool {
    weighed.facts().any(|fact| is_same(Some(fact), key))
}

/// Whether two names of a thing are one, without regard to spaces around them; an empty one names nothing.
pub(in crate::check) fn is_same(one: Option<&str>, other: Option<&str>) -> bool {
    !blank(other) && one.map(str::trim) == other.map(str::trim)
}

/// Whether an entry of `weighed` says why, and who says so.
pub(in crate::check) fn is_reasoned(weighed: &Weighed) -> bool {
    let reason = weighed.reason.as_deref().unwrap_or_default().trim();
    reason.chars().count() >= SHORTEST_REASON && !is_placeholder(reason) && !blank(weighed.by.as_deref())
}

/// Whether a warning is answered: in a sentence, by somebody, on a day.
pub(in crate::check) fn is_answered(considered: &Considered) -> bool {
    let answer = considered.answer.as_deref().unwrap_or_default().trim();
    let is_said = answer.chars().count() >= SHORTEST_REASON && !is_placeholder(answer);
    is_said && !blank(considered.by.as_deref()) && considered.on.is_some()
}
