//! Reads the seal of a PDF back, under the closed profile: one certified seal over the whole file, nothing active.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::attached::source_of;
use super::certificate::Certificate;
use super::cms::{Signed, read_detached};
use super::pdf::{Dict, File, FileError, Object, Reference};
use super::profile::{CLOCK_SKEW, FILTER, SIGNATURE_KEYS, SUB_FILTER, WIDGET_KEYS, is_near, room};
use super::reason_code::ReasonCode;
use super::refusal::Refusal;
use super::timestamp::Token;

/// A seal that is right. Whether anybody trusts its signer is another question.
#[derive(Debug, Clone)]
pub struct Seal {
    /// The signer's certificate.
    pub certificate: Certificate,
    /// When it says it was made; only the signer's word.
    pub claimed_at: Timestamp,
    /// When a timestamp service says it was there, if it carries a timestamp.
    pub timestamp: Option<Token>,
}

/// Keys by which a PDF does something or shows something else.
const ACTIVE_KEYS: [&str; 12] = [
    "OpenAction",
    "AA",
    "JS",
    "JavaScript",
    "XFA",
    "NeedAppearances",
    "OCProperties",
    "RichMedia",
    "Collection",
    "Requirements",
    "DSS",
    "Rendition",
];

/// Kinds of action, other than following a link, that no pack has.
const ACTIONS: [&str; 12] = [
    "JavaScript",
    "Launch",
    "SubmitForm",
    "ImportData",
    "ResetForm",
    "GoToE",
    "GoToR",
    "Rendition",
    "Movie",
    "Sound",
    "Hide",
    "SetOCGState",
];

/// Kinds of objects that hold other objects, which a reader may or may not find.
const HIDING: [&str; 2] = ["ObjStm", "XRef"];

/// A PDF of the closed profile, parsed once for all that is asked of it.
#[derive(Debug)]
pub struct SealedPdf<'a>(File<'a>);

impl<'a> SealedPdf<'a> {
    /// Parses a file; whether its seal is right, [`Self::seal`] says.
    ///
    /// # Errors
    /// The first F rule that is broken.
    pub fn parse(pdf: &'a [u8]) -> Result<Self, Refusal> {
        File::parse(pdf).map(Self).map_err(file_refusal)
    }

    /// Reads the seal. `now` is the moment of judging.
    ///
    /// # Errors
    /// The first rule that is broken, with its code.
    pub fn seal(&self, now: Timestamp) -> Result<Seal, Refusal> {
        read(&self.0, now)
    }

    /// The one file that the PDF names as its source (`/AF` with the relationship `Source`); nothing where there is none,
    /// or more than one. Says nothing of the seal: read that first.
    #[must_use]
    pub fn source(&self) -> Option<Vec<u8>> {
        source_of(&self.0)
    }
}

/// Reads the seal of a file. `now` is the moment of judging.
///
/// # Errors
/// As [`SealedPdf::parse`] and [`SealedPdf::seal`].
pub fn read_seal(pdf: &[u8], now: Timestamp) -> Result<Seal, Refusal> {
    SealedPdf::parse(pdf)?.seal(now)
}

fn read(file: &File<'_>, now: Timestamp) -> Result<Seal, Refusal> {
    if file.revisions != 2 {
        return Err(Refusal::new(ReasonCode::S1, "The file is not sealed"));
    }
    let (at, signature) = field(file)?;
    certified(file, at, signature)?;
    nothing_else(file, at)?;
    let (signed, contents) = covered(file, signature)?;
    let claimed_at = claimed(signature)?;
    let Signed { certificate, timestamp, certificates_length } = read_detached(&contents, &signed, true)?;
    let left = |with_timestamp| contents.len() == room(certificates_length, with_timestamp);
    if !left(timestamp.is_some()) {
        return Err(if left(timestamp.is_none()) {
            Refusal::new(ReasonCode::C10, "A timestamp was put into the seal, or taken out of it")
        } else {
            Refusal::new(ReasonCode::B2, "The seal is not written in its one canonical form")
        });
    }
    if !certificate.is_valid_at(claimed_at) {
        return Err(Refusal::new(ReasonCode::T2, "The seal says it was made when its certificate was not valid"));
    }
    if claimed_at.as_second() > now.as_second() + CLOCK_SKEW {
        return Err(Refusal::new(ReasonCode::T3, "The seal says it was made in the future"));
    }
    let is_right = |token: &Token| is_near(claimed_at, token) && token.at.as_second() <= now.as_second() + CLOCK_SKEW;
    if !timestamp.as_ref().is_none_or(is_right) {
        return Err(Refusal::new(ReasonCode::T5, "The seal and its timestamp do not name the same time"));
    }
    Ok(Seal { certificate, claimed_at, timestamp })
}

