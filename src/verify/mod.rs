//! Judges what arrived: facts first, one bottom line, three answers.
//!
//! Floor 4: may use [`crate::bundle`], [`crate::sign`], [`crate::school`], [`crate::text`] and [`crate::problem`]. Fail closed: whatever is not known to be
//! right is not genuine; whoever is not confirmed is not trusted.

mod about;
mod bundle;
mod facts;
mod judge;
mod reasons;
mod role;
mod signed_list;
mod signer;
mod trust;

pub use about::Named;
pub use facts::{Again, Answer, Countersigned, Facts, Judgement, Stamped, Verdict};
pub use judge::{judge, signer_of};
pub use reasons::{Next, REASONS, Reason, reason};
pub use role::Role;
pub use signed_list::{Imported, LARGEST_SERIAL, SignedList};
pub use signer::{ListSeen, LocalSchool, Revoked, Signer};
pub use trust::{NOT_CONFIRMED, Trust, TrustError};
