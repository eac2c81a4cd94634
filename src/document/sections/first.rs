//! Page one of the safeguarding pack: what its reader does before the first day, and by when.

use super::Page;
use crate::check::{Override, rule};
use crate::document::view::{Block, Rows, Section, Task, cell, joined};
use crate::record::{Contact, Day, NoKnownRisks, Plan, Record, Risk, Weighed, label};

pub(super) fn first(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let mut blocks: Vec<Block> = page.overrides.iter().map(overridden).collect();
    let tasks = tasks(page);
    blocks.push(Block::Tasks { caption: "To do, and by when".into(), rows: tasks });
    let current = record.risks.iter().filter(|risk| risk.is_current());
    let rows = current.map(|risk| vec![kind(risk), cell(risk.impact_on_child.as_ref()), factors(risk)]);
    let columns = [("Risk", 1.2), ("What it means for the child", 2.6), ("What protects the child", 2.2)];
    blocks.extend(Block::table("Risks today", &columns, rows.collect()));
    let open = record.plans.iter().filter(|plan| plan.is_open(page.stamp.day));
    let columns = [("Plan", 1.6), ("Manager", 2.4), ("Next review", 1.2)];
    blocks.extend(Block::table("Open plans", &columns, open.map(open_plan).collect()));
    blocks.extend(record.no_known_risks.as_ref().map(nil));
    let columns = [("Weighed", 2.2), ("Why it is no risk", 3.0), ("By whom, when", 1.6)];
    let rows = record.weighed.iter().map(|weighed| weighing(page, weighed)).collect();
    blocks.extend(Block::table("Facts that were weighed", &columns, rows));
    Section::new("Before the first day", blocks)
}

/// A fact that speaks against a reassurance, and why the school calls it no risk.
fn weighing(page: &Page<'_>, weighed: &Weighed) -> Vec<String> {
    let fact = weighed.fact.as_deref().map(str::trim).unwrap_or_default();
    let by = joined([weighed.by.clone(), weighed.on.map(Day::long)], ", ").unwrap_or_default();
    vec![fact_in_words(page, fact), cell(weighed.reason.as_ref()), by]
}

