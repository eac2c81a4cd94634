//! The child's other packs: what one of them already says is not said again, but pointed to.

use std::collections::BTreeMap;

use crate::circle::PackKind;
use crate::text::{said, say};

/// On which page of which other pack each section begins, by the section's anchor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OtherPacks(pub(super) BTreeMap<PackKind, BTreeMap<String, usize>>);

impl OtherPacks {
    /// Adds a pack: on which page each of its sections begins, by the section's anchor.
    pub fn add(&mut self, kind: PackKind, sections: BTreeMap<String, usize>) {
        self.0.insert(kind, sections);
    }

    /// Those whose readers are a narrower circle's everyday colleagues: what they say, the pack of a kind need not repeat.
    pub(super) fn beside(&self, kind: PackKind) -> Self {
        let beside: &[PackKind] = match kind {
            PackKind::Send => &[PackKind::General],
            PackKind::Safeguarding => &[PackKind::General, PackKind::Send],
            PackKind::Profile | PackKind::General | PackKind::Child => &[],
        };
        Self(self.0.iter().filter(|(kind, _)| beside.contains(kind)).map(|(kind, at)| (*kind, at.clone())).collect())
    }

    /// Where a section stands in one of them: `Transition pack, page 3`.
    pub(super) fn place(&self, kind: PackKind, section: &str) -> String {
        match self.0.get(&kind).and_then(|pages| pages.get(section)) {
            Some(page) => say!("{pack}, page {page}", pack = said(kind.words()), page),
            None => said(kind.words()),
        }
    }
}
