//! Seals a PDF: PAdES baseline B-B as one certified update that allows no later change.
//!
//! The update adds a signature field whose widget is tagged, so that PDF/UA-1 and PDF/A-3a hold afterwards: a `Form`
//! element with a description, an empty appearance stream, `/Tabs /S`. What is to be seen was drawn before.

use std::fmt;
use std::ops::Range;

use jiff::Timestamp;

use super::cms::{read_detached, sign_detached, sign_with_timestamp};
use super::identity::Identity;
use super::pdf::{Dict, File, FileError, Object, Reference, write};
use super::profile::{FILTER, SUB_FILTER, is_near, room};
use super::read_seal::time_and_contents;
use super::timestamp::{TimestampError, TimestampService};
use crate::text::hex;

/// Where the seal's field lies and what is said about it.
#[derive(Debug, Clone)]
pub struct SealPlace {
    /// Left, bottom, right, top on the first page, in points.
    pub rectangle: [i64; 4],
    /// What a screen reader says about the field.
    pub description: String,
    /// Who seals.
    pub name: String,
}

/// A sealed PDF.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The file.
    pub pdf: Vec<u8>,
}

/// Why a PDF could not be sealed. Always our own mistake, as the PDF is ours too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealError {
    /// The PDF is not of the profile.
    File(FileError),
    /// The PDF is of the profile, but not made as expected: what is missing.
    Structure(&'static str),
    /// The signature is larger than the room kept for it.
    Room,
    /// A library refused to sign.
    Signature,
    /// There is no timestamp.
    Timestamp(TimestampError),
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => write!(f, "the PDF cannot be sealed: {error:?}"),
            Self::Structure(what) => write!(f, "the PDF cannot be sealed: {what}"),
            Self::Room => f.write_str("the certificates are too large for the signature"),
            Self::Signature => f.write_str("the key refused to sign"),
            Self::Timestamp(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SealError {}

/// Space for the byte range: four numbers of at most ten digits.
const RANGE_WIDTH: usize = 48;

/// Seals a PDF that the document engine made. `at` is the time the seal claims.
///
/// # Errors
/// Where the PDF is not as the engine makes it, the signature does not fit its room, or a timestamp was asked for and none
/// that is right was given.
pub fn seal_pdf(
    identity: &Identity,
    pdf: &[u8],
    place: &SealPlace,
    at: Timestamp,
    timestamps: Option<&dyn TimestampService>,
) -> Result<Sealed, SealError> {
    let certificates = std::iter::once(identity.certificate()).chain(identity.chain());
    let room = room(certificates.map(|certificate| certificate.der().len()).sum(), timestamps.is_some());
    let (mut out, contents) = unsigned(pdf, place, at, room)?;
    let signed =
        [out.get(..contents.start), out.get(contents.end..)].into_iter().flatten().collect::<Vec<_>>().concat();
    let signature = match timestamps {
        Some(service) => sign_with_timestamp(identity, &signed, service).map_err(SealError::Timestamp)?,
        None => sign_detached(identity, &signed),
    };
    let signature = signature.ok_or(SealError::Signature)?;
    if timestamps.is_some() && !is_stamped_near(&signature, &signed, at) {
        return Err(SealError::Timestamp(TimestampError::Wrong));
    }
    if signature.len() > room {
        return Err(SealError::Room);
    }
    put(&mut out, contents.start + 1, hex(&signature).as_bytes())?;
    Ok(Sealed { pdf: out })
}

/// Whether a signature carries a timestamp that is right, and near the time that the seal claims.
fn is_stamped_near(signature: &[u8], signed: &[u8], at: Timestamp) -> bool {
    let token = read_detached(signature, signed, false).ok().and_then(|read| read.timestamp);
    token.is_some_and(|token| is_near(at, &token))
}

/// Whether a sealed PDF is what [`seal_pdf`] makes of a PDF at a place, byte for byte, apart from the signature itself.
/// Says nothing of the seal: read that first.
#[must_use]
pub fn is_sealed_from(sealed: &[u8], pdf: &[u8], place: &SealPlace) -> bool {
    let Some((at, contents)) = time_and_contents(sealed) else { return false };
    // Two digits a byte, between `<` and `>`.
    let room = contents.len().saturating_sub(2) / 2;
    let parts = |bytes: &[u8]| Some([bytes.get(..contents.start)?, bytes.get(contents.end..)?].map(<[u8]>::to_vec));
    unsigned(pdf, place, at, room).is_ok_and(|(again, range)| range == contents && parts(&again) == parts(sealed))
}

/// All of a sealed PDF but the signature, and where that goes, from `<` to after `>`.
fn unsigned(pdf: &[u8], place: &SealPlace, at: Timestamp, room: usize) -> Result<(Vec<u8>, Range<usize>), SealError> {
    let file = File::parse(pdf).map_err(SealError::File)?;
    let plan = Plan::new(&file)?;
    let mut update = Update::new(pdf, &file);
    plan.write_structure(&file, place, &mut update)?;
    let (range_at, contents_at) = update.signature(plan.signature, place, at, room);
    let mut out = update.finish();
    let contents_end = contents_at + 2 * room + 2;
    let range = format!("0 {contents_at} {contents_end} {}", out.len() - contents_end);
    let padded = format!("{range:<RANGE_WIDTH$}");
    put(&mut out, range_at, padded.as_bytes())?;
    Ok((out, contents_at..contents_end))
}

fn put(out: &mut [u8], at: usize, bytes: &[u8]) -> Result<(), SealError> {
    let place = out.get_mut(at..at + bytes.len()).ok_or(SealError::Room)?;
    place.copy_from_slice(bytes);
    Ok(())
}

/// The objects that change and the numbers of those that come.
struct Plan {
    catalog: Reference,
    page: Reference,
    structure: Reference,
    document: Reference,
    form: Reference,
    widget: Reference,
    appearance: Reference,
    signature: Reference,
}

impl Plan {
    fn new(file: &File<'_>) -> Result<Self, SealError> {
        let missing = SealError::Structure;
        if file.revisions != 1 {
            return Err(missing("it has been changed before"));
        }
        let reference = |dict: &Dict<'_>, key: &str| dict.get(key).and_then(Object::reference);
        let catalog = reference(&file.trailer, "Root").ok_or(missing("no catalog"))?;
        let root = file.dict(catalog).ok_or(missing("no catalog"))?;
        let structure = reference(root, "StructTreeRoot").ok_or(missing("it is not tagged"))?;
        let elements = file.dict(structure).ok_or(missing("it is not tagged"))?;
        let document = match elements.get("K") {
            Some(Object::Array(items)) => items.first().and_then(Object::reference),
            Some(other) => other.reference(),
            None => None,
        };
        let first = reference(root, "Pages").and_then(|pages| first_page(file, pages));
        let new = |n| Reference(file.size() + n);
        Ok(Self {
            catalog,
            structure,
            page: first.ok_or(missing("no page"))?,
            document: document.ok_or(missing("no document element"))?,
            form: new(0),
            widget: new(1),
            appearance: new(2),
            signature: new(3),
        })
    }

    /// Catalog, page, structure tree and the new field.
    fn write_structure(&self, file: &File<'_>, place: &SealPlace, update: &mut Update<'_>) -> Result<(), SealError> {
        let missing = SealError::Structure;
        let old = |reference, what| file.dict(reference).cloned().ok_or(missing(what));
        let mut catalog = old(self.catalog, "no catalog")?;
        let fields =
            dict([("Fields", Object::Array(vec![Object::Reference(self.widget)])), ("SigFlags", Object::Integer(3))]);
        catalog.set("AcroForm", fields);
        catalog.set("Perms", dict([("DocMDP", Object::Reference(self.signature))]));
        let mut page = old(self.page, "no page")?;
        append(&mut page, "Annots", Object::Reference(self.widget))?;
        page.set("Tabs", Object::name("S"));
        let mut structure = old(self.structure, "it is not tagged")?;
        let key = structure.get("ParentTreeNextKey").and_then(Object::integer).ok_or(missing("no parent tree"))?;
        let Some(Object::Dict(mut tree)) = structure.get("ParentTree").cloned() else {
            return Err(missing("no parent tree"));
        };
        append(&mut tree, "Nums", Object::Integer(key))?;
        append(&mut tree, "Nums", Object::Reference(self.form))?;
        structure.set("ParentTree", Object::Dict(tree));
        structure.set("ParentTreeNextKey", Object::Integer(key + 1));
        let mut document = old(self.document, "no document element")?;
        append(&mut document, "K", Object::Reference(self.form))?;
        for (reference, changed) in
            [(self.catalog, catalog), (self.page, page), (self.structure, structure), (self.document, document)]
        {
            update.object(reference, &Object::Dict(changed));
        }
        update.object(self.form, &self.form_element(place));
        update.object(self.widget, &self.widget(place, key));
        update.appearance(self.appearance, place);
        Ok(())
    }

    fn form_element<'a>(&self, place: &'a SealPlace) -> Object<'a> {
        let kid = dict([
            ("Type", Object::name("OBJR")),
            ("Obj", Object::Reference(self.widget)),
            ("Pg", Object::Reference(self.page)),
        ]);
        dict([
            ("Type", Object::name("StructElem")),
            ("S", Object::name("Form")),
            ("P", Object::Reference(self.document)),
            ("Alt", Object::text(&place.description)),
            ("K", Object::Array(vec![kid])),
        ])
    }

    fn widget<'a>(&self, place: &'a SealPlace, key: i64) -> Object<'a> {
        let rectangle = place.rectangle.iter().map(|number| Object::Integer(*number)).collect();
        dict([
            ("Type", Object::name("Annot")),
            ("Subtype", Object::name("Widget")),
            ("FT", Object::name("Sig")),
            ("T", Object::text("seal")),
            ("TU", Object::text(&place.description)),
            ("V", Object::Reference(self.signature)),
            ("Rect", Object::Array(rectangle)),
            ("P", Object::Reference(self.page)),
            // Printed and locked.
            ("F", Object::Integer(132)),
            ("StructParent", Object::Integer(key)),
            ("AP", dict([("N", Object::Reference(self.appearance))])),
        ])
    }
}

