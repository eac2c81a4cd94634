//! What was sealed before: a pack that says the same is the same file.
//!
//! Nothing in it tells of a child: references, digests, days, and on which page a section begins.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::bundle::Spooled;
use crate::circle::PackKind;
use crate::record::Day;
use crate::school::Laestab;

/// A pack that was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPack {
    /// The sealed PDF.
    pub pdf: Spooled,
    /// The day printed on it.
    pub made_on: Day,
    /// The time its seal claims.
    pub sealed_at: Timestamp,
    /// How many pages it has.
    pub pages: usize,
    /// The page on which each section begins, by the section's anchor.
    pub sections: BTreeMap<String, usize>,
    /// Whether a profile was shortened to keep to one page.
    pub is_shortened: bool,
}

/// What a sending school remembers of its earlier runs. A memory that cannot be read remembers nothing: then all is made
/// anew.
pub trait Memory: Sync {
    /// The pack that was sealed of some content, by [the content's key](super::Sender).
    fn known(&self, key: &str) -> Option<KnownPack>;

    /// The sealed PDF itself, where it still lies somewhere: what comes back has the digest that was asked for.
    fn found(&self, pack: &KnownPack, file_name: &str) -> Option<Vec<u8>>;

    /// Keeps in mind what was sealed.
    fn remember(&self, key: &str, reference: &str, kind: PackKind, pack: &KnownPack);

    /// The latest transfer but this one to a school in which any of some children were, by their references.
    fn earlier_transfer(&self, transfer: &str, to: &Laestab, references: &[&str]) -> Option<String>;

    /// Whether a school got a file in any transfer but this one.
    fn was_sent(&self, pdf: &Spooled, transfer: &str, to: &Laestab) -> bool;
}

/// No memory: everything is made anew, and nothing is known of earlier transfers.
#[derive(Debug, Clone, Copy)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn known(&self, _key: &str) -> Option<KnownPack> {
        None
    }

    fn found(&self, _pack: &KnownPack, _file_name: &str) -> Option<Vec<u8>> {
        None
    }

    fn remember(&self, _key: &str, _reference: &str, _kind: PackKind, _pack: &KnownPack) {}

    fn earlier_transfer(&self, _transfer: &str, _to: &Laestab, _references: &[&str]) -> Option<String> {
        None
    }

    fn was_sent(&self, _pdf: &Spooled, _transfer: &str, _to: &Laestab) -> bool {
        false
    }
}
