//! What the child's other packs already say, and is not said again.

use super::other_packs::OtherPacks;
use super::view::{Block, Row, Section};
use crate::circle::PackKind;

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
