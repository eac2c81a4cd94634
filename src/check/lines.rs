//! Names and numbers as plain lines, and characters that have no letter form: found here, with their place, before they
//! can spoil a seal or a page.

use super::rule::{Context, Hit, Judge, Rule, Source};
use super::words::Flaw;
use crate::problem::Severity::{Error, Info, Warning};
use crate::record::blank;
use crate::text::{
    LONGEST_SCHOOL_NAME, LineFlaw, character_name, has_letter_form, hidden_letter, is_keycap, misleads, strikes_out,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "ID-21",
        severity: Error,
        title: "The name of a school is not one plain line",
        why: "The school's name stands in the signed list of every bundle. A space too many, or a character that cannot be seen, would let a forger draw lines of their own, so the receiving school's program refuses such a name.",
        source: Source::Ours,
        next: "Run `handover fix`, or type the name anew.",
        precisely: Some(
            "No space at an end, none doubled, no line break or tab, no character that hides, reorders or strikes out, at most 200 letters.",
        ),
        bad: "[receiving_school]\nname = \"Northgate Example Academy \"\n",
        good: "[receiving_school]\nname = \"Northgate Example Academy\"\n",
        judge: Judge::Each(school_names),
    },
    Rule {
        code: "ID-22",
        severity: Warning,
        title: "A name or number has a space too many, or a character that cannot be seen",
        why: "Such a character comes along when something is copied. Nobody sees it, and a search for the name or number does not find it.",
        source: Source::Ours,
        next: "Run `handover fix`, or type it anew.",
        precisely: Some(
            "Fields of at most 200 letters: a space at an end, two together, a line break or tab, or a character that hides, reorders or strikes out. Joiners and marks of direction, which some scripts need, are left.",
        ),
        bad: "[pupil]\nlegal_surname = \"Example \"\n",
        good: "[pupil]\nlegal_surname = \"Example\"\n",
        judge: Judge::Each(|c| c.texts_with(Flaw::Untidy)),
    },
    Rule {
        code: "ID-23",
        severity: Info,
        title: "A character has no letter form here, so that the pages print its name in brackets",
        why: "Words are never changed to suit a font. Where a character cannot be drawn, its name stands in its place, so that nobody takes the words for shorter than they are.",
        source: Source::Ours,
        next: "Nothing, if that is how it was written. A sign that a word processor has put there may be written as a word.",
        precisely: None,
        bad: "[pupil]\npronunciation = \"A bird \u{13171}\"\n",
        good: "[pupil]\npronunciation = \"A bird\"\n",
        judge: Judge::Each(without_letter_form),
    },
];

fn school_names(c: &Context<'_>) -> Vec<Hit> {
    let sending = c.record.sending_school.as_ref().and_then(|school| school.name.as_deref());
    let receiving = c.record.receiving_school.as_ref().and_then(|school| school.name.as_deref());
    let named = [(sending, "sending_school.name"), (receiving, "receiving_school.name")];
    let hit = |(name, path): (Option<&str>, &str)| {
        let name = name.filter(|name| !blank(Some(name)))?;
        let flaw = LineFlaw::of(name, LONGEST_SCHOOL_NAME)?;
        Some(Hit::at(path).because(format!("The name of a school is not one plain line: {flaw}")))
    };
    named.into_iter().filter_map(hit).collect()
}

/// Whether a text of one line has white space where none belongs, or a character that has no business in a name.
pub(super) fn is_untidy(text: &str) -> bool {
    let spaces = |bytes: &[u8]| bytes.windows(2).any(|two| two == b"  ") || bytes.iter().any(|byte| *byte < b' ');
    if text.is_ascii() {
        return text.starts_with(' ') || text.ends_with(' ') || spaces(text.as_bytes());
    }
    // Scripts that join their letters, or run from right to left, need these.
    let needed = |c: char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{61c}' | '\u{fe00}'..='\u{fe0f}');
    let hides = |c: char| misleads(c) && !needed(c) && !strikes_out(c);
    let odd_space = |c: char| c.is_whitespace() && c != ' ';
    text.trim() != text || text.contains("  ") || text.chars().any(|c| hides(c) || odd_space(c))
}

/// The texts in which a character has no letter form, each with its first.
fn without_letter_form(c: &Context<'_>) -> Vec<Hit> {
    let hit = |(flaw, path): &(Flaw, String)| {
        let Flaw::NoLetterForm(c) = flaw else { return None };
        let (code, name) = (u32::from(*c), character_name(*c));
        let message = format!("U+{code:04X} has no letter form here, so that the pages print [{name}]");
        Some(Hit::at(path.as_str()).because(message))
    };
    c.flaws().iter().filter_map(hit).collect()
}

/// The first character of a text that cannot be drawn, if there is one.
pub(super) fn first_without_form(text: &str) -> Option<char> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte) || b"\n\r\t".contains(&byte)) {
        return None;
    }
    // Drawn as nothing, or as white space.
    let passed = |c: char| {
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
            || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{ad}' | '\u{85}' | '\u{fe00}'..='\u{fe0f}')
            || matches!(c, '\u{e0000}'..='\u{e007f}' | '\n' | '\r' | '\t')
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
}
