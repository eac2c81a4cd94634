//! The envelopes: one ZIP for one reader at one school, in one canonical form.
//!
//! Floor 4: may use [`crate::sign`] (only what is signed), [`crate::school`], [`crate::text`] and [`crate::problem`]. A bundle holds `START-HERE.html`,
//! sealed PDFs, machine-readable records, and `manifest.json` with its signature. Names leak nothing: they are made of
//! opaque [`references`](ReferenceMaker). On its journey it is in an encrypted envelope. What is read is refused unless it is byte for byte what the writer would write.

mod archive;
mod assemble;
mod envelope;
mod manifest;
mod reference;
mod spool;
mod start_here;

pub use archive::{ArchiveError, MOST_CHILDREN, entries, read_archive, write_archive};
pub use assemble::{Bundle, BundleError, Child, ChildFile, Contents, assemble};
pub use envelope::{EnvelopeError, Lock, Passphrase, lock, lock_of, lock_to_age, unlock, unlock_with_age, unlocks_as};
pub use manifest::{FileKind, Listed, Manifest, OverrideNote};
pub use reference::ReferenceMaker;
pub use spool::{HeldSpool, Spool, SpoolError, Spooled};
pub use start_here::is_start_here;
