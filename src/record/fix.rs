//! What can be mended without judgement: the encoding, and slips of the hand outside the words of the record.
//!
//! Lines stay lines, comments stay, and nothing between quotation marks is touched, not a child's words, nor anybody's; but
//! for the white space around the words of a name or number, which a copied text brings along. What could be meant in two
//! ways is left for a person.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use encoding_rs::WINDOWS_1252;

use super::day::Day;
use super::fix_values::{choice_without_marks, mend_values};
use super::schema::{ValueType, each_leaf, is_line_field, record_schema};
use super::written_day::{WrittenDay, written_day, written_yes_no};
use crate::text::{decoded, first_token, is_nothing, tidy_line};

/// A record's text, mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text as it was, decoded.
    pub before: String,
    /// The text as it is now, with as many lines.
    pub after: String,
    /// What was done to the encoding, in words; `None` where it was right.
    pub encoding: Option<&'static str>,
}

impl Fixed {
    /// Whether anything was mended.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.encoding.is_some() || self.before != self.after
    }

    /// The lines that differ: number from 1, before, after.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        let pairs = self.before.lines().zip(self.after.lines()).enumerate();
        pairs.filter(|(_, (before, after))| before != after).map(|(i, (before, after))| (i + 1, before, after))
    }
}

/// Mends a record's bytes; `None` where they are no text at all.
#[must_use]
pub fn fix(bytes: &[u8]) -> Option<Fixed> {
    let (before, encoding) = decode(bytes)?;
    let after = mend_values(Mender::new(&before).run());
    Some(Fixed { before, after, encoding })
}

/// UTF-8 with or without a mark, or UTF-16 with one.
fn decode(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    const FROM_UTF16: &str = "saved as UTF-8 instead of UTF-16";
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return Some((utf16(rest, u16::from_le_bytes)?, Some(FROM_UTF16)));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return Some((utf16(rest, u16::from_be_bytes)?, Some(FROM_UTF16)));
    }
    let (rest, mark) = match bytes.strip_prefix("\u{feff}".as_bytes()) {
        Some(rest) => (rest, Some("the byte order mark taken out")),
        None => (bytes, None),
    };
    if rest.contains(&0) {
        return None;
    }
    let (text, mark) = match std::str::from_utf8(rest) {
        Ok(text) => (text.to_owned(), mark),
        // What is not UTF-8 was written by a Windows of before: each byte is a letter.
        Err(_) => (decoded(WINDOWS_1252, rest)?, Some("saved as UTF-8 instead of the old Windows encoding")),
    };
    // An old Macintosh ended lines with a return alone.
    if text.contains('\r') && !text.contains('\n') {
        return Some((text.replace('\r', "\n"), Some("lines end as they do today")));
    }
    Some((text, mark))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|text| rest.is_empty() && !text.contains('\0'))
}

/// Goes through a text piece by piece. Texts in quotation marks and comments are carried over as they are; only what
/// stands between them is looked at.
struct Mender<'t> {
    rest: &'t str,
    out: String,
    /// The field whose value comes next, until the line or its list ends.
    field: String,
    /// Brackets that are open.
    depth: usize,
    /// Whether a value may begin here: after `=`, or within a list after `[` or `,`.
    value_begins: bool,
}

