//! Words that stand where nothing was written.

use super::fold;
use crate::record::TextKind;

/// Words that stand where nothing was written, folded to small letters without punctuation.
const PLACEHOLDERS: [&str; 20] = [
    "tbc",
    "tba",
    "tbd",
    "na",
    "n a",
    "none",
    "nil",
    "unknown",
    "not known",
    "see cpoms",
    "see myconcern",
    "see file",
    "see above",
    "as above",
    "see notes",
    "todo",
    "pending",
    "x",
    "xx",
    "xxx",
];

pub(in crate::check) fn is_placeholder(text: &str) -> bool {
    let folded = fold(text);
    !text.trim().is_empty() && (folded.is_empty() || PLACEHOLDERS.contains(&folded.as_str()))
}

/// Placeholders that are no answer in any field.
const NEVER_AN_ANSWER: [&str; 10] =
    ["tbc", "tba", "tbd", "na", "n a", "see cpoms", "see myconcern", "see file", "see above", "todo"];

/// Whether a text that needs an answer holds a placeholder. The child's own words may be as short as "none", and so may
/// a name: of them only what nobody would say counts.
pub(in crate::check) fn is_unanswered(kind: Option<TextKind>, text: &str) -> bool {
    // No placeholder has more letters; most answers have.
    const MOST_LETTERS: usize = 16;
    text.bytes().filter(u8::is_ascii_alphanumeric).nth(MOST_LETTERS).is_none()
        && match kind {
            Some(TextKind::Account) => is_placeholder(text),
            Some(TextKind::Name | TextKind::Exact) => NEVER_AN_ANSWER.contains(&fold(text).as_str()),
            Some(TextKind::Translation | TextKind::View | TextKind::Post) | None => false,
        }
}
