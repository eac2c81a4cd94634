//! Many records: from checked records to the bundles of one transfer.
//!
//! Floor 5: may use all floors below. One transfer goes from one school to one school; its bundles are sisters.

mod documents;
mod letter;
mod memory;
mod rerender;
mod transfer;

pub use documents::{ChildDocuments, PackInput, Storage};
pub use memory::{KnownPack, Memory, NoMemory};
pub use rerender::rerender_sealed;
pub use transfer::{BundleOutput, Sender, TransferError, group_by_receiver};
