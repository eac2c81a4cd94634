//! What a receiving school has got: each bundle that was accepted, the children in it, what is missing, what changed, and the
//! receipts that go back.
//!
//! Floor 5: may use [`crate::verify`], [`crate::bundle`], [`crate::embedded_record`], [`crate::circle`], [`crate::record`],
//! [`crate::school`], [`crate::sign`], [`crate::text`] and [`crate::problem`]. Nothing here touches a file: what was accepted
//! is kept beside the packs as [`Received`], and the [`Register`] is made out of all of them anew, so that it can always be
//! made again.

mod changes;
mod expected;
mod expiry;
mod names;
mod pages;
mod recall;
mod receipt;
mod received;
mod register;
mod sheets;

pub use changes::{Change, changes, in_words};
pub use expected::{ExpectedChild, Missing, expected_of, missing};
pub use expiry::{DuePack, DueReason, LegalHold, due_packs};
pub use names::{bundle_folder, pack_file};
pub use pages::{CirclePage, IndexError, circle_page, quarantine_page};
pub use recall::{Recall, RecallReason, RecalledPack};
pub use receipt::{Acknowledged, AcknowledgedPack, PackOutcome, ReadBy, Receipt};
pub use received::{Accepted, GoneBundle, Quarantined, Received, ReceivedPack, RejectedBundle};
pub use register::{Child, Register, State};
pub use sheets::{csv_of, sheet_rows, xlsx_of};
