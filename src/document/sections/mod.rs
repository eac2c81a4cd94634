//! What each document says, in which order: a record cut down to its readers becomes headings and blocks.
//!
//! Whatever the readers may see is printed: the cut decides about audiences, these files about words and order.

mod assessments;
mod attendance;
mod background;
mod child;
mod chronology;
mod concerns;
mod family;
mod first;
mod for_child;
mod glance;
mod handing_over;
mod nil;
mod plans;
mod profile;
mod support;
mod transition;
mod unknown;

use super::branding::Branding;
use super::pack::{PackKind, Stamp, Subject, brand, shown};
use super::view::{Block, Section, View};
use crate::check::Override;
use crate::picture::Pictures;
use crate::record::{Cut, Record};

pub(super) use profile::Fit;

/// The line every page carries.
const SUMMARY_NOTE: &str = "This pack is a summary. It does not replace the child's full file.";

/// What a section builder may know.
struct Page<'a> {
    record: &'a Record,
    /// The name the child goes by.
    name: &'a str,
    kind: PackKind,
    stamp: &'a Stamp<'a>,
    /// Errors in spite of which the pack goes out.
    overrides: &'a [Override],
    pictures: &'a Pictures,
    fit: &'a Fit,
}

type Builder = fn(&Page<'_>) -> Option<Section>;

/// The view of one document. The name the child goes by is known to everyone, so it comes from the whole record.
pub(super) fn view(subject: Subject<'_>, cut: &Cut, kind: PackKind, stamp: &Stamp<'_>, fit: &Fit) -> View {
    let name = subject.name();
    let (record, overrides, pictures) = (&cut.record, subject.overrides, subject.pictures);
    let page = Page { record, name: &name, kind, stamp, overrides, pictures, fit };
    let school = cut.record.sending_school.as_ref().and_then(|school| school.name.clone()).unwrap_or_default();
    let date = stamp.day.0;
    let (tab, tab_place) = tab(kind);
    View {
        kind: kind.key().to_owned(),
        title: format!("{}: {name}", kind.words()),
        what: kind.words().to_owned(),
        readers: readers(kind).to_owned(),
        tab: tab.to_owned(),
        tab_place,
        school,
        reference: stamp.reference.clone(),
        date: [date.year(), date.month().into(), date.day().into()],
        day: stamp.day.long(),
        summary_note: SUMMARY_NOTE.to_owned(),
        seal: stamp.seal.clone(),
        draft: false,
        fit: fit.level,
        spills: fit.spills,
        brand: brand(stamp.branding),
        attached: attached(pictures, record, stamp.branding),
        sections: order(kind).iter().filter_map(|builder| builder(&page)).collect(),
        name: name.clone(),
    }
}

/// The virtual files that stand on the pages.
fn attached(pictures: &Pictures, record: &Record, branding: &Branding) -> Vec<String> {
    shown(pictures, record).into_keys().chain(brand(branding).logo).collect()
}

fn readers(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Profile => "For every member of staff who teaches or looks after the child",
        PackKind::General => "For Head of Year and tutor",
        PackKind::Send => "For the SENCO",
        PackKind::Safeguarding => "For the designated safeguarding lead only",
        PackKind::Child => "To read together",
    }
}

/// The words on the tab at the edge of the page, and which tab it is: a stack of packs can be told apart from its side.
fn tab(kind: PackKind) -> (&'static str, u8) {
    match kind {
        PackKind::Profile => ("ALL STAFF", 0),
        PackKind::General => ("HEAD OF YEAR, TUTOR", 1),
        PackKind::Send => ("SENCO", 2),
        PackKind::Safeguarding => ("DSL ONLY", 3),
        PackKind::Child => ("", 0),
    }
}

fn order(kind: PackKind) -> &'static [Builder] {
    match kind {
        PackKind::Profile => &[
            profile::words,
            profile::cards,
            profile::worries,
            profile::noticed,
            profile::practical,
            profile::shortened,
        ],
        PackKind::Child => &[
            for_child::beginning,
            profile::words,
            for_child::lists,
            for_child::worries,
            for_child::noticed,
            for_child::ending,
        ],
        PackKind::General => GENERAL,
        PackKind::Send => SEND,
        PackKind::Safeguarding => SAFEGUARDING,
    }
}

const GENERAL: &[Builder] = &[
    glance::general,
    child::voice,
    child::observed,
    transition::plan,
    transition::people,
    attendance::history,
    support::sen,
    support::health,
    support::early_help,
    concerns::risks,
    chronology::chronology,
    plans::plans,
    family::household,
    family::engagement,
    family::moves,
    assessments::assessments,
    assessments::services,
    assessments::care,
    background::results,
    background::entitlements,
    background::consents,
    child::about,
    handing_over::enclosures,
    handing_over::sign_off,
];

const SEND: &[Builder] = &[
    glance::send,
    support::sen,
    plans::plans,
    support::early_help,
    support::health,
    child::voice,
    child::observed,
    transition::plan,
    transition::people,
    attendance::history,
    concerns::risks,
    chronology::chronology,
    family::household,
    family::engagement,
    family::moves,
    assessments::assessments,
    assessments::services,
    assessments::care,
    background::results,
    background::entitlements,
    background::consents,
    child::about,
    handing_over::enclosures,
    handing_over::sign_off,
];

const SAFEGUARDING: &[Builder] = &[
    first::first,
    child::voice,
    child::observed,
    concerns::risks,
    family::household,
    assessments::care,
    chronology::chronology,
    plans::plans,
    assessments::assessments,
    assessments::services,
    family::engagement,
    family::moves,
    unknown::unknown,
    support::early_help,
    attendance::history,
    support::sen,
    support::health,
    transition::plan,
    transition::people,
    background::results,
    background::entitlements,
    background::consents,
    child::about,
    handing_over::sharing,
    handing_over::enclosures,
    handing_over::sign_off,
];

/// A section that must not be silent: where there is nothing, it says why.
fn or_nothing(section: Option<Section>, heading: &str, nothing: &str) -> Option<Section> {
    section.or_else(|| Section::new(heading, vec![Block::notice(nothing)]))
}
