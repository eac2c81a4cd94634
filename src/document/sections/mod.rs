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
mod front;
mod handing_over;
mod nil;
mod page;
mod plans;
mod profile;
mod summary;
mod support;
mod transition;
mod unknown;

use std::collections::BTreeSet;

pub(super) use self::child::{language_code, said_by};
use self::page::Page;
use super::already_said::AlreadySaid;
use super::attachments::brand;
use super::branding::Branding;
use super::languages;
use super::other_packs::OtherPacks;
use super::subject::{PackDetails, Subject};
use super::translation::of_the_page;
use super::view::{Block, Picture, Section, View, joined};
use crate::circle::PackKind;
pub(super) use crate::document::fit::Fit;
use crate::record::{AudienceView, audience_view};
use crate::text::{said, say};

/// The line every page carries.
const SUMMARY_NOTE: &str = "This pack is a summary. It does not replace the child's full file.";

/// One section of a document.
struct Part {
    /// What links and other documents know it by.
    anchor: &'static str,
    build: fn(&Page<'_>) -> Option<Section>,
    /// Whether it is this document's own, and printed whatever the child's other packs say.
    is_own: bool,
}

const fn part(anchor: &'static str, build: fn(&Page<'_>) -> Option<Section>) -> Part {
    Part { anchor, build, is_own: false }
}

const fn own(anchor: &'static str, build: fn(&Page<'_>) -> Option<Section>) -> Part {
    Part { anchor, build, is_own: true }
}

/// The view of one document. The name the child goes by is known to everyone, so it comes from the whole record.
///
/// # Errors
/// As [`audience_view`].
pub(super) fn view(
    subject: Subject<'_>,
    cut: &AudienceView,
    kind: PackKind,
    details: &PackDetails<'_>,
    fit: &Fit,
) -> serde_json::Result<View> {
    let name = subject.name();
    let (record, overrides, pictures) = (&cut.record, subject.overrides, subject.pictures);
    let page = Page { record, name: &name, kind, details, overrides, pictures, fit };
    let sections = sections(&page, &subject.others.beside(kind))?;
    let school = record.sending_school.as_ref().and_then(|school| school.name.clone()).unwrap_or_default();
    let date = details.day.0;
    let (tab, tab_place) = tab(kind);
    let born = record.pupil.as_ref().and_then(|pupil| pupil.dob).filter(|_| kind != PackKind::Profile);
    let photograph = profile::photograph(&page);
    let (language, words) = of_the_page();
    let mut view = View {
        kind: kind.key().to_owned(),
        title: format!("{}: {name}", said(kind.words())),
        what: said(kind.words()),
        readers: said(readers(kind)),
        tab: said(tab),
        tab_place,
        school,
        about: joined([Some(name.clone()), born.map(|born| say!("born {born}", born = born.long()))], ", ")
            .unwrap_or_default(),
        reference: details.reference.clone(),
        date: [date.year(), date.month().into(), date.day().into()],
        day: details.day.long(),
        summary_note: said(SUMMARY_NOTE),
        seal: details.seal.clone(),
        draft: false,
        fit: fit.level,
        compact: page.is_compact(),
        lines: fit.lines,
        spills: fit.spills,
        brand: brand(details.branding),
        attached: attached(&sections, photograph.as_ref(), details.branding),
        photograph,
        sections,
        name,
        in_language: languages::texts(record),
        in_script: Vec::new(),
        language,
        words,
    };
    view.in_script = languages::scripts(record, &serde_json::to_string(&view)?);
    Ok(view)
}

/// The sections of a document, without what the child's other packs say.
fn sections(page: &Page<'_>, others: &OtherPacks) -> serde_json::Result<Vec<Section>> {
    let of_kind = |kind: &PackKind| {
        let seen = audience_view(page.record, kind.reader())?;
        let other = Page { record: &seen.record, kind: *kind, fit: &Fit::AT_EASE, ..*page };
        Ok((*kind, all_sections(&other).map(|(_, section)| section).collect()))
    };
    let others_say = others.0.keys().map(of_kind).collect::<serde_json::Result<_>>()?;
    let mut already_said = AlreadySaid::new(others, others_say);
    let (own, last): (Vec<_>, Vec<_>) = all_sections(page).partition(|(part, _)| part.anchor != SIGN_OFF);
    let mut sections: Vec<Section> = own
        .into_iter()
        .filter_map(|(part, section)| if part.is_own { Some(section) } else { already_said.without(section) })
        .collect();
    sections.extend(already_said.where_to_find());
    sections.extend(last.into_iter().map(|(_, section)| section));
    Ok(sections)
}

