//! The entries with the child's words.

use crate::check::context::Context;
use crate::record::{VoiceEntry, blank};

/// The voice entries with their numbers.
pub(in crate::check) fn entries<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a VoiceEntry)> {
    c.record.voice.iter().flat_map(|voice| voice.entries.iter().enumerate())
}

/// Whether the child's voice could not be had, with a reason given.
pub(in crate::check) fn voice_not_obtained(c: &Context<'_>) -> bool {
    let voice = c.record.voice.as_ref();
    voice.is_some_and(|voice| voice.entries.is_empty() && !blank(voice.not_obtained_reason.as_deref()))
}