fn dict<'a, const N: usize>(entries: [(&'a str, Object<'a>); N]) -> Object<'a> {
    Object::Dict(Dict(entries.into_iter().map(|(key, value)| (key.into(), value)).collect()))
}

/// Adds to an array in a dictionary, which is made where it is missing or holds a single value.
fn append<'a>(dict: &mut Dict<'a>, key: &'static str, item: Object<'a>) -> Result<(), SealError> {
    let items = match dict.get(key).cloned() {
        None => vec![item],
        Some(Object::Array(mut items)) => {
            items.push(item);
            items
        }
        Some(single @ (Object::Reference(_) | Object::Integer(_) | Object::Dict(_))) if key == "K" => {
            vec![single, item]
        }
        Some(_) => return Err(SealError::Structure("an array is not written out")),
    };
    dict.set(key, Object::Array(items));
    Ok(())
}

fn first_page(file: &File<'_>, mut node: Reference) -> Option<Reference> {
    // A page tree is a few levels deep; a loop in it ends here.
    for _ in 0..16 {
        let dict = file.dict(node)?;
        if dict.is("Type", "Page") {
            return Some(node);
        }
        node = dict.get("Kids")?.array()?.first()?.reference()?;
    }
    None
}

/// The bytes of the file with what is added to it.
struct Update<'a> {
    out: Vec<u8>,
    offsets: Vec<(u32, usize)>,
    trailer: Dict<'a>,
    previous: usize,
    size: u32,
}

