//! The one-page profile for all staff: the child's words first, then what is good to know. Positive and practical.

use super::{Page, child};
use crate::document::view::{Block, Lines, Picture, Rows, Section};
use crate::text::{said, say};

/// How a profile is kept to its one page: first by tighter type, then by showing less of what the transition pack has
/// in full. What keeps a child safe (the medical action, the first week) is never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) struct Fit {
    /// How tightly the type is set.
    pub level: u8,
    /// How many items of a list are shown.
    items: usize,
    /// How many occasions on which the child was heard.
    quotes: usize,
    /// How many characters of one of them; half as many of an item.
    letters: usize,
    /// How many pictures.
    pictures: usize,
    /// Whether it may go on to a second page.
    pub spills: bool,
    /// Of a pack of several pages: how far apart lines stand.
    pub lines: Lines,
    /// Of a safeguarding pack with little to tell: whether facts run on, so that it keeps to one page.
    pub runs_on: bool,
}

impl Fit {
    /// With all there is.
    pub(in crate::document) const AT_EASE: Self = Self {
        level: 0,
        items: usize::MAX,
        quotes: usize::MAX,
        letters: usize::MAX,
        pictures: usize::MAX,
        spills: false,
        lines: Lines::AtEase,
        runs_on: true,
    };

    /// With lines closer together.
    pub(in crate::document) const CLOSER: Self = Self { lines: Lines::Closer, ..Self::AT_EASE };

    /// With lines further apart.
    pub(in crate::document) const WIDER: Self = Self { lines: Lines::Wider, ..Self::AT_EASE };

    /// With facts one below the other, also where there is little to tell.
    pub(in crate::document) const AT_LENGTH: Self = Self { runs_on: false, ..Self::AT_EASE };

    /// That, and with lines closer together.
    pub(in crate::document) const AT_LENGTH_CLOSER: Self = Self { lines: Lines::Closer, ..Self::AT_LENGTH };

    /// From ease to the least that is still worth reading; at the end a second page, as what keeps a child safe is never
    /// cut.
    pub(in crate::document) const STEPS: &'static [Self] = &[
        Self::AT_EASE,
        Self { level: 1, ..Self::AT_EASE },
        Self { level: 2, ..Self::AT_EASE },
        Self { level: 3, ..Self::AT_EASE },
        Self { items: 8, quotes: 4, letters: 600, pictures: 2, ..Self::TIGHT },
        Self { items: 5, quotes: 3, letters: 400, pictures: 2, ..Self::TIGHT },
        Self { items: 3, quotes: 2, letters: 240, pictures: 1, ..Self::TIGHT },
        Self { items: 2, quotes: 1, letters: 120, pictures: 1, ..Self::TIGHT },
        Self { items: 2, quotes: 1, letters: 120, pictures: 0, ..Self::TIGHT },
        Self { level: 1, spills: true, ..Self::AT_EASE },
    ];

    const TIGHT: Self = Self { level: 3, ..Self::AT_EASE };

    /// Whether something may have been left out.
    pub(in crate::document) fn is_shortened(&self) -> bool {
        self.letters < usize::MAX
    }

    /// The beginning of a text, broken between words, with an ellipsis where something is left out.
    fn cut(&self, text: &str, letters: usize) -> String {
        let Some((end, _)) = text.char_indices().nth(letters) else { return text.to_owned() };
        let beginning = text.get(..end).unwrap_or(text);
        let whole = beginning.rfind(char::is_whitespace).and_then(|space| beginning.get(..space)).unwrap_or(beginning);
        format!("{} …", whole.trim_end())
    }

    /// The items of a list that are shown; where some are not, the last line says so.
    fn items(&self, items: &[String]) -> Vec<String> {
        let mut shown: Vec<String> =
            items.iter().take(self.items).map(|item| self.cut(item, self.letters / 2)).collect();
        let more = items.len() - shown.len();
        shown.extend((more > 0).then(|| say!("… and {more} more: ask the key adult", more)));
        shown
    }
}

pub(super) fn words(page: &Page<'_>) -> Option<Section> {
    let entries = page.record.voice.iter().flat_map(|voice| &voice.entries);
    let pictures = child::Shown::of(page);
    let mut room = page.fit.pictures;
    let quote = |entry: &crate::record::VoiceEntry| {
        let mut pictures = pictures.of_entry(entry);
        pictures.truncate(room);
        room -= pictures.len();
        let text = entry.verbatim.as_ref().map(|words| page.fit.cut(words, page.fit.letters)).unwrap_or_default();
        if text.is_empty() && pictures.is_empty() {
            return None;
        }
        let translation = entry.translation.as_ref().map(|words| page.fit.cut(words, page.fit.letters));
        let notes = Rows::default().add("In English", translation).0;
        let by = if page.kind == super::PackKind::Child { String::new() } else { child::said_by(entry) };
        Some(Block::Quote { text, lang: child::language_code(entry), by, pictures, notes })
    };
    let mut blocks: Vec<Block> = entries.filter_map(quote).take(page.fit.quotes).collect();
    if blocks.is_empty() && page.kind == super::PackKind::Profile {
        blocks.push(Block::notice(
            "The child has not agreed to share words with all staff, or could not be asked. Ask the key adult how best to listen.",
        ));
    }
    let heard = page.record.voice.iter().flat_map(|voice| &voice.entries).next().is_some();
    let heading = match (page.kind == super::PackKind::Child, heard) {
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
pub(super) fn allergy(allergy: &crate::record::Allergy) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_words_and_say_so() {
        let fit = Fit { level: 2, items: 2, quotes: 1, letters: 24, ..Fit::AT_EASE };
        assert_eq!(fit.cut("short", 24), "short");
        assert_eq!(fit.cut("I like to draw horses with long tails", 24), "I like to draw horses …");
        assert_eq!(fit.cut("áááááááá", 4), "áááá …");
        assert_eq!(fit.items(&["a".into(), "b".into(), "c".into()]), ["a", "b", "… and 1 more: ask the key adult"]);
    }
}
