//! The one-page profile for all staff: the child's words first, then what is good to know. Positive and practical.

use super::child;
use super::page::Page;
use crate::circle::PackKind;
use crate::document::view::{Block, Picture, Rows, Section};
use crate::record::{Allergy, VoiceEntry};
use crate::text::{said, say};

pub(super) fn words(page: &Page<'_>) -> Option<Section> {
    let entries = page.record.voice.iter().flat_map(|voice| &voice.entries);
    let pictures = child::Shown::of(page);
    let mut room = page.fit.pictures;
    let quote = |entry: &VoiceEntry| {
        let mut pictures = pictures.of_entry(entry);
        pictures.truncate(room);
        room -= pictures.len();
        let text = entry.verbatim.as_ref().map(|words| page.fit.cut(words, page.fit.letters)).unwrap_or_default();
        if text.is_empty() && pictures.is_empty() {
            return None;
        }
        let translation = entry.translation.as_ref().map(|words| page.fit.cut(words, page.fit.letters));
        let notes = Rows::default().add("In English", translation).0;
        let by = if page.kind == PackKind::Child { String::new() } else { child::said_by(entry) };
        Some(Block::Quote { text, lang: child::language_code(entry), by, pictures, notes })
    };
    let mut blocks: Vec<Block> = entries.filter_map(quote).take(page.fit.quotes).collect();
    if blocks.is_empty() && page.kind == PackKind::Profile {
        blocks.push(Block::notice(
            "The child has not agreed to share words with all staff, or could not be asked. Ask the key adult how best to listen.",
        ));
    }
    let heard = page.record.voice.iter().flat_map(|voice| &voice.entries).next().is_some();
    let heading = match (page.kind == PackKind::Child, heard) {
        (true, _) => "What I said",
        (false, true) => "In my own words",
        (false, false) => "The child's voice",
    };
    Section::new(heading, blocks)
}

/// The child's photograph, where these readers may see the profile that it belongs to.
pub(super) fn photograph(page: &Page<'_>) -> Option<Picture> {
    let profile = page.record.voice.as_ref()?.profile.as_ref()?;
    child::Shown::of(page).picture(profile.photograph.as_ref()?)
}

/// The lists that a profile holds, in order, with what the child calls them.
pub(super) fn lists(page: &Page<'_>) -> Vec<(&'static str, Vec<String>)> {
    let profile = page.record.voice.as_ref().and_then(|voice| voice.profile.as_ref());
    let lists = [
        ("What people like about me, and what I am good at", profile.map(|profile| &profile.good_at)),
        ("What is important to me", profile.map(|profile| &profile.important_to_me)),
        ("How best to support me", profile.map(|profile| &profile.best_support)),
        ("Who I trust", profile.map(|profile| &profile.who_i_trust)),
        ("What I hope for", profile.map(|profile| &profile.hopes)),
    ];
    filled(page, lists)
}

/// What staff have noticed: theirs, and never under the child's "me".
pub(super) fn of_staff(page: &Page<'_>) -> Vec<(&'static str, Vec<String>)> {
    let plan = page.record.transition_plan.as_ref();
    let pupil = page.record.pupil.as_ref();
    let lists = [
        ("What works", plan.map(|plan| &plan.what_works)),
        ("What is hard", plan.map(|plan| &plan.triggers)),
        ("What helps in talking together", pupil.map(|pupil| &pupil.communication_needs)),
    ];
    filled(page, lists)
}