impl<'a> Update<'a> {
    fn new(pdf: &[u8], file: &File<'a>) -> Self {
        let mut out = pdf.to_vec();
        // Without its own line the update would begin inside the last one, which PDF/A forbids.
        if !out.ends_with(b"\n") {
            out.push(b'\n');
        }
        Self { out, offsets: Vec::new(), trailer: file.trailer.clone(), previous: file.newest_table, size: file.size() }
    }

    fn begin(&mut self, reference: Reference) {
        self.offsets.push((reference.0, self.out.len()));
        self.out.extend(format!("{} 0 obj\n", reference.0).bytes());
    }

    fn object(&mut self, reference: Reference, object: &Object<'_>) {
        self.begin(reference);
        write(object, &mut self.out);
        self.out.extend(b"\nendobj\n");
    }

    /// An empty form: what is to be seen stands on the page itself.
    fn appearance(&mut self, reference: Reference, place: &SealPlace) {
        let [left, bottom, right, top] = place.rectangle;
        let bounds = [0, 0, right - left, top - bottom].map(Object::Integer).to_vec();
        let form = dict([
            ("Type", Object::name("XObject")),
            ("Subtype", Object::name("Form")),
            ("BBox", Object::Array(bounds)),
            ("Resources", dict([])),
            ("Length", Object::Integer(0)),
        ]);
        self.begin(reference);
        write(&form, &mut self.out);
        self.out.extend(b"\nstream\n\nendstream\nendobj\n");
    }

