//! Identity: dates and names inside the record that must hold together, whatever section they stand in.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example_parts::entry;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Error;
use crate::record::Day;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "ID-17",
        severity: Error,
        title: "The date of something that was done lies in the future",
        why: "Nobody has talked, decided or looked on a day that has not come. Day and month were probably swapped, or the year mistyped.",
        source: Source::Ours,
        next: "Look at the date again: year-month-day.",
        bad: "[no_known_risks]\nstated_on = 2026-12-06\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
        good: "[no_known_risks]\nstated_on = 2026-06-12\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
        judge: Judge::Each(|c| {
            let mut future = Vec::new();
            done(c, &mut |date, path| {
                if date.is_some_and(|date| date > c.today) {
                    future.push(Hit::at(path()));
                }
            });
            future
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-18",
        severity: Error,
        title: "This `id` is used twice",
        why: "Actions, risks and plans refer to entries by their `id`. Two entries under one name cannot be told apart, and one is often a copy that was not changed.",
        source: Source::Ours,
        next: "Give each entry an `id` of its own, or take the copy out.",
        bad: concat!(entry!("method = \"drawing\"\n"), entry!("method = \"drawing\"\n")),
        good: entry!("method = \"drawing\"\n"),
        judge: Judge::Each(|c| {
            let mut seen = BTreeSet::new();
            let ids = ids(c).into_iter().filter(|(.., id)| !id.trim().is_empty());
            let twice = ids.filter(|(list, _, id)| !seen.insert((*list, *id)));
            twice.map(|(list, i, _)| Hit::at(format!("{list}[{i}].id"))).collect()
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-20",
        severity: Error,
        title: "This refers to an entry that is not there",
        why: "An action for a worry, a plan that rests on the child's words: such links are what the next school follows. One that leads nowhere was mistyped, or its entry was taken out.",
        source: Source::Ours,
        next: "Look at the `id`s again; each must be that of an entry in this record.",
        precisely: Some(
            "`voice_ref` and `child_view_ref` to `[[voice.entries]]`, `for_worry` to `[[voice.worries]]`, `plan_coordination.plans` to `[[plans]]`, `follows` to `[[chronology]]`, `care.orders.about` to people of the household, `secure_stays.who` to one of them or `child`.",
        ),
        bad: "[transition_plan]\nvoice_ref = [\"v9\"]\n",
        good: "[transition_plan]\nvoice_ref = [\"v1\"]\n",
        judge: Judge::Each(dangling),
        may_override: false,
        ..Rule::USUAL
    },
];

/// Gets a day, and how its path is written should it be needed.
type Visit<'v> = dyn FnMut(Option<Day>, &dyn Fn() -> String) + 'v;

/// Everything that was done on a day: the day, and how its path is written should it be needed.
fn done(c: &Context<'_>, each: &mut Visit<'_>) {
    let record = c.record;
    if let Some(voice) = &record.voice {
        for (i, entry) in voice.entries.iter().enumerate() {
            each(entry.date, &|| format!("voice.entries[{i}].date"));
        }
        for (i, seen) in voice.observations.iter().enumerate() {
            each(seen.date, &|| format!("voice.observations[{i}].date"));
        }
    }
    if let Some(help) = &record.early_help {
        each(help.considered_on, &|| "early_help.considered_on".to_owned());
        each(help.panel_considered_on, &|| "early_help.panel_considered_on".to_owned());
        each(help.closed_on, &|| "early_help.closed_on".to_owned());
    }
    for (i, risk) in record.risks.iter().enumerate() {
        each(risk.reappraised_on, &|| format!("risks[{i}].reappraised_on"));
        each(risk.resolved_on, &|| format!("risks[{i}].resolved_on"));
    }
    if let Some(nil) = &record.no_known_risks {
        each(nil.stated_on, &|| "no_known_risks.stated_on".to_owned());
    }
    for (i, nil) in record.nil_returns.iter().enumerate() {
        each(nil.stated_on, &|| format!("nil_returns[{i}].stated_on"));
    }
    for (i, weighed) in record.weighed.iter().enumerate() {
        each(weighed.on, &|| format!("weighed[{i}].on"));
    }
    for (i, assessment) in record.assessments.iter().enumerate() {
        each(assessment.started_on, &|| format!("assessments[{i}].started_on"));
        each(assessment.completed_on, &|| format!("assessments[{i}].completed_on"));
    }
    for (i, service) in record.services.iter().enumerate() {
        each(service.from, &|| format!("services[{i}].from"));
    }
    if let Some(care) = &record.care {
        each(care.since, &|| "care.since".to_owned());
        each(care.left_care_on, &|| "care.left_care_on".to_owned());
        for (i, order) in care.orders.iter().enumerate() {
            each(order.made_on, &|| format!("care.orders[{i}].made_on"));
        }
    }
    for (i, consent) in record.consents.iter().enumerate() {
        each(consent.on, &|| format!("consents[{i}].on"));
    }
    for (i, sign_off) in record.sign_off.iter().enumerate() {
        each(sign_off.on, &|| format!("sign_off[{i}].on"));
    }
}

/// Every `id` by which something can be referred to: its list, its number, and itself.
fn ids<'a>(c: &'a Context<'_>) -> Vec<(&'static str, usize, &'a str)> {
    let record = c.record;
    let mut ids = Vec::new();
    let mut add = |list: &'static str, i: usize, id: &'a Option<String>| {
        ids.extend(id.iter().map(|id| (list, i, id.as_str())));
    };
    if let Some(voice) = &record.voice {
        voice.entries.iter().enumerate().for_each(|(i, entry)| add("voice.entries", i, &entry.id));
        voice.worries.iter().enumerate().for_each(|(i, worry)| add("voice.worries", i, &worry.id));
    }
    record.chronology.iter().enumerate().for_each(|(i, entry)| add("chronology", i, &entry.id));
    record.risks.iter().enumerate().for_each(|(i, risk)| add("risks", i, &risk.id));
    record.plans.iter().enumerate().for_each(|(i, plan)| add("plans", i, &plan.id));
    record.assessments.iter().enumerate().for_each(|(i, assessment)| add("assessments", i, &assessment.id));
    record.services.iter().enumerate().for_each(|(i, service)| add("services", i, &service.id));
    if let Some(household) = &record.household {
        household.people.iter().enumerate().for_each(|(i, person)| add("household.people", i, &person.id));
    }
    ids
}

fn dangling(c: &Context<'_>) -> Vec<Hit> {
    let record = c.record;
    let ids = ids(c);
    let lost = |list: &str, id: &str| !ids.iter().any(|(found, _, known)| *found == list && *known == id);
    let mut hits = Vec::new();
    let mut need = |list: &'static str, id: Option<&String>, path: &dyn Fn() -> String| {
        if id.is_some_and(|id| !id.trim().is_empty() && lost(list, id)) {
            hits.push(Hit::at(path()).resting_on(list));
        }
    };
    if let Some(plan) = &record.transition_plan {
        for (i, id) in plan.voice_ref.iter().enumerate() {
            need("voice.entries", Some(id), &|| format!("transition_plan.voice_ref[{i}]"));
        }
        for (i, action) in plan.actions.iter().enumerate() {
            need("voice.entries", action.voice_ref.as_ref(), &|| format!("transition_plan.actions[{i}].voice_ref"));
            need("voice.worries", action.for_worry.as_ref(), &|| format!("transition_plan.actions[{i}].for_worry"));
        }
    }
    if let Some(plan) = record.attendance.as_ref().and_then(|attendance| attendance.plan.as_ref()) {
        need("voice.entries", plan.child_view_ref.as_ref(), &|| "attendance.plan.child_view_ref".to_owned());
    }
    for (i, id) in record.plan_coordination.iter().flat_map(|together| together.plans.iter().enumerate()) {
        need("plans", Some(id), &|| format!("plan_coordination.plans[{i}]"));
    }
    for (i, entry) in record.chronology.iter().enumerate() {
        need("chronology", entry.follows.as_ref(), &|| format!("chronology[{i}].follows"));
    }
    for (i, order) in record.care.iter().flat_map(|care| care.orders.iter().enumerate()) {
        for (k, id) in order.about.iter().enumerate() {
            need("household.people", Some(id), &|| format!("care.orders[{i}].about[{k}]"));
        }
    }
    for (i, stay) in record.moves.iter().flat_map(|moves| moves.secure_stays.iter().enumerate()) {
        let who = stay.who.as_ref().filter(|who| !who.trim().eq_ignore_ascii_case("child"));
        need("household.people", who, &|| format!("moves.secure_stays[{i}].who"));
    }
    hits
}
