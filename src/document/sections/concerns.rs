//! Risks and chronology, and what the safeguarding lead does first.

use super::{Page, or_nothing};
use crate::check::{Override, rule};
use crate::document::pack::PackKind;
use crate::document::view::{Block, Rows, Section, joined};
use crate::record::{Day, Entry, NoKnownRisks, Precision, Risk, label};

/// Page one of the safeguarding pack: what to do before the first day, open plans, current risks at a glance.
pub(super) fn first(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let mut blocks: Vec<Block> = page.overrides.iter().map(overridden).collect();
    let before: Vec<String> = record.risks.iter().filter_map(|risk| risk.before_first_day.clone()).collect();
    if !before.is_empty() {
        blocks.push(Block::List { label: "Before the first day".into(), items: before });
    }
    let title = |risk: &Risk| risk.kind.map_or_else(|| "Risk".to_owned(), |kind| label(&kind));
    let current = record.risks.iter().filter(|risk| risk.is_current());
    let rows: Vec<Vec<String>> = current
        .map(|risk| {
            vec![
                title(risk),
                risk.impact_on_child.clone().unwrap_or_default(),
                risk.owner_receiving.clone().unwrap_or_default(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::Table {
            caption: "Current risks".into(),
            columns: vec![("Risk".into(), 1.2), ("Impact on the child".into(), 3.0), ("Owner".into(), 1.4)],
            rows,
        });
    }
    let open = record.plans.iter().filter(|plan| plan.is_open(page.stamp.day));
    let rows: Vec<Vec<String>> = open
        .map(|plan| {
            let kind = plan.r#type.map_or_else(|| "Plan".to_owned(), |kind| label(&kind));
            let manager = plan.manager.as_ref().and_then(|manager| manager.name.clone()).unwrap_or_default();
            let contact = plan.manager.as_ref().and_then(|manager| manager.contact.clone()).unwrap_or_default();
            vec![kind, manager, contact, plan.next_review.map(Day::long).unwrap_or_default()]
        })
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::Table {
            caption: "Open plans".into(),
            columns: vec![
                ("Plan".into(), 1.6),
                ("Manager".into(), 1.4),
                ("Contact".into(), 1.6),
                ("Next review".into(), 1.2),
            ],
            rows,
        });
    }
    blocks.extend(record.no_known_risks.as_ref().map(nil));
    Section::new("What to know and do first", blocks)
}

/// An error in spite of which the pack went out: the first thing a safeguarding lead reads.
fn overridden(given: &Override) -> Block {
    let title = rule(given.code).map_or("", |rule| rule.title);
    let rows = Rows::default()
        .add("The open point", Some(format!("{title} (rule {})", given.code)))
        .add("Why the pack could not wait", Some(given.reason.clone()))
        .add("Decided by", Some(given.by.clone()))
        .day("On", Some(given.on));
    rows.item("Sent with a point left open")
}

pub(super) fn risks(page: &Page<'_>) -> Option<Section> {
    let section = Section::new(
        "Risks and what protects the child",
        page.record.risks.iter().map(|risk| one_risk(page, risk)).collect(),
    );
    if page.kind == PackKind::Safeguarding {
        let nil = page.record.no_known_risks.is_some();
        let words =
            if nil { "No risks are known; the statement is on the first page." } else { "No risks are recorded." };
        return or_nothing(section, "Risks and what protects the child", words);
    }
    section
}

fn nil(statement: &NoKnownRisks) -> Block {
    let by = [&statement.stated_by, &statement.role]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let day = statement.stated_on.map(Day::long).unwrap_or_default();
    let words = statement.statement.clone().unwrap_or_default();
    Block::Notice { text: format!("No risks are known. Stated by {by} on {day}: {words}") }
}

