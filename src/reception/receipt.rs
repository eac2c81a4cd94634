//! The receipt that goes back to a sender: one text file that a person can read and this program can prove. It says nothing of
//! a child beyond the reference.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::circle::{BundleKind, PackKind};
use crate::school::School;
use crate::sign::Statement;
use crate::text::{PersonName, PlainLine, is_reference};

/// What became of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackOutcome {
    /// It is whole and in the register.
    Accepted,
    /// It is in the register, and lacks something that the sender has said is lacking.
    AcceptedWithGaps,
    /// The same pack had come before.
    Duplicate,
    /// The child has come back to this school: what was here before is joined with it.
    ReturningChild,
    /// The child does not come to this school.
    NotOurChild,
    /// It was not accepted.
    Rejected,
    /// Its sender has taken it back.
    Recalled,
}

impl PackOutcome {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithGaps => "accepted, with gaps",
            Self::Duplicate => "had come before",
            Self::ReturningChild => "accepted: the child comes back to us",
            Self::NotOurChild => "not our child",
            Self::Rejected => "not accepted",
            Self::Recalled => "taken back, as you have asked",
        }
    }

    /// The word in data.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithGaps => "accepted_with_gaps",
            Self::Duplicate => "duplicate",
            Self::ReturningChild => "returning_child",
            Self::NotOurChild => "not_our_child",
            Self::Rejected => "rejected",
            Self::Recalled => "recalled",
        }
    }
}

/// One pack in a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgedPack {
    /// The child's reference at the sending school.
    pub reference: String,
    /// Which pack.
    pub kind: PackKind,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
    /// What became of it.
    pub outcome: PackOutcome,
    /// The codes of the rules that it does not keep; of one that was not accepted, the code of the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<PlainLine<8>>,
}

/// Who has read a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadBy {
    /// First and last name.
    pub name: String,
    /// Role.
    pub role: String,
    /// The day.
    pub on: String,
}

/// One bundle in a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledged {
    /// The transfer.
    pub transfer: PlainLine<16>,
    /// For whom the bundle is.
    pub kind: BundleKind,
    /// The SHA-256 of the bundle's manifest.
    pub manifest_sha256: String,
    /// The day it was received.
    pub received_on: String,
    /// Its packs.
    pub packs: Vec<AcknowledgedPack>,
    /// Who has read it there, and when, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<ReadBy>,
}

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Always `handover-receipt`.
    pub format: String,
    /// The version of this format: 1.
    pub version: u32,
    /// The school that received.
    pub from: School,
    /// The school that sent.
    pub to: School,
    /// The day the receipt was made.
    pub made_on: String,
    /// Who has received: first and last name.
    pub by: PersonName,
    /// In what role.
    pub role: PlainLine<120>,
    /// What was received.
    pub bundles: Vec<Acknowledged>,
}

impl Receipt {
    /// What `format` says.
    pub const FORMAT: &'static str = "handover-receipt";
    /// The version written and read here.
    pub const VERSION: u32 = 1;
}

impl Statement for Receipt {
    const NAME: &'static str = "receipt";

    fn words(&self) -> String {
        let mut out = String::new();
        let (from, to) = (&self.from, &self.to);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "Receipt of {} (URN {}) for {} (URN {})", from.name, from.urn, to.name, to.urn);
        let _ = writeln!(out, "{}, by {}, {}", self.made_on, self.by.as_str(), self.role.as_str());
        for bundle in &self.bundles {
            let kind = bundle.kind.key();
            let _ =
                writeln!(out, "\nTransfer {} ({kind}), received on {}", bundle.transfer.as_str(), bundle.received_on);
            for pack in &bundle.packs {
                let gaps: Vec<&str> = pack.gaps.iter().map(PlainLine::as_str).collect();
                let gaps = if gaps.is_empty() { String::new() } else { format!(" ({})", gaps.join(", ")) };
                let _ = writeln!(out, "  {} {}: {}{gaps}", pack.reference, pack.kind.key(), pack.outcome.words());
            }
            if let Some(read) = &bundle.read_by {
                let _ = writeln!(out, "  read on {} by {}, {}", read.on, read.name, read.role);
            }
        }
        out.push_str("\nThe part below is for `handover receipt import`. Do not change it.\n");
        out
    }

    fn is_sound(&self) -> bool {
        let is_line = |text: &str| crate::text::is_plain_line(text, 200);
        self.format == Self::FORMAT
            && self.version == Self::VERSION
            && is_day(&self.made_on)
            && self.bundles.iter().all(|bundle| {
                is_day(&bundle.received_on)
                    && is_digest(&bundle.manifest_sha256)
                    && bundle.packs.iter().all(|pack| is_reference(&pack.reference) && is_digest(&pack.sha256))
                    && bundle
                        .read_by
                        .as_ref()
                        .is_none_or(|read| is_line(&read.name) && is_line(&read.role) && is_day(&read.on))
            })
    }
}

/// Whether a text is a day as data write it: `2026-07-10`.
pub(super) fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok_and(|day| day.to_string() == text)
}

/// Whether a text is a SHA-256.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
