//! One pack: which record, for whom, under which stamp.

use crate::text::say;
use std::collections::BTreeMap;

use serde_json::Value;

use super::branding::Branding;
use super::engine::{EngineError, Job, RECORD, Typeset, Typesetter, VIEW};
use super::layout::Layout;
use super::machine::{LOGO, PICTURE, machine_record};
use super::other_packs::OtherPacks;
use super::printable::{Care, Printer};
use super::sections::{Fit, view};
use super::view::{Block, Brand, Section, View};
use crate::check::{Checked, Override, Policy};
use crate::picture::{Picture, Pictures};
use crate::record::{Audience, Cut, Day, Record, Voice, child_name, cut};

/// The kinds of document that show a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackKind {
    /// The one-page profile for all staff.
    Profile,
    /// The general pack for Head of Year and tutor.
    General,
    /// The pack for the SENCO.
    Send,
    /// The pack for the designated safeguarding lead.
    Safeguarding,
    /// What all staff will read, in large type, for the child to look through before anyone signs.
    Child,
}

impl PackKind {
    /// The packs that travel.
    pub const SENT: [Self; 4] = [Self::Profile, Self::General, Self::Send, Self::Safeguarding];

    /// The widest circle that may read it.
    #[must_use]
    pub fn reader(self) -> Audience {
        match self {
            Self::Profile | Self::Child => Audience::AllStaff,
            Self::General => Audience::Pastoral,
            Self::Send => Audience::Senco,
            Self::Safeguarding => Audience::Dsl,
        }
    }

    /// The word in file names and data.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::General => "general",
            Self::Send => "send",
            Self::Safeguarding => "safeguarding",
            Self::Child => "child",
        }
    }

    /// The words on the page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Profile => "One-page profile",
            Self::General => "Transition pack",
            Self::Send => "SEND pack",
            Self::Safeguarding => "Safeguarding pack",
            Self::Child => "About me",
        }
    }

    fn template(self) -> &'static str {
        match self {
            Self::Profile => "profile.typ",
            Self::Child => "child.typ",
            Self::General | Self::Send | Self::Safeguarding => "pack.typ",
        }
    }
}

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
    is_draft: bool,
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
pub struct Stamp<'a> {
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

impl<'a> Stamp<'a> {
    /// The stamp of one child's documents.
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
    stamp: &Stamp<'_>,
) -> Result<Pack, RenderError> {
    let internal = |error: serde_json::Error| stopped(&error.to_string());
    let cut = cut(subject.record, kind.reader()).map_err(internal)?;
    let record = machine_record(&subject, &cut, kind, stamp).map_err(internal)?;
    let mut files = pictures(subject.pictures, &cut.record);
    files.insert(RECORD.to_owned(), record.clone());
    let ident = format!("{} {}", stamp.reference, kind.key());
    let set = |fit: &Fit| {
        let mut view = view(subject, &cut, kind, stamp, fit).map_err(internal)?;
        view.draft = subject.is_draft;
        if subject.is_draft && kind != PackKind::Child {
            view.title = say!("DRAFT: {title}", title = view.title);
        }
        let is_compact = view.compact;
        typeset(engine, kind.template(), &view, &files, stamp, &ident).map(|typeset| (typeset, is_compact))
    };
    let (typeset, is_shortened) =
        if kind == PackKind::Profile { on_one_page(set)? } else { (well_filled(set)?, false) };
    Ok(Pack { kind, pdf: typeset.pdf, layout: typeset.layout, record, is_shortened })
}

/// A document that keeps to one page: as tight as it has to be, and then shortened; whether it was.
fn on_one_page(set: impl Fn(&Fit) -> Result<(Typeset, bool), RenderError>) -> Result<(Typeset, bool), RenderError> {
    let mut last = None;
    for fit in Fit::STEPS {
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

/// A document of several pages of which the last is not almost empty, where closer lines can help it; with little to
/// tell on one page, else on two with more room, or else in full.
fn well_filled(set: impl Fn(&Fit) -> Result<(Typeset, bool), RenderError>) -> Result<Typeset, RenderError> {
    let (at_ease, is_compact) = set(&Fit::AT_EASE)?;
    let is_left_over = |one: &Typeset| one.layout.pages > 1 && one.layout.ends_at.is_some_and(|end| end < WELL_FILLED);
    let closer = |one: Typeset, fit: &Fit| {
        let tight = if is_left_over(&one) { Some(set(fit)?.0) } else { None };
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
    let (tight, _) = set(&Fit::CLOSER)?;
    if tight.layout.pages == 1 {
        return Ok(tight);
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
    stamp: &Stamp<'_>,
    ident: &str,
) -> Result<Typeset, RenderError> {
    let mut files = files.clone();
    if let Some(logo) = &stamp.branding.logo {
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

/// What a view says of a school's branding.
pub(super) fn brand(branding: &Branding) -> Brand {
    let logo = branding.logo.as_ref().map(|logo| logo.virtual_name(LOGO));
    Brand { accent: branding.accent().to_owned(), logo }
}

/// The pictures that these readers may see, under the virtual names of [`shown`].
fn pictures(pictures: &Pictures, record: &Record) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (name, (_, picture)) in shown(pictures, record) {
        files.insert(name, picture.bytes().to_vec());
    }
    files
}

/// The pictures of a record by their virtual names, each with the name the record gives it.
pub(super) fn shown<'a>(pictures: &'a Pictures, record: &Record) -> BTreeMap<String, (String, &'a Picture)> {
    let found = named_pictures(record).zip(1..).filter_map(|(file, number)| {
        let picture = pictures.0.get(file)?;
        Some((picture.virtual_name(&format!("{PICTURE}{number}")), (file.clone(), picture)))
    });
    found.collect()
}

/// The names of pictures in a record, in its order.
pub(super) fn named_pictures(record: &Record) -> impl Iterator<Item = &String> {
    record.voice.iter().flat_map(Voice::pictures).filter_map(|(_, picture)| picture.file.as_ref())
}

/// Whether a child has something for the SENCO: special needs, health, a decision about Early Help beyond "no need",
/// or anything else that a person opened to the SENCO but not to the tutor.
///
/// # Errors
/// As [`cut`].
pub fn has_send_content(record: &Record) -> serde_json::Result<bool> {
    let seen = |reader| cut(record, reader).map(|cut| without_everyday_fields(&cut));
    Ok(seen(Audience::Senco)? != seen(Audience::Pastoral)?)
}

fn without_everyday_fields(cut: &Cut) -> Value {
    let mut json = cut.json.clone();
    if let Some(pupil) = json.get_mut("pupil").and_then(Value::as_object_mut) {
        pupil.remove("nhs_number");
    }
    let no_need = cut
        .record
        .early_help
        .as_ref()
        .is_some_and(|help| help.reason_kind == Some(crate::record::ReasonKind::NoNeedIdentified));
    let no_sen = cut.record.sen.as_ref().is_some_and(|sen| {
        sen.provision == Some(crate::record::SenProvision::N) && sen.needs.is_empty() && sen.summary.is_none()
    });
    let cares = cut.record.characteristics.as_ref().is_some_and(|characteristics| {
        matches!(characteristics.young_carer, Some(crate::record::YoungCarer::P | crate::record::YoungCarer::S))
    });
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
