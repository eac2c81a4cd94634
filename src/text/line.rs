//! What a plain line is: one table, used by the rules, by whoever writes a name and by whoever reads one.
//!
//! A plain line stands in a row of facts (a manifest, a letter, a terminal) and cannot draw rows of its own: it holds no
//! character that hides, reorders, strikes out or breaks lines, no space but single ones between words, and no more
//! characters than its row has room for.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{is_nothing, misleads};

/// The longest name of a school, in characters. The longest on Get Information about Schools has less than 120.
pub const LONGEST_SCHOOL_NAME: usize = 200;
/// The longest name of a person, in characters.
const LONGEST_PERSON_NAME: usize = 200;
/// The longest line about who decided something and why, in characters.
pub const LONGEST_NOTE: usize = 300;
/// The longest name in a certificate, in characters (RFC 5280, appendix A: `ub-common-name`, `ub-organization-name`).
pub const LONGEST_CERTIFICATE_NAME: usize = 64;

/// What keeps a text from being a plain line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFlaw {
    /// Nothing stands in it.
    Empty,
    /// More characters than there is room for: how many there may be.
    TooLong(usize),
    /// A space at an end, two together, or white space of another kind than the plain space.
    Space,
    /// A character that hides, reorders, strikes out or breaks lines.
    Hidden(char),
}

impl LineFlaw {
    /// The first thing that keeps a text from being a plain line of at most so many characters; `None` for one that is.
    #[must_use]
    pub fn of(text: &str, most: usize) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::Empty);
        }
        // White space of other kinds is told as white space, also where it breaks lines: that is how it is mended.
        if let Some(c) = text.chars().find(|c| misleads(*c) && !c.is_whitespace()) {
            return Some(Self::Hidden(c));
        }
        let other = |c: char| c.is_whitespace() && c != ' ';
        if text.contains("  ") || text.contains(other) || text.starts_with(' ') || text.ends_with(' ') {
            return Some(Self::Space);
        }
        (text.chars().count() > most).then_some(Self::TooLong(most))
    }
}

impl fmt::Display for LineFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong(most) => write!(f, "it has more than {most} letters"),
            Self::Space => f.write_str("it has a space at an end, two together, or a line break or tab"),
            Self::Hidden(c) => {
                write!(f, "it holds U+{:04X}, which cannot be seen or changes what stands around it", u32::from(*c))
            }
        }
    }
}

impl std::error::Error for LineFlaw {}

/// Whether a text is a plain line of at most so many characters. An empty text is one that says nothing.
#[must_use]
pub fn is_plain_line(text: &str, most: usize) -> bool {
    text.is_empty() || LineFlaw::of(text, most).is_none()
}

/// Whether a text has the form of a child's opaque reference: `K7Q2-9M3XA`.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-';
    text.len() == 10 && text.bytes().all(plain) && !text.starts_with('-')
}

/// A line as it was meant: white space of any kind as single spaces between words, and without the characters of no width
/// that come along with a copied text. What may have a meaning (joiners, marks of direction) stays.
#[must_use]
pub fn tidy_line(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !is_nothing(*c) && *c != '\u{ad}').collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A plain line of at most so many characters, right by construction, also where it is read from data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlainLine<const MOST: usize>(String);

impl<const MOST: usize> PlainLine<MOST> {
    /// A plain line from its text, which stays as it is.
    ///
    /// # Errors
    /// What keeps it from being one.
    pub fn parse(text: &str) -> Result<Self, LineFlaw> {
        LineFlaw::of(text, MOST).map_or_else(|| Ok(Self(text.to_owned())), Err)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> std::str::FromStr for PlainLine<MOST> {
    type Err = LineFlaw;

    fn from_str(text: &str) -> Result<Self, LineFlaw> {
        Self::parse(text)
    }
}

impl<const MOST: usize> TryFrom<String> for PlainLine<MOST> {
    type Error = LineFlaw;

    fn try_from(text: String) -> Result<Self, LineFlaw> {
        Self::parse(&text)
    }
}

impl<const MOST: usize> From<PlainLine<MOST>> for String {
    fn from(line: PlainLine<MOST>) -> Self {
        line.0
    }
}

impl<const MOST: usize> fmt::Display for PlainLine<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The name of a person.
pub type PersonName = PlainLine<LONGEST_PERSON_NAME>;

/// Who decided something, or why, in one line.
pub type Note = PlainLine<LONGEST_NOTE>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cannot_draw_lines_of_its_own() {
        assert!(is_plain_line("St. Bríd’s C.E. School", 64));
        for drawn in
            ["A  B", "A\u{a0}B", "A\u{3000}B", "A\nB", " A", "A\u{ad}B", "A\u{9b}1mB", "A\u{3164}B", "A\u{336}B", "A "]
        {
            assert!(!is_plain_line(drawn, 64) && Note::parse(drawn).is_err(), "{drawn:?}");
        }
        assert!(!is_plain_line(&"A".repeat(65), 64));
    }

    #[test]
    fn what_is_tidied_is_plain_unless_something_with_a_meaning_stands_in_it() {
        for untidy in [" A  B ", "A\u{a0}B", "A\nB\r\n", "A\u{200b} B\t", "\u{feff}A\u{2003}B\u{ad}"] {
            assert_eq!(tidy_line(untidy), "A B", "{untidy:?}");
        }
        assert_eq!(LineFlaw::of(&tidy_line("A\u{202e}B"), 64), Some(LineFlaw::Hidden('\u{202e}')));
        assert_eq!(tidy_line("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn each_flaw_is_named() {
        let flaws = ["  ", "A\u{202e}B", "A ", "ABCDE"].map(|text| LineFlaw::of(text, 4));
        let wanted = [LineFlaw::Empty, LineFlaw::Hidden('\u{202e}'), LineFlaw::Space, LineFlaw::TooLong(4)];
        assert_eq!(flaws, wanted.map(Some));
        assert!(serde_json::from_str::<Note>("\"A  B\"").is_err());
    }
}
