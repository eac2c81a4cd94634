//! The envelopes: one ZIP for one reader at one school, in one canonical form.
//!
//! Floor 4: may use [`crate::sign`] (only what is signed), [`crate::school`], [`crate::text`] and [`crate::problem`]. A bundle holds `START-HERE.html`,
//! sealed PDFs, machine-readable records, and `manifest.json` with its signature. Names leak nothing: they are made of
//! opaque [`references`](ReferenceMaker). On its journey it is in an encrypted envelope. What is read is refused unless it is byte for byte what the writer would write.

mod age_envelope;
mod archive;
mod assemble;
mod envelope;
mod manifest;
mod part;
mod reference;
mod spool;
mod start_here;

pub use age_envelope::{AgeKey, is_age_recipient, lock_to_age, unlock_with_age};
pub use archive::{ArchiveError, MOST_CHILDREN, entries, read_archive, write_archive};
pub use assemble::{Bundle, BundleError, Child, ChildFile, Contents, assemble};
pub use envelope::{EnvelopeError, Lock, Passphrase, is_whole_envelope, lock, lock_of, unlock, unlocks_as};
pub use manifest::{FileKind, Listed, Manifest, OverrideNote};
pub use part::{Part, join_parts, split_into_parts};
pub use reference::ReferenceMaker;
pub use spool::{HeldSpool, Spool, SpoolError, Spooled};
pub use start_here::is_start_here;
