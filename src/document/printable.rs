//! Text that prints harmlessly and whole: nothing invisible that joins, hides or reorders words, no endless word, and no
//! character that has no letter form. What cannot be printed is named in brackets, so that nothing is left out without
//! a word: a child's exact words are never asked to be changed.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Hidden, character_name, has_letter_form, is_keycap, is_regional_flag, is_tag, strikes_out};

/// How carefully texts are made printable: each step is taken only where the one before did not come out whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Care {
    /// A run of characters without a space this long may be broken anywhere.
    longest_word: usize,
    /// Whether marks that turn the direction are left out: beside some letters no font has them.
    straight: bool,
    /// Whether whatever is not Latin, Greek or Cyrillic is named instead of printed.
    plain: bool,
}

impl Care {
    const FIRST: Self = Self { longest_word: 24, straight: false, plain: false };

    /// From what nearly every text needs to what certainly comes out.
    pub(super) const STEPS: [Self; 4] = [
        Self::FIRST,
        Self { longest_word: 14, straight: true, plain: false },
        Self { longest_word: 7, straight: true, plain: false },
        Self { longest_word: 7, straight: true, plain: true },
    ];
}

/// The fields of a view that hold no text for people: names of virtual files, colours, kinds.
const NO_TEXTS: [&str; 14] = [
    "accent", "anchor", "attached", "file", "kind", "lang", "legend", "logo", "mark", "script", "shape", "sign",
    "style", "type",
];

/// Makes texts printable, and remembers whether it had to name a character.
pub(super) struct Printer<'a> {
    care: Care,
    /// Whether one font has all characters of a text.
    together: &'a dyn Fn(&str) -> bool,
    /// Whether a character was named instead of printed.
    pub(super) has_named: bool,
}

impl<'a> Printer<'a> {
    pub(super) fn new(care: Care, together: &'a dyn Fn(&str) -> bool) -> Self {
        Self { care, together, has_named: false }
    }

