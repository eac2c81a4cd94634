//! A small, strict view of PDF: just what a seal needs, and nothing that a forger could use.
//!
//! Accepts the closed profile that this program writes (PDF 1.7, classic cross-reference tables, at most one update)
//! and refuses everything else, so that every reader of a file sees what was sealed.

mod file;
mod object;

pub use file::{File, FileError};
pub use object::{Dict, Object, Reference, write};
