//! A certificate's fingerprint, in hexadecimal for machines and in words for the telephone.

use std::fmt;

use bip39::Language;
use sha2::{Digest, Sha256};

use crate::text::hex;

/// How many words are read out. Eleven bits each: 132 bits, which nobody can match by trying.
const WORDS: usize = 12;

/// The SHA-256 of a certificate in DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a certificate in DER.
    #[must_use]
    pub fn of(der: &[u8]) -> Self {
        Self(Sha256::digest(der).into())
    }

    /// The fingerprint of its hexadecimal text, 64 digits with small letters: one way to write it.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
            return None;
        }
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// Twelve words of the BIP 39 list, in the order in which they are read out.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let list = Language::English.word_list();
        let bit = |at: usize| self.0.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8)) & 1);
        let word = |n: usize| (0..11).fold(0, |index, i| index << 1 | bit(n * 11 + i));
        (0..WORDS).filter_map(|n| list.get(word(n)).copied()).collect()
    }

    /// In hexadecimal, in groups of four digits, so that two people can compare it over the telephone.
    #[must_use]
    pub fn in_groups(&self) -> String {
        let groups: Vec<String> = self.0.chunks(2).map(|two| hex(two).to_uppercase()).collect();
        groups.join(" ")
    }

    /// Whether typed words are this fingerprint's, whatever stands between them.
    #[must_use]
    pub fn matches_words(&self, typed: &str) -> bool {
        let typed = typed.to_lowercase();
        let typed: Vec<&str> =
            typed.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
        typed == self.words()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_and_words_name_the_same_bits() {
        let fingerprint = Fingerprint::of(b"certificate");
        assert_eq!(Fingerprint::from_hex(&fingerprint.to_string()), Some(fingerprint));
        assert_eq!(fingerprint.words().len(), WORDS);
        assert!(fingerprint.matches_words(&fingerprint.words().join("  ").to_uppercase()));
        assert!(!fingerprint.matches_words(&Fingerprint::of(b"other").words().join(" ")));
        assert!(!fingerprint.matches_words(""));
    }

    #[test]
    fn the_words_are_the_first_bits() {
        let zero = Fingerprint([0; 32]);
        assert_eq!(zero.words(), ["abandon"; 12]);
        let ones = Fingerprint([0xff; 32]);
        assert_eq!(ones.words(), ["zoo"; 12]);
    }
}
