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

/// Whether a text is one line of at most so many characters that cannot draw lines of its own: nothing that misleads, and
/// no space but single ones between words.
#[must_use]
pub fn is_plain_line(text: &str, most: usize) -> bool {
    let spaces = |c: char| c.is_whitespace() && c != ' ';
    text.chars().count() <= most
        && !text.chars().any(|c| misleads(c) || spaces(c))
        && !text.contains("  ")
        && text.trim() == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cannot_draw_lines_of_its_own() {
        assert!(is_plain_line("St. Bríd’s C.E. School", 64));
        for drawn in
            ["A  B", "A\u{a0}B", "A\u{3000}B", "A\nB", " A", "A\u{ad}B", "A\u{9b}1mB", "A\u{3164}B", "A\u{336}B"]
        {
            assert!(!is_plain_line(drawn, 64), "{drawn:?}");
        }
        assert!(!is_plain_line(&"A".repeat(65), 64));
    }
}
