//! Words: folding them, finding them, and one walk over every text of a record.

pub(in crate::check) mod event_words;
pub(in crate::check) mod flaws;
pub(in crate::check) mod labels;
pub(in crate::check) mod lettering;
pub(in crate::check) mod phrase;
pub(in crate::check) mod placeholders;
pub(in crate::check) mod questions;
pub(in crate::check) mod taken_up;
pub(in crate::check) mod telling;
pub(in crate::check) mod walk;

pub(in crate::check) use walk::each_text;

/// The words of a text, without punctuation, in their own case.
#[derive(Debug)]
pub(in crate::check) struct Words<'a> {
    words: Vec<&'a str>,
    /// A mark for each word; most phrases are ruled out by a mark that is missing.
    marks: Marks,
}

/// Marks of words: those of two words are seldom, those of one word in two cases always the same.
#[derive(Debug, Default)]
struct Marks([u64; 8]);

impl Marks {
    /// In which of the numbers, and which bit of it.
    fn place(word: &str) -> (usize, u64) {
        let letter = |byte: Option<u8>| usize::from(byte.unwrap_or_default().to_ascii_lowercase());
        let mark = letter(word.bytes().next()) * 31 + letter(word.bytes().next_back()) * 7 + word.len();
        (mark / 64 % 8, 1 << (mark % 64))
    }

    fn add(&mut self, word: &str) {
        let (number, bit) = Self::place(word);
        if let Some(bits) = self.0.get_mut(number) {
            *bits |= bit;
        }
    }

    fn may_have(&self, word: &str) -> bool {
        let (number, bit) = Self::place(word);
        self.0.get(number).is_some_and(|bits| bits & bit != 0)
    }
}

impl<'a> Words<'a> {
    /// The words of a text.
    pub(in crate::check) fn of(text: &'a str) -> Self {
        Self::from(text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect())
    }

    fn from(words: Vec<&'a str>) -> Self {
        let mut marks = Marks::default();
        words.iter().for_each(|word| marks.add(word));
        Self { words, marks }
    }

    /// Whether some words follow one another in it, in any case.
    pub(in crate::check) fn say(&self, phrase: &[&str]) -> bool {
        let same = |(a, b): (&&str, &&str)| a.eq_ignore_ascii_case(b);
        !phrase.is_empty()
            && phrase.iter().all(|word| self.marks.may_have(word))
            && self.words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(same))
    }

    /// Whether one of some words is followed, so many words later at most, by one of others; in any case.
    pub(in crate::check) fn follow(&self, first: &[&str], then: &[&str], within: usize) -> bool {
        let is_any = |word: &str, of: &[&str]| of.iter().any(|other| word.eq_ignore_ascii_case(other));
        self.words
            .iter()
            .enumerate()
            .filter(|(_, word)| is_any(word, first))
            .any(|(at, _)| self.words.iter().skip(at + 1).take(within).any(|word| is_any(word, then)))
    }

    /// Whether a word stands in it in this very case.
    pub(in crate::check) fn have(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

/// A text in small letters, without punctuation, with single spaces.
pub(in crate::check) fn fold(text: &str) -> String {
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
pub(in crate::check) fn has_words(folded: &str, words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    Words::from(folded.split(' ').collect()).say(&words)
}

/// Whether a text holds any of some folded words.
pub(in crate::check) fn says_any(text: &str, words: &[&str]) -> bool {
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
