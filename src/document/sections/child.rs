//! Who the child is, and the child's own words.

use super::page::Page;
use crate::circle::PackKind;
use crate::document::attachments::shown;
use crate::document::view::{Block, Picture, Rows, Section, cell, joined, list, text};
use crate::record::{Attachment, Contact, Day, Observation, Record, VoiceEntry, label};
use crate::text::{said, say};

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
            .text("About the UPN", pupil.upn_note.as_ref())
            // On the front sheet of the safeguarding pack.
            .text("NHS number", pupil.nhs_number.as_ref().filter(|_| page.kind != PackKind::Safeguarding))
            .add("First language", pupil.first_language.as_deref().map(language))
            .list("What helps in talking together", &pupil.communication_needs)
            .text("Outside the usual year group because", pupil.out_of_cohort_reason.as_ref());
    }
    if let Some(school) = &record.sending_school {
        let number =
            school.laestab.as_ref().map(|laestab| say!(" (school number {laestab})", laestab)).unwrap_or_default();
        rows = rows
            .add("Present school", school.name.as_ref().map(|name| format!("{name}{number}")))
            .text("Telephone", school.phone.as_ref())
            .add("DSL at the present school", school.dsl.as_ref().and_then(Contact::line))
            .add("SENCO at the present school", school.senco.as_ref().and_then(Contact::line));
    }
    if let Some(school) = &record.receiving_school {
        let number =
            school.laestab.as_ref().map(|laestab| say!(" (school number {laestab})", laestab)).unwrap_or_default();
        rows = rows
            .add("New school", school.name.as_ref().map(|name| format!("{name}{number}")))
            .text("Local authority there", school.la.as_ref())
            .day("First day", school.start_date)
            .text("Key adult from the first day", school.key_adult.as_ref())
            .add("Head of Year", school.head_of_year.as_ref().and_then(Contact::line))
            .add("SENCO", school.senco.as_ref().and_then(Contact::line))
            .add("DSL", school.dsl.as_ref().and_then(Contact::line));
    }
    let rows = rows.word("National guidance followed", record.guidance_profile);
    Section::new("About the child", rows.facts().into_iter().collect())
}

pub(super) fn voice(page: &Page<'_>) -> Option<Section> {
    let voice = page.record.voice.as_ref()?;
    let pictures = Shown::of(page);
    let mut blocks: Vec<Block> = voice.entries.iter().map(|one| entry(one, &pictures)).collect();
    blocks.extend(text("Why the child's voice could not be had", voice.not_obtained_reason.as_ref()));
    let worries: Vec<String> = voice.worries.iter().filter_map(|worry| worry.text.clone()).collect();
    blocks.extend(list("Adults the child trusts", &voice.trusted_adults));
    blocks.extend(list("What worries the child about the move", &worries));
    blocks.extend(text("Who should know, in the child's view", voice.who_should_know.as_ref()));
    if let Some(profile) = &voice.profile {
        blocks.extend(list("Important to the child", &profile.important_to_me));
        blocks.extend(list("Good at", &profile.good_at));
        blocks.extend(list("How best to support the child", &profile.best_support));
        blocks.extend(list("People the child trusts (for all staff to know)", &profile.who_i_trust));
        blocks.extend(list("Hopes", &profile.hopes));
        let photograph = profile.photograph.as_ref();
        blocks.extend(text("The photograph in the profile shows", photograph.and_then(|picture| picture.alt.as_ref())));
    }
    let heard = voice.entries.iter().any(|entry| entry.verbatim.is_some() || !entry.pictures.is_empty());
    Section::new(if heard { "In the child's own words" } else { "The child's voice" }, blocks)
}

/// What staff have seen, and how they helped: theirs, apart from the child's words.
pub(super) fn observed(page: &Page<'_>) -> Option<Section> {
    let voice = page.record.voice.as_ref()?;
    let mut blocks: Vec<Block> = Vec::new();
    let row = |seen: &Observation| {
        let by = joined([&seen.observed_by, &seen.role, &seen.setting], ", ").unwrap_or_default();
        vec![seen.date.map(Day::long).unwrap_or_default(), cell(seen.what.as_ref()), by]
    };
    let columns = [("Date", 1.2), ("What was seen", 4.0), ("By whom, where", 2.0)];
    blocks.extend(Block::table("", &columns, voice.observations.iter().map(row).collect()));
    blocks.extend(text("How the child was helped to take part", voice.communication_support.as_ref()));
    let decided = voice.profile.as_ref().and_then(|profile| profile.decided_for_child_by.as_ref());
    blocks.extend(text("Who decided for the child what goes into the profile, and who may read it", decided));
    Section::new("What staff have seen", blocks)
}

