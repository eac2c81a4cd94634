//! What is not known, and what was tried: in one place, so that the next school asks on instead of starting anew.

use super::first;
use super::page::Page;
use crate::document::view::{Block, Section, joined};
use crate::record::{Day, Person, YesNoUnknown, label};
use crate::text::say;

pub(super) fn unknown(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |what: String, why: Option<&String>| {
        rows.extend(why.map(|why| vec![what, why.clone()]));
    };
    for person in record.household.iter().flat_map(|household| &household.people) {
        let who = joined([person.relation(), person.name.clone()], ": ");
        let who = who.unwrap_or_default();
        add(who.clone(), tried(person).as_ref());
        add(say!("{who}: own view", who), person.views_not_sought_why.as_ref());
    }
    if let Some(care) = &record.care {
        add(say!("Care and legal status"), care.unknown_why.as_ref());
    }
    if let Some(household) = &record.household {
        add(say!("Who has parental responsibility"), household.pr_unknown_why.as_ref());
        add(say!("A second emergency contact"), household.emergency_contacts_reason.as_ref());
    }
    for risk in &record.risks {
        add(say!("Risk: {risk}", risk = first::kind(risk).to_lowercase()), risk.unknown_why.as_ref());
    }
    for plan in &record.plans {
        let kind = plan.r#type.map_or_else(|| say!("Plan"), |kind| label(&kind));
        add(kind, plan.unknown_why.as_ref());
    }
    for stay in record.moves.iter().flat_map(|moves| &moves.schools) {
        let name = stay.name.clone().unwrap_or_else(|| say!("an earlier school"));
        add(say!("Records of {name}", name), stay.unknown_why.as_ref());
        if stay.records_received == Some(YesNoUnknown::No) {
            add(say!("Records of {name} were not received", name), stay.follow_up.as_ref());
        }
    }
    if let Some(engagement) = &record.engagement {
        add(say!("The parents' or carers' own view"), engagement.parent_view_missing_why.as_ref());
    }
    if let Some(attendance) = &record.attendance {
        add(say!("Attendance in earlier years"), attendance.earlier_years_unavailable_reason.as_ref());
    }
    if let Some(voice) = &record.voice {
        add(say!("The child's own words"), voice.not_obtained_reason.as_ref());
    }
    if let Some(advance) = record.sharing.as_ref().and_then(|sharing| sharing.advance_sharing.as_ref()) {
        add(say!("Sharing before the child left"), advance.unknown_why.as_ref());
    }
    let columns = [("Not known", 1.0), ("Why, and what was tried", 2.2)];
    let table = Block::table("", &columns, rows);
    Section::new("What is not known, and what was tried", table.into_iter().collect())
}

/// Why a person is not known, what was tried, by whom and when.
fn tried(person: &Person) -> Option<String> {
    let by = joined([person.tried_by.clone(), person.tried_on.map(Day::long)], ", ");
    let tried = joined([person.tried.clone(), by.map(|by| format!("({by})"))], " ");
    joined([person.unknown_why.clone(), tried.map(|tried| say!("Tried: {tried}", tried))], "\n")
}
