//! The sending school at work, and what can go wrong.

use std::fmt;

use jiff::Timestamp;

use crate::bundle::{BundleError, ReferenceMaker, SpoolError};
use crate::check::Policy;
use crate::document::{Branding, PackDetails, RenderError, Typesetter};
use crate::record::{Day, Upn};
use crate::sign::{Certificate, Identity, Refusal, SealError, SealPlace, TimestampService, seal_pdf};
use crate::text::say;

/// Where the seal's field lies on the first page: over the footer, beside the page number.
const SEAL_RECTANGLE: [i64; 4] = [51, 28, 400, 62];

/// The sending school at work: its identity, its engine, the day and the moment.
pub struct Sender<'a> {
    /// Who typesets.
    pub engine: &'a dyn Typesetter,
    /// The SHA-256 of the templates, where they are not the built-in ones.
    pub templates: Option<String>,
    /// How the school's pages look.
    pub branding: &'a Branding,
    /// The signing identity.
    pub identity: &'a Identity,
    /// A person who signs the manifests beside the school.
    pub person: Option<&'a Identity>,
    /// Makes opaque references.
    pub references: &'a ReferenceMaker,
    /// The day printed on the packs.
    pub day: Day,
    /// The time the seals claim.
    pub at: Timestamp,
    /// What the school has settled for itself.
    pub policy: &'a Policy,
    /// Who is asked for timestamps, if anybody.
    pub timestamps: Option<&'a dyn TimestampService>,
}

impl Sender<'_> {
    /// The child's opaque reference.
    pub(super) fn reference(&self, upn: &Upn) -> String {
        self.references.child(&upn.to_string())
    }

    /// A PDF sealed as at a moment.
    pub(super) fn sealed(&self, pdf: &[u8], at: Timestamp) -> Result<Vec<u8>, TransferError> {
        let place = place(self.identity.certificate());
        let sealed = seal_pdf(self.identity, pdf, &place, at, self.timestamps);
        sealed.map(|sealed| sealed.pdf).map_err(TransferError::Seal)
    }

    /// What is printed on every page of a document of a day, beside what it says.
    pub(super) fn details(&self, reference: &str, day: Day) -> PackDetails<'_> {
        let seal = seal_words(self.identity.certificate(), day);
        let details = PackDetails::new(reference, day, self.policy, seal, self.branding);
        PackDetails { templates: self.templates.clone(), ..details }
    }
}

/// Why documents or bundles could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferError {
    /// A document could not be rendered.
    Render(RenderError),
    /// A document could not be sealed.
    Seal(SealError),
    /// A finished document could not be kept.
    Spool(SpoolError),
    /// A bundle could not be made.
    Bundle(BundleError),
    /// The record could not be written as data.
    Data(String),
    /// What was made is not what its receiver would call genuine: never handed out.
    NotGenuine(Refusal),
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Render(error) => error.fmt(f),
            Self::Seal(error) => error.fmt(f),
            Self::Spool(error) => error.fmt(f),
            Self::Bundle(error) => error.fmt(f),
            Self::Data(error) => f.write_str(error),
            Self::NotGenuine(refusal) => {
                write!(f, "the receiving school would refuse the bundle, so it was not made. {refusal}")
            }
        }
    }
}

impl std::error::Error for TransferError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Render(error) => Some(error),
            Self::Seal(error) => Some(error),
            Self::Spool(error) => Some(error),
            Self::Bundle(error) => Some(error),
            Self::Data(_) | Self::NotGenuine(_) => None,
        }
    }
}

/// Where a seal lies, and what is said about it.
pub(super) fn place(certificate: &Certificate) -> SealPlace {
    let holder = certificate.holder();
    SealPlace {
        rectangle: SEAL_RECTANGLE,
        description: format!("Electronic seal of {holder}. Click to see whether the document was changed."),
        name: holder,
    }
}

/// What the page says about the seal: no more than it is.
pub(super) fn seal_words(certificate: &Certificate, day: Day) -> Vec<String> {
    vec![
        say!(
            "Sealed electronically by {holder} on {day}. Any later change breaks the seal.",
            holder = certificate.holder(),
            day = day.long()
        ),
        say!(
            "The fingerprint of its certificate is {fingerprint}.",
            fingerprint = certificate.fingerprint().in_groups()
        ),
        say!(
            "Ring the sending school on the number given by Get Information about Schools, and have it confirm its certificate. The words that are asked for then are not printed here: they are to be heard. An electronic seal shows origin and integrity; it makes no claim to a higher legal level."
        ),
        say!("To check it: the signature panel of a PDF reader, or handover verify FILE."),
    ]
}