    /// All texts of a value made printable.
    pub(super) fn value(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Value::Object(fields) => {
                let texts = fields.iter_mut().filter(|(name, _)| !NO_TEXTS.contains(&name.as_str()));
                texts.for_each(|(_, field)| self.value(field));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A text as the page prints it: NFC, tabs as spaces, without bidirectional overrides, with break opportunities in very
    /// long words. Line feeds stay.
    pub(super) fn text(&mut self, text: &str) -> String {
        let simple = |byte: u8| byte == b'\n' || (b' '..=b'~').contains(&byte);
        if text.bytes().all(simple) {
            return self.broken(text);
        }
        let text: String = text.replace("\r\n", "\n").nfc().collect();
        // Marks that turn the direction have a meaning beside letters that run from right to left; elsewhere they reorder.
        let may_turn = !self.care.straight && text.chars().any(runs_leftwards);
        let mut out = String::with_capacity(text.len());
        let mut named = Named::default();
        for cluster in text.graphemes(true) {
            self.cluster(cluster, may_turn, &mut named, &mut out);
        }
        named.end(&mut out);
        self.broken(&out)
    }

    /// One letter with its marks, or one emoji.
    fn cluster(&mut self, cluster: &str, may_turn: bool, named: &mut Named, out: &mut String) {
        if is_keycap(cluster) {
            named.end(out);
            out.push_str(cluster);
            return;
        }
        // A letter with a mark that no font has together would be printed without one of them.
        let apart = cluster.chars().nth(1).is_some() && !(self.together)(cluster);
        let is_flag = is_regional_flag(cluster);
        let mut marks = 0;
        for (at, c) in cluster.char_indices() {
            marks = if is_combining_mark(c) { marks + 1 } else { 0 };
            match c {
                '\t' | '\r' | '\u{85}' => {
                    named.end(out);
                    out.push(' ');
                }
                '\n' | '\u{2028}' | '\u{2029}' => {
                    named.end(out);
                    out.push('\n');
                }
                c if is_left_out(c) || (turns(c) && !may_turn) => {}
                c if self.has_no_form(c)
                    || (is_tag(c) && !is_flag)
                    || marks > MOST_MARKS
                    || (apart && at > 0 && !is_invisible(c)) =>
                {
                    self.has_named = true;
                    named.add(c, out);
                }
                c => {
                    named.end(out);
                    out.push(c);
                }
            }
        }
    }

    fn has_no_form(&self, c: char) -> bool {
        let plain = |c: char| c < '\u{530}' || ('\u{1e00}'..='\u{206f}').contains(&c);
        !is_invisible(c) && (strikes_out(c) || !has_letter_form(c) || (self.care.plain && !plain(c)))
    }

    /// With a break opportunity wherever a word has gone on for too long. An e-mail address is left whole, so that it can
    /// be copied, as long as it fits.
    fn broken(&self, text: &str) -> String {
        // At a space that holds two words together no line may end.
        let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
        let mut out = String::with_capacity(text.len());
        for word in text.split_inclusive(breaks) {
            if self.care == Care::FIRST && is_address(word) {
                out.push_str(word);
                continue;
            }
            let mut run = 0;
            for cluster in word.graphemes(true) {
                run = if cluster.chars().all(breaks) { 0 } else { run + 1 };
                if run > self.care.longest_word {
                    out.push('\u{200b}');
                    run = 1;
                }
                out.push_str(cluster);
            }
        }
        out
    }
}

/// Whether a word is an e-mail address of a length that a line can hold.
fn is_address(word: &str) -> bool {
    const LONGEST: usize = 60;
    let word = word.trim();
    let Some((name, domain)) = word.split_once('@') else { return false };
    word.len() <= LONGEST
        && !name.is_empty()
        && domain.contains('.')
        && word.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A character that is being named, and how often it stands in a row.
#[derive(Default)]
struct Named(Option<(char, usize)>);

impl Named {
    fn add(&mut self, c: char, out: &mut String) {
        match &mut self.0 {
            Some((last, count)) if *last == c => *count += 1,
            _ => {
                self.end(out);
                self.0 = Some((c, 1));
            }
        }
    }

    fn end(&mut self, out: &mut String) {
        let Some((c, count)) = self.0.take() else { return };
        let times = if count > 1 { format!(" × {count}") } else { String::new() };
        out.push_str(&format!("[{}{times}]", character_name(c)));
    }
}

/// More marks over one letter than any script writes: they would be drawn over the lines around it.
const MOST_MARKS: usize = 5;

/// Overrides, embeddings and isolates that reorder words; byte order marks, annotations, soft hyphens.
fn is_left_out(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}')
}

fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Letters of scripts that are written from right to left.
fn runs_leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{608}' | '\u{620}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Characters that shape their neighbours and draw nothing themselves.
fn is_invisible(c: char) -> bool {
    let shapes =
        |hidden| matches!(hidden, Hidden::Nothing | Hidden::Joiner | Hidden::Mark | Hidden::Selector | Hidden::Tag);
    Hidden::of(c).is_some_and(shapes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printable(text: &str) -> String {
        Printer::new(Care::STEPS[0], &|_| true).text(text)
    }

    #[test]
    fn what_could_mislead_is_taken_out_and_what_has_no_form_is_named() {
        assert_eq!(printable("a\tb\u{202e}c\u{ad}d"), "a bcd");
        assert_eq!(printable("line\r\nline"), "line\nline");
        assert_eq!(printable("e\u{301}"), "é");
        assert_eq!(printable("a\u{7}b\u{f04a}\u{f04a}"), "a[U+0007]b[U+F04A × 2]");
        assert_eq!(printable("I like \u{13000}."), "I like [EGYPTIAN HIEROGLYPH A001].");
    }

    #[test]
    fn marks_that_turn_words_round_stay_where_letters_run_so() {
        assert_eq!(printable("Mum\u{200f} hurts \u{200f}Dad"), "Mum hurts Dad");
        assert_eq!(printable("محمد\u{200f} (2026)"), "محمد\u{200f} (2026)");
    }

    #[test]
    fn marks_that_strike_out_or_heap_up_are_named() {
        assert!(printable("I am fine, u\u{336}n\u{336}safe").contains("u[COMBINING LONG STROKE OVERLAY]n["));
        assert!(printable(&format!("a{}", "\u{305}".repeat(30))).contains("[COMBINING OVERLINE × 2"));
        for honest in ["Nguyễn", "ਗੁਰਲੀਨ", "1\u{fe0f}\u{20e3}", "👩‍👧"] {
            assert_eq!(printable(honest), honest);
        }
    }

    #[test]
    fn hidden_text_is_named_and_flags_are_flags() {
        assert_eq!(printable("🏴󠁧󠁢󠁷󠁬󠁳󠁿"), "🏴󠁧󠁢󠁷󠁬󠁳󠁿");
        for hidden in ["hi\u{e0064}", "🏴\u{e0064}\u{e0061}\u{e0064}"] {
            assert!(printable(hidden).contains("[TAG LATIN SMALL LETTER D]"), "{}", printable(hidden));
        }
    }

    #[test]
    fn endless_words_can_be_broken() {
        let held = printable(&"ab\u{a0}".repeat(100));
        assert!(held.split('\u{200b}').all(|part| part.chars().count() <= 24), "also where spaces hold them together");
        let broken = printable(&"x".repeat(10_000));
        assert!(broken.split('\u{200b}').all(|part| part.len() <= 24));
        assert_eq!(broken.replace('\u{200b}', "").len(), 10_000);
    }

    #[test]
    fn the_last_care_leaves_nothing_that_a_font_could_lack() {
        let mut printer = Printer::new(Care::STEPS[3], &|_| false);
        let text = printer.text("Zoë said 你好 and a\u{93e}");
        assert!(text.starts_with("Zoë") && text.contains("CJK") && printer.has_named, "{text}");
    }
}
