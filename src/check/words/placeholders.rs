//! Words that stand where nothing was written.

use super::fold;

/// Fields in which a fact or a reason is needed. The child's own words are not among them: "none" may be just that.
const NARRATIVES: [&str; 17] = [
    "not_obtained_reason",
    "what",
    "event",
    "action",
    "impact_on_child",
    "resolved_basis",
    "statement",
    "unknown_why",
    "tried",
    "override_reason",
    "out_of_cohort_reason",
    "next_step",
    "success_criterion",
    "agreed_risk_view",
    "views_not_sought_why",
    "pr_unknown_why",
    "generations_note",
];

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

/// Fields that name a person, or hold words that may be as short as "none": only what nobody would say counts.
const NAMES_AND_WORDS: [&str; 9] = [
    "verbatim",
    "recorded_by",
    "observed_by",
    "considered_by",
    "stated_by",
    "tried_by",
    "by",
    "owner_receiving",
    "name",
];

/// Placeholders that are no answer in any field.
const NEVER_AN_ANSWER: [&str; 10] =
    ["tbc", "tba", "tbd", "na", "n a", "see cpoms", "see myconcern", "see file", "see above", "todo"];

/// Whether a field that needs an answer holds a placeholder.
pub(in crate::check) fn is_unanswered(field: &str, text: &str) -> bool {
    // No placeholder has more letters; most answers have.
    const MOST_LETTERS: usize = 16;
    text.bytes().filter(u8::is_ascii_alphanumeric).nth(MOST_LETTERS).is_none()
        && ((NARRATIVES.contains(&field) && is_placeholder(text))
            || (NAMES_AND_WORDS.contains(&field) && NEVER_AN_ANSWER.contains(&fold(text).as_str())))
}