impl<'t> Mender<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text, out: String::with_capacity(text.len()), field: String::new(), depth: 0, value_begins: false }
    }

    fn run(mut self) -> String {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\n' => self.new_line(),
                '#' => self.keep(self.to_line_end()),
                '"' | '\'' => self.text(),
                '“' | '„' | '‘' if self.value_begins => self.curly(),
                '=' => {
                    self.keep(1);
                    self.value_begins = true;
                }
                '[' | '{' => {
                    self.depth += 1;
                    self.keep(1);
                    // In an inline table a key comes first.
                    self.value_begins = c == '[';
                }
                ']' | '}' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.keep(1);
                }
                ',' => {
                    self.keep(1);
                    self.value_begins = self.depth > 0;
                }
                '\u{a0}' | '\u{202f}' => self.replace(c.len_utf8(), " "),
                _ if is_nothing(c) => {
                    // Quotation marks on both sides of it must not become others by standing together.
                    let apart = if self.out.ends_with(['"', '\'']) { " " } else { "" };
                    self.replace(c.len_utf8(), apart);
                }
                c if c.is_whitespace() => self.pass(c.len_utf8()),
                _ => self.word(c),
            }
        }
        self.out
    }

    /// Carries some bytes over; after them no value begins.
    fn keep(&mut self, length: usize) {
        self.pass(length);
        self.value_begins = false;
    }

    fn pass(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.out.push_str(taken);
        self.rest = rest;
    }

    fn replace(&mut self, length: usize, by: &str) {
        self.out.push_str(by);
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    fn new_line(&mut self) {
        self.pass(1);
        if self.depth == 0 {
            (self.field, self.value_begins) = (String::new(), false);
        }
    }

    fn to_line_end(&self) -> usize {
        self.rest.find('\n').unwrap_or(self.rest.len())
    }

    /// A word outside of any text: a key, a date, a number, a yes. Hidden marks in it and after it do not divide it.
    fn word(&mut self, first: char) {
        if self.value_begins && self.long_date() {
            return;
        }
        let ends = |c: char| c.is_whitespace() || "=,[]{}#\"'“”„‘’".contains(c);
        let length = self.rest.find(ends).unwrap_or(self.rest.len()).max(first.len_utf8());
        let whole = self.rest.get(..length).unwrap_or_default();
        let word = whole.replace(is_nothing, "");
        let passed = |c: char| is_nothing(c) || " \t\u{a0}\u{202f}".contains(c);
        let after = self.rest.get(length..).unwrap_or_default().trim_start_matches(passed);
        if after.starts_with('=') {
            self.replace(length, &word);
            (self.field, self.value_begins) = (word, false);
            return;
        }
        // A value stands alone: the line, the list or a comment ends after it.
        let alone = after.is_empty() || after.starts_with(['\n', '\r', '#', ',', ']', '}']);
        let mended = if self.value_begins && alone { mend_word(&self.field, &word) } else { None };
        self.value_begins = false;
        self.replace(length, mended.as_ref().unwrap_or(&word));
    }

    /// `14 November 2014` in the place of a value: the only words without quotation marks that mean something.
    fn long_date(&mut self) -> bool {
        let line = self.rest.get(..self.to_line_end()).unwrap_or_default();
        let words = line.split(['#', ',', ']', '}']).next().unwrap_or_default();
        let has_month = words.split_whitespace().count() == 3 && words.contains(char::is_alphabetic);
        let Some(day) = Some(words.trim()).filter(|_| has_month).and_then(british_date) else { return false };
        let length = words.trim_end().len();
        self.value_begins = false;
        self.replace(length, &day.to_string());
        true
    }

    /// A text between straight quotation marks. A name or number that stands on one line loses the spaces that do not
    /// belong to it; all other texts stay as they are.
    fn text(&mut self) {
        let length = first_token(self.rest);
        let whole = self.rest.get(..length).unwrap_or_default();
        let mark = whole.get(..1).unwrap_or_default();
        let words = whole.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)).filter(|words| {
            // Not where something stands for something else, and not in a text of three marks.
            self.value_begins && !words.contains(['\\', '"', '\'']) && !words.is_empty()
        });
        let tidy =
            words.filter(|_| is_line_field(&self.field)).map(|words| format!("{mark}{}{mark}", tidy_line(words)));
        self.value_begins = false;
        match tidy {
            Some(tidy) if tidy.len() > 2 => self.replace(length, &tidy),
            _ => self.keep(length),
        }
    }

    /// A text between curly quotation marks becomes one between straight ones, its words untouched.
    fn curly(&mut self) {
        let line = self.rest.get(..self.to_line_end()).unwrap_or_default();
        match curly_words(line, self.depth > 0) {
            Some((words, length)) => {
                let straight = format!("\"{words}\"");
                self.replace(length, &straight);
                self.value_begins = false;
            }
            // What cannot be told is left, to the end of the line.
            None => self.keep(line.len()),
        }
    }
}

/// The words between the curly quotation marks that a rest of a line begins with, and the bytes of both together. Only
/// where it is plain which marks are meant: no other on the line for a single value, one pair after the other in a
/// list, and in the words neither a straight mark nor a backslash.
fn curly_words(line: &str, in_list: bool) -> Option<(&str, usize)> {
    const DOUBLE: &str = "“”„‟";
    const SINGLE: &str = "‘’";
    let opens = line.chars().next()?;
    let single = opens == '‘';
    let closes = if single { '’' } else { '”' };
    let (words, after) = line.get(opens.len_utf8()..)?.split_once(closes)?;
    let marks = |text: &str, of: &str| text.contains(|c: char| of.contains(c));
    let own = if single { SINGLE } else { DOUBLE };
    if marks(words, own) || words.contains(['"', '\\']) {
        return None;
    }
    let rest = after.trim_start();
    let ends = rest.is_empty() || rest.starts_with('#') || (in_list && rest.starts_with([',', ']', '}']));
    // In a list further texts may follow, but not in its comment.
    let further = if in_list && !single { rest.split_once('#').map_or("", |(_, comment)| comment) } else { after };
    let strays = marks(further, DOUBLE) || (single && marks(further, SINGLE));
    (ends && !strays).then(|| (words, opens.len_utf8() + words.len() + closes.len_utf8()))
}

