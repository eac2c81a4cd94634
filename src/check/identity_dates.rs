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
            let mut future = Vec::new();
            done(c, &mut |date, path| {
                if date.is_some_and(|date| date > c.today) {
                    future.push(Hit::at(path()));
                }
            });
            future
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
            let ids = ids(c).into_iter().filter(|(.., id)| !id.trim().is_empty());
            let twice = ids.filter(|(list, _, id)| !seen.insert((*list, *id)));
            twice.map(|(list, i, _)| Hit::at(format!("{list}[{i}].id"))).collect()
        }),
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
    if let Some(household) = &record.household {
        household.people.iter().enumerate().for_each(|(i, person)| add("household.people", i, &person.id));
    }
    ids
}
