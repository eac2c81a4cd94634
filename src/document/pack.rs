//! One pack: which record, for whom, with which details.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::attachments::{LOGO, pictures};
use super::embed::embedded_record;
use super::engine::{EngineError, Job, RECORD, TEMPLATES, Typeset, Typesetter, VIEW};
use super::fit::Fit;
use super::layout::{Layout, Wanted};
use super::printable::Care;
use super::sections::view;
use super::subject::{PackDetails, Subject};
use super::view::View;
use super::view_data::view_data;
use crate::circle::{Audience, PackKind};
use crate::embedded_record::EmbeddedRecord;
use crate::record::{AudienceView, Day, ReasonKind, Record, SenProvision, YoungCarer, audience_view};
use crate::text::{hex, say};

/// The template of a kind of document.
fn template(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Profile => "profile.typ",
        PackKind::Child => "child.typ",
        PackKind::General | PackKind::Send | PackKind::Safeguarding => "pack.typ",
    }
}

/// A rendered, not yet signed pack.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Which document.
    pub kind: PackKind,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How it is laid out.
    pub layout: Layout,
    /// The machine-readable record that these readers may see, as JSON with a line feed at its end.
    pub record: Vec<u8>,
    /// Whether a profile was shortened to keep to its one page.
    pub is_shortened: bool,
}

/// All that goes into a pack, before it is typeset.
#[derive(Debug, Clone, PartialEq)]
pub struct PackContent {
    /// The record of these readers and what else the pages show.
    record: EmbeddedRecord,
    digest: String,
}

impl PackContent {
    /// What goes into one pack.
    ///
    /// # Errors
    /// As [`render`].
    pub fn of(subject: Subject<'_>, kind: PackKind, details: &PackDetails<'_>) -> Result<Self, RenderError> {
        let internal = |error: serde_json::Error| stopped(&error.to_string());
        let cut = audience_view(subject.record, kind.reader()).map_err(internal)?;
        let record = embedded_record(&subject, &cut, kind, details);
        let mut files = pictures(subject.pictures, &cut.record);
        files.extend(details.branding.logo.as_ref().map(|logo| (logo.virtual_name(LOGO), logo.bytes().to_vec())));
        static BUILT_IN: LazyLock<Vec<u8>> = LazyLock::new(|| {
            TEMPLATES.iter().flat_map(|(name, text)| [Sha256::digest(name), Sha256::digest(text)]).flatten().collect()
        });
        let mut digest = Sha256::new();
        digest.update(&*BUILT_IN);
        for (name, bytes) in &files {
            digest.update(Sha256::digest(name));
            digest.update(Sha256::digest(bytes));
        }
        digest.update(Sha256::digest(record.undated().map_err(internal)?));
        Ok(Self { record, digest: hex(&digest.finalize()) })
    }

    /// The SHA-256 of all of it, pictures and built-in templates among it, in hexadecimal: packs of one school that have
    /// the same differ in their day alone.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether a record that is embedded in a pack is this one, byte for byte, in a pack of a day.
    #[must_use]
    pub fn is_in(&self, embedded: &[u8], made_on: Day) -> bool {
        let mut record = self.record.clone();
        record.made_on = made_on;
        record.to_bytes().is_ok_and(|bytes| bytes == embedded)
    }
}

/// Why a document could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// The templates are wrong, or the engine stopped.
    Engine(EngineError),
    /// Text runs off a page, however it is broken: with the built-in templates a mistake of this program.
    RunsOff(usize),
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Engine(error) => write!(f, "typesetting stopped: {error}"),
            Self::RunsOff(page) => write!(f, "typesetting stopped: text runs off page {page}"),
        }
    }
}

impl std::error::Error for RenderError {}

/// Renders one document.
///
/// # Errors
/// [`RenderError`] if the engine stops: with the built-in templates a mistake of this program.
pub fn render(
    engine: &dyn Typesetter,
    subject: Subject<'_>,
    kind: PackKind,
    details: &PackDetails<'_>,
) -> Result<Pack, RenderError> {
    let internal = |error: serde_json::Error| stopped(&error.to_string());
    let cut = audience_view(subject.record, kind.reader()).map_err(internal)?;
    let record = embedded_record(&subject, &cut, kind, details).to_bytes().map_err(internal)?;
    let mut files = pictures(subject.pictures, &cut.record);
    files.insert(RECORD.to_owned(), record.clone());
    let ident = format!("{} {}", details.reference, kind.key());
    let set = |fit: &Fit, wanted: Wanted| {
        let mut view = view(subject, &cut, kind, details, fit).map_err(internal)?;
        view.draft = subject.is_draft;
        if subject.is_draft && kind != PackKind::Child {
            view.title = say!("DRAFT: {title}", title = view.title);
        }
        typeset(wanted, engine, template(kind), &view, &files, details, &ident)
    };
    let at_ease = view(subject, &cut, kind, details, &Fit::AT_EASE).map_err(internal)?;
    let length = || serde_json::to_string(&at_ease.sections).map(|json| json.len()).map_err(internal);
    let (typeset, is_shortened) = match (kind, at_ease.compact) {
        (PackKind::Profile, _) => on_one_page(Fit::steps_for(length()?), set)?,
        (_, true) => (on_few_pages(length()?, set)?, false),
        (_, false) => (well_filled([&Fit::AT_EASE, &Fit::CLOSER], set)?, false),
    };
    let pdf = typeset.pdf.ok_or_else(nothing)?;
    Ok(Pack { kind, pdf, layout: typeset.layout, record, is_shortened })
}