/// The time that a seal claims, and where its signature stands, from `<` to after `>`; whether it is right, [`read_seal`]
/// says.
pub(super) fn time_and_contents(pdf: &[u8]) -> Option<(Timestamp, Range<usize>)> {
    let file = File::parse(pdf).ok()?;
    let (_, signature) = field(&file).ok()?;
    let Some(Object::Hex { start, end, .. }) = signature.get("Contents") else { return None };
    Some((claimed(signature).ok()?, *start..*end))
}

fn file_refusal(error: FileError) -> Refusal {
    match error {
        FileError::Header => Refusal::new(ReasonCode::F1, "The file does not begin as a pack does"),
        FileError::End => Refusal::new(ReasonCode::F2, "The file does not end where its seal ends"),
        FileError::CrossReference => {
            Refusal::new(ReasonCode::F3, "The file's table of contents is damaged or was added to")
        }
        FileError::Trailer => Refusal::new(ReasonCode::F4, "The file's trailer is not that of a pack"),
        FileError::Object => Refusal::new(ReasonCode::F5, "A part of the file is damaged or not where it should be"),
        FileError::TooLarge => Refusal::new(ReasonCode::F6, "The file is larger than any pack"),
    }
}

/// The one signature field: its signature's number and dictionary. The S rules.
fn field<'f, 'a>(file: &'f File<'a>) -> Result<(Reference, &'f Dict<'a>), Refusal> {
    let wrong = Refusal::new(ReasonCode::S2, "The file does not have exactly one seal of our form");
    let catalog = catalog(file).ok_or(wrong)?;
    let form = catalog.get("AcroForm").and_then(Object::dict).ok_or(wrong)?;
    let only_keys = form.0.iter().all(|(key, _)| ["Fields", "SigFlags"].contains(&&**key));
    let fields = form.get("Fields").and_then(Object::array).unwrap_or_default();
    let [Object::Reference(widget)] = fields else { return Err(wrong) };
    let widget = file.dict(*widget).ok_or(wrong)?;
    let known = widget.0.iter().all(|(key, _)| WIDGET_KEYS.contains(&&**key));
    if !only_keys || !known || !widget.is("FT", "Sig") || !widget.is("Subtype", "Widget") {
        return Err(wrong);
    }
    let at = widget.get("V").and_then(Object::reference).ok_or(wrong)?;
    let signature = file.dict(at).ok_or(wrong)?;
    let ours = signature.0.iter().all(|(key, _)| SIGNATURE_KEYS.contains(&&**key));
    let form = signature.is("Type", "Sig") && signature.is("Filter", FILTER) && signature.is("SubFilter", SUB_FILTER);
    if ours && form && file.updated.contains(&at) { Ok((at, signature)) } else { Err(wrong) }
}

fn catalog<'f, 'a>(file: &'f File<'a>) -> Option<&'f Dict<'a>> {
    let catalog = file.dict(file.trailer.get("Root")?.reference()?)?;
    catalog.is("Type", "Catalog").then_some(catalog)
}

/// The seal certifies the file and allows no change. The D rules.
fn certified(file: &File<'_>, at: Reference, signature: &Dict<'_>) -> Result<(), Refusal> {
    let wrong = Refusal::new(ReasonCode::D1, "The seal does not forbid later changes");
    let catalog = catalog(file).ok_or(wrong)?;
    let permissions = catalog.get("Perms").and_then(Object::dict).ok_or(wrong)?;
    let [(key, Object::Reference(certifying))] = permissions.0.as_slice() else { return Err(wrong) };
    let references = signature.get("Reference").and_then(Object::array).unwrap_or_default();
    let [Object::Dict(reference)] = references else { return Err(wrong) };
    let parameters = reference.get("TransformParams").and_then(Object::dict).ok_or(wrong)?;
    let forbids = parameters.get("P") == Some(&Object::Integer(1)) && reference.is("TransformMethod", "DocMDP");
    if key == "DocMDP" && *certifying == at && forbids { Ok(()) } else { Err(wrong) }
}

