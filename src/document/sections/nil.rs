//! Nothing: only where somebody says so, by name and on a day; else "not filled in by the sending school".

use super::page::Page;
use crate::circle::PackKind;
use crate::document::view::{Block, Section, joined};
use crate::record::{NilReturn, NilSection};
use crate::text::{said, say};

/// In one place: what is stated to be nothing, by whom, and what was not filled in.
pub(super) fn nothing_known(page: &Page<'_>) -> Option<Section> {
    let record = page.record;
    let mut blocks = Vec::new();
    for statement in &record.nil_returns {
        let stands = |section: &NilSection| record.nil_return(*section) == Some(statement) && !record.holds(*section);
        let said: Vec<String> = NilSection::ALL.into_iter().filter(stands).map(nothing).map(said).collect();
        if !said.is_empty() {
            let label = say!("As {statement} states", statement = by(statement));
            let looked_at =
                statement.statement.as_ref().map(|text| say!(" Looked at: {text}", text)).unwrap_or_default();
            blocks.push(Block::Text { label: Some(label), text: format!("{}.{looked_at}", said.join("; ")) });
        }
    }
    let open = not_filled_in(page);
    if !open.is_empty() {
        let text = say!("{unfilled}: {open}. Please ask.", unfilled = unfilled(page.kind), open = open.join("; "));
        blocks.push(Block::Notice { text });
    }
    Section::new("Nothing to report, or not filled in", blocks)
}

/// What a page says of a section that holds nothing, as a sentence.
pub(super) fn words(page: &Page<'_>, section: NilSection) -> String {
    match page.record.nil_return(section) {
        Some(statement) => say!("none known, as {statement} states", statement = by(statement)),
        None => format!("{}.", unfilled(page.kind)),
    }
}

/// Who stated it, and when: `Ruth Halloran, DSL, on 22 June 2026`.
fn by(statement: &NilReturn) -> String {
    let day = statement.stated_on.map(|day| say!("on {day}", day = day.long()));
    joined([statement.stated_by.clone(), statement.role.clone(), day], ", ").unwrap_or_default()
}

fn unfilled(kind: PackKind) -> String {
    match kind {
        PackKind::Safeguarding => say!("Not filled in by the sending school"),
        _ => say!("Not filled in for these readers by the sending school"),
    }
}

/// The parts about which the sending school says nothing at all, as far as these readers may know of them.
fn not_filled_in(page: &Page<'_>) -> Vec<String> {
    let record = page.record;
    let mine = |section: &NilSection| section.reader() <= page.kind.reader();
    let silent = |section: &NilSection| {
        !record.is_filled(*section) && !record.holds(*section) && record.nil_return(*section).is_none()
    };
    let mut open: Vec<&str> =
        NilSection::ALL.into_iter().filter(|section| mine(section) && silent(section)).map(NilSection::words).collect();
    if page.kind == PackKind::Safeguarding {
        let others = [
            (record.risks.is_empty() && record.no_known_risks.is_none(), "risks"),
            (record.household.as_ref().is_none_or(|household| household.people.is_empty()), "the household"),
            (record.engagement.is_none(), "how the family takes part"),
        ];
        open.extend(others.into_iter().filter(|(is_open, _)| *is_open).map(|(_, words)| words));
    }
    open.into_iter().map(said).collect()
}

/// What a statement denies, in a few words.
fn nothing(section: NilSection) -> &'static str {
    match section {
        NilSection::Plans => "no plan, open or ended",
        NilSection::Assessments => "no assessment",
        NilSection::Chronology => "no event that a safeguarding lead has to know",
        NilSection::MissedAppointments => "no missed appointment",
        NilSection::Services => "no service outside the school that works with the family or has done so",
        NilSection::Siblings => "no brothers or sisters",
        NilSection::Household => "no other adult who lives with the child or is often there",
        NilSection::Moves => "no earlier school or area",
        NilSection::Health => "no health condition or disability",
        NilSection::Allergies => "no allergy",
        NilSection::Medicines => "no medicine taken or kept at school",
        NilSection::Sen => "no special educational need",
    }
}
