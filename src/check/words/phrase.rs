//! A phrase with the words that must stand beside it, and those that make it harmless.

use super::Words;

/// Some words, and others that make them mean something else.
pub(in crate::check) struct Phrase {
    pub(in crate::check) says: &'static [&'static [&'static str]],
    /// One of these as well, where there are any.
    pub(in crate::check) with: &'static [&'static [&'static str]],
    /// None of these, which make it mean something else.
    pub(in crate::check) unless: &'static [&'static [&'static str]],
}

impl Phrase {
    /// Whether a text says it.
    pub(in crate::check) fn is_in(&self, words: &Words<'_>) -> bool {
        self.is_in_beside(words, words)
    }

    /// Whether a text says it, where another text around it holds what would make it harmless.
    pub(in crate::check) fn is_in_beside(&self, words: &Words<'_>, around: &Words<'_>) -> bool {
        let any = |of: &[&[&str]], words: &Words<'_>| of.iter().any(|phrase| words.say(phrase));
        any(self.says, words) && (self.with.is_empty() || any(self.with, words)) && !any(self.unless, around)
    }
}

/// Phrases out of words: `phrases![["no", "coat"], ["unwashed"]]`.
macro_rules! phrases {
    ($($($word:literal)+),* $(,)?) => { &[$(&[$($word),+] as &[&str]),*] };
}

/// No words.
pub(in crate::check) const NONE: &[&[&str]] = &[];
pub(in crate::check) use phrases;
