//! Judges what arrived: facts first, one bottom line, three answers.
//!
//! Floor 4: may use [`crate::bundle`], [`crate::embedded_record`], [`crate::sign`], [`crate::school`], [`crate::text`] and [`crate::problem`]. Fail closed: whatever is not known to be
//! right is not genuine; whoever is not confirmed is not trusted.

mod bundle;
mod card;
mod facts;
mod judge;
mod known_card;
mod reasons;
mod role;
mod signed_list;
mod signer;
mod trust;

pub use card::Card;
pub use facts::{Answer, Countersigned, Facts, Judgement, Rerendered, TimestampFound, Verdict};
pub use judge::{judge, signer_of};
pub use known_card::KnownCard;
pub use reasons::{Next, Reason, reason};
pub use role::Role;
pub use signed_list::{Imported, LARGEST_SERIAL, SignedList};
pub use signer::{ListSeen, LocalSchool, Revoked, Signer};
pub use trust::{NOT_CONFIRMED, Trust, TrustError};