fn one_risk(page: &Page<'_>, risk: &Risk) -> Block {
    let evidence: Vec<String> = risk.evidence.iter().map(|id| evidence(page, id)).collect();
    let experience: Vec<String> = risk.child_experience.iter().map(label).collect();
    let title = risk.kind.map_or_else(|| "Risk".to_owned(), |kind| label(&kind));
    let state = if risk.is_current() { "current" } else { "resolved" };
    let factors = match (risk.protective_factors.is_empty(), risk.none_identified) {
        (true, Some(true)) => Some("Looked for; none found".to_owned()),
        (true, _) => Some("Not recorded".to_owned()),
        (false, _) => None,
    };
    Rows::default()
        .text("What it means for the child", risk.impact_on_child.as_ref())
        .text("The risk", risk.description.as_ref())
        .list("What protects the child", &risk.protective_factors)
        .add("What protects the child", factors)
        .list("Evidence", &evidence)
        .list("Who told the school about the impact", &risk.impact_sources)
        .list("How the child experienced it", &experience)
        .text("Since when", risk.duration.as_ref())
        .text("Earlier concerns", risk.previous_concerns.as_ref())
        .text("Earlier generations", risk.intergenerational_considered.as_ref())
        .text("Before the first day", risk.before_first_day.as_ref())
        .text("Looked after at the receiving school by", risk.owner_receiving.as_ref())
        .day("Last looked at afresh", risk.reappraised_on)
        .day("Resolved on", risk.resolved_on)
        .text("Resolved because", risk.resolved_basis.as_ref())
        .text("Not known because", risk.unknown_why.as_ref())
        .item(format!("{title} ({state})"))
}

/// A chronology entry as evidence: its name and date, and the event where these readers may see it.
fn evidence(page: &Page<'_>, id: &str) -> String {
    let entry = page.record.chronology.iter().find(|entry| entry.id.as_deref() == Some(id));
    match entry.and_then(|entry| entry.event.as_ref().map(|event| (when(entry), event))) {
        Some((when, event)) => format!("{id}, {when}: {event}"),
        None => id.to_owned(),
    }
}

pub(super) fn chronology(page: &Page<'_>) -> Option<Section> {
    let mut entries: Vec<&Entry> = page.record.chronology.iter().collect();
    entries.sort_by_key(|entry| entry.date);
    let columns = [("When", 1.35), ("What happened", 3.0), ("Source", 1.6), ("Done, outcome", 2.7), ("Impact", 1.9)];
    let table = Block::Table {
        caption: "Chronology, earliest first".into(),
        columns: columns.into_iter().map(|(name, width)| (name.to_owned(), width)).collect(),
        rows: entries.iter().map(|entry| row(entry)).collect(),
    };
    let section = Section::new("Chronology", (!entries.is_empty()).then_some(table).into_iter().collect());
    if page.kind == PackKind::Safeguarding {
        return or_nothing(section, "Chronology", "No events are recorded.");
    }
    section
}

fn row(entry: &Entry) -> Vec<String> {
    let mut event = entry.event.clone().unwrap_or_default();
    let marks = [
        (entry.significant == Some(true)).then(|| "Significant change".to_owned()),
        entry.change_kind.map(|kind| label(&kind)),
        (entry.positive == Some(true)).then(|| "Something good".to_owned()),
        (entry.family_history == Some(true)).then(|| "Family history".to_owned()),
        (entry.substance_misuse_suspected == Some(true)).then(|| "Substance misuse suspected".to_owned()),
        entry.operation_encompass.as_ref().map(|notice| {
            let present = notice
                .child_present
                .map(|present| if present { "child present" } else { "child not present" }.to_owned());
            let parts = [notice.police_reference.clone(), notice.incident_date.map(Day::long), present];
            format!("Operation Encompass: {}", joined(parts, ", ").unwrap_or_default())
        }),
    ];
    if let Some(marks) = joined(marks, "; ") {
        event = format!("{event}\n[{marks}]");
    }
    let source = entry.source.as_ref();
    let source = source.and_then(|source| joined([&source.agency, &source.who], ", "));
    let rests = joined([entry.basis.map(|basis| label(&basis)), source], "\n").unwrap_or_default();
    let outcome = [
        entry.action.as_ref().map(|action| format!("Done: {action}")),
        entry.outcome.as_ref().map(|outcome| format!("Came of it: {outcome}")),
        entry.outcome_state.map(|state| label(&state)),
        entry.outcome_reason.clone(),
    ];
    let outcome = joined(outcome, "\n").unwrap_or_default();
    let id = entry.id.as_ref().map(|id| format!("\n[{id}]")).unwrap_or_default();
    vec![format!("{}{id}", when(entry)), event, rests, outcome, entry.impact_on_child.clone().unwrap_or_default()]
}

fn when(entry: &Entry) -> String {
    let Some(day) = entry.date else { return String::new() };
    match entry.precision {
        None | Some(Precision::Day) => day.long(),
        Some(Precision::Month) => day.month_and_year(),
        Some(Precision::Year) => day.0.year().to_string(),
    }
}
