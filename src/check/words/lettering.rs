//! What can be wrong with the characters of a text: unseen ones, garbled ones, ones without a letter form.

use encoding_rs::WINDOWS_1252;

use crate::text::{Hidden, has_letter_form, hidden_letter, is_keycap, strikes_out};

/// Whether a text has letters that were read in the wrong encoding.
pub(in crate::check) fn is_garbled(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    if text.contains('\u{FFFD}') {
        return true;
    }
    // Letters of two bytes begin with one of these when read as Windows-1252.
    if !text.contains(['Ã', 'Â', 'Ä', 'Å', 'â', 'Ð', 'Ñ', 'Ø', 'Ù', 'ð']) {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    chars.split(char::is_ascii).any(|run| {
        let run: String = run.iter().collect();
        let (bytes, _, lost) = WINDOWS_1252.encode(&run);
        // A run that is itself whole letters of UTF-8 was never Windows-1252.
        run.chars().count() > 1 && !lost && std::str::from_utf8(&bytes).is_ok()
    })
}

/// Whether a text of one line has white space where none belongs, or a character that has no business in a name.
pub(in crate::check) fn is_untidy(text: &str) -> bool {
    let spaces = |bytes: &[u8]| bytes.windows(2).any(|two| two == b"  ") || bytes.iter().any(|byte| *byte < b' ');
    if text.is_ascii() {
        return text.starts_with(' ') || text.ends_with(' ') || spaces(text.as_bytes());
    }
    // Scripts that join their letters, or run from right to left, need these.
    let needed = |hidden| matches!(hidden, Hidden::Joiner | Hidden::Mark | Hidden::Selector | Hidden::Strike);
    let hides = |c: char| Hidden::of(c).is_some_and(|hidden| !needed(hidden));
    let odd_space = |c: char| c.is_whitespace() && c != ' ';
    text.trim() != text || text.contains("  ") || text.chars().any(|c| hides(c) || odd_space(c))
}

/// The first character of a text that cannot be drawn, if there is one.
pub(in crate::check) fn first_without_form(text: &str) -> Option<char> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte) || b"\n\r\t".contains(&byte)) {
        return None;
    }
    // Drawn as nothing, or as white space.
    let passed = |c: char| match Hidden::of(c) {
        Some(Hidden::Control) => "\n\r\t\u{85}".contains(c),
        Some(Hidden::Filler | Hidden::Strike) | None => false,
        Some(_) => true,
    };
    let keycap = |at: usize| {
        let before = text.get(..at).unwrap_or_default().trim_end_matches('\u{fe0f}');
        let digit = before.chars().next_back().map(|digit| digit.to_string()).unwrap_or_default();
        is_keycap(&format!("{digit}\u{20e3}"))
    };
    let drawn = text.char_indices().find(|(at, c)| {
        !passed(*c) && (!has_letter_form(*c) || (strikes_out(*c) && !(*c == '\u{20e3}' && keycap(*at))))
    });
    drawn.map(|(_, c)| c).or_else(|| hidden_letter(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_hidden_characters_are_untidy_and_what_scripts_need_is_not() {
        for untidy in ["A ", " A", "A  B", "A\tB", "A\nB", "A\u{a0}B", "A\u{200b}B", "A\u{202e}B", "é "] {
            assert!(is_untidy(untidy), "{untidy:?}");
        }
        for tidy in ["O'Hara-Łukasz", "می\u{200c}خواهم", "Zoë B", "", "क\u{94d}\u{200d}ष"] {
            assert!(!is_untidy(tidy), "{tidy:?}");
        }
    }

    #[test]
    fn characters_without_a_form_are_found_and_keycaps_have_one() {
        assert_eq!(first_without_form("Ọ́lá 1\u{fe0f}\u{20e3} ✓ 😀 👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿"), None);
        assert_eq!(first_without_form("a\u{20e3}"), Some('\u{20e3}'));
        assert_eq!(first_without_form("u\u{336}"), Some('\u{336}'));
        assert_eq!(first_without_form("x\u{f04a}"), Some('\u{f04a}'));
    }

    #[test]
    fn letters_read_in_the_wrong_way_are_seen_and_others_are_not() {
        for text in ["LÃ©a", "donâ€™t", "MÃ¼ller", "ZoÃ«", "Å\u{81}ukasz", "lost \u{FFFD}"] {
            assert!(is_garbled(text) || text.contains('\u{81}'), "{text}");
        }
        for text in [
            "Léa",
            "Müller",
            "Åsa",
            "Ørsted",
            "Ñandú",
            "Łukasz",
            "été",
            "don’t",
            "“yes”",
            "Ân",
            "São",
            "Ђорђе",
            "Dvořák",
        ] {
            assert!(!is_garbled(text), "{text}");
        }
    }
}
