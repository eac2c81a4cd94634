//! Seals: bytes in, bytes out. Knows nothing of pupils.
//!
//! Floor 3: uses nothing of ours but [`crate::text`] and [`crate::problem`]. An [`Identity`] is a school's key and certificate;
//! [`seal_pdf`] puts a PAdES baseline B-B seal on a PDF, or B-T with a timestamp, [`sign_detached`] signs any bytes; [`read_seal()`] and
//! [`read_detached`] read signatures back under a strict, closed profile and answer with facts or the first refusal.
//! A [`Statement`] is what a person can read and this program can prove in one text file.
//! The stages are types: [`Identity`], [`Sealed`], [`Seal`].

mod attached;
mod certificate;
mod cms;
mod cms_parts;
mod fingerprint;
mod identity;
mod key;
mod pades;
pub mod pdf;
mod profile;
mod read_seal;
mod reason_code;
mod refusal;
mod statement;
mod timestamp;

pub use attached::{Attached, attached_source, attachments};
pub use certificate::{Certificate, CertificateProblem};
pub use cms::{Signed, read_detached, sign_detached};
pub use fingerprint::Fingerprint;
pub use identity::{Identity, IdentityError};
pub use pades::{SealError, SealPlace, Sealed, is_sealed_from, seal_pdf};
pub use read_seal::{Seal, SealedPdf, read_seal};
pub use reason_code::{Family, ReasonCode};
pub use refusal::Refusal;
pub use statement::{
    Stated, Statement, StatementError, holds_statement, read_statement, sign_statement, statement_signer, statements_in,
};
pub use timestamp::{TimestampError, TimestampService, Token};