fn all_sections<'a>(page: &'a Page<'_>) -> impl Iterator<Item = (&'static Part, Section)> + 'a {
    order(page.kind).iter().copied().flatten().filter_map(|part| {
        let section = (part.build)(page)?;
        Some((part, Section { anchor: part.anchor.to_owned(), ..section }))
    })
}

/// The virtual files that stand on the pages.
fn attached(sections: &[Section], photograph: Option<&Picture>, branding: &Branding) -> Vec<String> {
    let blocks = sections.iter().flat_map(|section| &section.blocks);
    let of_block = |block: &Block| match block {
        Block::Quote { pictures, .. } => pictures.iter().map(|picture| picture.file.clone()).collect(),
        _ => Vec::new(),
    };
    let photograph = photograph.map(|picture| picture.file.clone());
    let pictures: BTreeSet<String> = blocks.flat_map(of_block).chain(photograph).collect();
    pictures.into_iter().chain(brand(branding).logo).collect()
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

fn order(kind: PackKind) -> &'static [&'static [Part]] {
    match kind {
        PackKind::Profile => &[PROFILE],
        PackKind::Child => &[CHILD],
        PackKind::General => GENERAL,
        PackKind::Send => SEND,
        PackKind::Safeguarding => SAFEGUARDING,
    }
}

const PROFILE: &[Part] = &[
    own("at-once", profile::at_once),
    own("cards", profile::cards),
    own("words", profile::words),
    own("worries", profile::worries),
    own("noticed", profile::noticed),
    own("practical", profile::practical),
    own("shortened", profile::shortened),
];

const CHILD: &[Part] = &[
    own("beginning", for_child::beginning),
    own("lists", for_child::lists),
    own("words", profile::words),
    own("worries", for_child::worries),
    own("noticed", for_child::noticed),
    own("ending", for_child::ending),
];

const SIGN_OFF: &str = "sign-off";

/// What the child said and what was planned upon it, as two packs tell it.
const HEARD: &[Part] = &[
    part("voice", child::voice),
    part("observed", child::observed),
    part("transition-plan", transition::plan),
    part("friends", transition::people),
];

/// The people and services around the child.
const AROUND: &[Part] = &[
    part("family", family::household),
    part("engagement", family::engagement),
    part("moves", family::moves),
    part("assessments", assessments::assessments),
    part("services", assessments::services),
    part("care", assessments::care),
];

/// What the school's system also holds.
const BACKGROUND: &[Part] = &[
    part("results", background::results),
    part("entitlements", background::entitlements),
    part("consents", background::consents),
];

const GENERAL: &[&[Part]] = &[
    &[own("matters", summary::general)],
    HEARD,
    &[
        part("about", child::about),
        part("attendance", attendance::history),
        part("sen", support::sen),
        part("health", support::health),
        part("early-help", support::early_help),
        part("risks", concerns::risks),
        part("chronology", chronology::chronology),
        part("plans", plans::plans),
    ],
    AROUND,
    BACKGROUND,
    &[
        part("nothing-known", nil::nothing_known),
        part("enclosures", handing_over::enclosures),
        own(SIGN_OFF, handing_over::sign_off),
    ],
];

const SEND: &[&[Part]] = &[
    &[
        own("matters", summary::send),
        part("sen", support::sen),
        part("plans", plans::plans),
        part("early-help", support::early_help),
        part("health", support::health),
    ],
    HEARD,
    &[
        part("attendance", attendance::history),
        part("risks", concerns::risks),
        part("chronology", chronology::chronology),
    ],
    AROUND,
    BACKGROUND,
    &[
        part("nothing-known", nil::nothing_known),
        part("about", child::about),
        part("enclosures", handing_over::enclosures),
        own(SIGN_OFF, handing_over::sign_off),
    ],
];

const SAFEGUARDING: &[&[Part]] = &[
    &[
        own("front", front::front),
        own(first::ANCHOR, first::first),
        part("voice", child::voice),
        part("observed", child::observed),
        part("risks", concerns::risks),
        part("family", family::household),
        part("care", assessments::care),
        part("chronology", chronology::chronology),
        part("plans", plans::plans),
        part("assessments", assessments::assessments),
        part("services", assessments::services),
        part("engagement", family::engagement),
        part("moves", family::moves),
        part("early-help", support::early_help),
        part("attendance", attendance::history),
        part("sen", support::sen),
        part("health", support::health),
        part("transition-plan", transition::plan),
        part("friends", transition::people),
    ],
    BACKGROUND,
    &[
        own(first::MORE, first::more),
        part("nothing-known", nil::nothing_known),
        part("unknown", unknown::unknown),
        part("about", child::about),
        part("sharing", handing_over::sharing),
        part("enclosures", handing_over::enclosures),
        own(SIGN_OFF, handing_over::sign_off),
    ],
];
