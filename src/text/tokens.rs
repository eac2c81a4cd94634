//! The pieces of a TOML text: strings, comments, brackets. Also of one that cannot be read as a whole.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The bytes of the first piece of some text: a string with its quotation marks, a comment, a bracket, a word. A string
/// that is not closed goes to the end of its line, or of everything where its marks are three.
#[must_use]
pub fn first_token(text: &str) -> usize {
    Source::new(text).lex().next().map_or(0, |token| token.span().end())
}

/// The pieces of a line that stand neither in quotation marks nor in a comment, each with its place.
pub fn bare_pieces(line: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let is_bare = |kind: TokenKind| {
        !matches!(
            kind,
            TokenKind::LiteralString
                | TokenKind::BasicString
                | TokenKind::MlLiteralString
                | TokenKind::MlBasicString
                | TokenKind::Comment
        )
    };
    let pieces = Source::new(line).lex().filter(move |token| is_bare(token.kind()));
    pieces.filter_map(|token| {
        let place = token.span().start()..token.span().end();
        line.get(place.clone()).map(|piece| (place, piece))
    })
}

/// All pieces of a text, each with its place: strings with their marks, comments, words, white space.
pub fn pieces(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    Source::new(text).lex().filter_map(|token| {
        let place = token.span().start()..token.span().end();
        text.get(place.clone()).map(|piece| (place, piece))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_piece_with_its_marks() {
        for (text, length) in [
            ("\"a\" b", 3),
            ("\"a\\\"b\" c", 6),
            ("'a\\' b", 4),
            ("\"\"\"a\nb\"\"\"\" c", 10),
            ("\"open\nnext", 5),
            ("'''open\nnext", 12),
            ("# all of it\nnext", 11),
            ("", 0),
        ] {
            assert_eq!(first_token(text), length, "{text}");
        }
    }

    #[test]
    fn texts_and_comments_are_passed_over() {
        let bare: String = bare_pieces("a = [\"b # ]\", 'c'] # d\n").map(|(_, piece)| piece).collect();
        assert_eq!(bare, "a = [, ] \n");
    }
}
