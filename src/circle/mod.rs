//! Who reads what: circles of readers, the documents that show them a record, the bundles that bring them.
//!
//! Floor 0: may use nothing of ours.

mod audience;
mod bundle_kind;
mod pack_kind;

pub use audience::Audience;
pub use bundle_kind::BundleKind;
pub use pack_kind::PackKind;
