//! Page one of the safeguarding pack: what its reader does before the first day, and by when.

use super::front;
use super::page::Page;
use crate::check::rule;
use crate::document::view::{Block, Section, Task, cell, joined};
use crate::record::{Considered, Contact, Day, NoKnownRisks, Plan, Record, Risk, Weighed, label};
use crate::text::{capitalised, said, say};

/// The anchor of the section, and of the one that holds the tasks for which page one has no room.
pub(super) const ANCHOR: &str = "first-day";

pub(super) const MORE: &str = "more-to-do";

/// So many tasks stand on page one.
const ON_PAGE_ONE: usize = 7;

pub(super) fn first(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let mut tasks = tasks(page);
    let more = tasks.len().saturating_sub(ON_PAGE_ONE);
    tasks.truncate(ON_PAGE_ONE);
    let mut blocks = vec![Block::Tasks { caption: say!("To do, and by when"), rows: tasks }];
    blocks.extend((more > 0).then(|| Block::More { text: say!("and {more} more", more), anchor: MORE.to_owned() }));
    blocks.extend(record.no_known_risks.as_ref().map(nil));
    let columns = [("Weighed", 2.2), ("Why it is no risk", 3.0), ("By whom, when", 1.6)];
    let rows = record.weighed.iter().map(|weighed| weighing(page, weighed)).collect();
    blocks.extend(Block::table("Facts that were weighed", &columns, rows));
    let columns = [("Asked by the checks", 2.2), ("What was considered", 3.0), ("By whom, when", 1.6)];
    let rows = record.considered.iter().map(considered).collect();
    blocks.extend(Block::table("Warnings that were answered", &columns, rows));
    let current = record.risks.iter().filter(|risk| risk.is_current());
    let rows = current.map(|risk| vec![kind(risk), cell(risk.impact_on_child.as_ref()), factors(risk)]);
    let columns = [("Risk", 1.2), ("What it means for the child", 2.6), ("What protects the child", 2.2)];
    blocks.extend(Block::table("Risks today", &columns, rows.collect()));
    blocks.extend(front::at_hand(page));
    Section::new("Before the first day", blocks)
}

/// The tasks for which page one has no room.
pub(super) fn more(page: &Page<'_>) -> Option<Section> {
    let rows: Vec<Task> = tasks(page).into_iter().skip(ON_PAGE_ONE).collect();
    let tasks = (!rows.is_empty()).then(|| Block::Tasks { caption: String::new(), rows });
    Section::new("More to do before the first day", tasks.into_iter().collect())
}

/// A fact that speaks against a reassurance, and why the school calls it no risk.
fn weighing(page: &Page<'_>, weighed: &Weighed) -> Vec<String> {
    let facts: Vec<String> = weighed.facts().map(|fact| fact_in_words(page, fact)).collect();
    vec![facts.join("\n"), cell(weighed.reason.as_ref()), by_whom(weighed.by.as_ref(), weighed.on)]
}

/// A warning and the school's answer to it.
fn considered(considered: &Considered) -> Vec<String> {
    let code = considered.rule.as_deref().unwrap_or_default().trim();
    let title = rule(&code.to_uppercase()).map(|rule| rule.title);
    let asked = joined([title, Some(code), considered.at.as_deref()].map(|part| part.map(str::to_owned)), "\n");
    let by = by_whom(considered.by.as_ref(), considered.on);
    vec![asked.unwrap_or_default(), cell(considered.answer.as_ref()), by]
}

fn by_whom(name: Option<&String>, on: Option<Day>) -> String {
    joined([name.cloned(), on.map(Day::long)], ", ").unwrap_or_default()
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
        joined([found.relation(), found.name.clone()], ": ")
    };
    let words = plan.or_else(service).or_else(assessment).or_else(person);
    words.unwrap_or_else(|| said(&capitalised(&fact.replace('_', " "))))
}

/// The manager of a plan: name, role, contact.
pub(super) fn manager(plan: &Plan) -> Option<String> {
    let manager = plan.manager.as_ref()?;
    joined([&manager.name, &manager.role, &manager.contact], ", ")
}

