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
    /// A bit for each small letter that a word begins with; most phrases are ruled out by it.
    initials: u32,
}

impl<'a> Words<'a> {
    /// The words of a text.
    pub(in crate::check) fn of(text: &'a str) -> Self {
        Self::from(text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect())
    }

    fn from(words: Vec<&'a str>) -> Self {
        let initials = words.iter().fold(0, |bits, word| bits | initial(word));
        Self { words, initials }
    }

    /// Whether some words follow one another in it, in any case.
    pub(in crate::check) fn say(&self, phrase: &[&str]) -> bool {
        let same = |(a, b): (&&str, &&str)| a.eq_ignore_ascii_case(b);
        let may = phrase.first().is_some_and(|first| self.initials & initial(first) != 0);
        may && self.words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(same))
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

/// The bit of the letter a word begins with; one bit for everything that is no ASCII letter.
fn initial(word: &str) -> u32 {
    let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
    1 << if first.is_ascii_lowercase() { u32::from(first - b'a') } else { 26 }
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
