//! The numbers and the name by which a school is known. A value of these types is right by construction, whether it was
//! typed, read from a record, or comes out of a stranger's file.
//!
//! Floor 0: may use [`crate::text`]. What the writer of a bundle puts into it and what its reader takes out of it are
//! these types, so that nothing can be sealed that is refused later.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{LONGEST_SCHOOL_NAME, PlainLine};

/// The name of a school.
pub type SchoolName = PlainLine<LONGEST_SCHOOL_NAME>;

/// Why a text is not a school's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberError {
    /// How many digits it needs.
    pub digits: usize,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it has to be {} digits", self.digits)
    }
}

impl std::error::Error for NumberError {}

/// A number of a school without what people write between its digits: `999/4001` is `9994001`.
#[must_use]
pub fn plain_number(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '/' | '-' | ' ')).collect()
}

/// Exactly so many digits, and nothing else.
fn digits(text: &str, digits: usize) -> Result<(), NumberError> {
    let right = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if right { Ok(()) } else { Err(NumberError { digits }) }
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $digits:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The number from its text.
            ///
            /// # Errors
            /// [`NumberError`] unless it is the right number of digits and nothing else.
            pub fn parse(text: &str) -> Result<Self, NumberError> {
                digits(text, $digits).map(|()| Self(text.to_owned()))
            }

            /// The digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = NumberError;

            fn from_str(text: &str) -> Result<Self, NumberError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NumberError;

            fn try_from(text: String) -> Result<Self, NumberError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

number!(
    /// A Unique Reference Number: six digits. Source: Get Information about Schools.
    Urn,
    6
);

number!(
    /// A DfE number (LAESTAB): local authority (3 digits) and establishment (4 digits). Source: Get Information about
    /// Schools.
    Laestab,
    7
);

/// A school: the one that hands over, or the one that receives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// Its name.
    pub name: SchoolName,
    /// Its Unique Reference Number.
    pub urn: Urn,
    /// Its DfE number.
    pub laestab: Laestab,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_its_digits_and_nothing_else() {
        assert_eq!(Urn::parse("999201").unwrap().to_string(), "999201");
        assert_eq!(Laestab::parse("9992001").unwrap().as_str(), "9992001");
        for wrong in ["", "99920", "9992011", "99920a", " 999201", "999201 ", "٩٩٩٢٠١"] {
            assert_eq!(Urn::parse(wrong), Err(NumberError { digits: 6 }), "{wrong}");
        }
        for wrong in ["999/2001", "999201", "99920011"] {
            assert!(Laestab::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_school_is_read_as_it_is_written_or_not_at_all() {
        let text = r#"{"name":"Millbeck Example Junior School","urn":"999201","laestab":"9992001"}"#;
        let school: School = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&school).unwrap(), text);
        for (from, to) in [("School\"", "School \""), ("999201\"", "\""), ("9992001", "999/2001"), ("Millbeck ", "")] {
            let wrong = text.replace(from, to);
            assert_eq!(serde_json::from_str::<School>(&wrong).is_err(), from != "Millbeck ", "{wrong}");
        }
    }
}
