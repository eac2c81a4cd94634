//! One pack: which record, for whom, with which details.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::attachments::{LOGO, pictures};
use super::embed::embedded_record;
use super::engine::{EngineError, Job, RECORD, TEMPLATES, Typeset, Typesetter, VIEW};
use super::fit::Fit;
use super::layout::Layout;
use super::printable::{Care, Printer};
use super::sections::view;
use super::subject::{PackDetails, Subject};
use super::view::{Block, Section, View};
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
    let set = |fit: &Fit| {
        let mut view = view(subject, &cut, kind, details, fit).map_err(internal)?;
        view.draft = subject.is_draft;
        if subject.is_draft && kind != PackKind::Child {
            view.title = say!("DRAFT: {title}", title = view.title);
        }
        let is_compact = view.compact;
        typeset(engine, template(kind), &view, &files, details, &ident).map(|typeset| (typeset, is_compact))
    };
    let (typeset, is_shortened) = if kind == PackKind::Profile {
        let at_ease = view(subject, &cut, kind, details, &Fit::AT_EASE).map_err(internal)?;
        let length = serde_json::to_string(&at_ease.sections).map_err(internal)?.len();
        on_one_page(Fit::steps_for(length), set)?
    } else {
        (well_filled(set)?, false)
    };
    Ok(Pack { kind, pdf: typeset.pdf, layout: typeset.layout, record, is_shortened })
}

/// A document that keeps to one page: as tight as it has to be, and then shortened; whether it was.
fn on_one_page(
    steps: &[Fit],
    set: impl Fn(&Fit) -> Result<(Typeset, bool), RenderError>,
) -> Result<(Typeset, bool), RenderError> {
    let mut last = None;
    for fit in steps {
        match set(fit) {
            // A card that is longer than a page runs off it, and is shortened with the rest.
            Ok((typeset, _)) if typeset.layout.pages == 1 || fit.spills => return Ok((typeset, fit.is_shortened())),
            Ok(_) => {}
            Err(RenderError::RunsOff(page)) => last = Some(RenderError::RunsOff(page)),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| stopped("the profile does not keep to its page")))
}

/// The share of a page down to which a last page has to reach; with less on it, lines are set closer to save it.
const WELL_FILLED: f64 = 0.6;

/// By what share of its length closer lines shorten a document at most. Measured over 200 records: no page was ever saved
/// where it would have taken more.
const MOST_WON: f64 = 0.056;

/// A document of several pages of which the last is not almost empty, where closer lines can help it; with little to
/// tell on one page, else on two with more room, or else in full.
fn well_filled(set: impl Fn(&Fit) -> Result<(Typeset, bool), RenderError>) -> Result<Typeset, RenderError> {
    let (at_ease, is_compact) = set(&Fit::AT_EASE)?;
    let is_left_over = |one: &Typeset| one.layout.pages > 1 && one.layout.ends_at.is_some_and(|end| end < WELL_FILLED);
    let may_help = |one: &Typeset| one.layout.overhang.is_some_and(|share| share <= MOST_WON);
    let closer = |one: Typeset, fit: &Fit| {
        let tight = if is_left_over(&one) && may_help(&one) { Some(set(fit)?.0) } else { None };
        // Nor is another page emptied for it.
        let is_better = |tight: &Typeset| {
            let emptied = tight.layout.emptiest.unwrap_or(1.0) < one.layout.emptiest.unwrap_or(1.0).min(WELL_FILLED);
            tight.layout.pages < one.layout.pages && !emptied
        };
        Ok(tight.filter(is_better).unwrap_or(one))
    };
    if !is_compact || at_ease.layout.pages == 1 {
        return closer(at_ease, &Fit::CLOSER);
    }
    if may_help(&at_ease) {
        let (tight, _) = set(&Fit::CLOSER)?;
        if tight.layout.pages == 1 {
            return Ok(tight);
        }
    }
    let (wider, _) = set(&Fit::WIDER)?;
    if wider.layout.pages == 2 { Ok(wider) } else { closer(set(&Fit::AT_LENGTH)?.0, &Fit::AT_LENGTH_CLOSER) }
}

/// Typesets a view with the files it names. Where a letter and its marks have no form together, or a word runs off the
/// page, it is done again with more care.
pub(super) fn typeset(
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
        files.insert(VIEW.to_owned(), data(engine, view, care).map_err(|error| stopped(&error.to_string()))?);
        let job = Job { main: main.to_owned(), ident: ident.to_owned(), files: files.clone() };
        match engine.typeset(&job) {
            Ok(typeset) => match typeset.layout.runs_off {
                None => return Ok(typeset),
                Some(page) => last = Some(RenderError::RunsOff(page)),
            },
            Err(EngineError::NoLetterForm(what)) => last = Some(RenderError::Engine(EngineError::NoLetterForm(what))),
            Err(error) => return Err(RenderError::Engine(error)),
        }
    }
    Err(last.unwrap_or_else(|| stopped("nothing was typeset")))
}

/// A view as the template reads it, with its texts printable; and a word about it where a character had to be named.
fn data(engine: &dyn Typesetter, view: &View, care: Care) -> serde_json::Result<Vec<u8>> {
    let together = |text: &str| engine.has_together(text);
    let mut printer = Printer::new(care, &together);
    let mut data = serde_json::to_value(view)?;
    printer.value(&mut data);
    if printer.has_named
        && let Some(Value::Array(sections)) = data.get_mut("sections")
    {
        let notice = Section::new("", vec![Block::notice(NAMED)]);
        sections.push(serde_json::to_value(notice)?);
    }
    serde_json::to_vec(&data)
}

/// What the page says where a character was named instead of printed.
const NAMED: &str = "Words in square brackets and capitals name a character that cannot be printed here. \
                     The data that go with these pages have it as it was written.";

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
