//! What a receiving school reads of a whole year group, sealed with its own key.

use jiff::Timestamp;

use super::sender::{TransferError, place, seal_words};
use crate::check::Policy;
use crate::document::{Branding, PackDetails, Section, SummaryKind, Typesetter, render_summary};
use crate::record::Day;
use crate::sign::{Identity, seal_pdf};

/// Typesets and seals a summary; `school` is the name of the receiving school, `at` the moment of the seal.
///
/// # Errors
/// [`TransferError::Render`] or [`TransferError::Seal`].
pub fn sealed_summary(
    (engine, identity): (&dyn Typesetter, &Identity),
    kind: SummaryKind,
    school: &str,
    sections: Vec<Section>,
    (day, at): (Day, Timestamp),
) -> Result<Vec<u8>, TransferError> {
    let (policy, branding) = (Policy::default(), Branding::default());
    let seal = seal_words(identity.certificate(), day);
    let reference = day.to_string();
    let details = PackDetails::new(&reference, day, &policy, seal, &branding);
    let pdf = render_summary(engine, kind, school, sections, &details).map_err(TransferError::Render)?;
    let sealed = seal_pdf(identity, &pdf, &place(identity.certificate()), at, None);
    sealed.map(|sealed| sealed.pdf).map_err(TransferError::Seal)
}
