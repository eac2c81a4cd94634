//! For which characters the fonts that are compiled in have a letter form.
//!
//! The list is kept as a file, because the part of the program that only validates has no fonts; a test compares it with
//! them, and `tests/redraw` writes it anew.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::hidden::is_tag;

/// Ranges of code points in hexadecimal, one a line: `20-7E`.
const LETTER_FORMS: &str = include_str!("../../templates/fonts/letter-forms.txt");

static RANGES: LazyLock<Vec<RangeInclusive<u32>>> = LazyLock::new(|| {
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    let range = |line: &str| {
        let (first, last) = line.split_once('-').unwrap_or((line, line));
        Some(number(first)?..=number(last)?)
    };
    LETTER_FORMS.lines().filter_map(range).collect()
});

/// Whether a compiled-in font has a letter form for a character.
#[must_use]
pub fn has_letter_form(c: char) -> bool {
    let code = u32::from(c);
    let after = RANGES.partition_point(|range| *range.start() <= code);
    after.checked_sub(1).and_then(|at| RANGES.get(at)).is_some_and(|range| range.contains(&code))
}

/// The name that Unicode gives a character, in capitals; its number where it has none.
#[must_use]
pub fn character_name(c: char) -> String {
    unicode_names2::name(c).map_or_else(|| format!("U+{:04X}", u32::from(c)), |name| name.to_string())
}

/// Whether some characters are a keycap emoji: a digit, `#` or `*` in a frame.
#[must_use]
pub fn is_keycap(cluster: &str) -> bool {
    let mut characters = cluster.chars();
    let framed = characters.next().is_some_and(|c| c.is_ascii_digit() || "#*".contains(c));
    let rest = characters.as_str().trim_start_matches('\u{fe0f}');
    framed && rest == "\u{20e3}"
}

/// The flags of England, Scotland and Wales: a black flag, and letters that nobody sees.
const REGIONAL_FLAGS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Whether some characters are the flag of England, Scotland or Wales.
#[must_use]
pub fn is_regional_flag(cluster: &str) -> bool {
    let mut characters = cluster.chars();
    let is_black = characters.next() == Some('\u{1f3f4}');
    let letter = |c: char| u32::from(c).checked_sub(0xe0000).and_then(char::from_u32);
    let spelt: Option<String> = characters.map(letter).collect();
    is_black
        && spelt.is_some_and(|spelt| spelt.strip_suffix('\u{7f}').is_some_and(|name| REGIONAL_FLAGS.contains(&name)))
}

/// The first letter of hidden text in some words: one that spells no flag's region.
#[must_use]
pub fn hidden_letter(text: &str) -> Option<char> {
    let mut rest = text;
    while let Some(at) = rest.find(is_tag) {
        let flag = rest.get(..at).and_then(|before| before.char_indices().next_back()).map_or(at, |(start, _)| start);
        let end = at + rest.get(at..).and_then(|tags| tags.find(|c| !is_tag(c))).unwrap_or(rest.len() - at);
        if !rest.get(flag..end).is_some_and(is_regional_flag) {
            return rest.get(at..).and_then(|tags| tags.chars().next());
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_letters_have_a_form_and_rare_ones_have_none() {
        for c in "aZ9é’ŁжΩ漢あ가אب😀☺".chars() {
            assert!(has_letter_form(c), "U+{:04X}", u32::from(c));
        }
        for c in ['\u{7}', '\u{e000}', '\u{13000}', '\u{10ffff}'] {
            assert!(!has_letter_form(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn a_keycap_is_a_digit_in_a_frame() {
        assert!(is_keycap("1\u{fe0f}\u{20e3}") && is_keycap("#\u{20e3}"));
        assert!(!is_keycap("a\u{20e3}") && !is_keycap("1") && !is_keycap("1\u{20e3}\u{20e3}"));
    }

    #[test]
    fn flags_of_regions_are_known_and_other_hidden_letters_found() {
        assert!(is_regional_flag("🏴󠁧󠁢󠁥󠁮󠁧󠁿") && !is_regional_flag("🏴") && !is_regional_flag("🏴\u{e0064}"));
        assert_eq!(hidden_letter("a 🏴󠁧󠁢󠁥󠁮󠁧󠁿 b 🏴󠁧󠁢󠁳󠁣󠁴󠁿"), None);
        assert_eq!(hidden_letter("a 🏴󠁧󠁢󠁥󠁮󠁧󠁿 \u{e0068}"), Some('\u{e0068}'));
        assert_eq!(hidden_letter("🏴\u{e0064}"), Some('\u{e0064}'));
    }
}
