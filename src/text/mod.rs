//! Places in text: a source file, its lines, and where a value stands in it.
//!
//! Floor 0: uses nothing of ours. Typed structs carry no spans; whoever has something to say about a value
//! names its path (`attendance.periods[1].possible`) and [`Locator`] finds the place in the kept document.

mod locator;
mod source;

pub use locator::{Locator, NodeId, Step, is_at_or_under, join, parent};
pub use source::{Place, Source};

/// Whether a character hides, reorders, colours or breaks what stands around it: never part of an honest name.
#[must_use]
pub fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