/// The pictures that these readers may see, by the names that the record gives them.
pub(super) struct Shown(Vec<(String, String)>);

impl Shown {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let found = shown(page.pictures, page.record);
        Self(found.into_iter().map(|(name, (file, _))| (file, name)).collect())
    }

    /// The pictures of one occasion.
    pub(super) fn of_entry(&self, entry: &VoiceEntry) -> Vec<Picture> {
        entry.pictures.iter().filter_map(|attached| self.picture(attached)).collect()
    }

    /// A picture by the name it has here, where these readers may see it.
    pub(super) fn picture(&self, attached: &Attachment) -> Option<Picture> {
        let file = attached.file.as_ref()?;
        let (_, name) = self.0.iter().find(|(of, _)| of == file)?;
        Some(Picture { file: name.clone(), alt: attached.alt.clone().unwrap_or_default() })
    }
}

/// One occasion: the words large, then everything that helps to weigh them.
fn entry(entry: &VoiceEntry, shown: &Shown) -> Block {
    let by = said_by(entry);
    let pictures = shown.of_entry(entry);
    let missing = entry.pictures.len() - pictures.len();
    let notes = Rows::default()
        .text("In English", entry.translation.as_ref())
        .text("Asked", entry.prompt.as_ref())
        .text("Where", entry.setting.as_ref())
        .list("Present", &entry.present)
        .yes_no("A parent or carer was present", entry.parent_present)
        .yes_no("Read back to the child", entry.checked_back)
        .lines("The picture shows", &pictures.iter().map(|picture| picture.alt.clone()).collect::<Vec<_>>())
        .add("Pictures that are not in this draft", (missing > 0).then(|| missing.to_string()))
        .text("Observed at the time", entry.observations.as_ref())
        .text("An adult's interpretation", entry.adult_interpretation.as_ref())
        .text("What was done about it", entry.followed_up.as_ref())
        .text("Shown beyond the child's agreement because", entry.override_reason.as_ref());
    if entry.verbatim.is_none() && pictures.is_empty() {
        return notes.item(by);
    }
    let text = entry.verbatim.clone().unwrap_or_default();
    Block::Quote { text, lang: language_code(entry), by, pictures, notes: notes.0 }
}

/// The language of the child's words as screen readers know it: two or three letters; nothing where it was written in
/// another way.
pub(in crate::document) fn language_code(entry: &VoiceEntry) -> Option<String> {
    let code = entry.language.as_deref()?.trim();
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| code.to_ascii_lowercase())
}

/// A language code in words, where it is one of the languages spoken most in schools; else as it was written.
fn language(code: &str) -> String {
    let word = match code.trim().to_uppercase().as_str() {
        "ENG" | "EN" => "English",
        "ARA" | "AR" => "Arabic",
        "BEN" | "BN" => "Bengali",
        "CYM" | "CY" => "Welsh",
        "FRA" | "FR" => "French",
        "GUJ" | "GU" => "Gujarati",
        "HIN" | "HI" => "Hindi",
        "POL" | "PL" => "Polish",
        "POR" | "PT" => "Portuguese",
        "RON" | "RO" => "Romanian",
        "SOM" | "SO" => "Somali",
        "SPA" | "ES" => "Spanish",
        "TAM" | "TA" => "Tamil",
        "TUR" | "TR" => "Turkish",
        "UKR" | "UK" => "Ukrainian",
        "URD" | "UR" => "Urdu",
        _ => return code.to_owned(),
    };
    said(word)
}

/// The first language, where it is not English: only then does it matter to everyone.
pub(super) fn other_language(code: &str) -> Option<String> {
    (!matches!(code.trim().to_uppercase().as_str(), "ENG" | "EN" | "ENGLISH")).then(|| language(code))
}

/// The days of voice entries, by their ids; entries that these readers may not see are left out.
pub(super) fn said_on(record: &Record, ids: &[String]) -> Vec<String> {
    let entries = record.voice.iter().flat_map(|voice| &voice.entries);
    let named = entries.filter(|entry| entry.id.as_ref().is_some_and(|id| ids.contains(id)));
    named.filter_map(|entry| entry.date.map(Day::long)).collect()
}

/// Who wrote it down, when, how.
pub(in crate::document) fn said_by(entry: &VoiceEntry) -> String {
    let by = match (&entry.recorded_by, &entry.recorder_role) {
        (Some(name), Some(role)) => Some(say!("written down by {name} ({role})", name, role)),
        (Some(name), None) => Some(say!("written down by {name}", name)),
        (None, _) => None,
    };
    let method = entry.method.map(|method| label(&method).to_lowercase());
    joined([entry.date.map(Day::long), method, by], ", ").unwrap_or_default()
}
