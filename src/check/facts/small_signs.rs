//! Small signs of several kinds, none of which is a fact by itself.

use super::risks::{is_about_somebody, names_somebody};
use super::weighed::{is_weighed, open_entries};
use crate::check::context::Context;
use crate::check::words::taken_up::is_taken_up;
use crate::record::{Person, PersonStatus, SchoolStay, YesNoUnknown, blank};

impl Context<'_> {
    /// The kinds of small signs that the record has.
    pub(in crate::check) fn small_signs(&self) -> &[&'static str] {
        self.small_signs.get_or_init(|| small_signs(self))
    }
}

/// Events that nothing refers to, from which on they are a sign.
const MANY_ENTRIES: usize = 4;

/// Words of a note on a person from which on it tells a story.
const LONG_NOTE: usize = 9;

/// So many of the signs tell something.
const TELLING: usize = 4;

/// Kinds of signs that together are a reason to ask; more where a risk of what somebody does is recorded.
const ENOUGH: usize = 3;

/// Whether there are small signs of so many kinds that the record has to be read as one that worries.
pub(in crate::check) fn are_many(c: &Context<'_>) -> bool {
    c.small_signs().len() >= if names_somebody(c) { ENOUGH + 1 } else { ENOUGH }
}

/// The kinds of small signs that a record has, in a few words. [`Context::small_signs`] keeps them.
fn small_signs(c: &Context<'_>) -> Vec<&'static str> {
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
