//! One source text with a name, and places in it counted as people count.

use std::ops::Range;

/// A text that was read, under the name it is shown by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How the text is named to people: a path as given, or `<standard input>`.
    pub name: String,
    /// The text itself, UTF-8, without a byte order mark.
    pub text: String,
}

/// A place in a [`Source`]: bytes for machines, line and column for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Byte range in the source text.
    pub span: Range<usize>,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

impl Source {
    /// The place of a byte range; a range beyond the text or inside a character is moved to the nearest character before it.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = self.floor(span.start);
        let end = self.floor(span.end).max(start);
        let before = self.text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Place { span: start..end, line: before.matches('\n').count() + 1, column }
    }

    /// The byte range of the line that holds a byte, without its line ending.
    #[must_use]
    pub fn line_around(&self, at: usize) -> Range<usize> {
        let at = self.floor(at);
        let start = self.text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
        let rest = self.text.get(at..).unwrap_or_default();
        let end = at + rest.find('\n').unwrap_or(rest.len());
        start..end
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = Source { name: "x".into(), text: "a\nżółć = 1\n".into() };
        let at = source.text.find('=').unwrap();
        let place = source.place(at..at + 1);
        assert_eq!((place.line, place.column), (2, 6));
    }

    #[test]
    fn a_span_beyond_the_text_is_its_end() {
        let source = Source { name: "x".into(), text: "é".into() };
        assert_eq!(source.place(1..99).span, 0..2);
    }
}
