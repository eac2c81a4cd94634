//! The one-page profile for all staff: the child's words first, then what is good to know. Positive and practical.

use super::Page;
use crate::document::view::{Block, Rows, Section};

pub(super) fn words(page: &Page<'_>) -> Option<Section> {
    let entries = page.record.voice.iter().flat_map(|voice| &voice.entries);
    let quote = |entry: &crate::record::VoiceEntry| {
        let text = entry.verbatim.clone()?;
        let notes = Rows::default().text("In English", entry.translation.as_ref()).0;
        Some(Block::Quote { text, lang: entry.language.clone(), by: super::child::said_by(entry), notes })
    };
    let mut blocks: Vec<Block> = entries.filter_map(quote).collect();
    if blocks.is_empty() {
        let text = "The child has not agreed to share words with all staff, or could not be asked. Ask the key adult how best to listen.";
        blocks.push(Block::Notice { text: text.to_owned() });
    }
    Section::new("In my own words", blocks)
}

pub(super) fn cards(page: &Page<'_>) -> Option<Section> {
    let voice = page.record.voice.as_ref();
    let plan = page.record.transition_plan.as_ref();
    let profile = voice.and_then(|voice| voice.profile.as_ref());
    let lists = [
        ("What is important to me", profile.map(|profile| &profile.important_to_me)),
        ("What I am good at", profile.map(|profile| &profile.good_at)),
        ("How best to support me", profile.map(|profile| &profile.best_support)),
        ("What I hope for", profile.map(|profile| &profile.hopes)),
        ("Who I trust", voice.map(|voice| &voice.trusted_adults)),
        ("What works", plan.map(|plan| &plan.what_works)),
        ("What is hard for me", plan.map(|plan| &plan.triggers)),
        ("Talking together", page.record.pupil.as_ref().map(|pupil| &pupil.communication_needs)),
    ];
    let cards = lists.into_iter().filter_map(|(label, items)| {
        let items = items.filter(|items| !items.is_empty())?;
        Some((label.to_owned(), items.clone()))
    });
    let cards: Vec<_> = cards.collect();
    Section::new("Good to know", (!cards.is_empty()).then_some(Block::Cards { cards }).into_iter().collect())
}

pub(super) fn worries(page: &Page<'_>) -> Option<Section> {
    let voice = page.record.voice.as_ref()?;
    let actions = page.record.transition_plan.iter().flat_map(|plan| &plan.actions);
    let answer = |id: &Option<String>| {
        let answers = actions.clone().filter(|action| id.is_some() && action.for_worry == *id);
        let answers = answers.filter_map(|action| action.what.clone()).collect::<Vec<_>>().join("; ");
        if answers.is_empty() { "Please ask my key adult".to_owned() } else { answers }
    };
    let rows: Vec<Vec<String>> =
        voice.worries.iter().map(|worry| vec![worry.text.clone().unwrap_or_default(), answer(&worry.id)]).collect();
    let table = Block::Table {
        caption: String::new(),
        columns: vec![("What worries me".into(), 1.0), ("What will be done".into(), 1.0)],
        rows,
    };
    Section::new("My worries about the move", (!voice.worries.is_empty()).then_some(table).into_iter().collect())
}

pub(super) fn practical(page: &Page<'_>) -> Option<Section> {
    let plan = page.record.transition_plan.as_ref();
    let pupil = page.record.pupil.as_ref();
    let conditions = page.record.health.iter().flat_map(|health| &health.conditions);
    let medical: Vec<String> = conditions.filter_map(|condition| condition.action.clone()).collect();
    let school = page.record.receiving_school.as_ref();
    let rows = Rows::default()
        .text("In the first week", plan.and_then(|plan| plan.first_week.as_ref()))
        .list("If I am unwell", &medical)
        .text("My key adult", school.and_then(|school| school.key_adult.as_ref()))
        .text("How to say my name", pupil.and_then(|pupil| pupil.pronunciation.as_ref()))
        .text("My first language", pupil.and_then(|pupil| pupil.first_language.as_ref()))
        .text(
            "How I was helped to say this",
            page.record.voice.as_ref().and_then(|voice| voice.communication_support.as_ref()),
        );
    Section::new("For every day", rows.facts().into_iter().collect())
}