fn filled<const N: usize>(
    page: &Page<'_>,
    lists: [(&'static str, Option<&Vec<String>>); N],
) -> Vec<(&'static str, Vec<String>)> {
    let filled = lists.into_iter().filter_map(|(label, items)| Some((label, page.fit.items(items?))));
    filled.filter(|(_, items)| !items.is_empty()).collect()
}

pub(super) fn cards(page: &Page<'_>) -> Option<Section> {
    let cards: Vec<_> = lists(page).into_iter().map(|(label, items)| (said(label), items)).collect();
    let profile = page.record.voice.as_ref().and_then(|voice| voice.profile.as_ref());
    let decided = profile.and_then(|profile| profile.decided_for_child_by.as_ref());
    let heading = if decided.is_some() { "What is good to know" } else { "What I would like you to know" };
    let by = decided.map(|by| Block::Text { label: Some(say!("Put together by")), text: by.clone() });
    let cards = (!cards.is_empty()).then_some(Block::Cards { cards });
    Section::new(heading, cards.into_iter().chain(by).collect())
}

pub(super) fn noticed(page: &Page<'_>) -> Option<Section> {
    let cards: Vec<_> = of_staff(page).into_iter().map(|(label, items)| (said(label), items)).collect();
    Section::new("What staff have noticed", (!cards.is_empty()).then_some(Block::Cards { cards }).into_iter().collect())
}

/// Each worry with what will be done about it.
pub(super) fn answered(page: &Page<'_>) -> Vec<Vec<String>> {
    let actions = page.record.transition_plan.iter().flat_map(|plan| &plan.actions);
    let answer = |id: &Option<String>| {
        let answers = actions.clone().filter(|action| id.is_some() && action.for_worry == *id);
        let answers = answers.filter_map(|action| action.what.clone()).collect::<Vec<_>>().join("; ");
        if answers.is_empty() { say!("Please ask my key adult") } else { answers }
    };
    let worries = page.record.voice.iter().flat_map(|voice| &voice.worries).take(page.fit.items);
    let cut = |text: &str| page.fit.cut(text, page.fit.letters / 2);
    worries.map(|worry| vec![cut(worry.text.as_deref().unwrap_or_default()), cut(&answer(&worry.id))]).collect()
}

pub(super) fn worries(page: &Page<'_>) -> Option<Section> {
    let columns = [("What worries me", 1.0), ("What will be done", 1.0)];
    let table = Block::table("", &columns, answered(page));
    Section::new("My worries about the move", table.into_iter().collect())
}

/// What every adult has to know before saying the first word: medical alerts, and how to say the name.
pub(super) fn at_once(page: &Page<'_>) -> Option<Section> {
    let pupil = page.record.pupil.as_ref();
    let health = || page.record.health.iter();
    let conditions = health().flat_map(|health| &health.conditions);
    let medical: Vec<String> = conditions.filter_map(|condition| condition.action.clone()).collect();
    let allergies: Vec<String> = health().flat_map(|health| &health.allergies).filter_map(allergy).collect();
    let alerts = Rows::default().lines("Allergies", &allergies).lines("If unwell", &medical).0;
    let name = Rows::default()
        .text("How to say the name", pupil.and_then(|pupil| pupil.pronunciation.as_ref()))
        .add("First language", pupil.and_then(|pupil| pupil.first_language.as_deref()).and_then(child::other_language));
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend((!alerts.is_empty()).then_some(Block::Alerts { rows: alerts }));
    blocks.extend(name.facts());
    Section::new("", blocks)
}

pub(super) fn practical(page: &Page<'_>) -> Option<Section> {
    let plan = page.record.transition_plan.as_ref();
    let school = page.record.receiving_school.as_ref();
    let support = page.record.voice.as_ref().and_then(|voice| voice.communication_support.as_ref());
    let rows = Rows::default()
        .text("In the first week", plan.and_then(|plan| plan.first_week.as_ref()))
        .text("Key adult", school.and_then(|school| school.key_adult.as_ref()))
        .add("How the child was helped to say this", support.map(|text| page.fit.cut(text, page.fit.letters / 2)));
    Section::new("For every day", rows.glance().into_iter().collect())
}

/// An allergy with what to do.
pub(super) fn allergy(allergy: &Allergy) -> Option<String> {
    crate::document::view::joined([allergy.to.clone(), allergy.action.clone()], ": ")
}

pub(super) fn shortened(page: &Page<'_>) -> Option<Section> {
    let notice = if page.fit.is_shortened() {
        "Shortened to keep to one page. The key adult, the tutor and the Head of Year have all of it."
    } else if page.fit.spills {
        "This profile takes more than one page, so that nothing is left out that keeps the child safe."
    } else {
        return None;
    };
    Section::new("", vec![Block::notice(notice)])
}
