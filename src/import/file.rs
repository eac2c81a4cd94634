//! What is read of one file, how, and why it is not.

use std::fmt;

use super::meaning::Column;
use super::proposal::Proposal;
use crate::record::SchoolFile;

/// The largest file that is imported, in bytes.
pub const IMPORT_LIMIT: usize = 64 << 20;

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// It is too large.
    TooLarge,
    /// It is neither of the kinds that are read: what it seems to be, and what to do.
    OtherKind(&'static str, &'static str),
    /// It is of one of these kinds, and damaged or not meant for this: why.
    Unreadable(String),
    /// Nothing in it tells the children apart.
    NoUpn,
    /// A heading is to be taken for a field that there is none of.
    NoSuchField(String),
    /// A heading that was named is not in the file.
    NoSuchHeading(String),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "it is larger than {} MB, and no list of children is", IMPORT_LIMIT >> 20),
            Self::OtherKind(what, next) => write!(f, "it is {what}. {next}"),
            Self::Unreadable(why) => f.write_str(why),
            Self::NoUpn => f.write_str(
                "it has no column with UPNs, by which children are told apart. Names are not enough: add the UPN to the list",
            ),
            Self::NoSuchField(name) => write!(f, "there is no field {name:?} that a column can be taken for"),
            Self::NoSuchHeading(name) => write!(f, "there is no heading {name:?} in it"),
        }
    }
}

impl std::error::Error for ImportError {}

/// What was read of one file.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What it is, in words: `Common Transfer File`.
    pub kind: &'static str,
    /// The children in it.
    pub proposals: Vec<Proposal>,
    /// Rows without a UPN: nobody can be filled in from them, but the children in them are named.
    pub without_upn: Vec<Proposal>,
    /// What each column was taken for; empty where the file has none.
    pub columns: Vec<Column>,
    /// What a person should know of the whole file.
    pub notices: Vec<String>,
    /// Whether it names the children of a class: then whoever is in it is expected to have a record.
    pub is_class_list: bool,
}

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Reading<'a> {
    /// Headings that are taken for a field, as somebody said.
    pub map: &'a [(String, String)],
    /// What the school says once for all children.
    pub school: Option<&'a SchoolFile>,
    /// The academic year of sessions of which the file does not say it.
    pub year: Option<i64>,
    /// Whether somebody has said that the day stands first in days such as 03/04/2015.
    pub day_first: bool,
}
