//! The codes of what is found while a record is read.

use super::schema_violation::SHAPE;

/// The codes of problems found while reading, before any rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadCode {
    /// A line that is not TOML.
    Syntax,
    /// A file that is not text in UTF-8, is too large or is empty.
    Encoding,
    /// A value beyond its limits.
    Limit,
    /// An unknown field, a wrong type or an unsupported version.
    ValueType,
    /// A picture that is named and cannot be used.
    Picture,
}

impl ReadCode {
    /// The rule code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Syntax => "RD-01",
            Self::Encoding => "RD-02",
            Self::Limit => "RD-03",
            Self::ValueType => SHAPE,
            Self::Picture => "VC-17",
        }
    }
}
