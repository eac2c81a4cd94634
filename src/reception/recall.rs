//! A sender takes packs back: they went to the wrong school, or should not have gone. The receiving school proves that it is
//! the sender who says so, and shows it.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::receipt::{is_day, is_digest};
use crate::circle::BundleKind;
use crate::school::{Laestab, SchoolName, Urn};
use crate::sign::Statement;
use crate::text::{PersonName, PlainLine, is_reference};

/// Why packs are taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecallReason {
    /// The child does not go to this school.
    WrongSchool,
    /// Others take their place.
    Replaced,
    /// They should not have gone out.
    Withdrawn,
}

impl RecallReason {
    /// The word in data.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::WrongSchool => "wrong_school",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::WrongSchool => "they went to the wrong school",
            Self::Replaced => "others take their place",
            Self::Withdrawn => "they should not have been sent",
        }
    }
}

/// A pack that is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecalledPack {
    /// The transfer in which it went out.
    pub transfer: PlainLine<16>,
    /// For whom the bundle was.
    pub bundle: BundleKind,
    /// The child's reference at the sending school.
    pub reference: String,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
}

/// A recall: what a sender takes back from one school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// Always `handover-recall`.
    pub format: String,
    /// The version of this format: 1.
    pub version: u32,
    /// The URN of the school that takes back.
    pub from: Urn,
    /// Its name.
    pub from_name: SchoolName,
    /// The DfE number of the school from which it takes back.
    pub to: Laestab,
    /// The day.
    pub made_on: String,
    /// Who has decided: first and last name.
    pub by: PersonName,
    /// In what role.
    pub role: PlainLine<120>,
    /// Why.
    pub reason: RecallReason,
    /// What is taken back.
    pub packs: Vec<RecalledPack>,
}

impl Recall {
    /// What `format` says.
    pub const FORMAT: &'static str = "handover-recall";
    /// The version written and read here.
    pub const VERSION: u32 = 1;

    /// Whether it takes back a pack of a transfer.
    #[must_use]
    pub fn is_about(&self, from: &Urn, transfer: &str, sha256: &str) -> bool {
        self.from == *from && self.packs.iter().any(|pack| pack.transfer.as_str() == transfer && pack.sha256 == sha256)
    }
}

impl Statement for Recall {
    const NAME: &'static str = "recall";

    fn words(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{} (URN {}) takes back from the school with the DfE number {}\n{}, by {}, {}\n\nThe packs named here: {}.\nDo not \
             read them, do not pass them on, and tell the school what became of every copy.\n",
            self.from_name,
            self.from,
            self.to,
            self.made_on,
            self.by.as_str(),
            self.role.as_str(),
            self.reason.words()
        );
        for pack in &self.packs {
            let _ = writeln!(out, "  {} {} of transfer {}", pack.reference, pack.bundle.key(), pack.transfer.as_str());
        }
        out.push_str("\nThe part below is for `handover receive`. Do not change it.\n");
        out
    }

    fn is_sound(&self) -> bool {
        self.format == Self::FORMAT
            && self.version == Self::VERSION
            && is_day(&self.made_on)
            && !self.packs.is_empty()
            && self.packs.iter().all(|pack| is_reference(&pack.reference) && is_digest(&pack.sha256))
    }
}
