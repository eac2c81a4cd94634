//! The first page of the transition pack and of the SEND pack: what matters most, in two minutes.

use super::page::Page;
use super::{attendance, child, profile};
use crate::document::view::{Rows, Section, joined};
use crate::record::{Day, Plan, label};

const HEADING: &str = "What matters most";

pub(super) fn general(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let plan = record.transition_plan.as_ref();
    let school = record.receiving_school.as_ref();
    let profile = record.voice.as_ref().and_then(|voice| voice.profile.as_ref());
    let level = plan.and_then(|plan| plan.level);
    let rows = called(page)
        .text("Key adult", school.and_then(|school| school.key_adult.as_ref()))
        .day("First day", school.and_then(|school| school.start_date))
        .text("On the first day", plan.and_then(|plan| plan.day_one_support.as_ref()))
        .text("In the first week", plan.and_then(|plan| plan.first_week.as_ref()))
        .lines("How best to support", profile.map(|profile| profile.best_support.as_slice()).unwrap_or_default())
        .lines("What is hard", plan.map(|plan| plan.triggers.as_slice()).unwrap_or_default());
    let rows = unwell(page, rows)
        .list("Keep together with", plan.map(|plan| plan.keep_with.as_slice()).unwrap_or_default())
        .list("Keep apart from", plan.map(|plan| plan.keep_apart.as_slice()).unwrap_or_default())
        .add("Attendance", attendance::in_a_sentence(page))
        .word("Support in the move", level)
        .day("Plan looked at again", plan.and_then(|plan| plan.review_on));
    Section::new(HEADING, rows.glance().into_iter().collect())
}

pub(super) fn send(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let sen = record.sen.as_ref();
    let needs: Vec<String> = sen.iter().flat_map(|sen| &sen.needs).map(label).collect();
    let school = record.receiving_school.as_ref();
    let reviews: Vec<String> = record.plans.iter().filter_map(|plan| next_review(plan, page.details.day)).collect();
    let rows = called(page)
        .text("Key adult", school.and_then(|school| school.key_adult.as_ref()))
        .word("Provision", sen.and_then(|sen| sen.provision))
        .lines("Needs, the main one first", &needs)
        .text("For tutor and teachers", sen.and_then(|sen| sen.summary_for_tutors.as_ref()))
        .lines("Provision in place", sen.map(|sen| sen.strategies.as_slice()).unwrap_or_default())
        .list("Access arrangements", sen.map(|sen| sen.access_arrangements.as_slice()).unwrap_or_default())
        .lines("Reviews to come", &reviews)
        .word("Early Help", record.early_help.as_ref().and_then(|help| help.status));
    Section::new(HEADING, unwell(page, rows).glance().into_iter().collect())
}

/// How to say the name, and how to talk together.
fn called(page: &Page<'_>) -> Rows {
    let pupil = page.record.pupil.as_ref();
    Rows::default()
        .text("How to say the name", pupil.and_then(|pupil| pupil.pronunciation.as_ref()))
        .add("First language", pupil.and_then(|pupil| pupil.first_language.as_deref()).and_then(child::other_language))
        .lines("Talking together", pupil.map(|pupil| pupil.communication_needs.as_slice()).unwrap_or_default())
}

fn unwell(page: &Page<'_>, rows: Rows) -> Rows {
    let conditions = page.record.health.iter().flat_map(|health| &health.conditions);
    let allergies = page.record.health.iter().flat_map(|health| &health.allergies);
    let allergies: Vec<String> = allergies.filter_map(profile::allergy).collect();
    rows.lines("Allergies", &allergies).lines(
        "If the child is unwell",
        &conditions.filter_map(|condition| condition.action.clone()).collect::<Vec<_>>(),
    )
}

fn next_review(plan: &Plan, today: Day) -> Option<String> {
    let review = plan.next_review.filter(|_| plan.is_open(today))?;
    joined([plan.r#type.map(|kind| label(&kind)), Some(review.long())], ": ")
}
