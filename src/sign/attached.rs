//! What is attached to a sealed PDF: the machine-readable record, and what its pages show beside it.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::pdf::{Dict, File, Object};

/// The largest attachments that are unpacked, in bytes: a record, and a picture.
const LARGEST_SOURCE: usize = 8 << 20;
const LARGEST: usize = 16 << 20;

/// One attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Whether it is what the pages were made from, and not something that stands on them.
    pub is_source: bool,
    /// The file itself.
    pub bytes: Vec<u8>,
}

/// The files that a PDF of the closed profile names as belonging to it (`/AF`); nothing where there are none, or one
/// cannot be read. Says nothing of the seal: read that first.
#[must_use]
pub fn attachments(pdf: &[u8]) -> Option<Vec<Attached>> {
    let file = File::parse(pdf).ok()?;
    specifications(&file)?.iter().map(|specification| attached(&file, specification)).collect()
}

/// The one file that a PDF of the closed profile names as its source (`/AF` with the relationship `Source`); nothing
/// where there is none, or more than one. Says nothing of the seal: read that first.
#[must_use]
pub fn attached_source(pdf: &[u8]) -> Option<Vec<u8>> {
    source_of(&File::parse(pdf).ok()?)
}

pub(super) fn source_of(file: &File<'_>) -> Option<Vec<u8>> {
    let specifications = specifications(file)?;
    let mut sources = specifications.iter().filter(|specification| is_source(specification));
    let (Some(source), None) = (sources.next(), sources.next()) else { return None };
    Some(attached(file, source)?.bytes)
}

fn is_source(specification: &Dict<'_>) -> bool {
    specification.is("AFRelationship", "Source")
}

fn dict<'f, 'a>(file: &'f File<'a>, object: &'f Object<'a>) -> Option<&'f Dict<'a>> {
    match object {
        Object::Dict(dict) => Some(dict),
        other => file.dict(other.reference()?),
    }
}

fn specifications<'f, 'a>(file: &'f File<'a>) -> Option<Vec<&'f Dict<'a>>> {
    let catalog = file.dict(file.trailer.get("Root")?.reference()?)?;
    let named = match catalog.get("AF")? {
        Object::Reference(reference) => file.get(*reference)?,
        other => other,
    };
    named.array()?.iter().map(|object| dict(file, object)).collect()
}

fn attached(file: &File<'_>, specification: &Dict<'_>) -> Option<Attached> {
    let Some(Object::Literal(name)) = specification.get("F") else { return None };
    let embedded = dict(file, specification.get("EF")?)?;
    let (about, bytes) = file.stream(embedded.get("F")?.reference()?)?;
    let is_source = is_source(specification);
    let limit = if is_source { LARGEST_SOURCE } else { LARGEST };
    let bytes = match about.get("Filter") {
        None => bytes.to_vec(),
        Some(_) if about.is("Filter", "FlateDecode") && about.get("DecodeParms").is_none() => {
            decompress_to_vec_zlib_with_limit(bytes, limit).ok()?
        }
        Some(_) => return None,
    };
    Some(Attached { name: String::from_utf8(name.to_vec()).ok()?, is_source, bytes })
}