    /// The signature dictionary; answers where the byte range's numbers and `<` of the contents stand.
    fn signature(&mut self, reference: Reference, place: &SealPlace, at: Timestamp, room: usize) -> (usize, usize) {
        self.begin(reference);
        let claimed = at.strftime("D:%Y%m%d%H%M%SZ").to_string();
        let parameters =
            dict([("Type", Object::name("TransformParams")), ("P", Object::Integer(1)), ("V", Object::name("1.2"))]);
        let certified = dict([
            ("Type", Object::name("SigRef")),
            ("TransformMethod", Object::name("DocMDP")),
            ("TransformParams", parameters),
        ]);
        let head = dict([
            ("Type", Object::name("Sig")),
            ("Filter", Object::name(FILTER)),
            ("SubFilter", Object::name(SUB_FILTER)),
            ("M", Object::text(&claimed)),
            ("Name", Object::text(&place.name)),
            ("Reference", Object::Array(vec![certified])),
        ]);
        write(&head, &mut self.out);
        self.out.truncate(self.out.len() - 2);
        self.out.extend(b"/ByteRange [");
        let range_at = self.out.len();
        self.out.extend([b' '; RANGE_WIDTH]);
        self.out.extend(b"]/Contents ");
        let contents_at = self.out.len();
        self.out.push(b'<');
        self.out.extend(std::iter::repeat_n(b'0', 2 * room));
        self.out.extend(b">>>\nendobj\n");
        (range_at, contents_at)
    }

    /// The table, the trailer and the end.
    fn finish(mut self) -> Vec<u8> {
        let at = self.out.len();
        self.offsets.sort_unstable();
        self.out.extend(b"xref\n");
        let mut rest = self.offsets.as_slice();
        while let Some((first, _)) = rest.first() {
            let run = rest.iter().zip(*first..).take_while(|((number, _), expected)| number == expected).count();
            let (section, after) = rest.split_at(run);
            self.out.extend(format!("{first} {run}\n").bytes());
            for (_, offset) in section {
                self.out.extend(format!("{offset:010} 00000 n\r\n").bytes());
            }
            rest = after;
        }
        let newest = self.offsets.last().map_or(self.size, |(number, _)| self.size.max(number + 1));
        self.trailer.set("Size", Object::Integer(newest.into()));
        self.trailer.set("Prev", Object::Integer(i64::try_from(self.previous).unwrap_or(i64::MAX)));
        self.out.extend(b"trailer\n");
        write(&Object::Dict(self.trailer), &mut self.out);
        self.out.extend(format!("\nstartxref\n{at}\n%%EOF\n").bytes());
        self.out
    }
}
