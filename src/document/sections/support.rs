//! Support: special needs, health, Early Help, plans.

use super::{Page, child, or_nothing};
use crate::document::pack::PackKind;
use crate::document::view::{Block, Rows, Section, joined, list, text};
use crate::record::{EarlyHelpReview, Plan, PlanCoordination, label};

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
    if !sen.tried.is_empty() {
        let row = |tried: &crate::record::Tried| {
            vec![tried.what.clone().unwrap_or_default(), tried.outcome.clone().unwrap_or_default()]
        };
        blocks.push(Block::Table {
            caption: "What has been tried".into(),
            columns: vec![("What was tried".into(), 1.0), ("What came of it".into(), 1.0)],
            rows: sen.tried.iter().map(row).collect(),
        });
    }
    Section::new("Special educational needs", blocks)
}

pub(super) fn health(page: &Page<'_>) -> Option<Section> {
    let health = page.record.health.as_ref()?;
    let facts = Rows::default()
        .yes_no("Disability", health.disability)
        .yes_no("Medical flag", health.medical_flag)
        .day("Individual healthcare plan of", health.healthcare_plan_on)
        .text("Why it brings no added risk", health.no_added_risk_reason.as_ref());
    let mut blocks: Vec<Block> = facts.facts().into_iter().collect();
    blocks.extend(health.conditions.iter().map(|condition| {
        let title = condition.name.clone().unwrap_or_else(|| "What to do".to_owned());
        Rows::default()
            .text("What staff do", condition.action.as_ref())
            .text("More", condition.detail.as_ref())
            .item(title)
    }));
    Section::new("Health", blocks)
}

pub(super) fn early_help(page: &Page<'_>) -> Option<Section> {
    let help = page.record.early_help.as_ref()?;
    let review = |review: &EarlyHelpReview| {
        let progress = review.progress.map(|progress| if progress { "progress" } else { "no progress" }.to_owned());
        let parts = [review.date.map(crate::record::Day::long), progress, review.note.clone()];
        joined(parts, ": ").unwrap_or_default()
    };
    let rows = Rows::default()
        .text("Called here", help.local_name.as_ref().or(page.stamp.early_help_name.as_ref()))
        .day("Considered on", help.considered_on)
        .text("Considered by", help.considered_by.as_ref())
        .word("Decision", help.decision)
        .word("In short, because", help.reason_kind)
        .text("Reason", help.reason_not_proceeding.as_ref())
        .word("Where it stands", help.status)
        .text("Reference", help.reference.as_ref())
        .day("Began", help.started_on)
        .add("Lead practitioner", child::contact(help.lead_practitioner.as_ref()))
        .text("Takes part for the receiving school", help.receiving_participant.as_ref())
        .list("Reviews", &help.reviews.iter().map(review).collect::<Vec<_>>())
        .day("Panel considered on", help.panel_considered_on)
        .day("Closed on", help.closed_on)
        .word("Closed because", help.closed_reason)
        .text("About the closing", help.closed_note.as_ref())
        .text("What happens next for the child", help.next_step.as_ref())
        .list("Early help indicators present", &help.indicators);
    let mut blocks: Vec<Block> = rows.facts().into_iter().collect();
    blocks.extend(text("What was found and what is being done", help.summary.as_ref()));
    Section::new("Early Help", blocks)
}

pub(super) fn plans(page: &Page<'_>) -> Option<Section> {
    let mut blocks: Vec<Block> = page.record.plans.iter().map(plan).collect();
    blocks.extend(page.record.plan_coordination.as_ref().map(|agreed| coordination(&page.record.plans, agreed)));
    let section = Section::new("Plans", blocks);
    if page.kind == PackKind::Safeguarding {
        return or_nothing(section, "Plans", "No plans are recorded for this child.");
    }
    section
}

fn plan(plan: &Plan) -> Block {
    let manager =
        plan.manager.as_ref().and_then(|manager| joined([&manager.name, &manager.role, &manager.contact], ", "));
    let title = plan.r#type.map_or_else(|| "Plan".to_owned(), |kind| label(&kind));
    Rows::default()
        .text("What it is for", plan.summary.as_ref())
        .word("Category", plan.category)
        .list("Earlier categories and concerns", &plan.category_history)
        .text("Led by", plan.lead_agency.as_ref())
        .add("Manager", manager)
        .day("Began", plan.start)
        .day("Last review", plan.last_review)
        .day("Next review", plan.next_review)
        .list("Invited from the receiving school", &plan.invited)
        .text("Legal status", plan.legal_status.as_ref())
        .text("Care authority", plan.care_authority.as_ref())
        .day("Personal education plan of", plan.pep_date)
        .text("Virtual school", plan.virtual_school_contact.as_ref())
        .text("School named in it", plan.named_school.as_ref())
        .day("Amended for the move on", plan.amended_on)
        .day("Ended", plan.ended_on)
        .text("Support that followed", plan.step_down.as_ref())
        .word("After the move", plan.after_transfer)
        .text("Not known because", plan.unknown_why.as_ref())
        .item(title)
}

fn coordination(plans: &[Plan], coordination: &PlanCoordination) -> Block {
    let concerned = plans.iter().filter(|plan| plan.id.as_ref().is_some_and(|id| coordination.plans.contains(id)));
    let concerned: Vec<String> = concerned.filter_map(|plan| plan.r#type.as_ref().map(label)).collect();
    Rows::default()
        .text("Lead", coordination.lead.as_ref())
        .day("Managers last spoke on", coordination.last_contact_on)
        .text("Agreed view of the risks", coordination.agreed_risk_view.as_ref())
        .text("Where they differ", coordination.differences.as_ref())
        .day("Meet next on", coordination.next_joint_review)
        .list("Plans concerned", &concerned)
        .item("How the managers of these plans work together")
}
