//! From a checked record to a PDF for one circle of readers.
//!
//! Floor 3: may use [`crate::check`] (only `Checked`), [`crate::record`] and [`crate::problem`]. The way: the record is
//! cut down to the readers, `sections` turn it into a [`View`] (plain data, all words decided), the templates turn
//! the view into pages. No file system, no clock, no network; data reaches the engine as data, never as source.

mod engine;
mod pack;
mod printable;
mod sections;
mod view;

pub use engine::Engine;
pub use pack::{Pack, PackKind, RenderError, Stamp, has_send_content, render};
pub use view::{Block, Section, View};
