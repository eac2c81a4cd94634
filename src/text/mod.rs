//! Text: a source file, its lines, where a value stands in it, and what a plain line is.
//!
//! Floor 0: uses nothing of ours. Typed structs carry no spans; whoever has something to say about a value
//! names its path (`attendance.periods[1].possible`) and [`Locator`] finds the place in the kept document.

mod letters;
mod line;
mod locator;
mod source;
mod words;

pub use letters::{character_name, has_letter_form, hidden_letter, is_keycap, is_regional_flag, is_tag};
pub use line::{
    LONGEST_CERTIFICATE_NAME, LONGEST_NOTE, LONGEST_SCHOOL_NAME, LineFlaw, Note, PlainLine, is_plain_line, tidy_line,
};
pub use locator::{Locator, NodeId, Step, is_at_or_under, join, parent};
pub use source::{Place, Source};
pub(crate) use words::say;
pub use words::{Language, said, said_with, speaking, spoken};

/// Bytes in hexadecimal, with small letters.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Whether a character hides, reorders, colours or breaks what stands around it: never part of an honest name.
#[must_use]
pub fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        // Drawn as nothing: soft hyphens, joiners, fillers, variation selectors, tags.
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || strikes_out(c)
}

/// Whether a character is drawn over the one before it, as a line through it or a ring around it.
#[must_use]
pub fn strikes_out(c: char) -> bool {
    matches!(c, '\u{334}'..='\u{338}' | '\u{20d0}'..='\u{20f0}')
}
