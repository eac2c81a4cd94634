//! The record inside a sealed pack, with all that the pages show and the record does not say: one format, which packs are
//! made with, typeset again from, and judged by.
//!
//! Floor 2: may use [`crate::circle`], [`crate::record`], [`crate::school`], [`crate::text`] and [`crate::problem`].
//! [`EmbeddedRecord`] is the whole, read by the version of this program that wrote it. [`Head`] is what any version says
//! of a pack: for whom it is, about which child, from whom to whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::circle::{Audience, PackKind};
use crate::problem::MADE_BY;
use crate::record::{ChildNames, Day};
use crate::school::{Laestab, School, Urn};
use crate::text::{Note, json_lines};

/// The word in `format`.
const FORMAT: &str = "handover-record";
/// The version written and read here.
const VERSION: u32 = 1;

/// What is embedded in one pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbeddedRecord {
    format: String,
    version: u32,
    /// The child's opaque reference in this transfer.
    pub reference: String,
    /// The widest circle that may read it.
    pub readers: Audience,
    /// The day the pack was made.
    pub made_on: Day,
    /// What the pages show and the record does not say.
    pub pages: Pages,
    /// The part of the record that these readers may see.
    pub record: Value,
}

/// What the pages show and the record does not say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The program and version.
    pub made_by: String,
    /// The SHA-256 of the school's own templates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub templates: Option<String>,
    /// The name the child goes by, which stands on every page.
    pub name: String,
    /// The school's colour, `#1d5c63`.
    pub accent: String,
    /// The line below which Early Help is considered, in percent.
    pub early_help_threshold: i64,
    /// Why that line lies below 85%, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower_threshold_reason: Option<String>,
    /// What Early Help is called where the school is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early_help_name: Option<String>,
    /// Errors in spite of which the pack went out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OverrideGiven>,
    /// The child's other packs: on which page each section of them begins.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub others: BTreeMap<PackKind, BTreeMap<String, usize>>,
}

/// An error in spite of which the pack went out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrideGiven {
    /// The rule's code.
    pub rule: String,
    /// Why the pack could not wait.
    pub reason: Note,
    /// Who decided.
    pub by: Note,
    /// When.
    pub on: Day,
}

impl EmbeddedRecord {
    /// A record as this version of the program embeds it.
    #[must_use]
    pub fn new(reference: String, readers: Audience, made_on: Day, pages: Pages, record: Value) -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, reference, readers, made_on, pages, record }
    }

    /// The one way to write it: JSON with a line feed at its end.
    ///
    /// # Errors
    /// Only if serialising fails, which plain strings and numbers do not.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        json_lines(self)
    }

    /// All that it says but the day it was made: what says the same has the same.
    ///
    /// # Errors
    /// As [`to_bytes`](Self::to_bytes).
    pub fn undated(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&(&self.format, self.version, &self.reference, self.readers, &self.pages, &self.record))
    }

    /// What is embedded in a pack; `None` where it is not of this format and version.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        (read.format == FORMAT && read.version == VERSION).then_some(read)
    }

    /// Whether this very version of the program made it.
    #[must_use]
    pub fn is_made_here(&self) -> bool {
        self.pages.made_by == MADE_BY
    }
}

/// What every version of the embedded record says of its pack. What else is in it is for the readers.
#[derive(Debug, Clone, Deserialize)]
pub struct Head {
    /// The widest circle that may read the pack.
    pub readers: Audience,
    /// The child's opaque reference in this transfer.
    pub reference: String,
    /// The day the pack was made, `2026-07-10`.
    pub made_on: String,
    /// Schools and names, as far as these readers may see them.
    pub record: Parties,
}

/// Who hands over to whom, and the child's names, as far as the readers of a pack may see them.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Parties {
    /// The school that hands over.
    pub sending_school: Option<NamedSchool>,
    /// The school that receives.
    pub receiving_school: Option<NamedSchool>,
    /// The child's names.
    pub pupil: Option<ChildNames>,
}

/// A school as the record in a pack names it: in a pack for one circle, some of it may have been cut out.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
pub struct NamedSchool {
    /// Its name.
    pub name: Option<String>,
    /// Its Unique Reference Number.
    pub urn: Option<Urn>,
    /// Its DfE number.
    pub laestab: Option<Laestab>,
}

impl NamedSchool {
    /// Whether nothing in it contradicts a school.
    #[must_use]
    pub fn may_be(&self, school: &School) -> bool {
        self.urn.as_ref().is_none_or(|urn| *urn == school.urn)
            && self.laestab.as_ref().is_none_or(|laestab| *laestab == school.laestab)
    }
}

impl From<&School> for NamedSchool {
    fn from(school: &School) -> Self {
        let name = Some(school.name.to_string());
        Self { name, urn: Some(school.urn.clone()), laestab: Some(school.laestab.clone()) }
    }
}

impl Head {
    /// Of what is embedded in a pack; `None` where it is no such record.
    #[must_use]
    pub fn of(embedded: &[u8]) -> Option<Self> {
        serde_json::from_slice(embedded).ok()
    }

    /// The kind of pack that these readers get.
    #[must_use]
    pub fn pack(&self) -> Option<PackKind> {
        PackKind::sent_to(self.readers)
    }

    /// The sending and the receiving school, as far as these readers may see them.
    #[must_use]
    pub fn schools(&self) -> [Option<&NamedSchool>; 2] {
        [self.record.sending_school.as_ref(), self.record.receiving_school.as_ref()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_whole_and_by_its_head() {
        let pages = Pages {
            made_by: MADE_BY.to_owned(),
            templates: None,
            name: "Robin Sample".to_owned(),
            accent: "#1d5c63".to_owned(),
            early_help_threshold: 85,
            lower_threshold_reason: None,
            early_help_name: None,
            overrides: Vec::new(),
            others: BTreeMap::from([(PackKind::General, BTreeMap::from([("voice".to_owned(), 2)]))]),
        };
        let record = serde_json::json!({
            "pupil": { "legal_forename": "Robin", "legal_surname": "Sample" },
            "sending_school": { "name": "Sample Junior School", "urn": "999201", "laestab": "9992001" },
        });
        let day: Day = "2026-07-10".parse().unwrap();
        let made = EmbeddedRecord::new("K7Q2-9M3XA".to_owned(), Audience::Dsl, day, pages, record);
        let bytes = made.to_bytes().unwrap();
        assert_eq!(EmbeddedRecord::from_bytes(&bytes), Some(made));
        let head = Head::of(&bytes).unwrap();
        assert_eq!((head.pack(), head.made_on.as_str()), (Some(PackKind::Safeguarding), "2026-07-10"));
        assert!(head.record.pupil.unwrap().may_be("Robin Sample"));
        let newer = String::from_utf8(bytes).unwrap().replace("\"version\": 1", "\"version\": 2");
        assert!(EmbeddedRecord::from_bytes(newer.as_bytes()).is_none());
    }
}
