//! What a record says, asked by several themes: its facts, and which of them were weighed.

pub(in crate::check) mod attendance;
pub(in crate::check) mod collect;
pub(in crate::check) mod events;
pub(in crate::check) mod fact;
pub(in crate::check) mod missed;
pub(in crate::check) mod notes;
pub(in crate::check) mod one_account;
pub(in crate::check) mod open;
pub(in crate::check) mod people;
pub(in crate::check) mod plans;
pub(in crate::check) mod reasons;
pub(in crate::check) mod risks;
pub(in crate::check) mod sharing;
pub(in crate::check) mod small_signs;
pub(in crate::check) mod unweighed;
pub(in crate::check) mod voice;
pub(in crate::check) mod weighed;
