//! Numbers that identify a child. A value of these types is right by construction.

use std::fmt;

/// The letters a UPN may use, in the order of their values 0 to 22: no I, O, S.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// A Unique Pupil Number: check letter, local authority (3), establishment (4), year (2), serial (3).
/// Source: GovTalk GDSC `UniquePupilNumber` 2.0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Upn(String);

/// What is wrong with a text that should be a UPN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpnProblem {
    /// Not 13 characters of the pattern.
    Pattern,
    /// The pattern fits, the check letter does not.
    CheckLetter,
}

impl Upn {
    /// A UPN from its text.
    ///
    /// # Errors
    /// [`UpnProblem::Pattern`] unless it is a letter, eleven digits, and a digit or letter;
    /// [`UpnProblem::CheckLetter`] if the first letter is not the one its other characters give.
    pub fn parse(text: &str) -> Result<Self, UpnProblem> {
        let (first, body) = text.split_at_checked(1).ok_or(UpnProblem::Pattern)?;
        if !first.bytes().all(|letter| LETTERS.contains(&letter)) {
            return Err(UpnProblem::Pattern);
        }
        let letter = upn_check_letter(body).ok_or(UpnProblem::Pattern)?;
        if first.starts_with(letter) { Ok(Self(text.to_owned())) } else { Err(UpnProblem::CheckLetter) }
    }

    /// Whether the number is a temporary one (its last character is a letter).
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.0.ends_with(|last: char| last.is_ascii_alphabetic())
    }

    /// The last two digits of the academic year in which it was given.
    #[must_use]
    pub fn year(&self) -> u8 {
        self.0.get(8..10).and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }

    /// The local authority number in it. No information about the child's present school.
    #[must_use]
    pub fn local_authority(&self) -> &str {
        self.0.get(1..4).unwrap_or_default()
    }
}

impl fmt::Display for Upn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The check letter for characters 2 to 13 of a UPN: the sum of position times value, modulo 23.
/// `None` unless the body is eleven digits and a digit or a UPN letter.
#[must_use]
pub fn upn_check_letter(body: &str) -> Option<char> {
    if body.len() != 12 {
        return None;
    }
    let mut sum = 0;
    for (index, byte) in body.bytes().enumerate() {
        let value = match byte {
            b'0'..=b'9' => usize::from(byte - b'0'),
            _ if index == 11 => LETTERS.iter().position(|&letter| letter == byte)?,
            _ => return None,
        };
        sum += (index + 2) * value;
    }
    LETTERS.get(sum % 23).map(|&letter| char::from(letter))
}

/// An NHS number: ten digits whose last is a modulus 11 check digit. Spaces may separate the groups.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NhsNumber(String);

impl NhsNumber {
    /// An NHS number from its text, or `None` where the digits or the check digit are wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| *c != ' ').collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (body, check) = digits.split_at(9);
        let sum: u32 = body.bytes().zip((2..=10).rev()).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
        let expected = match 11 - sum % 11 {
            11 => 0,
            10 => return None,
            digit => digit,
        };
        (check == expected.to_string()).then_some(Self(digits))
    }
}

impl fmt::Display for NhsNumber {
    /// In the usual groups: `999 000 0018`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = self.0.split_at(3);
        let (second, third) = rest.split_at(3);
        write!(f, "{first} {second} {third}")
    }
}

/// A UPN without what is typed between its letters, in capitals: by it children are told apart.
#[must_use]
pub fn plain_upn(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upn_vectors() {
        let good = [
            "B801200005001",
            "P207000016049",
            "G999200126001",
            "W999200126002",
            "K999200126003",
            "G99920012600B",
            "A99910012501Z",
        ];
        for upn in good {
            assert!(Upn::parse(upn).is_ok(), "{upn}");
        }
        assert!(Upn::parse("G99920012600B").unwrap().is_temporary());
        assert_eq!(Upn::parse("Q207000016049"), Err(UpnProblem::CheckLetter));
        for wrong in ["", "G", "I999200126001", "G9992001260011", "G99920012600O", "g999200126001", "é99920012600"] {
            assert_eq!(Upn::parse(wrong), Err(UpnProblem::Pattern), "{wrong}");
        }
    }

    #[test]
    fn every_mistyped_digit_and_neighbouring_swap_is_caught() {
        let upn = "G999200126001";
        let bytes = upn.as_bytes();
        for at in 1..13 {
            for digit in b'0'..=b'9' {
                let mut typed = bytes.to_vec();
                typed[at] = digit;
                assert_eq!(Upn::parse(std::str::from_utf8(&typed).unwrap()).is_ok(), digit == bytes[at]);
            }
            let mut swapped = bytes.to_vec();
            swapped.swap(at, (at + 1).min(12));
            assert_eq!(Upn::parse(std::str::from_utf8(&swapped).unwrap()).is_ok(), swapped == bytes);
        }
    }

    #[test]
    fn nhs_vectors() {
        for good in ["943 476 5919", "9434765870", "999 000 0018"] {
            assert!(NhsNumber::parse(good).is_some(), "{good}");
        }
        assert_eq!(NhsNumber::parse("9990000018").unwrap().to_string(), "999 000 0018");
        for wrong in ["9434765918", "999000001", "99900000١8", ""] {
            assert!(NhsNumber::parse(wrong).is_none(), "{wrong}");
        }
    }
}