/// No second signature, no second field, nothing active, no hidden objects. The A rules and the rest of S.
fn nothing_else(file: &File<'_>, seal: Reference) -> Result<(), Refusal> {
    let (mut fields, mut attached) = (0, 0);
    for (number, object) in file.objects() {
        walk(object, &mut |dict| {
            let is_of = |key: &str, kinds: &[&str]| match dict.get(key) {
                Some(Object::Name(name)) => kinds.contains(&&**name),
                _ => false,
            };
            let mut is_active = is_of("S", &ACTIONS) && !dict.is("Type", "StructElem");
            for (key, value) in &dict.0 {
                match &**key {
                    "ByteRange" if number != seal => {
                        return Err(Refusal::new(ReasonCode::S3, "The file holds a second signature"));
                    }
                    "Type" if matches!(value, Object::Name(kind) if HIDING.contains(&&**kind)) => {
                        return Err(Refusal::new(
                            ReasonCode::F7,
                            "The file hides parts in a form that packs do not use",
                        ));
                    }
                    "FT" => fields += 1,
                    "EF" => attached += 1,
                    key => is_active |= ACTIVE_KEYS.contains(&key),
                }
            }
            if is_active || dict.is("Subtype", "FileAttachment") {
                return Err(Refusal::new(ReasonCode::A1, "The file would do something when it is opened"));
            }
            Ok(())
        })?;
    }
    if fields != 1 {
        return Err(Refusal::new(ReasonCode::S4, "The file has fields beside its seal"));
    }
    let right = catalog(file).is_some_and(|catalog| attachments_are_one(catalog, attached));
    if right {
        Ok(())
    } else {
        Err(Refusal::new(ReasonCode::A2, "Two programs would find different attachments in the file"))
    }
}

/// Whether the attachments by name are those that belong to the file, and there are no others.
fn attachments_are_one(catalog: &Dict<'_>, attached: usize) -> bool {
    let own = catalog.get("AF").and_then(Object::array).unwrap_or_default();
    let named = catalog.get("Names").and_then(Object::dict).and_then(|names| names.get("EmbeddedFiles"));
    let named = match named {
        None => &[],
        Some(tree) => match tree.dict().map(|tree| tree.0.as_slice()) {
            Some([(key, Object::Array(items))]) if key == "Names" => items.as_slice(),
            _ => return false,
        },
    };
    let (pairs, rest) = named.as_chunks::<2>();
    let is_own = |[_, file]: &[Object<'_>; 2]| file.reference().is_some() && own.contains(file);
    let once = |file: &Object<'_>| pairs.iter().filter(|[_, other]| other == file).count() == 1;
    rest.is_empty()
        && pairs.len() == own.len()
        && attached == own.len()
        && pairs.iter().all(is_own)
        && own.iter().all(once)
}

fn walk(object: &Object<'_>, look: &mut impl FnMut(&Dict<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    match object {
        Object::Dict(dict) => {
            look(dict)?;
            dict.0.iter().try_for_each(|(_, value)| walk(value, look))
        }
        Object::Array(items) => items.iter().try_for_each(|item| walk(item, look)),
        _ => Ok(()),
    }
}

/// What the signature covers: all but its own hexadecimal digits. The B rules.
fn covered(file: &File<'_>, signature: &Dict<'_>) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
    let wrong = Refusal::new(ReasonCode::B1, "The seal does not cover the whole file");
    let range = signature.get("ByteRange").and_then(Object::array).unwrap_or_default();
    let range: Vec<usize> = range.iter().filter_map(|n| usize::try_from(n.integer()?).ok()).collect();
    let [zero, before, after, rest] = range.as_slice() else { return Err(wrong) };
    let Some(Object::Hex { digits, start, end }) = signature.get("Contents") else { return Err(wrong) };
    let whole = *zero == 0 && before == start && after == end && after.checked_add(*rest) == Some(file.bytes.len());
    if !whole || *start < file.first_revision_end() {
        return Err(wrong);
    }
    let first = file.bytes.get(..*start).ok_or(wrong)?;
    let second = file.bytes.get(*end..).ok_or(wrong)?;
    let contents =
        hex(digits).ok_or(Refusal::new(ReasonCode::B2, "The seal is not written in its one canonical form"))?;
    Ok(([first, second].concat(), contents))
}

/// Lower-case digits only: one way to write a seal.
fn hex(digits: &[u8]) -> Option<Vec<u8>> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?)).collect()
}

fn claimed(signature: &Dict<'_>) -> Result<Timestamp, Refusal> {
    let wrong = Refusal::new(ReasonCode::T1, "The seal does not say when it was made");
    let Some(Object::Literal(text)) = signature.get("M") else { return Err(wrong) };
    let text = std::str::from_utf8(text).map_err(|_error| wrong)?;
    let time = DateTime::strptime("D:%Y%m%d%H%M%SZ", text).map_err(|_error| wrong)?;
    let zoned = time.to_zoned(TimeZone::UTC).map_err(|_error| wrong)?;
    // Written back it must be the same: no sloppy forms.
    let same = zoned.timestamp().strftime("D:%Y%m%d%H%M%SZ").to_string() == text;
    if same { Ok(zoned.timestamp()) } else { Err(wrong) }
}
