//! Words: folding them, finding them, and one walk over every text of a record.

mod walk;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

pub(super) use walk::{each_keyword, each_text};

use crate::record::{Record, is_line_field};

/// What can be wrong with a text by its words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A placeholder where a fact or a reason is needed.
    Placeholder,
    /// A label where behaviour should be described.
    Label,
    /// A concern about a member of staff.
    AboutStaff,
    /// Words that tell what not everyone has to know.
    Private,
    /// Letters that were read in the wrong encoding.
    Garbled,
    /// A space too many in a name or number, or a character that cannot be seen.
    Untidy,
    /// A character that no font here has a letter form for.
    NoLetterForm(char),
}

/// Fields with the words of the child or of a parent; they are theirs to choose.
const THEIR_WORDS: [&str; 12] = [
    "verbatim",
    "text",
    "important_to_me",
    "good_at",
    "best_support",
    "hopes",
    "views",
    "parent_view",
    "prompt",
    "trusted_adults",
    "who_should_know",
    "what_works",
];

/// The first words of every phrase that [`flaws`] looks for, in any case: a text with none of them is not split.
static SUSPECTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let private = super::leaks::TELLING.iter().map(|telling| telling.says).chain(super::risk_history::LABELS);
    let private = private.filter_map(|phrase| phrase.first());
    let first = private.chain(&super::sharing::ABOUT_STAFF).chain(&super::risk_history::SHORT_LABELS);
    #[expect(clippy::expect_used, reason = "a few short words fit every limit; a unit test builds it")]
    AhoCorasick::builder().ascii_case_insensitive(true).build(first).expect("a few short words fit every limit")
});

/// Every flaw of every text of a record, with the text's path, in the order of the record's sections.
pub(super) fn flaws(record: &Record) -> Vec<(Flaw, String)> {
    let mut found = Vec::new();
    each_text(record, &mut |path, field, text| {
        if super::identity::is_unanswered(field, text) {
            found.push((Flaw::Placeholder, path.to_string()));
        }
        if super::lines::is_untidy(text) && is_line_field(field) && !path.is_name_of_school() {
            found.push((Flaw::Untidy, path.to_string()));
        }
        if let Some(c) = super::lines::first_without_form(text) {
            found.push((Flaw::NoLetterForm(c), path.to_string()));
        }
        if super::plain_facts::is_garbled(text) {
            found.push((Flaw::Garbled, path.to_string()));
        }
        if !SUSPECTS.is_match(text) {
            return;
        }
        let words = Words::of(text);
        if !super::leaks::EXACT_WORDS.contains(&field) && super::leaks::is_telling(&words) {
            found.push((Flaw::Private, path.to_string()));
        }
        if THEIR_WORDS.contains(&field) {
            return;
        }
        if super::risk_history::is_label(&words) {
            found.push((Flaw::Label, path.to_string()));
        }
        if super::sharing::is_about_staff(&words) {
            found.push((Flaw::AboutStaff, path.to_string()));
        }
    });
    found
}

/// The words of a text, without punctuation, in their own case.
#[derive(Debug)]
pub(super) struct Words<'a> {
    words: Vec<&'a str>,
    /// A bit for each small letter that a word begins with; most phrases are ruled out by it.
    initials: u32,
}

impl<'a> Words<'a> {
    /// The words of a text.
    pub(super) fn of(text: &'a str) -> Self {
        Self::from(text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect())
    }

    fn from(words: Vec<&'a str>) -> Self {
        let initials = words.iter().fold(0, |bits, word| bits | initial(word));
        Self { words, initials }
    }

    /// Whether some words follow one another in it, in any case.
    pub(super) fn say(&self, phrase: &[&str]) -> bool {
        let same = |(a, b): (&&str, &&str)| a.eq_ignore_ascii_case(b);
        let may = phrase.first().is_some_and(|first| self.initials & initial(first) != 0);
        may && self.words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(same))
    }

    /// Whether one of some words is followed, so many words later at most, by one of others; in any case.
    pub(super) fn follow(&self, first: &[&str], then: &[&str], within: usize) -> bool {
        let is_any = |word: &str, of: &[&str]| of.iter().any(|other| word.eq_ignore_ascii_case(other));
        self.words
            .iter()
            .enumerate()
            .filter(|(_, word)| is_any(word, first))
            .any(|(at, _)| self.words.iter().skip(at + 1).take(within).any(|word| is_any(word, then)))
    }

    /// Whether a word stands in it in this very case.
    pub(super) fn have(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

/// The bit of the letter a word begins with; one bit for everything that is no ASCII letter.
fn initial(word: &str) -> u32 {
    let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
    1 << if first.is_ascii_lowercase() { u32::from(first - b'a') } else { 26 }
}

/// A text in small letters, without punctuation, with single spaces.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in Words::of(text).words {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    folded
}

/// Whether some folded words stand in a folded text, as whole words.
pub(super) fn has_words(folded: &str, words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    Words::from(folded.split(' ').collect()).say(&words)
}

/// Whether a text holds any of some folded words.
pub(super) fn says_any(text: &str, words: &[&str]) -> bool {
    let text = Words::of(text);
    words.iter().any(|words| text.say(&words.split(' ').collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert!(has_words("she was hard to reach", "hard to reach") && !has_words("the lados", "lado"));
        assert!(says_any("Attention-seeking.", &["attention seeking"]));
        assert!(Words::of("DNA, twice").have("DNA") && !Words::of("dna").have("DNA"));
        assert_eq!(fold("  O'Hara,  ZOË "), "o hara zoë");
    }
}
