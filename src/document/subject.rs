//! What is rendered, and what is printed on it that comes from outside the record.

use std::collections::BTreeMap;

use super::branding::Branding;
use super::other_packs::OtherPacks;
use crate::check::{Checked, Override, Policy};
use crate::picture::Pictures;
use crate::record::{Day, Record, child_name};

/// No other packs.
static NONE: OtherPacks = OtherPacks(BTreeMap::new());

/// What is rendered: a checked record as a final pack, or any record as a draft.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub(super) record: &'a Record,
    /// The name the child goes by, where the record is cut and may not hold it.
    name: Option<&'a str>,
    pub(super) overrides: &'a [Override],
    pub(super) pictures: &'a Pictures,
    /// The child's other packs.
    pub(super) others: &'a OtherPacks,
    pub(super) is_draft: bool,
}

impl<'a> Subject<'a> {
    /// A final pack.
    #[must_use]
    pub fn checked(checked: &'a Checked, pictures: &'a Pictures) -> Self {
        Self {
            record: checked.record(),
            name: None,
            overrides: checked.overrides(),
            pictures,
            others: &NONE,
            is_draft: false,
        }
    }

    /// A draft, which says so on every page.
    #[must_use]
    pub fn draft(record: &'a Record, pictures: &'a Pictures) -> Self {
        Self { record, name: None, overrides: &[], pictures, others: &NONE, is_draft: true }
    }

    /// What is enclosed in a pack that was made before.
    pub(super) fn enclosed(
        record: &'a Record,
        name: &'a str,
        overrides: &'a [Override],
        pictures: &'a Pictures,
    ) -> Self {
        Self { record, name: Some(name), overrides, pictures, others: &NONE, is_draft: false }
    }

    /// The same, with the child's other packs, which need not be repeated. Those must have been rendered from the same
    /// record.
    #[must_use]
    pub fn beside(self, others: &'a OtherPacks) -> Self {
        Self { others, ..self }
    }

    /// The name the child goes by, which is known to everyone.
    pub(super) fn name(&self) -> String {
        self.name.map_or_else(|| child_name(self.record), str::to_owned)
    }
}

/// What is printed on every page beside the record, and comes from outside it.
#[derive(Debug, Clone)]
pub struct PackDetails<'a> {
    /// The opaque reference of the child in this transfer.
    pub reference: String,
    /// The day the pack is made.
    pub day: Day,
    /// The line below which Early Help is considered, in percent.
    pub early_help_threshold: i64,
    /// Why that line lies below 85%, where it does.
    pub lower_threshold_reason: Option<String>,
    /// What Early Help is called where the school is, unless the record says otherwise.
    pub early_help_name: Option<String>,
    /// Who seals it, and how to check that, in short sentences.
    pub seal: Vec<String>,
    /// The SHA-256 of the templates, where they are not the built-in ones.
    pub templates: Option<String>,
    /// How the school's pages look.
    pub branding: &'a Branding,
}

impl<'a> PackDetails<'a> {
    /// The details of one child's documents.
    #[must_use]
    pub fn new(reference: &str, day: Day, policy: &Policy, seal: Vec<String>, branding: &'a Branding) -> Self {
        Self {
            reference: reference.to_owned(),
            day,
            early_help_threshold: policy.early_help_threshold,
            lower_threshold_reason: policy.lower_threshold_reason.clone(),
            early_help_name: policy.early_help_name.clone(),
            seal,
            templates: None,
            branding,
        }
    }
}
