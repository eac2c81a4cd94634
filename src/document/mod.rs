//! From a checked record to a PDF for one circle of readers.
//!
//! Floor 3: may use [`crate::check`] (only `Checked`), [`crate::record`], [`crate::picture`], [`crate::text`] and [`crate::problem`]. The
//! way: the record is cut down to the readers, `sections` turn it into a [`View`] (plain data, all words decided), the
//! templates turn the view into pages. No file system, no clock, no network; data reaches the engine as data, never as
//! source.

mod already_said;
mod attachments;
mod branding;
mod cohort_summary;
mod embed;
mod engine;
mod fit;
mod fonts;
mod genogram;
mod languages;
mod layout;
mod letter;
mod other_packs;
mod pack;
mod printable;
mod rerender;
mod sections;
mod subject;
mod timeline;
mod translation;
mod view;
mod view_data;

pub use branding::{Branding, BrandingError};
pub use cohort_summary::{
    CohortChild, FeederCount, SummaryKind, briefing_sections, cohort_sections, render_summary, voices_sections,
};
pub use engine::{Engine, EngineError, Job, TEMPLATES, TemplateProblem, Typeset, Typesetter, keep_to_one_processor};
pub use genogram::figure::{Figure, Genogram, Sign, Stroke};
pub use genogram::genogram;
pub use layout::{Layout, Wanted};
pub use letter::{Enclosed, Letter, LetterData, LetterParty, render_letter};
pub use other_packs::OtherPacks;
pub use pack::{Pack, PackContent, RenderError, has_send_content, render};
pub use rerender::{Enclosure, RerenderError};
pub use subject::{PackDetails, Subject};
pub use timeline::{Mark, Timeline};
pub use translation::{TranslationError, WORDS, translation};
pub use view::{Block, Section, View};
