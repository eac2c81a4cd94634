//! The record that is embedded in a pack, out of what is rendered.

use super::subject::{PackDetails, Subject};
use crate::check::Override;
use crate::circle::PackKind;
use crate::embedded_record::{EmbeddedRecord, OverrideGiven, Pages};
use crate::problem::MADE_BY;
use crate::record::AudienceView;

/// What is embedded in one pack.
pub(super) fn embedded_record(
    subject: &Subject<'_>,
    cut: &AudienceView,
    kind: PackKind,
    details: &PackDetails<'_>,
) -> EmbeddedRecord {
    // A reason may tell what only the safeguarding lead may know, and stands on no other page.
    let overrides = if kind == PackKind::Safeguarding { subject.overrides } else { &[] };
    let given = |given: &Override| OverrideGiven {
        rule: given.code.to_owned(),
        reason: given.reason.clone(),
        by: given.by.clone(),
        on: given.on,
    };
    let pages = Pages {
        made_by: MADE_BY.to_owned(),
        templates: details.templates.clone(),
        name: subject.name(),
        accent: details.branding.accent().to_owned(),
        early_help_threshold: details.early_help_threshold,
        lower_threshold_reason: details.lower_threshold_reason.clone(),
        early_help_name: details.early_help_name.clone(),
        overrides: overrides.iter().map(given).collect(),
        others: subject.others.beside(kind).0,
    };
    EmbeddedRecord::new(details.reference.clone(), cut.reader, details.day, pages, cut.json.clone())
}
