//! Assessments, services outside the school, and care and legal status: what others have found, done and ordered.

use super::page::Page;
use crate::document::view::{Block, Rows, Section, joined};
use crate::record::{Assessment, Care, Contact, Order, Service, label};
use crate::text::say;

pub(super) fn assessments(page: &Page<'_>) -> Option<Section> {
    Section::new("Assessments", page.record.assessments.iter().map(assessment).collect())
}

fn assessment(assessment: &Assessment) -> Block {
    let kind = assessment.kind.map_or_else(|| say!("Assessment"), |kind| label(&kind));
    let id = assessment.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    Rows::default()
        .day("Began", assessment.started_on)
        .day("Finished", assessment.completed_on)
        .text("Led by", assessment.led_by.as_ref())
        .list("Who contributed", &assessment.contributors)
        .yes_no("The child was seen and heard", assessment.child_seen)
        .yes_no("Family history and earlier concerns were looked at", assessment.family_history_considered)
        .yes_no("The father and other adults were part of it", assessment.adults_considered)
        .text("What was concluded", assessment.conclusion.as_ref())
        .text("What it changed for the child", assessment.changed.as_ref())
        .item(format!("{kind}{id}"))
}

pub(super) fn services(page: &Page<'_>) -> Option<Section> {
    Section::new("Services outside the school", page.record.services.iter().map(service).collect())
}

fn service(service: &Service) -> Block {
    let name = service.name.clone().unwrap_or_else(|| say!("Service"));
    let id = service.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    Rows::default()
        .text("What it is for", service.purpose.as_ref())
        .day("First contact", service.from)
        .day("Last contact", service.to)
        .word("Ended because", service.ended_because)
        .add("Contact", service.contact.as_ref().and_then(Contact::line))
        .word("After the move", service.after_transfer)
        .item(format!("{name}{id}"))
}

pub(super) fn care(page: &Page<'_>) -> Option<Section> {
    let care = page.record.care.as_ref()?;
    let mut blocks: Vec<Block> = facts(care).facts().into_iter().collect();
    blocks.extend(care.orders.iter().map(|one| order(page, one)));
    Section::new("Care and legal status", blocks)
}

fn facts(care: &Care) -> Rows {
    Rows::default()
        .word("Legal status", care.legal_status)
        .day("Since", care.since)
        .word("Looked after earlier", care.earlier_in_care)
        .word("How the child left care", care.left_care_to)
        .day("Left care on", care.left_care_on)
        .text("Looked after by", care.authority.as_ref())
        .text("Not known because", care.unknown_why.as_ref())
        .text("Also", care.note.as_ref())
}

fn order(page: &Page<'_>, order: &Order) -> Block {
    let people = || page.record.household.iter().flat_map(|household| &household.people);
    let named = |id: &String| {
        let person = people().find(|person| person.id.as_ref() == Some(id));
        person.and_then(|person| {
            let relationship = person.relationship.map(|relationship| label(&relationship).to_lowercase());
            joined([person.name.clone(), relationship.map(|words| format!("({words})"))], " ")
        })
    };
    let about: Vec<String> = order.about.iter().map(|id| named(id).unwrap_or_else(|| id.clone())).collect();
    Rows::default()
        .text("What it says", order.says.as_ref())
        .list("About", &about)
        .day("Made on", order.made_on)
        .day("Until", order.until)
        .yes_no("The school has seen a copy", order.copy_seen)
        .item(order_title(order))
}

/// The kind of an order in words.
pub(super) fn order_title(order: &Order) -> String {
    order.kind.map_or_else(|| say!("Order"), |kind| label(&kind))
}
