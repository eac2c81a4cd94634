//! Plans: side by side where several are open, so that their managers' dates and aims can be held against one another.

use super::first;
use super::page::Page;
use crate::document::view::{Block, Row, Rows, Section};
use crate::record::{Plan, PlanCoordination, label};
use crate::text::say;

/// So many plans fit side by side on a page.
const SIDE_BY_SIDE: usize = 3;

pub(super) fn plans(page: &Page<'_>) -> Option<Section> {
    let (open, closed): (Vec<&Plan>, Vec<&Plan>) =
        page.record.plans.iter().partition(|plan| plan.is_open(page.details.day));
    let mut blocks = match open.as_slice() {
        [one] => vec![Rows(answers(one)).item(title(one))],
        several => several.chunks(SIDE_BY_SIDE).map(side_by_side).collect(),
    };
    blocks.extend(page.record.plan_coordination.as_ref().map(|agreed| coordination(&page.record.plans, agreed)));
    blocks.extend(closed.into_iter().map(|plan| Rows(answers(plan)).item(title(plan))));
    let heading = if page.record.plans.len() > 1 { "Plans side by side" } else { "Plans" };
    Section::new(heading, blocks)
}

fn title(plan: &Plan) -> String {
    let title = plan.r#type.map_or_else(|| say!("Plan"), |kind| label(&kind));
    if plan.ended_on.is_some() { say!("{title} (ended)", title) } else { title }
}

/// The same questions of every plan, in the same order; what a plan does not answer is left out.
fn answers(plan: &Plan) -> Vec<Row> {
    Rows::default()
        .add("Manager", first::manager(plan))
        .text("Led by", plan.lead_agency.as_ref())
        .text("What it is for", plan.summary.as_ref())
        .word("Category", plan.category)
        .lines("Earlier categories and concerns", &plan.category_history)
        .text("Legal status", plan.legal_status.as_ref())
        .text("Care authority", plan.care_authority.as_ref())
        .text("Virtual school", plan.virtual_school_contact.as_ref())
        .day("Personal education plan of", plan.pep_date)
        .text("School named in the plan", plan.named_school.as_ref())
        .day("Amended for the move on", plan.amended_on)
        .day("Began", plan.start)
        .day("Last review", plan.last_review)
        .day("Next review", plan.next_review)
        .lines("Invited from the new school", &plan.invited)
        .word("After the move", plan.after_transfer)
        .day("Ended", plan.ended_on)
        .text("Support that followed", plan.step_down.as_ref())
        .text("Not known because", plan.unknown_why.as_ref())
        .0
}

fn side_by_side(plans: &[&Plan]) -> Block {
    let columns: Vec<Vec<Row>> = plans.iter().map(|plan| answers(plan)).collect();
    let mut questions: Vec<String> = Vec::new();
    for (question, _) in columns.iter().flatten() {
        if !questions.contains(question) {
            questions.push(question.clone());
        }
    }
    let answer = |column: &Vec<Row>, question: &String| {
        let found = column.iter().find(|(asked, _)| asked == question);
        found.map_or_else(|| "–".to_owned(), |(_, answer)| answer.clone())
    };
    let row = |question: String| {
        let answers = columns.iter().map(|column| answer(column, &question)).collect();
        (question, answers)
    };
    Block::Compare {
        caption: say!("Open plans"),
        heads: plans.iter().map(|plan| title(plan)).collect(),
        rows: questions.into_iter().map(row).collect(),
    }
}

fn coordination(plans: &[Plan], coordination: &PlanCoordination) -> Block {
    let concerned = plans.iter().filter(|plan| plan.id.as_ref().is_some_and(|id| coordination.plans.contains(id)));
    let concerned: Vec<String> = concerned.map(title).collect();
    Rows::default()
        .list("Plans", &concerned)
        .text("Lead", coordination.lead.as_ref())
        .text("Agreed view of the risks", coordination.agreed_risk_view.as_ref())
        .text("Where they differ", coordination.differences.as_ref())
        .day("Managers last spoke", coordination.last_contact_on)
        .day("They meet next on", coordination.next_joint_review)
        .item(say!("What the managers have agreed"))
}
