//! Text that prints harmlessly: nothing invisible that joins, hides or reorders words, and no endless word.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::strikes_out;

/// A run of characters without a space this long may be broken anywhere.
const LONGEST_WORD: usize = 24;

/// A text as the page prints it: NFC, tabs as spaces, without control characters, bidirectional overrides and
/// private-use characters, with break opportunities in very long words. Line feeds stay.
#[must_use]
pub(super) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    // Marks that turn the direction have a meaning beside letters that run from right to left; elsewhere they reorder.
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}');
    let may_turn = text.chars().any(runs_leftwards);
    for c in text.replace("\r\n", "\n").nfc() {
        let c = match c {
            '\t' | '\r' => ' ',
            '\n' => '\n',
            c if unprintable(c) || (turns(c) && !may_turn) => continue,
            c => c,
        };
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_WORD {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(c);
    }
    out
}

/// All texts of a value made printable.
pub(super) fn make_printable(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text),
        Value::Array(items) => items.iter_mut().for_each(make_printable),
        Value::Object(fields) => fields.values_mut().for_each(make_printable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The first character of a value's texts for which there is no glyph, and the path of the text.
pub(super) fn first_uncovered(value: &Value, covered: &dyn Fn(char) -> bool) -> Option<(char, String)> {
    let under = |name: String, value: &Value| {
        let (c, path) = first_uncovered(value, covered)?;
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        Some((c, format!("{name}{dot}{path}")))
    };
    match value {
        Value::String(text) => {
            let found = text.chars().find(|c| !c.is_ascii() && !is_invisible(*c) && (strikes_out(*c) || !covered(*c)));
            found.or_else(|| heaped(text)).map(|c| (c, String::new()))
        }
        Value::Array(items) => items.iter().enumerate().find_map(|(number, item)| under(format!("[{number}]"), item)),
        Value::Object(fields) => fields.iter().find_map(|(name, field)| under(name.clone(), field)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn unprintable(c: char) -> bool {
    c.is_control()
        // Overrides, embeddings and isolates that reorder words; noncharacters; private use; tags outside flags.
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fdd0}'..='\u{fdef}' | '\u{00ad}')
}

/// Letters of scripts that are written from right to left.
fn runs_leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{608}' | '\u{620}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The first of more marks over one letter than any script writes: they would be drawn over the lines around it.
fn heaped(text: &str) -> Option<char> {
    const MOST: usize = 5;
    let mut marks = 0;
    text.chars().find(|c| {
        marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
        marks > MOST
    })
}

/// Characters that shape their neighbours and draw nothing themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_mislead_is_taken_out() {
        assert_eq!(printable("a\tb\u{202e}c\u{0}d\u{e000}"), "a bcd");
        assert_eq!(printable("line\r\nline"), "line\nline");
        assert_eq!(printable("e\u{301}"), "é");
    }

    #[test]
    fn marks_that_turn_words_round_stay_where_letters_run_so() {
        assert_eq!(printable("Mum\u{200f} hurts \u{200f}Dad"), "Mum hurts Dad");
        assert_eq!(printable("محمد\u{200f} (2026)"), "محمد\u{200f} (2026)");
    }

    #[test]
    fn marks_that_strike_out_or_heap_up_have_no_form() {
        let uncovered = |text: &str| first_uncovered(&serde_json::json!(text), &|_| true).map(|(c, _)| c);
        assert_eq!(uncovered("I am fine, u\u{336}n\u{336}safe"), Some('\u{336}'));
        assert_eq!(uncovered(&format!("a{}", "\u{305}".repeat(30))), Some('\u{305}'));
        assert_eq!(uncovered("Nguyễn שָׁלוֹם ਗੁਰਲੀਨ"), None);
    }

    #[test]
    fn endless_words_can_be_broken() {
        let broken = printable(&"x".repeat(10_000));
        assert!(broken.split('\u{200b}').all(|part| part.len() <= LONGEST_WORD));
        assert_eq!(broken.replace('\u{200b}', "").len(), 10_000);
    }

    #[test]
    fn an_uncovered_character_is_named() {
        let value = serde_json::json!({ "a": ["plain", { "b": "schön \u{12000}" }] });
        assert_eq!(first_uncovered(&value, &|c| c < '\u{1000}'), Some(('\u{12000}', "a[1].b".to_owned())));
        assert_eq!(first_uncovered(&value, &|_| true), None);
    }
}
