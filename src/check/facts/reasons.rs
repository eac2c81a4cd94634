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
    says_something(weighed.reason.as_deref()) && !blank(weighed.by.as_deref())
}

/// Whether a warning is answered: in a sentence, by somebody, on a day.
pub(in crate::check) fn is_answered(considered: &Considered) -> bool {
    let is_said = says_something(considered.answer.as_deref());
    is_said && !blank(considered.by.as_deref()) && considered.on.is_some()
}

/// Whether a text is long enough to say something, and no placeholder.
fn says_something(text: Option<&str>) -> bool {
    let text = text.unwrap_or_default().trim();
    text.chars().count() >= SHORTEST_REASON && !is_placeholder(text)
}
