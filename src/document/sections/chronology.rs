//! The chronology: a drawing of when, and a table of what, facts apart from opinion.

use super::page::Page;
use crate::document::timeline::{sign, timeline};
use crate::document::view::{Block, Event, Section, cell, joined};
use crate::record::{Account, Entry, Precision, label};
use crate::text::say;

pub(super) fn chronology(page: &Page<'_>) -> Option<Section> {
    let mut entries: Vec<&Entry> = page.record.chronology.iter().collect();
    entries.sort_by_key(|entry| entry.date);
    let born = page.record.pupil.as_ref().and_then(|pupil| pupil.dob);
    let mut blocks: Vec<Block> =
        timeline(&entries, born).filter(|_| !page.is_compact()).map(Block::Timeline).into_iter().collect();
    if !entries.is_empty() {
        blocks.push(Block::Chronology { rows: entries.iter().map(|entry| event(entry)).collect() });
    }
    Section::new("Chronology", blocks)
}

fn event(entry: &Entry) -> Event {
    let source = entry.source.as_ref().and_then(|source| joined([&source.agency, &source.who], ", "));
    let state = [entry.outcome_state.map(|state| label(&state)), entry.outcome_reason.clone()];
    let outcome = [entry.outcome.clone(), joined(state, ": ")];
    Event {
        when: when(entry),
        id: cell(entry.id.as_ref()),
        sign: sign(entry),
        what: joined([entry.event.clone(), accounts(entry), explained(entry)], "\n").unwrap_or_default(),
        marks: marks(entry),
        impact: cell(entry.impact_on_child.as_ref()),
        basis: entry.basis.map(|basis| label(&basis)).unwrap_or_default(),
        source: source.unwrap_or_default(),
        done: cell(entry.action.as_ref()),
        outcome: joined(outcome, "\n").unwrap_or_default(),
    }
}

/// What each person said about how it happened.
fn accounts(entry: &Entry) -> Option<String> {
    let account = |account: &Account| {
        let who = account.who.as_ref().map(|who| say!("Account of {who}", who));
        joined([who, account.said.clone()], ": ")
    };
    let accounts: Vec<String> = entry.accounts.iter().filter_map(account).collect();
    (!accounts.is_empty()).then(|| accounts.join("\n"))
}

/// How adults explained it, apart from what happened.
fn explained(entry: &Entry) -> Option<String> {
    entry.explained_as.as_ref().map(|words| say!("Explained by adults as: {words}", words))
}

fn marks(entry: &Entry) -> String {
    let encompass = entry.operation_encompass.as_ref().map(|notice| {
        let present =
            notice.child_present.map(|yes| if yes { say!("child present") } else { say!("child not present") });
        let incident = notice.incident_date.map(|day| say!("incident on {day}", day = day.long()));
        let parts = [notice.police_reference.clone(), incident, present];
        say!("Operation Encompass: {parts}", parts = joined(parts, ", ").unwrap_or_default())
    });
    let kinds: Vec<String> = entry.kinds.iter().map(label).collect();
    let signs: Vec<String> = entry.signs.iter().map(label).collect();
    let marks = [
        (!kinds.is_empty()).then(|| kinds.join("; ")),
        (!signs.is_empty()).then(|| say!("Signs: {signs}", signs = signs.join("; "))),
        entry.accounts_agree.map(|agree| if agree { say!("The accounts agree") } else { say!("The accounts differ") }),
        entry.witnessed.map(|seen| if seen { say!("Seen to happen") } else { say!("Not seen to happen") }),
        entry.medically_examined.map(|yes| {
            if yes { say!("Looked at by a doctor or nurse") } else { say!("Not looked at by a doctor or nurse") }
        }),
        (!entry.present.is_empty()).then(|| say!("Present: {present}", present = entry.present.join(", "))),
        entry.learned_on.map(|day| say!("Known to the school since {day}", day = day.long())),
        entry.closed_by.as_ref().map(|by| say!("Closed by {by}", by)),
        entry.follows.as_ref().map(|id| say!("Follows {id}", id)),
        (entry.significant == Some(true)).then(|| say!("Significant change")),
        entry.change_kind.map(|kind| label(&kind)),
        (entry.positive == Some(true)).then(|| say!("Something good")),
        (entry.family_history == Some(true)).then(|| say!("Family history")),
        (entry.substance_misuse_suspected == Some(true)).then(|| say!("Substance misuse suspected")),
        encompass,
    ];
    joined(marks, "; ").unwrap_or_default()
}

/// When, as exactly as it is known.
pub(super) fn when(entry: &Entry) -> String {
    let Some(day) = entry.date else { return String::new() };
    match entry.precision {
        None | Some(Precision::Day) => day.long(),
        Some(Precision::Month) => day.month_and_year(),
        Some(Precision::Year) => day.0.year().to_string(),
    }
}
