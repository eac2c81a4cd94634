//! Labels for a child or a family, and words that name a concern about a member of staff.

use super::Words;

/// Labels for a child or a family, in any case.
pub(in crate::check) const LABELS: [&[&str]; 9] = [
    &["attention", "seeking"],
    &["manipulative"],
    &["hard", "to", "reach"],
    &["hard", "to", "engage"],
    &["streetwise"],
    &["street", "wise"],
    &["promiscuous"],
    &["lifestyle", "choice"],
    &["lifestyle", "choices"],
];

/// Labels in this very case: "did not attend" blames the child for not being brought.
pub(in crate::check) const SHORT_LABELS: [&str; 1] = ["DNA"];

/// Whether a text has a label for a child or a family in it.
pub(in crate::check) fn is_label(words: &Words<'_>) -> bool {
    SHORT_LABELS.iter().any(|label| words.have(label)) || LABELS.iter().any(|label| words.say(label))
}

/// The words that a text about an allegation or concern about a member of staff cannot do without, one of them.
pub(in crate::check) const ABOUT_STAFF: [&str; 4] = ["allegation", "lado", "low", "staff"];

/// Whether a text speaks of an allegation or concern about a member of staff.
pub(in crate::check) fn is_about_staff(words: &Words<'_>) -> bool {
    const STAFF: [&str; 12] = [
        "staff",
        "teacher",
        "teachers",
        "assistant",
        "headteacher",
        "head",
        "governor",
        "governors",
        "coach",
        "caretaker",
        "ta",
        "tutor",
    ];
    const AGAINST: [&str; 5] = ["against", "about", "concerning", "regarding", "involving"];
    let accused = words.follow(&["allegation", "allegations"], &AGAINST, 3) && words.follow(&AGAINST, &STAFF, 5);
    words.say(&["lado"]) || words.say(&["low", "level", "concern"]) || words.say(&["staff", "allegation"]) || accused
}
