//! The envelopes: one ZIP for one reader at one school, in one canonical form.
//!
//! Floor 4: may use [`crate::sign`] (only what is signed) and [`crate::problem`]. A bundle holds `START-HERE.html`,
//! sealed PDFs, machine-readable records, and `manifest.json` with its signature. Names leak nothing: they are made of
//! opaque [`references`](ReferenceMaker). What is read is refused unless it is byte for byte what the writer would write.

mod archive;
mod assemble;
mod manifest;
mod reference;
mod start_here;

pub use archive::{ArchiveError, read_archive, write_archive};
pub use assemble::{Bundle, BundleError, Child, ChildFile, Contents, assemble};
pub use manifest::{BundleKind, FileKind, Listed, Manifest, OverrideNote, Party};
pub use reference::ReferenceMaker;
