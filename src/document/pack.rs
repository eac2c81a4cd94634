//! One pack: which record, for whom, under which stamp.

use std::collections::BTreeMap;

use serde_json::Value;

use super::branding::Branding;
use super::engine::{EngineError, Job, RECORD, Typesetter, VIEW};
use super::layout::Layout;
use super::machine::{LOGO, PICTURE, machine_record};
use super::picture::{Picture, Pictures};
use super::printable::{first_uncovered, make_printable};
use super::sections::{Fit, view};
use super::view::{Brand, View};
use crate::check::{Checked, Override, Policy};
use crate::record::{Audience, Cut, Day, Record, child_name, cut};

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

/// What is rendered: a checked record as a final pack, or any record as a draft.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub(super) record: &'a Record,
    /// The name the child goes by, where the record is cut and may not hold it.
    name: Option<&'a str>,
    pub(super) overrides: &'a [Override],
    pub(super) pictures: &'a Pictures,
    is_draft: bool,
}

impl<'a> Subject<'a> {
    /// A final pack.
    #[must_use]
    pub fn checked(checked: &'a Checked, pictures: &'a Pictures) -> Self {
        Self { record: checked.record(), name: None, overrides: checked.overrides(), pictures, is_draft: false }
    }

    /// A draft, which says so on every page.
    #[must_use]
    pub fn draft(record: &'a Record, pictures: &'a Pictures) -> Self {
        Self { record, name: None, overrides: &[], pictures, is_draft: true }
    }

    /// What is enclosed in a pack that was made before.
    pub(super) fn enclosed(
        record: &'a Record,
        name: &'a str,
        overrides: &'a [Override],
        pictures: &'a Pictures,
    ) -> Self {
        Self { record, name: Some(name), overrides, pictures, is_draft: false }
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
    /// No embedded font has this character; where it stands, as a path of the record where it is in one.
    MissingGlyph(char, String),
    /// What must stand on the one page whole does not fit on it.
    ProfileTooLong,
    /// The templates are wrong, or the engine stopped.
    Engine(EngineError),
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::MissingGlyph(c, path) => {
                write!(f, "there is no letter form for U+{:04X} in the built-in fonts (`{path}`)", u32::from(*c))
            }
            Self::ProfileTooLong => f.write_str(
                "what to do if the child is unwell, and in the first week, is too long for the one-page profile",
            ),
            Self::Engine(error) => write!(f, "typesetting stopped: {error}"),
        }
    }
}

impl std::error::Error for RenderError {}

/// Renders one document.
///
/// # Errors
/// [`RenderError::MissingGlyph`] for a character no built-in font has, so that no page shows an empty box;
/// [`RenderError::ProfileTooLong`] where a profile cannot be kept to its page without cutting what keeps a child safe;
/// [`RenderError::Engine`] if the engine stops: with the built-in templates a mistake of this program.
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
    let one_page = kind == PackKind::Profile;
    let steps = if one_page { Fit::STEPS.len() } else { 1 };
    for fit in Fit::STEPS.iter().take(steps) {
        let mut view = view(subject, &cut, kind, stamp, fit);
        view.draft = subject.is_draft;
        if subject.is_draft && kind != PackKind::Child {
            view.title = format!("DRAFT: {}", view.title);
        }
        let typeset = typeset(
            engine,
            kind.template(),
            &view,
            &files,
            stamp,
            &format!("{} {}", stamp.reference, kind.key()),
            &cut.json,
        )?;
        // A card that is longer than a page runs off it, and is shortened with the rest.
        if !one_page || typeset.layout.pages == 1 {
            on_the_page(typeset.layout)?;
            let is_shortened = fit.is_shortened();
            return Ok(Pack { kind, pdf: typeset.pdf, layout: typeset.layout, record, is_shortened });
        }
    }
    Err(RenderError::ProfileTooLong)
}

/// Typesets a view with the files it names; `source` is where a character without a letter form is looked for first.
pub(super) fn typeset(
    engine: &dyn Typesetter,
    main: &str,
    view: &View,
    files: &BTreeMap<String, Vec<u8>>,
    stamp: &Stamp<'_>,
    ident: &str,
    source: &Value,
) -> Result<super::engine::Typeset, RenderError> {
    let internal = |error: serde_json::Error| stopped(&error.to_string());
    let mut data = serde_json::to_value(view).map_err(internal)?;
    make_printable(&mut data);
    let covers = |c| engine.covers(c);
    if let Some((c, path)) = first_uncovered(&data, &covers) {
        let mut source = source.clone();
        make_printable(&mut source);
        let path = first_uncovered(&source, &|other| other != c).map_or(path, |(_, path)| path);
        return Err(RenderError::MissingGlyph(c, path));
    }
    let mut files = files.clone();
    files.insert(VIEW.to_owned(), serde_json::to_vec(&data).map_err(internal)?);
    if let Some(logo) = &stamp.branding.logo {
        files.insert(logo.virtual_name(LOGO), logo.bytes().to_vec());
    }
    let job = Job { main: main.to_owned(), ident: ident.to_owned(), files };
    engine.typeset(&job).map_err(RenderError::Engine)
}

/// Whether everything stands on the pages.
pub(super) fn on_the_page(layout: Layout) -> Result<(), RenderError> {
    layout.runs_off.map_or(Ok(()), |page| Err(stopped(&format!("text runs off page {page}"))))
}

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
    let found = named_pictures(record).filter_map(|file| Some((file, pictures.0.get(file)?)));
    found
        .zip(1..)
        .map(|((file, picture), number)| (picture.virtual_name(&format!("{PICTURE}{number}")), (file.clone(), picture)))
        .collect()
}

/// The names of pictures in a record, in its order.
pub(super) fn named_pictures(record: &Record) -> impl Iterator<Item = &String> {
    let entries = record.voice.iter().flat_map(|voice| &voice.entries);
    entries.flat_map(|entry| &entry.pictures).filter_map(|picture| picture.file.as_ref())
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
    if let Some(record) = json.as_object_mut() {
        if no_need {
            record.remove("early_help");
        }
        if no_sen {
            record.remove("sen");
        }
    }
    json
}
