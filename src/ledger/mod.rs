//! What a school has made and sent, in one file that outlives the runs: an embedded database.
//!
//! Floor 6: may use [`crate::cohort`] (only what a known pack is), [`crate::bundle`], [`crate::circle`],
//! [`crate::school`] and [`crate::text`]. There is no name in it and no free text: references, digests, days, numbers of
//! schools. Whoever opens it hands in the connection, as nothing below the command line touches files.

mod error;
mod history;
mod later;
mod status;
mod store;

pub use error::LedgerError;
pub use history::{Flaw, Head};
pub use later::SentPack;
pub use status::{Acknowledgement, ChildStatus, Kept, Said};
pub use store::{Ledger, Made, Sent, SentBundle};
