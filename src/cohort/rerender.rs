//! A sealed pack typeset and sealed again from the record in it: proof that its pages say what its data say.

use std::collections::BTreeMap;

use super::sender::{place, seal_words};
use crate::document::{Enclosure, RenderError, RerenderError, Typesetter};
use crate::sign::{Certificate, attachments, is_sealed_from};
use crate::verify::Rerendered;

/// Compares a sealed PDF with what comes out of the record in it. To be done in bounds of time and memory, as the data
/// are a stranger's and no rule has checked them. `certificate` is the seal's, which was verified; `templates` the
/// SHA-256 of those the engine uses, where they are not the built-in ones.
#[must_use]
pub fn rerender_sealed(
    engine: &dyn Typesetter,
    templates: Option<&str>,
    sealed: &[u8],
    certificate: &Certificate,
) -> Rerendered {
    let files = attachments(sealed).unwrap_or_default();
    let Some(source) = files.iter().find(|file| file.is_source) else { return Rerendered::NotCompared };
    let others: BTreeMap<&str, &[u8]> =
        files.iter().filter(|file| !file.is_source).map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    let enclosure = Enclosure { source: &source.bytes, others };
    match enclosure.typeset(engine, templates, &|day| seal_words(certificate, day)) {
        Ok(pdf) if is_sealed_from(sealed, &pdf, &place(certificate)) => Rerendered::Alike,
        // A stranger's data that keep the engine busy for ever tell nothing.
        Err(RerenderError::Maker | RerenderError::Render(RenderError::Engine(_))) => Rerendered::NotCompared,
        Ok(_) | Err(RerenderError::Record | RerenderError::Render(_)) => Rerendered::Different,
    }
}
