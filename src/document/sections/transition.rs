//! The transition plan, and the people around the child in school.

use super::child;
use super::page::Page;
use crate::document::view::{Block, Rows, Section, cell, joined, list, text};
use crate::record::{Action, Day};
use crate::text::say;

pub(super) fn plan(page: &Page<'_>) -> Option<Section> {
    let heading = "Transition plan";
    let Some(plan) = page.record.transition_plan.as_ref() else {
        return Section::new(heading, vec![Block::notice("No transition plan is recorded for these readers.")]);
    };
    let facts = Rows::default()
        .word("Support", plan.level)
        .yes_no("The only pupil from this school to go there", plan.only_pupil)
        .day("Review on", plan.review_on)
        .list("Based on what the child said on", &child::said_on(page.record, &plan.voice_ref));
    let mut blocks: Vec<Block> = facts.facts().into_iter().collect();
    blocks.extend(text("In place on the first day", plan.day_one_support.as_ref()));
    blocks.extend(text("In the first week", plan.first_week.as_ref()));
    blocks.extend(text("The way to school", plan.transport.as_ref()));
    let worries = page.record.voice.iter().flat_map(|voice| &voice.worries);
    let worry = |action: &Action| {
        let worry = worries.clone().find(|worry| worry.id.is_some() && worry.id == action.for_worry);
        cell(worry.and_then(|worry| worry.text.as_ref()))
    };
    let row = |action: &Action| {
        let (what, owner) = (cell(action.what.as_ref()), cell(action.owner.as_ref()));
        vec![worry(action), what, owner, due(action), cell(action.success_criterion.as_ref())]
    };
    let columns =
        [("Worry", 1.5), ("Action", 2.0), ("Owner", 1.3), ("By when", 1.2), ("How we will know it worked", 2.0)];
    blocks.extend(Block::table("What will be done", &columns, plan.actions.iter().map(row).collect()));
    blocks.extend(list("What works", &plan.what_works));
    blocks.extend(list("What is hard for the child", &plan.triggers));
    Section::new(heading, blocks)
}

/// By when, and when it was done if it has been.
fn due(action: &Action) -> String {
    let done = action.done_on.map(|done| say!("done on {done}", done = done.long()));
    joined([action.by.map(Day::long), done], "; ").unwrap_or_default()
}

pub(super) fn people(page: &Page<'_>) -> Option<Section> {
    let plan = page.record.transition_plan.as_ref()?;
    let visits: Vec<String> = plan
        .visits
        .iter()
        .map(|visit| joined([visit.date.map(Day::long), visit.note.clone()], ": ").unwrap_or_default())
        .collect();
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(text("Friends and other children", plan.friendships.as_ref()));
    blocks.extend(list("Keep together with", &plan.keep_with));
    blocks.extend(list("Keep apart from", &plan.keep_apart));
    blocks.extend(list("Visits to the new school", &visits));
    blocks.extend(text("How parents or carers took part", plan.parent_involvement.as_ref()));
    blocks.extend(list("To be told in person, not in writing", &plan.discuss_verbally));
    if let Some(talk) = &plan.handover_conversation {
        blocks.push(
            Rows::default()
                .day("On", talk.on)
                .list("Who took part", &talk.participants)
                .text("Main points", talk.note.as_ref())
                .item(say!("The schools' handover meeting")),
        );
    }
    Section::new("Friends, visits and talks", blocks)
}
