//! A pack typeset again, out of nothing but what is enclosed in it.

use std::collections::BTreeMap;

use super::attachments::{LOGO, PICTURE, named_pictures};
use super::branding::Branding;
use super::engine::Typesetter;
use super::other_packs::OtherPacks;
use super::pack::{RenderError, render};
use super::subject::{PackDetails, Subject};
use crate::check::{Override, rule};
use crate::circle::PackKind;
use crate::embedded_record::{EmbeddedRecord, OverrideGiven};
use crate::picture::{Picture, Pictures};
use crate::record::{ChildNames, Day, Record};
use crate::text::is_reference;

/// Why a pack cannot be typeset again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RerenderError {
    /// What is enclosed is not such a record, or no pages come out of it.
    Record,
    /// Another version of the program, or other templates than those at hand.
    Maker,
    /// The engine stopped.
    Render(RenderError),
}

/// What is enclosed in a pack.
#[derive(Debug, Clone)]
pub struct Enclosure<'a> {
    /// The machine-readable record.
    pub source: &'a [u8],
    /// The other attached files, by name: pictures and the logo.
    pub others: BTreeMap<&'a str, &'a [u8]>,
}

impl Enclosure<'_> {
    /// Typesets the pack again, out of nothing but what is enclosed. `seal` says what is printed about the seal for the
    /// day on which the pack was made, `templates` the SHA-256 of the templates at hand, where they are not the built-in
    /// ones. What comes out is to be compared with what arrived, and is no pack.
    ///
    /// # Errors
    /// [`RerenderError`] says what is in the way.
    pub fn typeset(
        &self,
        engine: &dyn Typesetter,
        templates: Option<&str>,
        seal: &dyn Fn(Day) -> Vec<String>,
    ) -> Result<Vec<u8>, RerenderError> {
        let embedded = EmbeddedRecord::from_bytes(self.source).ok_or(RerenderError::Record)?;
        if !embedded.is_made_here() || embedded.pages.templates.as_deref() != templates {
            return Err(RerenderError::Maker);
        }
        let EmbeddedRecord { reference, readers, made_on, pages, record, .. } = embedded;
        let record: Record = serde_json::from_value(record).map_err(|_error| RerenderError::Record)?;
        if !ChildNames::of(&record).may_be(&pages.name)
            || !is_reference(&reference)
            || !(1..=100).contains(&pages.early_help_threshold)
        {
            return Err(RerenderError::Record);
        }
        let given = |given: OverrideGiven| {
            let code = rule(&given.rule)?.code;
            Some(Override { code, reason: given.reason, by: given.by, on: given.on })
        };
        let overrides =
            pages.overrides.into_iter().map(given).collect::<Option<Vec<_>>>().ok_or(RerenderError::Record)?;
        let branding = Branding::of(&pages.accent, self.picture(LOGO)).ok_or(RerenderError::Record)?;
        let numbered = named_pictures(&record)
            .zip(1..)
            .filter_map(|(file, number)| Some((file.clone(), self.picture(&format!("{PICTURE}{number}"))?)));
        let pictures = Pictures(numbered.collect());
        let details = PackDetails {
            reference,
            day: made_on,
            early_help_threshold: pages.early_help_threshold,
            lower_threshold_reason: pages.lower_threshold_reason,
            early_help_name: pages.early_help_name,
            seal: seal(made_on),
            templates: pages.templates,
            branding: &branding,
        };
        let kind = PackKind::sent_to(readers).ok_or(RerenderError::Record)?;
        let others = OtherPacks(pages.others);
        let subject = Subject::enclosed(&record, &pages.name, &overrides, &pictures).beside(&others);
        Ok(render(engine, subject, kind, &details).map_err(RerenderError::Render)?.pdf)
    }

    fn picture(&self, stem: &str) -> Option<Picture> {
        Picture::ENDINGS
            .into_iter()
            .find_map(|ending| Picture::as_written(self.others.get(format!("{stem}.{ending}").as_str())?, ending))
    }
}