/// The kind of a risk in words.
pub(super) fn kind(risk: &Risk) -> String {
    risk.kind.map_or_else(|| say!("Risk"), |kind| label(&kind))
}

/// What is said where nothing that protects the child is recorded.
pub(super) fn no_factors(risk: &Risk) -> Option<String> {
    let looked_for = risk.none_identified == Some(true);
    let words = || if looked_for { say!("Looked for; none found") } else { say!("Not recorded") };
    risk.protective_factors.is_empty().then(words)
}

fn factors(risk: &Risk) -> String {
    no_factors(risk).unwrap_or_else(|| risk.protective_factors.join("; "))
}

/// What the record asks of the receiving safeguarding lead, soonest first as far as the days are known.
fn tasks(page: &Page<'_>) -> Vec<Task> {
    let record = page.record;
    let receiving = record.receiving_school.as_ref();
    let first_day = receiving.and_then(|school| school.start_date);
    let before = first_day.map_or_else(|| say!("Before the first day"), |day| say!("Before {day}", day = day.long()));
    let me = say!("Safeguarding lead");
    let me = me.as_str();
    let task =
        |what: String, why: &str, who: &str, by: String| Task { what, why: why.to_owned(), who: who.to_owned(), by };
    let confirm = say!("Confirm to the sending school that this pack has arrived");
    let sender = record.sending_school.as_ref();
    let ring = sender.and_then(|school| school.dsl.as_ref()).and_then(Contact::line);
    let mut tasks = vec![task(confirm, ring.as_deref().unwrap_or_default(), me, say!("On receipt"))];
    for risk in &record.risks {
        let Some(what) = &risk.before_first_day else { continue };
        let who = risk.owner_receiving.as_deref().unwrap_or(me);
        tasks.push(task(what.clone(), &say!("Risk: {risk}", risk = kind(risk).to_lowercase()), who, before.clone()));
    }
    let told = record.transition_plan.iter().flat_map(|plan| &plan.discuss_verbally);
    tasks.extend(told.map(|what| {
        task(
            say!("Have the sending school tell you in person: {what}", what),
            &say!("Not put in writing"),
            me,
            before.clone(),
        )
    }));
    let mut reviews: Vec<(Day, &Plan)> = record
        .plans
        .iter()
        .filter(|plan| plan.is_open(page.details.day))
        .filter_map(|plan| Some((plan.next_review.filter(|review| *review >= page.details.day)?, plan)))
        .collect();
    reviews.sort_by_key(|(review, _)| *review);
    tasks.extend(reviews.into_iter().map(|(review, plan)| {
        let what = plan.r#type.map_or_else(|| say!("plan"), |kind| label(&kind));
        let who = if plan.invited.is_empty() { me.to_owned() } else { plan.invited.join("; ") };
        task(say!("Take part in the review: {what}", what), &manager(plan).unwrap_or_default(), &who, review.long())
    }));
    tasks.extend(early_help(record, &before));
    tasks
}

/// Early Help that is open goes on in the new school.
fn early_help(record: &Record, before: &str) -> Option<Task> {
    let help = record.early_help.as_ref().filter(|help| help.status.is_some_and(|status| status.is_open()))?;
    Some(Task {
        what: say!("Take Early Help over"),
        why: help.lead_practitioner.as_ref().and_then(Contact::line).unwrap_or_default(),
        who: help.receiving_participant.clone().unwrap_or_else(|| say!("Safeguarding lead")),
        by: before.to_owned(),
    })
}

fn nil(statement: &NoKnownRisks) -> Block {
    let by = joined([&statement.stated_by, &statement.role], ", ").unwrap_or_default();
    let day = statement.stated_on.map(Day::long).unwrap_or_default();
    let words = statement.statement.clone().unwrap_or_default();
    Block::Notice { text: say!("No risks are known. Stated by {by} on {day}: {words}", by, day, words) }
}
