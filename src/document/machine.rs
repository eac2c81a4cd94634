//! The machine-readable record that goes with a pack, with all that its pages show and the record does not say: from it
//! alone the pack can be typeset again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::branding::Branding;
use super::engine::Typesetter;
use super::other_packs::OtherPacks;
use super::pack::{PackKind, RenderError, Stamp, Subject, named_pictures, render};
use crate::check::{Override, rule};
use crate::picture::{Picture, Pictures};
use crate::problem::MADE_BY;
use crate::record::{Audience, Cut, Day, Record, may_be_called};
use crate::text::Note;

const FORMAT: &str = "handover-record";
const VERSION: u32 = 1;
/// What pictures are called among the attachments, before their number, and the logo.
pub(super) const PICTURE: &str = "picture-";
pub(super) const LOGO: &str = "logo";

/// The document as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    version: u32,
    /// The child's opaque reference.
    reference: String,
    readers: Audience,
    made_on: Day,
    pages: Pages,
    /// The part of the record that these readers may see.
    record: Value,
}

/// What the pages show and the record does not say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    made_by: String,
    /// The SHA-256 of the school's own templates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    templates: Option<String>,
    /// The name the child goes by, which stands on every page.
    name: String,
    accent: String,
    early_help_threshold: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lower_threshold_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    early_help_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<Given>,
    /// The child's other packs: their kinds, and on which page each section begins.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    others: BTreeMap<String, BTreeMap<String, usize>>,
}

/// An error in spite of which the pack goes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    rule: String,
    reason: Note,
    by: Note,
    on: Day,
}

/// The document of one pack: JSON with a line feed at its end.
pub(super) fn machine_record(
    subject: &Subject<'_>,
    cut: &Cut,
    kind: PackKind,
    stamp: &Stamp<'_>,
) -> serde_json::Result<Vec<u8>> {
    // A reason may tell what only the safeguarding lead may know, and stands on no other page.
    let overrides = if kind == PackKind::Safeguarding { subject.overrides } else { &[] };
    let given = |given: &Override| Given {
        rule: given.code.to_owned(),
        reason: given.reason.clone(),
        by: given.by.clone(),
        on: given.on,
    };
    let document = Document {
        format: FORMAT.to_owned(),
        version: VERSION,
        reference: stamp.reference.clone(),
        readers: cut.reader,
        made_on: stamp.day,
        pages: Pages {
            made_by: MADE_BY.to_owned(),
            templates: stamp.templates.clone(),
            name: subject.name(),
            accent: stamp.branding.accent().to_owned(),
            early_help_threshold: stamp.early_help_threshold,
            lower_threshold_reason: stamp.lower_threshold_reason.clone(),
            early_help_name: stamp.early_help_name.clone(),
            overrides: overrides.iter().map(given).collect(),
            others: subject.others.beside(kind).0.into_iter().map(|(kind, at)| (kind.key().to_owned(), at)).collect(),
        },
        record: cut.json.clone(),
    };
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Why a pack cannot be typeset again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgainError {
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
    /// [`AgainError`] says what is in the way.
    pub fn typeset(
        &self,
        engine: &dyn Typesetter,
        templates: Option<&str>,
        seal: &dyn Fn(Day) -> Vec<String>,
    ) -> Result<Vec<u8>, AgainError> {
        let Document { format, version, reference, readers, made_on, pages, record } =
            serde_json::from_slice(self.source).map_err(|_error| AgainError::Record)?;
        if format != FORMAT || version != VERSION {
            return Err(AgainError::Record);
        }
        if pages.made_by != MADE_BY || pages.templates.as_deref() != templates {
            return Err(AgainError::Maker);
        }
        let record: Record = serde_json::from_value(record).map_err(|_error| AgainError::Record)?;
        let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-';
        let is_reference = reference.len() == 10 && reference.bytes().all(plain);
        if !may_be_called(&record, &pages.name) || !is_reference || !(1..=100).contains(&pages.early_help_threshold) {
            return Err(AgainError::Record);
        }
        let given = |given: Given| {
            let code = rule(&given.rule)?.code;
            Some(Override { code, reason: given.reason, by: given.by, on: given.on })
        };
        let overrides = pages.overrides.into_iter().map(given).collect::<Option<Vec<_>>>().ok_or(AgainError::Record)?;
        let branding = Branding::of(&pages.accent, self.picture(LOGO)).ok_or(AgainError::Record)?;
        let numbered = named_pictures(&record)
            .zip(1..)
            .filter_map(|(file, number)| Some((file.clone(), self.picture(&format!("{PICTURE}{number}"))?)));
        let pictures = Pictures(numbered.collect());
        let stamp = Stamp {
            reference,
            day: made_on,
            early_help_threshold: pages.early_help_threshold,
            lower_threshold_reason: pages.lower_threshold_reason,
            early_help_name: pages.early_help_name,
            seal: seal(made_on),
            templates: pages.templates,
            branding: &branding,
        };
        let kind = PackKind::SENT.into_iter().find(|kind| kind.reader() == readers).ok_or(AgainError::Record)?;
        let other = |(key, at): (String, BTreeMap<String, usize>)| {
            Some((PackKind::SENT.into_iter().find(|kind| kind.key() == key)?, at))
        };
        let others = pages.others.into_iter().map(other).collect::<Option<_>>().ok_or(AgainError::Record)?;
        let others = OtherPacks(others);
        let subject = Subject::enclosed(&record, &pages.name, &overrides, &pictures).beside(&others);
        Ok(render(engine, subject, kind, &stamp).map_err(AgainError::Render)?.pdf)
    }

    fn picture(&self, stem: &str) -> Option<Picture> {
        Picture::ENDINGS
            .into_iter()
            .find_map(|ending| Picture::as_written(self.others.get(format!("{stem}.{ending}").as_str())?, ending))
    }
}
