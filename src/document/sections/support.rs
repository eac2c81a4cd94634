//! Support: special needs, health, Early Help.

use super::page::Page;
use crate::document::view::{Block, Rows, Section, cell, joined, list, text};
use crate::record::{Contact, Day, EarlyHelpReview, Health, Tried, label};
use crate::text::say;

pub(super) fn sen(page: &Page<'_>) -> Option<Section> {
    let sen = page.record.sen.as_ref()?;
    let needs: Vec<String> = sen.needs.iter().map(label).collect();
    let facts = Rows::default()
        .word("Provision", sen.provision)
        .list("Types of need, the main one first", &needs)
        .day("Last review (assess, plan, do, review)", sen.apdr_on);
    let mut blocks: Vec<Block> = facts.facts().into_iter().collect();
    blocks.extend(text("For tutor and teachers", sen.summary_for_tutors.as_ref()));
    blocks.extend(text("The needs in plain words", sen.summary.as_ref()));
    blocks.extend(list("Provision in place", &sen.strategies));
    blocks.extend(list("Access arrangements", &sen.access_arrangements));
    let row = |tried: &Tried| vec![cell(tried.what.as_ref()), cell(tried.outcome.as_ref())];
    let columns = [("What was tried", 1.0), ("How it went", 1.0)];
    blocks.extend(Block::table("What has been tried", &columns, sen.tried.iter().map(row).collect()));
    Section::new("Special educational needs", blocks)
}

pub(super) fn health(page: &Page<'_>) -> Option<Section> {
    Section::new("Health", page.record.health.as_ref().map(told).unwrap_or_default())
}

fn told(health: &Health) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(health.allergies.iter().map(|allergy| {
        let to = allergy.to.as_ref().map(|to| say!("Allergy: {to}", to));
        Rows::default()
            .text("What staff do", allergy.action.as_ref())
            .text("How it shows", allergy.reaction.as_ref())
            .item(to.unwrap_or_else(|| say!("Allergy")))
    }));
    blocks.extend(health.medicines.iter().map(|medicine| {
        let name = medicine.name.as_ref().map(|name| say!("Medicine: {name}", name));
        Rows::default()
            .text("For", medicine.purpose.as_ref())
            .text("How much and when", medicine.when.as_ref())
            .text("Where it is kept", medicine.kept.as_ref())
            .yes_no("Takes it without help", medicine.takes_alone)
            .item(name.unwrap_or_else(|| say!("Medicine")))
    }));
    blocks.extend(health.conditions.iter().map(|condition| {
        let title = condition.name.clone().unwrap_or_else(|| say!("What to do"));
        Rows::default()
            .text("What staff do", condition.action.as_ref())
            .text("More", condition.detail.as_ref())
            .item(title)
    }));
    let facts = Rows::default()
        .yes_no("Disability", health.disability)
        .yes_no("Medical flag", health.medical_flag)
        .day("Individual healthcare plan of", health.healthcare_plan_on)
        .text("Why it brings no added risk", health.no_added_risk_reason.as_ref());
    blocks.extend(facts.facts());
    blocks
}

pub(super) fn early_help(page: &Page<'_>) -> Option<Section> {
    let help = page.record.early_help.as_ref()?;
    let review = |review: &EarlyHelpReview| {
        let progress = review.progress.map(|progress| if progress { say!("progress") } else { say!("no progress") });
        let parts = [review.date.map(Day::long), progress, review.note.clone()];
        joined(parts, ": ").unwrap_or_default()
    };
    let rows = Rows::default()
        .text("Local name", help.local_name.as_ref().or(page.details.early_help_name.as_ref()))
        .day("Considered on", help.considered_on)
        .text("Considered by", help.considered_by.as_ref())
        .word("Decision", help.decision)
        .word("Because", help.reason_kind)
        .text("The reason in full", help.reason_not_proceeding.as_ref())
        .word("Status", help.status)
        .text("Reference", help.reference.as_ref())
        .day("Began", help.started_on)
        .add("Lead practitioner", help.lead_practitioner.as_ref().and_then(Contact::line))
        .text("Attends for the receiving school", help.receiving_participant.as_ref())
        .lines("Reviews", &help.reviews.iter().map(review).collect::<Vec<_>>())
        .day("Family's own meeting offered on", help.family_group.as_ref().and_then(|group| group.offered_on))
        .day("Family's own meeting held on", help.family_group.as_ref().and_then(|group| group.held_on))
        .text("What the family decided", help.family_group.as_ref().and_then(|group| group.outcome.as_ref()))
        .day("Panel considered on", help.panel_considered_on)
        .day("Closed on", help.closed_on)
        .word("Closed because", help.closed_reason)
        .text("About the closing", help.closed_note.as_ref())
        .text("What happens next for the child", help.next_step.as_ref())
        .lines("Early Help indicators present", &help.indicators);
    let mut blocks: Vec<Block> = rows.facts().into_iter().collect();
    blocks.extend(text("What was found and what is being done", help.summary.as_ref()));
    Section::new("Early Help", blocks)
}
