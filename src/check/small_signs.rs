//! Small signs of several kinds: none of them a fact by itself, and together a reason to read the record in one go.

use super::child_words::is_taken_up;
use super::facts::{is_weighed, open_entries};
use super::rule::{Context, Hit, Judge, Rule, Source};
use super::weighing::{is_about_somebody, names_somebody};
use crate::problem::Severity::Warning;
use crate::record::{Person, PersonStatus, SchoolStay, YesNoUnknown, blank};

/// Events that nothing refers to, from which on they are a sign.
const MANY_ENTRIES: usize = 4;
/// Words of a note on a person from which on it tells a story.
const LONG_NOTE: usize = 9;
/// So many of the signs tell something.
const TELLING: usize = 4;
/// Kinds of signs that together are a reason to ask; more where a risk of what somebody does is recorded.
const ENOUGH: usize = 3;

pub(super) const RULES: &[Rule] = &[Rule {
    code: "RK-35",
    severity: Warning,
    title: "Small signs of several kinds stand side by side: who has read them together?",
    why: "In the reviews nothing grave was written down. There was a note here, an explanation there, an absence, a parent nobody asked; each was looked at by somebody else, and alone.",
    source: Source::Briefing(
        "Managing Risk",
        "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
    ),
    next: "Read the whole record in one go with somebody who does not know the family. Put what matters into a risk; or weigh the signs in `[[weighed]]` with `fact = \"household\"`, `\"voice\"`, `\"attendance\"`, … or the `id` of the entry.",
    precisely: Some(
        "Three of these, or four where there is a current risk of what somebody does: four events or more of the child's own life that are not positive, evidence of no such risk and not weighed; an adult's interpretation of the child's words as in VC-24; an event with `explained_as`; a note of nine words or more on a person; attendance below 90% in the last year; a parent whose views are not recorded; a missed appointment; an earlier school without records; a consent refused; something withheld. At least one of them is one of the first four. Not what was weighed by its section's name.",
    ),
    bad: concat!(
        "[attendance]\n[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-03\npossible = 360\nattended = 310\nauthorised = 50\nunauthorised = 0\n",
        "[[consents]]\nwhat = \"Talking with the GP\"\ngiven = \"no\"\n",
        "[[chronology]]\nid = \"c1\"\ndate = 2026-02-02\nevent = \"Came in wet\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Dried\"\noutcome = \"Fine\"\nexplained_as = \"Fell into the brook\"\n"
    ),
    good: "[[chronology]]\nid = \"c1\"\ndate = 2026-02-02\nevent = \"Came in wet\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Dried\"\noutcome = \"Fine\"\nexplained_as = \"Fell into the brook\"\n",
    judge: Judge::Each(|c| {
        let found = c.small_signs();
        let message = || {
            format!(
                "Small signs of several kinds stand side by side ({}): who has read them together?",
                found.join("; ")
            )
        };
        if are_many(c) { vec![Hit::at("chronology").because(message())] } else { Vec::new() }
    }),
}];

/// Whether there are small signs of so many kinds that the record has to be read as one that worries.
pub(super) fn are_many(c: &Context<'_>) -> bool {
    c.small_signs().len() >= if names_somebody(c) { ENOUGH + 1 } else { ENOUGH }
}

/// The kinds of small signs that a record has, in a few words. [`Context::small_signs`] keeps them.
pub(super) fn small_signs(c: &Context<'_>) -> Vec<&'static str> {
    let record = c.record;
    let weighed = |key: &str| is_weighed(c, Some(key), None);
    let own = |id: Option<&str>| !is_weighed(c, id, None);
    let explained = || record.chronology.iter().any(|entry| entry.explained_as.is_some() && own(entry.id.as_deref()));
    let mut voice = record.voice.iter().flat_map(|voice| &voice.entries);
    let mut interpreted = || {
        voice.any(|entry| {
            let read = !blank(entry.adult_interpretation.as_deref()) && !is_taken_up(entry);
            read && own(entry.id.as_deref())
        })
    };
    let people = || record.household.iter().flat_map(|household| &household.people);
    let is_long = |person: &Person| {
        person.note.as_deref().is_some_and(|note| note.split_whitespace().count() >= LONG_NOTE)
            && own(person.id.as_deref())
    };
    let last = record.attendance.iter().flat_map(|attendance| &attendance.periods).max_by_key(|year| year.to);
    let missed = record.engagement.iter().any(|engagement| !engagement.missed.is_empty());
    let mut schools = record.moves.iter().flat_map(|moves| &moves.schools);
    let withheld = record.sharing.iter().any(|sharing| !sharing.withheld.is_empty());
    let signs: [(bool, &str); 10] = [
        (open_entries(c, is_about_somebody).count() >= MANY_ENTRIES, "events that nothing refers to"),
        (!weighed("voice") && interpreted(), "the child's words, explained by an adult"),
        (explained(), "an event that was explained"),
        (!weighed("household") && people().any(is_long), "a long note on a person"),
        (!weighed("attendance") && last.is_some_and(|year| year.is_below(90)), "absence"),
        (
            !weighed("household") && people().any(|person| person.is_parent() && is_unheard(person)),
            "a parent who was not heard",
        ),
        (!weighed("missed_appointments") && missed, "a missed appointment"),
        (!weighed("moves") && schools.any(SchoolStay::lacks_records), "records that have not come"),
        (
            !weighed("consents") && record.consents.iter().any(|one| one.given == Some(YesNoUnknown::No)),
            "a consent refused",
        ),
        (!weighed("sharing") && withheld, "something withheld"),
    ];
    // The first four tell a story; the others alone are gaps that other rules name.
    let tells = signs.iter().take(TELLING).any(|(is, _)| *is);
    signs.into_iter().filter(|(is, _)| *is && tells).map(|(_, words)| words).collect()
}

/// Whether a parent who could be asked was not.
fn is_unheard(person: &Person) -> bool {
    let can_be = matches!(person.status, None | Some(PersonStatus::Known));
    can_be && blank(person.views.as_deref()) && person.views_sought_on.is_none()
}
