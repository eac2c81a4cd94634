//! What is attached to a sealed PDF as its source.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::pdf::{Dict, File, Object};

/// The largest attachment that is unpacked, in bytes.
const LIMIT: usize = 32 << 20;

/// The one file that a PDF of the closed profile names as its source (`/AF` with the relationship `Source`); nothing
/// where there is none, or more than one. Says nothing of the seal: read that first.
#[must_use]
pub fn attached_source(pdf: &[u8]) -> Option<Vec<u8>> {
    let file = File::parse(pdf).ok()?;
    let dict = |object: &Object| match object {
        Object::Dict(dict) => Some(dict.clone()),
        other => file.dict(other.reference()?),
    };
    let catalog: Dict = file.dict(file.trailer.get("Root")?.reference()?)?;
    let named = match catalog.get("AF")? {
        Object::Reference(reference) => file.get(*reference)?,
        other => other.clone(),
    };
    let specifications: Vec<Dict> = named.array()?.iter().map(dict).collect::<Option<_>>()?;
    let mut sources = specifications.iter().filter(|specification| specification.is("AFRelationship", "Source"));
    let (Some(source), None) = (sources.next(), sources.next()) else { return None };
    let embedded = dict(source.get("EF")?)?;
    let (about, bytes) = file.stream(embedded.get("F")?.reference()?)?;
    match about.get("Filter") {
        None => Some(bytes.to_vec()),
        Some(_) if about.is("Filter", "FlateDecode") && about.get("DecodeParms").is_none() => {
            decompress_to_vec_zlib_with_limit(bytes, LIMIT).ok()
        }
        Some(_) => None,
    }
}