/// A date, a percentage or a yes in the place of a value.
fn mend_word(field: &str, word: &str) -> Option<String> {
    // Without quotation marks it can be nothing but a date.
    if let Some(day) = british_date(word) {
        return Some(day.to_string());
    }
    if field == "stated_percentage" {
        let number = word.strip_suffix('%')?;
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let plain = digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0'));
        return plain.then(|| format!("{whole}.{part}"));
    }
    if field == "academic_year" {
        let (year, next) = word.split_once(['/', '-'])?;
        let begins: i64 = year.parse().ok()?;
        let follows = next.parse::<i64>().ok().is_some_and(|next| next % 100 == (begins + 1) % 100);
        return (year.len() == 4 && matches!(next.len(), 2 | 4) && follows).then(|| year.to_owned());
    }
    if let Some(word) = choice_without_marks(field, word) {
        return Some(format!("\"{word}\""));
    }
    if FIELDS.yes_no.contains(field) {
        let mended = written_yes_no(word)?.to_string();
        return (mended != word).then_some(mended);
    }
    None
}

/// A day that is not written as TOML has it, day first; only with a year of four digits, as two could be any century.
fn british_date(text: &str) -> Option<Day> {
    if text.parse::<Day>().is_ok() {
        return None;
    }
    let text = text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'], "-");
    match written_day(&text) {
        WrittenDay::Day(day) | WrittenDay::Ambiguous(day) => Some(day),
        WrittenDay::Unknown => None,
    }
}

/// Whether a field of this name is a date wherever it stands.
pub(super) fn is_date_field(name: &str) -> bool {
    FIELDS.dates.contains(name)
}

/// Names of fields that are dates, or yes or no, wherever they stand.
struct Fields {
    dates: BTreeSet<String>,
    yes_no: BTreeSet<String>,
}

