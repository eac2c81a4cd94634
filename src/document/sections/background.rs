//! Results, entitlements and consents: what the school's system also holds.

use super::page::Page;
use crate::document::view::{Block, Rows, Section, cell};
use crate::record::{Consent, Day, YoungCarer, label};
use crate::text::say;

pub(super) fn results(page: &Page<'_>) -> Option<Section> {
    let attainment = page.record.attainment.as_ref()?;
    let rows = Rows::default()
        .text("Reading", attainment.reading.as_ref())
        .text("Grammar, punctuation and spelling", attainment.grammar.as_ref())
        .text("Writing", attainment.writing.as_ref())
        .text("Mathematics", attainment.maths.as_ref())
        .text("Reading age", attainment.reading_age.as_ref())
        .day("Tested on", attainment.reading_age_on)
        .text("Also", attainment.note.as_ref());
    Section::new("Results at the end of key stage 2", rows.facts().into_iter().collect())
}

pub(super) fn entitlements(page: &Page<'_>) -> Option<Section> {
    let characteristics = page.record.characteristics.as_ref()?;
    let carer = |carer: YoungCarer| match carer {
        YoungCarer::N => say!("No"),
        YoungCarer::P => say!("Yes, told by a parent or guardian"),
        YoungCarer::S => say!("Yes, identified by the school"),
    };
    let rows = Rows::default()
        .text("Ethnic group", characteristics.ethnicity.as_ref())
        .yes_no("Free school meals", characteristics.free_school_meals)
        .yes_no("Pupil premium", characteristics.pupil_premium)
        .yes_no("A parent serves in the armed forces", characteristics.service_child)
        .add("Young carer", characteristics.young_carer.map(|code| carer(code).to_owned()));
    Section::new("Entitlements", rows.facts().into_iter().collect())
}

pub(super) fn consents(page: &Page<'_>) -> Option<Section> {
    let row = |consent: &Consent| {
        let given = consent.given.map(|given| label(&given)).unwrap_or_default();
        let on = consent.on.map(Day::long).unwrap_or_default();
        vec![cell(consent.what.as_ref()), given, cell(consent.by.as_ref()), on]
    };
    let columns = [("For what", 3.0), ("Given", 1.0), ("By whom", 2.0), ("On", 1.4)];
    let table = Block::table("", &columns, page.record.consents.iter().map(row).collect());
    Section::new("Consents of the family", table.into_iter().collect())
}
