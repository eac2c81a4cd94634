//! A text that should be one child's own, as it is kept to be compared with those of other records.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::words::fold;
use crate::record::Record;

/// From this many words on, it is worth a look where two do.
pub(super) const SHORT: usize = 8;

/// A text that should be one child's own: what is kept of it, so that ten thousand records fit in a small memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Copy {
    /// Of the text without punctuation, in small letters.
    pub(super) digest: u64,
    /// How many words it has.
    pub(super) words: usize,
    /// Whether brothers and sisters may share it: the history of a family.
    pub(super) of_family: bool,
    /// Its path.
    pub(super) path: Box<str>,
}

/// The texts of a record that should be this child's own.
pub(in crate::check) fn copies(record: &Record) -> Vec<Copy> {
    let mut found = Vec::new();
    let mut add = |text: Option<&String>, of_family: bool, path: String| {
        let folded = text.map(|text| fold(text)).unwrap_or_default();
        let words = folded.split(' ').filter(|word| !word.is_empty()).count();
        if words >= SHORT {
            let mut hasher = DefaultHasher::new();
            folded.hash(&mut hasher);
            found.push(Copy { digest: hasher.finish(), words, of_family, path: path.into() });
        }
    };
    if let Some(voice) = &record.voice {
        for (i, entry) in voice.entries.iter().enumerate() {
            add(entry.verbatim.as_ref(), false, format!("voice.entries[{i}].verbatim"));
            add(entry.translation.as_ref(), false, format!("voice.entries[{i}].translation"));
            add(entry.observations.as_ref(), false, format!("voice.entries[{i}].observations"));
        }
        for (i, seen) in voice.observations.iter().enumerate() {
            add(seen.what.as_ref(), false, format!("voice.observations[{i}].what"));
        }
        for (i, worry) in voice.worries.iter().enumerate() {
            add(worry.text.as_ref(), false, format!("voice.worries[{i}].text"));
        }
        // Twins who are asked together may well answer together.
        add(voice.who_should_know.as_ref(), true, "voice.who_should_know".to_owned());
    }
    for (i, entry) in record.chronology.iter().enumerate().filter(|(_, entry)| entry.positive != Some(true)) {
        add(entry.event.as_ref(), true, format!("chronology[{i}].event"));
        add(entry.impact_on_child.as_ref(), false, format!("chronology[{i}].impact_on_child"));
    }
    for (i, risk) in record.risks.iter().enumerate() {
        add(risk.description.as_ref(), true, format!("risks[{i}].description"));
        add(risk.impact_on_child.as_ref(), false, format!("risks[{i}].impact_on_child"));
    }
    for (i, weighed) in record.weighed.iter().enumerate() {
        add(weighed.reason.as_ref(), true, format!("weighed[{i}].reason"));
    }
    for (i, considered) in record.considered.iter().enumerate() {
        add(considered.answer.as_ref(), true, format!("considered[{i}].answer"));
    }
    add(record.engagement.as_ref().and_then(|e| e.parent_view.as_ref()), true, "engagement.parent_view".to_owned());
    for (i, person) in record.household.iter().flat_map(|household| household.people.iter().enumerate()) {
        add(person.views.as_ref(), true, format!("household.people[{i}].views"));
    }
    found
}