static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let mut kinds: Vec<(String, Kind)> = Vec::new();
    each_leaf(&record_schema().root, "", &mut |name, leaf| {
        let kind = match leaf {
            ValueType::Date => Kind::Date,
            ValueType::Boolean => Kind::YesNo,
            _ => Kind::Else,
        };
        kinds.push((name.to_owned(), kind));
    });
    let only = |kind| {
        let of_kind = kinds.iter().filter(|(_, found)| *found == kind).map(|(name, _)| name.clone());
        of_kind.filter(|name| kinds.iter().all(|(other, found)| other != name || *found == kind)).collect()
    };
    Fields { dates: only(Kind::Date), yes_no: only(Kind::YesNo) }
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Date,
    YesNo,
    Else,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        fix(text.as_bytes()).unwrap().after
    }

    #[test]
    fn slips_are_mended_and_all_else_stays() {
        let cases = [
            ("dob = 03/02/2015 # birthday 3/2/2015\r\n", "dob = 2015-02-03 # birthday 3/2/2015\r\n"),
            ("by = 11/09/2026", "by = 2026-09-11"),
            ("dob = 14 November 2014  # x", "dob = 2014-11-14  # x"),
            ("dob = 2014–11–14", "dob = 2014-11-14"),
            ("sex = F", "sex = \"F\""),
            ("sex = Female # x", "sex = \"F\" # x"),
            ("academic_year = 2024/25", "academic_year = 2024"),
            ("upn = “G999200126001”\n", "upn = \"G999200126001\"\n"),
            ("name = ‘R. Sample’  # she\n", "name = \"R. Sample\"  # she\n"),
            ("trusted_adults = [“Mum”, \"“Nan”\"]", "trusted_adults = [\"Mum\", \"“Nan”\"]"),
            ("advance_sharing = { on = 15/06/2026 }", "advance_sharing = { on = 2026-06-15 }"),
            ("stated_percentage = 95%", "stated_percentage = 95.0"),
            ("parent_present = No", "parent_present = false"),
            ("\u{a0}\u{a0}sex\u{a0}= \"F\"", "  sex = \"F\""),
        ];
        for (text, wanted) in cases {
            assert_eq!(mended(text), wanted);
            assert_eq!(mended(wanted), wanted, "mended twice");
        }
    }

    #[test]
    fn names_lose_the_spaces_that_do_not_belong_to_them() {
        for (text, wanted) in [
            ("name = \"Northgate  Academy \"", "name = \"Northgate Academy\""),
            ("legal_surname = 'Example\u{a0}'", "legal_surname = 'Example'"),
            (
                "dsl = { name = \" R. Sample\", phone = \"01632\u{a0}960201\" }",
                "dsl = { name = \"R. Sample\", phone = \"01632 960201\" }",
            ),
            ("name = \"North\u{200b}gate\" # “x ”", "name = \"Northgate\" # “x ”"),
        ] {
            assert_eq!(mended(text), wanted);
        }
        for text in [
            "verbatim = \" I  said \"",
            "event = \"Came  late \"",
            "good_at = [\" Sums \"]",
            "name = \"\"\"A  B\"\"\"",
            "name = \"A\\t B\"",
            "name = \" \"",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn what_could_be_meant_in_two_ways_is_left() {
        for text in [
            "dob = 03/02/15",
            "dob = 31/02/2015",
            "attended = 95%",
            "verbatim = “I said \"no\"”",
            "verbatim = “back\\slash”",
            "# 03/02/2015 “x”",
            "verbatim = \"on 03/02/2015 I said “no”\u{a0}twice\"",
            "verbatim = \"\"\"\ndob = 03/02/2015\nname = “x”\n\"\"\"\n",
            "note = '''\ndob = 03/02/2015",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn the_words_between_curly_marks_are_the_same_to_the_letter() {
        let words = "I don’t like it, it’s\u{a0}01/02/2015 # loud [no]";
        let text = mended(&format!("verbatim = “{words}”\n"));
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["verbatim"].as_str(), Some(words));
    }

    #[test]
    fn nothing_in_texts_keys_and_comments_is_touched() {
        for text in [
            "good_at = [\n  \"Sums = [03/02/2015]\",\n  \"Says = “no” # always\",\n]\n",
            "verbatim = \"\"\"He said \"no\u{a0}way\" and left.\"\"\"\n",
            "verbatim = '''it's\u{a0}mine'''\n",
            "a = [\"\"\"Dad said \"on 03/02/2015 I come\" ok\"\"\"]\n",
            "verbatim = \"\"\"\nI said \\\"\"\"\ndate = 03/02/2015\nand went.\"\"\"\n",
            "verbatim = \"\"\"a\"\"\"\"\nx = 'date = 03/02/2015'\n",
            "[pupil] # born = 03/02/2015\n",
            "a = [\n  \"x\", # said = “y”\n]\n",
            "\"x = 03/02/2015 # \" = 1\n",
            "a = { 3-9-2026 = 1 }\n",
            "verbatim = “No.”  # Tilly then said “I hate him”\n",
            "name = ‘R. Sample’ # as known to her parents’\n",
            "present = “Ann”, “Bob”\n",
            "verbatim = “I said “no” and left”\n",
            "stated_percentage = 007%\nb = .5%\n",
            "date = \"3-2-2015\"\n",
        ] {
            assert_eq!(mended(text), text);
        }
        assert_eq!(mended("name = “Ann”\u{a0}# x"), "name = \"Ann\" # x");
        assert_eq!(mended("a = [“a”,\u{a0}“b”]"), "a = [\"a\", \"b\"]");
    }

    #[test]
    fn encodings_become_utf8() {
        let text = "name = \"Zoë\"\n";
        let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for bytes in [little, big, format!("\u{feff}{text}").into_bytes()] {
            let mended = fix(&bytes).unwrap();
            assert!(mended.after == text && mended.is_changed() && mended.encoding.is_some());
        }
        assert!(!fix(text.as_bytes()).unwrap().is_changed());
        assert_eq!(fix(b"name = \"Zo\xeb \x96 5\"\r\n").unwrap().after, "name = \"Zoë – 5\"\r\n");
        assert_eq!(fix(b"a = 1\rb = 2\r").unwrap().after, "a = 1\nb = 2\n");
        assert!(fix(b"caf\x81").is_none() && fix(&[0xFF, 0xFE, 0x41]).is_none());
    }
}
