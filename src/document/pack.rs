//! One pack: which record, for whom, under which stamp.

use serde_json::Value;

use super::engine::Engine;
use super::printable::{first_uncovered, make_printable};
use super::sections::view;
use crate::check::Checked;
use crate::record::{Audience, Cut, Day, cut};

/// The kinds of document.
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
}

impl PackKind {
    /// The widest circle that may read it.
    #[must_use]
    pub fn reader(self) -> Audience {
        match self {
            Self::Profile => Audience::AllStaff,
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
        }
    }
}

/// What is printed on every page beside the record, and comes from outside it.
#[derive(Debug, Clone)]
pub struct Stamp {
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
}

/// A rendered, not yet signed pack.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Which document.
    pub kind: PackKind,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// The machine-readable record that these readers may see, as JSON with a line feed at its end.
    pub record: Vec<u8>,
}

/// Why a pack could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// No embedded font has this character.
    MissingGlyph(char),
    /// The engine stopped: our own mistake.
    Engine(String),
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::MissingGlyph(c) => {
                write!(f, "there is no letter form for U+{:04X} in the built-in fonts", u32::from(*c))
            }
            Self::Engine(message) => write!(f, "typesetting stopped: {message}"),
        }
    }
}

impl std::error::Error for RenderError {}

/// Renders one document of a checked record.
///
/// # Errors
/// [`RenderError::MissingGlyph`] for a character no built-in font has, so that no page shows an empty box;
/// [`RenderError::Engine`] if the engine stops, which is a mistake of this program.
pub fn render(engine: &Engine, checked: &Checked, kind: PackKind, stamp: &Stamp) -> Result<Pack, RenderError> {
    let internal = |error: serde_json::Error| RenderError::Engine(error.to_string());
    let cut = cut(checked.record(), kind.reader()).map_err(internal)?;
    let record = machine_record(&cut, stamp).map_err(internal)?;
    let mut view = view(checked, &cut, kind, stamp);
    let ident = format!("{} {}", stamp.reference, kind.key());
    loop {
        let mut data = serde_json::to_value(&view).map_err(internal)?;
        make_printable(&mut data);
        if let Some(c) = first_uncovered(&data, &|c| engine.covers(c)) {
            return Err(RenderError::MissingGlyph(c));
        }
        let data = serde_json::to_vec(&data).map_err(internal)?;
        let (pdf, pages) = engine.typeset(data, record.clone(), &ident).map_err(RenderError::Engine)?;
        if kind == PackKind::Profile && pages > 1 && !view.compact {
            view.compact = true;
            continue;
        }
        return Ok(Pack { kind, pdf, record });
    }
}

/// Whether a child has something for the SENCO: special needs, health, a decision about Early Help beyond "no need",
/// or anything else that a person opened to the SENCO but not to the tutor.
///
/// # Errors
/// As [`cut`].
pub fn has_send_content(checked: &Checked) -> serde_json::Result<bool> {
    let seen = |reader| cut(checked.record(), reader).map(|cut| without_everyday_fields(&cut));
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

fn machine_record(cut: &Cut, stamp: &Stamp) -> serde_json::Result<Vec<u8>> {
    let document = serde_json::json!({
        "format": "handover-record",
        "version": 1,
        "reference": stamp.reference,
        "readers": cut.reader.key(),
        "made_on": stamp.day.to_string(),
        "record": cut.json,
    });
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}
