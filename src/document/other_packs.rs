//! The child's other packs: what one of them already says is not said again, but pointed to.

use crate::text::{said, say};
use std::collections::BTreeMap;

use super::pack::{Pack, PackKind};
use super::view::{Block, Row, Section};

/// On which page of which other pack each section begins, by the section's anchor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OtherPacks(pub(super) BTreeMap<PackKind, BTreeMap<String, usize>>);

impl OtherPacks {
    /// Adds a pack that was rendered.
    pub fn add(&mut self, pack: &Pack) {
        self.0.insert(pack.kind, pack.layout.sections.clone());
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
    fn place(&self, kind: PackKind, section: &str) -> String {
        match self.0.get(&kind).and_then(|pages| pages.get(section)) {
            Some(page) => say!("{pack}, page {page}", pack = said(kind.words()), page),
            None => said(kind.words()),
        }
    }
}

/// What the child's other packs say, and what is therefore left out of this one.
pub(super) struct AlreadySaid<'a> {
    packs: &'a OtherPacks,
    /// Their sections, pack by pack.
    sections: Vec<(PackKind, Vec<Section>)>,
    /// What was left out: the section, and where it stands.
    left_out: Vec<Row>,
}

impl<'a> AlreadySaid<'a> {
    pub(super) fn new(packs: &'a OtherPacks, sections: Vec<(PackKind, Vec<Section>)>) -> Self {
        Self { packs, sections, left_out: Vec::new() }
    }

    /// A section without what the other packs say word for word; nothing where they say all of it.
    pub(super) fn without(&mut self, section: Section) -> Option<Section> {
        let Section { anchor, heading, blocks } = section;
        let is_heading = |block: &mut Block| matches!(block, Block::Heading { .. });
        let (mut kept, mut packs) = (Vec::new(), Vec::new());
        for block in blocks {
            // A heading of the second level goes with what stood under it.
            if matches!(block, Block::Heading { .. }) {
                kept.pop_if(is_heading);
            }
            kept.extend(self.rest(&anchor, block, &mut packs));
        }
        kept.pop_if(is_heading);
        if !packs.is_empty() {
            let places: Vec<String> = packs.into_iter().map(|kind| self.packs.place(kind, &anchor)).collect();
            self.left_out.push((heading.clone(), places.join("; ")));
        }
        (!kept.is_empty()).then_some(Section { anchor, heading, blocks: kept })
    }

    /// What is left of a block; the packs that say what is not are added to those given.
    fn rest(&self, anchor: &str, mut block: Block, packs: &mut Vec<PackKind>) -> Option<Block> {
        for (kind, sections) in &self.sections {
            for other in sections.iter().filter(|section| section.anchor == anchor).flat_map(|section| &section.blocks)
            {
                let is_whole = *other == block && !matches!(block, Block::Heading { .. });
                let is_part = without_rows(&mut block, other);
                if (is_whole || is_part) && !packs.contains(kind) {
                    packs.push(*kind);
                }
                if is_whole || matches!(&block, Block::Facts { rows } if rows.is_empty()) {
                    return None;
                }
            }
        }
        Some(block)
    }

    /// Where to find what was left out; nothing where nothing was.
    pub(super) fn where_to_find(self) -> Option<Section> {
        let facts = (!self.left_out.is_empty()).then_some(Block::Facts { rows: self.left_out });
        let section = Section::new("In the child's other packs", facts.into_iter().collect());
        section.map(|section| Section { anchor: "other-packs".to_owned(), ..section })
    }
}

/// Takes the facts out of a block that another one says too; answers whether there were any.
fn without_rows(block: &mut Block, other: &Block) -> bool {
    let (Block::Facts { rows }, Block::Facts { rows: said }) = (block, other) else { return false };
    let before = rows.len();
    rows.retain(|row| !said.contains(row));
    rows.len() < before
}
