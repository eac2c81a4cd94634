//! Why information is shared, how it travels, who stands behind it.

use super::page::Page;
use crate::document::view::{Block, Rows, Section, cell};
use crate::record::{Day, SignOff, label};
use crate::text::say;

pub(super) fn sharing(page: &Page<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    if let Some(sharing) = &page.record.sharing {
        let advance = sharing.advance_sharing.as_ref();
        let retention = sharing.retention.as_ref();
        let facts = Rows::default()
            .word("Lawful basis", sharing.lawful_basis)
            .add("Condition for special category data", sharing.special_category_condition.as_deref().map(condition))
            .yes_no("Parents or carers were told", sharing.parent_informed)
            .text("Not told because", sharing.parent_not_informed_reason.as_ref())
            .word("Shared before the child leaves", advance.and_then(|advance| advance.decision))
            .day("Decided on", advance.and_then(|advance| advance.on))
            .text("Because", advance.and_then(|advance| advance.reason.as_ref()))
            .text("Not known because", advance.and_then(|advance| advance.unknown_why.as_ref()))
            .text("The file is kept by", retention.and_then(|retention| retention.keeper.as_ref()))
            .text("Until", retention.and_then(|retention| retention.until.as_ref()))
            .text("The sending school keeps", retention.and_then(|retention| retention.copy_kept.as_ref()));
        blocks.extend(facts.facts());
        blocks.extend(sharing.withheld.iter().map(|withheld| {
            Rows::default()
                .text("What", withheld.what.as_ref())
                .text("Why", withheld.reason.as_ref())
                .text("Decided by", withheld.decided_by.as_ref())
                .day("On", withheld.on)
                .item(say!("Held back"))
        }));
    }
    if let Some(transfer) = &page.record.transfer {
        let receipt = transfer.receipt.as_ref();
        let facts = Rows::default()
            .word("Kind of move", transfer.kind)
            .day("Last day at the sending school", transfer.leaving_on)
            .word("How the files are sent", transfer.method)
            .day("Sent on", transfer.sent_on)
            .day("Common Transfer File sent on", transfer.ctf_sent_on)
            .text("Received by", receipt.and_then(|receipt| receipt.received_by.as_ref()))
            .day("Received on", receipt.and_then(|receipt| receipt.on))
            .text("Kept in", receipt.and_then(|receipt| receipt.stored.as_ref()));
        blocks.extend(facts.facts());
    }
    Section::new("Sharing and transfer", blocks)
}

/// What travels beside the pack, as far as these readers may know of it.
pub(super) fn enclosures(page: &Page<'_>) -> Option<Section> {
    let enclosures = page.record.transfer.iter().flat_map(|transfer| &transfer.enclosures);
    let rows = enclosures.map(|enclosure| {
        vec![cell(enclosure.what.as_ref()), enclosure.copies.map(|copies| copies.to_string()).unwrap_or_default()]
    });
    let columns = [("What", 5.0), ("Pages or items", 1.3)];
    let table = Block::table("Sent with this pack", &columns, rows.collect());
    Section::new("Enclosures", table.into_iter().collect())
}

/// The usual condition in words; anything else as it was written.
fn condition(key: &str) -> String {
    match key {
        "dpa2018_sch1_para18" => say!("Data Protection Act 2018, Schedule 1, paragraph 18 (safeguarding)"),
        other => other.to_owned(),
    }
}

pub(super) fn sign_off(page: &Page<'_>) -> Option<Section> {
    let row = |sign_off: &SignOff| {
        let role = sign_off.role.map(|role| label(&role)).unwrap_or_default();
        let on = sign_off.on.map(Day::long).unwrap_or_default();
        vec![role, cell(sign_off.name.as_ref()), on, cell(sign_off.statement.as_ref())]
    };
    let columns = [("Role", 1.4), ("Name", 1.4), ("Date", 1.1), ("Statement", 2.6)];
    let table = Block::table("Signed off by", &columns, page.record.sign_off.iter().map(row).collect());
    Section::new("Sign-off and seal", table.into_iter().collect())
}
