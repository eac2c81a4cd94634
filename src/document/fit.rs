//! How tightly a document is set.

use super::view::Lines;
use crate::text::say;

/// How a profile is kept to its one page: first by tighter type, then by showing less of what the transition pack has
/// in full. What keeps a child safe (the medical action, the first week) is never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    /// How tightly the type is set.
    pub level: u8,
    /// How many items of a list are shown.
    pub(super) items: usize,
    /// How many occasions on which the child was heard.
    pub(super) quotes: usize,
    /// How many characters of one of them; half as many of an item.
    pub(super) letters: usize,
    /// How many pictures.
    pub(super) pictures: usize,
    /// Whether it may go on to a second page.
    pub spills: bool,
    /// Of a pack of several pages: how far apart lines stand.
    pub lines: Lines,
    /// Of a safeguarding pack with little to tell: whether facts run on, so that it keeps to one page.
    pub runs_on: bool,
}

impl Fit {
    /// With all there is.
    pub(super) const AT_EASE: Self = Self {
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
    pub(super) const CLOSER: Self = Self { lines: Lines::Closer, ..Self::AT_EASE };

    /// With lines further apart.
    pub(super) const WIDER: Self = Self { lines: Lines::Wider, ..Self::AT_EASE };

    /// With facts one below the other, also where there is little to tell.
    pub(super) const AT_LENGTH: Self = Self { runs_on: false, ..Self::AT_EASE };

    /// That, and with lines closer together.
    pub(super) const AT_LENGTH_CLOSER: Self = Self { lines: Lines::Closer, ..Self::AT_LENGTH };

    /// From ease to the least that is still worth reading; at the end a second page, as what keeps a child safe is never
    /// cut.
    pub(super) const STEPS: &'static [Self] = &[
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

    /// The steps for a profile, the first of them one with which it probably keeps to its page: from how long its text is,
    /// in bytes of JSON. Measured over 200 records: none of the first step has more than 1,203 bytes, none of the second
    /// more than 1,649, none of the third more than 2,021.
    pub(super) fn steps_for(length: usize) -> &'static [Self] {
        const LONGEST: [usize; 3] = [1_200, 1_640, 2_020];
        let first = LONGEST.iter().position(|longest| length <= *longest).unwrap_or(LONGEST.len());
        Self::STEPS.get(first..).unwrap_or_default()
    }

    pub(super) const TIGHT: Self = Self { level: 3, ..Self::AT_EASE };

    /// Whether something may have been left out.
    pub(super) fn is_shortened(&self) -> bool {
        self.letters < usize::MAX
    }

    /// The beginning of a text, broken between words, with an ellipsis where something is left out.
    pub(super) fn cut(&self, text: &str, letters: usize) -> String {
        let Some((end, _)) = text.char_indices().nth(letters) else { return text.to_owned() };
        let beginning = text.get(..end).unwrap_or(text);
        let whole = beginning.rfind(char::is_whitespace).and_then(|space| beginning.get(..space)).unwrap_or(beginning);
        format!("{} …", whole.trim_end())
    }

    /// The items of a list that are shown; where some are not, the last line says so.
    pub(super) fn items(&self, items: &[String]) -> Vec<String> {
        let mut shown: Vec<String> =
            items.iter().take(self.items).map(|item| self.cut(item, self.letters / 2)).collect();
        let more = items.len() - shown.len();
        shown.extend((more > 0).then(|| say!("… and {more} more: ask the key adult", more)));
        shown
    }
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
