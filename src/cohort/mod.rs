//! Many records: from checked records to the bundles of one transfer.
//!
//! Floor 5: may use all floors below. One transfer goes from one school to one school; its bundles are sisters.

mod documents;
mod letter;
mod memory;
mod report;
mod rerender;
mod sender;
mod summary;
mod transfer;

pub use documents::{ChildDocuments, PackInput, Storage};
pub use memory::{KnownPack, Memory, NoMemory};
pub use report::{BundleReport, Duplicate, RecordReport, RunReport, duplicates, mark};
pub use rerender::rerender_sealed;
pub use sender::{Sender, TransferError};
pub use summary::sealed_summary;
pub use transfer::{BundleOutput, group_by_receiver};