/// A document that keeps to one page: as tight as it has to be, and then shortened; whether it was.
fn on_one_page(
    steps: &[Fit],
    set: impl Fn(&Fit, Wanted) -> Result<Typeset, RenderError>,
) -> Result<(Typeset, bool), RenderError> {
    let mut last = None;
    for fit in steps {
        // A card that is longer than a page runs off it, and is shortened with the rest.
        match set(fit, if fit.spills { Wanted::ANY } else { Wanted::pages(1) }) {
            Ok(made) if made.pdf.is_some() => return Ok((made, fit.is_shortened())),
            Ok(_) => {}
            Err(RenderError::RunsOff(page)) => last = Some(RenderError::RunsOff(page)),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| stopped("the profile does not keep to its page")))
}

/// With more than so many bytes of JSON to tell, text that runs on takes more than a page. Measured over 308 records: none
/// that came out on one had more than 6,090.
const LONGEST_ON_A_PAGE: usize = 6_500;

/// A document with little to tell, so long in bytes of JSON: on one page if it can, else on two with more room, or else in
/// full.
fn on_few_pages(
    length: usize,
    set: impl Fn(&Fit, Wanted) -> Result<Typeset, RenderError>,
) -> Result<Typeset, RenderError> {
    if length <= LONGEST_ON_A_PAGE {
        let at_ease = set(&Fit::AT_EASE, Wanted::pages(1))?;
        if at_ease.pdf.is_some() {
            return Ok(at_ease);
        }
        if at_ease.layout.may_keep_to_a_page() {
            let tight = set(&Fit::CLOSER, Wanted::pages(1))?;
            if tight.pdf.is_some() {
                return Ok(tight);
            }
        }
    }
    let wider = set(&Fit::WIDER, Wanted::pages(2))?;
    if wider.pdf.is_some() { Ok(wider) } else { well_filled([&Fit::AT_LENGTH, &Fit::AT_LENGTH_CLOSER], set) }
}

/// A document of several pages in one of two ways: the second, which is closer, where that saves an almost empty last page.
fn well_filled(
    [fit, closer]: [&Fit; 2],
    set: impl Fn(&Fit, Wanted) -> Result<Typeset, RenderError>,
) -> Result<Typeset, RenderError> {
    let one = set(fit, Wanted::SETTLED)?;
    if one.pdf.is_some() {
        return Ok(one);
    }
    let tight = set(closer, Wanted::better_than(&one.layout))?;
    if tight.pdf.is_some() { Ok(tight) } else { set(fit, Wanted::ANY) }
}

/// Typesets a view with the files it names. Where a letter and its marks have no form together, or a word runs off the
/// page, it is done again with more care.
pub(super) fn typeset(
    wanted: Wanted,
    engine: &dyn Typesetter,
    main: &str,
    view: &View,
    files: &BTreeMap<String, Vec<u8>>,
    details: &PackDetails<'_>,
    ident: &str,
) -> Result<Typeset, RenderError> {
    let mut files = files.clone();
    if let Some(logo) = &details.branding.logo {
        files.insert(logo.virtual_name(LOGO), logo.bytes().to_vec());
    }
    let mut last = None;
    for care in Care::STEPS {
        files.insert(VIEW.to_owned(), view_data(engine, view, care).map_err(|error| stopped(&error.to_string()))?);
        let job = Job { main: main.to_owned(), ident: ident.to_owned(), files: files.clone(), wanted };
        match engine.typeset(&job) {
            Ok(typeset) => match typeset.layout.runs_off {
                None => return Ok(typeset),
                Some(page) => last = Some(RenderError::RunsOff(page)),
            },
            Err(EngineError::NoLetterForm(what)) => last = Some(RenderError::Engine(EngineError::NoLetterForm(what))),
            Err(error) => return Err(RenderError::Engine(error)),
        }
    }
    Err(last.unwrap_or_else(nothing))
}

pub(super) fn nothing() -> RenderError {
    stopped("nothing was typeset")
}

fn stopped(message: &str) -> RenderError {
    RenderError::Engine(EngineError::Stopped(message.to_owned()))
}

/// Whether a child has something for the SENCO: special needs, health, a decision about Early Help beyond "no need",
/// or anything else that a person opened to the SENCO but not to the tutor.
///
/// # Errors
/// As [`audience_view`].
pub fn has_send_content(record: &Record) -> serde_json::Result<bool> {
    let seen = |reader| audience_view(record, reader).map(|cut| without_everyday_fields(&cut));
    Ok(seen(Audience::Senco)? != seen(Audience::Pastoral)?)
}

fn without_everyday_fields(cut: &AudienceView) -> Value {
    let mut json = cut.json.clone();
    if let Some(pupil) = json.get_mut("pupil").and_then(Value::as_object_mut) {
        pupil.remove("nhs_number");
    }
    let no_need =
        cut.record.early_help.as_ref().is_some_and(|help| help.reason_kind == Some(ReasonKind::NoNeedIdentified));
    let no_sen = cut
        .record
        .sen
        .as_ref()
        .is_some_and(|sen| sen.provision == Some(SenProvision::N) && sen.needs.is_empty() && sen.summary.is_none());
    let cares = cut
        .record
        .characteristics
        .as_ref()
        .is_some_and(|characteristics| matches!(characteristics.young_carer, Some(YoungCarer::P | YoungCarer::S)));
    if let Some(record) = json.as_object_mut() {
        // That there is nothing, and what every child is counted as, is no reason for a pack of its own.
        record.remove("nil_returns");
        if !cares {
            record.remove("characteristics");
        }
        if no_need {
            record.remove("early_help");
        }
        if no_sen {
            record.remove("sen");
        }
    }
    json
}
