//! Nothing: only where somebody says so, by name and on a day; else "Not filled in by the sending school".

use super::Page;
use crate::document::pack::PackKind;
use crate::document::view::{Block, joined};
use crate::record::{Day, NilReturn, NilSection};

/// What a page says of a section that holds nothing.
pub(super) fn nil(page: &Page<'_>, section: NilSection) -> Block {
    Block::Notice { text: words(page, section) }
}

/// The same as a sentence.
pub(super) fn words(page: &Page<'_>, section: NilSection) -> String {
    match page.record.nil_return(section) {
        Some(statement) => format!("{} {}", nothing(section), by(statement)),
        None => not_filled_in(page, section),
    }
}

fn by(statement: &NilReturn) -> String {
    let who = joined([&statement.stated_by, &statement.role], ", ").unwrap_or_default();
    let day = statement.stated_on.map(Day::long).unwrap_or_default();
    let looked_at = statement.statement.as_ref().map(|text| format!(" Looked at: {text}")).unwrap_or_default();
    format!("Stated by {who} on {day}.{looked_at}")
}

fn not_filled_in(page: &Page<'_>, section: NilSection) -> String {
    let what = section.words();
    let (first, rest) = what.split_at_checked(1).unwrap_or(("", what));
    let readers = if page.kind == PackKind::Safeguarding { "" } else { " for these readers" };
    format!("{}{rest}: not filled in{readers} by the sending school.", first.to_uppercase())
}

/// What a statement denies, in a sentence.
fn nothing(section: NilSection) -> &'static str {
    match section {
        NilSection::Plans => "No plan, open or ended, is known.",
        NilSection::Assessments => "No assessment is known.",
        NilSection::Chronology => "No event is known that a safeguarding lead has to know.",
        NilSection::MissedAppointments => "No missed appointment is known.",
        NilSection::Services => "No service outside the school is known to work with the family, or to have done so.",
        NilSection::Siblings => "The child has no brothers or sisters that the school knows of.",
        NilSection::Household => "No other adult lives with the child or is often there.",
        NilSection::Moves => "No earlier school or area is known.",
        NilSection::Health => "No health condition or disability is known.",
        NilSection::Allergies => "No allergy is known.",
        NilSection::Medicines => "No medicine is taken or kept at school.",
        NilSection::Sen => "No special educational need is known.",
    }
}