/// What `weighed.fact` names: the event, plan, service or person behind an `id`, or a section in words.
fn fact_in_words(page: &Page<'_>, fact: &str) -> String {
    let record = page.record;
    let is = |id: &Option<String>| id.as_deref().is_some_and(|id| id.trim() == fact);
    if let Some(entry) = record.chronology.iter().find(|entry| is(&entry.id)) {
        let event = entry.event.clone().unwrap_or_default();
        return format!("{fact}, {}: {event}", super::chronology::when(entry));
    }
    let plan = record.plans.iter().find(|plan| is(&plan.id)).and_then(|plan| plan.r#type).map(|kind| label(&kind));
    let service = || record.services.iter().find(|service| is(&service.id)).and_then(|service| service.name.clone());
    let assessment = || {
        let found = record.assessments.iter().find(|assessment| is(&assessment.id))?;
        found.kind.map(|kind| label(&kind))
    };
    let mut people = record.household.iter().flat_map(|household| &household.people);
    let person = || {
        let found = people.find(|person| is(&person.id))?;
        joined([found.relationship.map(|relationship| label(&relationship)), found.name.clone()], ": ")
    };
    let words = plan.or_else(service).or_else(assessment).or_else(person);
    words.unwrap_or_else(|| {
        let (first, rest) = fact.split_at_checked(1).unwrap_or(("", fact));
        format!("{}{}", first.to_uppercase(), rest.replace('_', " "))
    })
}

fn open_plan(plan: &Plan) -> Vec<String> {
    let kind = plan.r#type.map_or_else(|| "Plan".to_owned(), |kind| label(&kind));
    vec![kind, manager(plan).unwrap_or_default(), plan.next_review.map(Day::long).unwrap_or_default()]
}

/// The manager of a plan: name, role, contact.
pub(super) fn manager(plan: &Plan) -> Option<String> {
    let manager = plan.manager.as_ref()?;
    joined([&manager.name, &manager.role, &manager.contact], ", ")
}

/// The kind of a risk in words.
pub(super) fn kind(risk: &Risk) -> String {
    risk.kind.map_or_else(|| "Risk".to_owned(), |kind| label(&kind))
}

/// What is said where nothing that protects the child is recorded.
pub(super) fn no_factors(risk: &Risk) -> Option<String> {
    let words = if risk.none_identified == Some(true) { "Looked for; none found" } else { "Not recorded" };
    risk.protective_factors.is_empty().then(|| words.to_owned())
}

fn factors(risk: &Risk) -> String {
    no_factors(risk).unwrap_or_else(|| risk.protective_factors.join("; "))
}

/// What the record asks of the receiving safeguarding lead, soonest first as far as the days are known.
fn tasks(page: &Page<'_>) -> Vec<Task> {
    let record = page.record;
    let receiving = record.receiving_school.as_ref();
    let first_day = receiving.and_then(|school| school.start_date);
    let before = first_day.map_or_else(|| "Before the first day".to_owned(), |day| format!("Before {}", day.long()));
    let me = "Safeguarding lead";
    let task =
        |what: String, why: &str, who: &str, by: String| Task { what, why: why.to_owned(), who: who.to_owned(), by };
    let confirm = "Confirm to the sending school that this pack has arrived".to_owned();
    let sender = record.sending_school.as_ref();
    let ring = sender.and_then(|school| school.dsl.as_ref()).and_then(Contact::line);
    let mut tasks = vec![task(confirm, ring.as_deref().unwrap_or_default(), me, "On receipt".to_owned())];
    for risk in &record.risks {
        let Some(what) = &risk.before_first_day else { continue };
        let who = risk.owner_receiving.as_deref().unwrap_or(me);
        tasks.push(task(what.clone(), &format!("Risk: {}", kind(risk).to_lowercase()), who, before.clone()));
    }
    let told = record.transition_plan.iter().flat_map(|plan| &plan.discuss_verbally);
    tasks.extend(told.map(|what| {
        task(format!("Have the sending school tell you in person: {what}"), "Not put in writing", me, before.clone())
    }));
    let mut reviews: Vec<(Day, &Plan)> = record
        .plans
        .iter()
        .filter(|plan| plan.is_open(page.stamp.day))
        .filter_map(|plan| Some((plan.next_review.filter(|review| *review >= page.stamp.day)?, plan)))
        .collect();
    reviews.sort_by_key(|(review, _)| *review);
    tasks.extend(reviews.into_iter().map(|(review, plan)| {
        let what = plan.r#type.map_or_else(|| "plan".to_owned(), |kind| label(&kind));
        let who = if plan.invited.is_empty() { me.to_owned() } else { plan.invited.join("; ") };
        task(format!("Take part in the review: {what}"), &manager(plan).unwrap_or_default(), &who, review.long())
    }));
    tasks.extend(early_help(record, &before));
    tasks
}

/// Early Help that is open goes on in the new school.
fn early_help(record: &Record, before: &str) -> Option<Task> {
    let help = record.early_help.as_ref().filter(|help| help.status.is_some_and(|status| status.is_open()))?;
    Some(Task {
        what: "Take Early Help over".to_owned(),
        why: help.lead_practitioner.as_ref().and_then(Contact::line).unwrap_or_default(),
        who: help.receiving_participant.clone().unwrap_or_else(|| "Safeguarding lead".to_owned()),
        by: before.to_owned(),
    })
}

/// An error in spite of which the pack went out: the first thing a safeguarding lead reads.
fn overridden(given: &Override) -> Block {
    let title = rule(given.code).map_or("", |rule| rule.title);
    let rows = Rows::default()
        .add("The open point", Some(format!("{title} (rule {})", given.code)))
        .add("Why the pack could not wait", Some(given.reason.to_string()))
        .add("Decided by", Some(given.by.to_string()))
        .day("On", Some(given.on));
    rows.item("Sent with a point left open")
}

fn nil(statement: &NoKnownRisks) -> Block {
    let by = joined([&statement.stated_by, &statement.role], ", ").unwrap_or_default();
    let day = statement.stated_on.map(Day::long).unwrap_or_default();
    let words = statement.statement.clone().unwrap_or_default();
    Block::Notice { text: format!("No risks are known. Stated by {by} on {day}: {words}") }
}
