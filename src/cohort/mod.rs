//! Many records: from checked records to the bundles of one transfer.
//!
//! Floor 5: may use all floors below. One transfer goes from one school to one school; its bundles are sisters.

mod again;
mod letter;
mod transfer;

pub use again::typeset_again;
pub use transfer::{BundleOutput, ChildDocuments, PackInput, Sender, TransferError, group_by_receiver};
