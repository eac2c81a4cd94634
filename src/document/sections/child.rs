//! Who the child is, and the child's own words.

use super::Page;
use crate::document::view::{Block, Rows, Section, joined, list, text};
use crate::record::{Contact, Record, VoiceEntry, label};

/// The name the child goes by.
pub(super) fn name(record: &Record) -> String {
    let Some(pupil) = &record.pupil else { return "the child".to_owned() };
    let first = pupil.preferred_forename.as_ref().or(pupil.legal_forename.as_ref());
    let last = pupil.preferred_surname.as_ref().or(pupil.legal_surname.as_ref());
    let name: Vec<_> = first.into_iter().chain(last).map(String::as_str).collect();
    if name.is_empty() { "the child".to_owned() } else { name.join(" ") }
}

pub(super) fn about(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let mut rows = Rows::default();
    if let Some(pupil) = &record.pupil {
        let legal = joined([&pupil.legal_forename, &pupil.legal_surname], " ");
        rows = rows
            .add("Legal name", legal)
            .text("Likes to be called", pupil.preferred_forename.as_ref())
            .text("Preferred surname", pupil.preferred_surname.as_ref())
            .text("How to say it", pupil.pronunciation.as_ref())
            .day("Date of birth", pupil.dob)
            .word("Sex", pupil.sex)
            .text("UPN", pupil.upn.as_ref())
            .text("NHS number", pupil.nhs_number.as_ref())
            .text("First language", pupil.first_language.as_ref())
            .list("What helps in talking together", &pupil.communication_needs)
            .text("Outside the usual year group because", pupil.out_of_cohort_reason.as_ref());
    }
    if let Some(school) = &record.sending_school {
        let number = school.laestab.as_ref().map(|laestab| format!(" (DfE number {laestab})")).unwrap_or_default();
        rows = rows
            .add("Comes from", school.name.as_ref().map(|name| format!("{name}{number}")))
            .text("Telephone", school.phone.as_ref())
            .add("DSL there", contact(school.dsl.as_ref()))
            .add("SENCO there", contact(school.senco.as_ref()));
    }
    if let Some(school) = &record.receiving_school {
        let number = school.laestab.as_ref().map(|laestab| format!(" (DfE number {laestab})")).unwrap_or_default();
        rows = rows
            .add("Goes to", school.name.as_ref().map(|name| format!("{name}{number}")))
            .text("Local authority there", school.la.as_ref())
            .day("First day", school.start_date)
            .text("Key adult from the first day", school.key_adult.as_ref())
            .add("Head of Year", contact(school.head_of_year.as_ref()))
            .add("SENCO", contact(school.senco.as_ref()))
            .add("DSL", contact(school.dsl.as_ref()));
    }
    let rows = rows.text("National guidance the school worked by", record.guidance_profile.as_ref());
    Section::new("About the child", rows.facts().into_iter().collect())
}

pub(super) fn contact(contact: Option<&Contact>) -> Option<String> {
    let contact = contact?;
    joined([&contact.name, &contact.role, &contact.phone, &contact.email], ", ")
}

pub(super) fn voice(page: &Page<'_>) -> Option<Section> {
    let voice = page.record.voice.as_ref()?;
    let mut blocks: Vec<Block> = voice.entries.iter().flat_map(entry).collect();
    blocks.extend(text("Why the child's voice could not be had", voice.not_obtained_reason.as_ref()));
    if !voice.observations.is_empty() {
        let row = |seen: &crate::record::Observation| {
            let by = joined([&seen.observed_by, &seen.role, &seen.setting], ", ").unwrap_or_default();
            vec![seen.date.map(crate::record::Day::long).unwrap_or_default(), seen.what.clone().unwrap_or_default(), by]
        };
        blocks.push(Block::Table {
            caption: "What staff have seen".into(),
            columns: vec![("Date".into(), 1.2), ("What was seen".into(), 4.0), ("By whom, where".into(), 2.0)],
            rows: voice.observations.iter().map(row).collect(),
        });
    }
    let worries: Vec<String> = voice.worries.iter().filter_map(|worry| worry.text.clone()).collect();
    blocks.extend(list("Adults the child trusts", &voice.trusted_adults));
    blocks.extend(list("What worries the child about the move", &worries));
    blocks.extend(text("Who should know, in the child's view", voice.who_should_know.as_ref()));
    blocks.extend(text("How the child was helped to take part", voice.communication_support.as_ref()));
    if let Some(profile) = &voice.profile {
        blocks.extend(list("Important to the child", &profile.important_to_me));
        blocks.extend(list("Good at", &profile.good_at));
        blocks.extend(list("How best to support the child", &profile.best_support));
        blocks.extend(list("Hopes", &profile.hopes));
    }
    Section::new("In the child's own words", blocks)
}

/// One occasion: the words large, then everything that helps to weigh them.
pub(super) fn entry(entry: &VoiceEntry) -> Vec<Block> {
    let by = said_by(entry);
    let notes = Rows::default()
        .text("In English", entry.translation.as_ref())
        .text("Asked", entry.prompt.as_ref())
        .text("Where", entry.setting.as_ref())
        .list("Present", &entry.present)
        .yes_no("A parent or carer was present", entry.parent_present)
        .yes_no("Read back to the child", entry.checked_back)
        .text("Seen meanwhile", entry.observations.as_ref())
        .text("What an adult makes of it", entry.adult_interpretation.as_ref())
        .text("Shown beyond the child's agreement because", entry.override_reason.as_ref());
    match &entry.verbatim {
        Some(words) => vec![Block::Quote { text: words.clone(), lang: entry.language.clone(), by, notes: notes.0 }],
        None => vec![notes.item(by)],
    }
}

/// The days of voice entries, by their ids; entries that these readers may not see are left out.
pub(super) fn said_on(record: &Record, ids: &[String]) -> Vec<String> {
    let entries = record.voice.iter().flat_map(|voice| &voice.entries);
    let named = entries.filter(|entry| entry.id.as_ref().is_some_and(|id| ids.contains(id)));
    named.filter_map(|entry| entry.date.map(crate::record::Day::long)).collect()
}

/// Who wrote it down, when, how.
pub(super) fn said_by(entry: &VoiceEntry) -> String {
    let by = match (&entry.recorded_by, &entry.recorder_role) {
        (Some(name), Some(role)) => Some(format!("written down by {name} ({role})")),
        (Some(name), None) => Some(format!("written down by {name}")),
        (None, _) => None,
    };
    let method = entry.method.map(|method| label(&method).to_lowercase());
    joined([entry.date.map(crate::record::Day::long), method, by], ", ").unwrap_or_default()
}
