//! Identity: dates and names inside the record that must hold together, whatever section they stand in.

use std::collections::BTreeSet;

use super::rule::{Context, Hit, Judge, Rule, Source};
use super::voice::entry;
use crate::problem::Severity::Error;
use crate::record::Day;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "ID-17",
        severity: Error,
        title: "The date of something that was done lies in the future",
        why: "Nobody has talked, decided or looked on a day that has not come. Day and month were probably swapped, or the year mistyped.",
        source: Source::Ours,
        next: "Look at the date again: year-month-day.",
        precisely: None,
        bad: "[no_known_risks]\nstated_on = 2026-12-06\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
        good: "[no_known_risks]\nstated_on = 2026-06-12\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
        judge: Judge::Each(|c| {
            let future = done(c).into_iter().filter(|(_, date)| date.is_some_and(|date| date > c.today));
            future.map(|(path, _)| Hit::at(path)).collect()
        }),
    },
    Rule {
        code: "ID-18",
        severity: Error,
        title: "This `id` is used twice",
        why: "Actions, risks and plans refer to entries by their `id`. Two entries under one name cannot be told apart, and one is often a copy that was not changed.",
        source: Source::Ours,
        next: "Give each entry an `id` of its own, or take the copy out.",
        precisely: None,
        bad: concat!(entry!("method = \"drawing\"\n"), entry!("method = \"drawing\"\n")),
        good: entry!("method = \"drawing\"\n"),
        judge: Judge::Each(|c| {
            let mut seen = BTreeSet::new();
            let ids = ids(c).into_iter().filter(|(_, id)| !id.trim().is_empty());
            let twice = ids.filter(|(path, id)| !seen.insert((list_of(path), id.clone())));
            twice.map(|(path, _)| Hit::at(path)).collect()
        }),
    },
];

/// The list an entry's path belongs to: `voice.entries` of `voice.entries[1].id`.
fn list_of(path: &str) -> String {
    path.split('[').next().unwrap_or_default().to_owned()
}

/// Everything that was done on a day, with the path of the day.
fn done(c: &Context<'_>) -> Vec<(String, Option<Day>)> {
    let record = c.record;
    let mut done = Vec::new();
    if let Some(voice) = &record.voice {
        let entries = voice.entries.iter().enumerate();
        done.extend(entries.map(|(i, entry)| (format!("voice.entries[{i}].date"), entry.date)));
        let seen = voice.observations.iter().enumerate();
        done.extend(seen.map(|(i, seen)| (format!("voice.observations[{i}].date"), seen.date)));
    }
    if let Some(help) = &record.early_help {
        done.push(("early_help.considered_on".to_owned(), help.considered_on));
        done.push(("early_help.panel_considered_on".to_owned(), help.panel_considered_on));
        done.push(("early_help.closed_on".to_owned(), help.closed_on));
    }
    for (i, risk) in record.risks.iter().enumerate() {
        done.push((format!("risks[{i}].reappraised_on"), risk.reappraised_on));
        done.push((format!("risks[{i}].resolved_on"), risk.resolved_on));
    }
    done.extend(record.no_known_risks.iter().map(|nil| ("no_known_risks.stated_on".to_owned(), nil.stated_on)));
    let signed = record.sign_off.iter().enumerate();
    done.extend(signed.map(|(i, sign_off)| (format!("sign_off[{i}].on"), sign_off.on)));
    done
}

/// Every `id` by which something can be referred to, with its path.
fn ids(c: &Context<'_>) -> Vec<(String, String)> {
    let record = c.record;
    let mut ids = Vec::new();
    let mut add = |list: &str, i: usize, id: &Option<String>| {
        ids.extend(id.iter().map(|id| (format!("{list}[{i}].id"), id.clone())));
    };
    if let Some(voice) = &record.voice {
        voice.entries.iter().enumerate().for_each(|(i, entry)| add("voice.entries", i, &entry.id));
        voice.worries.iter().enumerate().for_each(|(i, worry)| add("voice.worries", i, &worry.id));
    }
    record.chronology.iter().enumerate().for_each(|(i, entry)| add("chronology", i, &entry.id));
    record.risks.iter().enumerate().for_each(|(i, risk)| add("risks", i, &risk.id));
    record.plans.iter().enumerate().for_each(|(i, plan)| add("plans", i, &plan.id));
    if let Some(household) = &record.household {
        household.people.iter().enumerate().for_each(|(i, person)| add("household.people", i, &person.id));
    }
    ids
}
