//! Risks: evidence, impact on the child, what protects, who sees to it.

use super::chronology::when;
use super::first;
use super::page::Page;
use crate::document::view::{Block, Rows, Section};
use crate::record::{Risk, label};
use crate::text::say;

pub(super) fn risks(page: &Page<'_>) -> Option<Section> {
    Section::new(
        "Risks and what protects the child",
        page.record.risks.iter().map(|risk| one_risk(page, risk)).collect(),
    )
}

fn one_risk(page: &Page<'_>, risk: &Risk) -> Block {
    let evidence: Vec<String> = risk.evidence.iter().map(|id| evidence(page, id)).collect();
    let experience: Vec<String> = risk.child_experience.iter().map(label).collect();
    let state = if risk.is_current() { say!("a risk today") } else { say!("resolved") };
    Rows::default()
        .text("What it means for the child", risk.impact_on_child.as_ref())
        .text("The risk", risk.description.as_ref())
        .lines("What protects the child", &risk.protective_factors)
        .add("What protects the child", first::no_factors(risk))
        .lines("Evidence", &evidence)
        .list("Who told the school about the impact", &risk.impact_sources)
        .list("How the child experienced it", &experience)
        .text("Since when", risk.duration.as_ref())
        .text("Earlier concerns", risk.previous_concerns.as_ref())
        .text("Earlier generations", risk.intergenerational_considered.as_ref())
        .text("Before the first day", risk.before_first_day.as_ref())
        .text("Responsible at the receiving school", risk.owner_receiving.as_ref())
        .day("Last reviewed", risk.reappraised_on)
        .day("Resolved on", risk.resolved_on)
        .text("Resolved because", risk.resolved_basis.as_ref())
        .text("Not known because", risk.unknown_why.as_ref())
        .item(format!("{} ({state})", first::kind(risk)))
}

/// A chronology entry as evidence: its name and date, and the event where these readers may see it.
fn evidence(page: &Page<'_>, id: &str) -> String {
    let entry = page.record.chronology.iter().find(|entry| entry.id.as_deref() == Some(id));
    match entry.and_then(|entry| entry.event.as_ref().map(|event| (when(entry), event))) {
        Some((when, event)) => format!("{id}, {when}: {event}"),
        None => id.to_owned(),
    }
}
