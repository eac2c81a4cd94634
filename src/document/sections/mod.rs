//! What each document says, in which order: a record cut down to its readers becomes headings and blocks.
//!
//! Whatever the readers may see is printed: the cut decides about audiences, these files about words and order.

mod attendance;
mod child;
mod concerns;
mod family;
mod handing_over;
mod profile;
mod support;
mod transition;

use super::pack::{PackKind, Stamp};
use super::view::{Section, View};
use crate::check::{Checked, Override};
use crate::record::{Cut, Record};

/// The line every page carries.
const SUMMARY_NOTE: &str = "This pack is a summary. It does not replace the child's full file.";

/// What a section builder may know.
struct Page<'a> {
    record: &'a Record,
    kind: PackKind,
    stamp: &'a Stamp,
    /// Errors in spite of which the pack goes out.
    overrides: &'a [Override],
}

type Builder = fn(&Page<'_>) -> Option<Section>;

/// The view of one document. The name the child goes by is known to everyone, so it comes from the whole record.
pub(super) fn view(whole: &Checked, cut: &Cut, kind: PackKind, stamp: &Stamp) -> View {
    let page = Page { record: &cut.record, kind, stamp, overrides: whole.overrides() };
    let name = child::name(whole.record());
    let school = cut.record.sending_school.as_ref().and_then(|school| school.name.clone()).unwrap_or_default();
    let date = stamp.day.0;
    View {
        kind: kind.key().to_owned(),
        title: format!("{}: {name}", kind.words()),
        name,
        readers: readers(kind).to_owned(),
        school,
        reference: stamp.reference.clone(),
        date: [date.year(), date.month().into(), date.day().into()],
        day: stamp.day.long(),
        summary_note: SUMMARY_NOTE.to_owned(),
        seal: stamp.seal.clone(),
        compact: false,
        sections: order(kind).iter().filter_map(|builder| builder(&page)).collect(),
    }
}

fn readers(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Profile => "For every member of staff who teaches or looks after the child",
        PackKind::General => "For Head of Year and tutor",
        PackKind::Send => "For the SENCO",
        PackKind::Safeguarding => "For the designated safeguarding lead only",
    }
}

fn order(kind: PackKind) -> &'static [Builder] {
    match kind {
        PackKind::Profile => &[profile::words, profile::cards, profile::worries, profile::practical],
        PackKind::General => &[
            child::about,
            child::voice,
            transition::plan,
            transition::people,
            attendance::history,
            support::sen,
            support::health,
            support::early_help,
            concerns::risks,
            concerns::chronology,
            support::plans,
            family::household,
            family::engagement,
            family::moves,
            handing_over::sign_off,
        ],
        PackKind::Send => &[
            child::about,
            child::voice,
            support::sen,
            support::health,
            support::early_help,
            support::plans,
            transition::plan,
            transition::people,
            attendance::history,
            concerns::risks,
            concerns::chronology,
            family::household,
            family::engagement,
            family::moves,
            handing_over::sign_off,
        ],
        PackKind::Safeguarding => &[
            concerns::first,
            child::about,
            child::voice,
            concerns::risks,
            concerns::chronology,
            support::plans,
            family::household,
            family::engagement,
            family::moves,
            support::early_help,
            attendance::history,
            support::sen,
            support::health,
            transition::plan,
            transition::people,
            handing_over::sharing,
            handing_over::sign_off,
        ],
    }
}

/// A section that must not be silent: where there is nothing, it says so.
fn or_nothing(section: Option<Section>, heading: &str, nothing: &str) -> Option<Section> {
    section.or_else(|| {
        let text = nothing.to_owned();
        Section::new(heading, vec![super::view::Block::Notice { text }])
    })
}
