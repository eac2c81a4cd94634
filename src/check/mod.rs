//! The rules: what a record must say before a child is handed over with it.
//!
//! Floor 2: may use [`crate::circle`], [`crate::record`], [`crate::school`], [`crate::text`] and [`crate::problem`].
//! Inside it, from below: `words` (phrases, and what is wrong with a text), `facts` (what several themes ask of a record),
//! `context` (what a rule may know), `themes` (the rules, one file a theme, none of which uses another), `registry` (all of
//! them), `outcome` (the judgement). A rule is one function and one row in its theme's table: it gets the record and answers
//! with hits, and never prints. [`Checked`] can only come from [`check()`]; nothing else can be rendered as a final pack.

mod briefing;
mod calendar;
#[cfg(feature = "pack")]
mod compressed;
mod construction;
mod context;
mod copy;
mod example_parts;
mod facts;
mod hit;
mod names_in_path;
mod outcome;
mod policy;
mod policy_file;
mod record_summary;
mod registry;
mod rule;
mod themes;
mod words;

#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod more_examples;

pub use briefing::{BRIEFING, Lesson};
pub use calendar::{Calendar, deadline};
#[cfg(feature = "pack")]
pub use compressed::CompressedRecord;
pub use construction::{BY_CONSTRUCTION, ByConstruction};
pub use context::Context;
pub use facts::fact::KEYWORDS as FACTS;
pub use hit::Hit;
pub use names_in_path::looks_like_a_name;
pub use outcome::{CheckOptions, Checked, Outcome, Override, check, check_cross_record, check_one, withholds};
pub use policy::{Policy, REVIEWS_THRESHOLD};
pub use policy_file::{is_reason, policy_schema};
pub use record_summary::RecordSummary;
pub use registry::{THEMES, rule, rules};
pub use rule::{Judge, Rule, Source};
