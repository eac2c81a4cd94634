//! What can be mended without judgement: the encoding, and slips of the hand outside the words of the record.
//!
//! Lines stay lines, comments stay, and nothing between quotation marks is touched: not a child's words, nor anybody's.
//! What could be meant in two ways is left for a person.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::{Day, Shape, record_schema};

/// A record's text, mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The text as it was, decoded.
    pub before: String,
    /// The text as it is now, with as many lines.
    pub after: String,
    /// What was done to the encoding, in words; `None` where it was right.
    pub encoding: Option<&'static str>,
}

impl Mended {
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
pub fn mend(bytes: &[u8]) -> Option<Mended> {
    let (before, encoding) = decode(bytes)?;
    let mut after = String::with_capacity(before.len());
    let mut inside = Inside::Nothing;
    for line in before.split_inclusive('\n') {
        let (content, ending) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        let mended = if inside == Inside::Nothing { mend_line(content) } else { content.to_owned() };
        inside = inside.after(&mended);
        after.push_str(&mended);
        after.push_str(ending);
    }
    Some(Mended { before, after, encoding })
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
    let text = std::str::from_utf8(rest).ok().filter(|text| !text.contains('\0'))?;
    Some((text.to_owned(), mark))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|text| rest.is_empty() && !text.contains('\0'))
}

/// What a place in the text stands inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    /// A text of several lines, and the mark that ends it.
    LongText(&'static str),
}

impl Inside {
    /// What the next line stands inside of.
    fn after(self, line: &str) -> Self {
        let mut rest = line;
        let mut inside = self;
        loop {
            inside = match inside {
                Self::LongText(mark) => match rest.split_once(mark) {
                    None => return inside,
                    Some((_, after)) => {
                        rest = after;
                        Self::Nothing
                    }
                },
                Self::Nothing => {
                    let Some(at) = rest.find(['"', '\'', '#']) else { return inside };
                    let (_, from) = rest.split_at(at);
                    if from.starts_with('#') {
                        return inside;
                    }
                    if let Some(mark) = ["\"\"\"", "'''"].into_iter().find(|mark| from.starts_with(mark)) {
                        rest = from.get(mark.len()..).unwrap_or_default();
                        Self::LongText(mark)
                    } else {
                        rest = from.get(text_length(from)..).unwrap_or_default();
                        Self::Nothing
                    }
                }
            };
        }
    }
}

/// The bytes of a text of one line, both quotation marks included; to the end of the line where it is not closed.
fn text_length(from: &str) -> usize {
    let Some(mark) = from.chars().next() else { return 0 };
    let mut escaped = false;
    for (at, c) in from.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && mark == '"' {
            escaped = true;
        } else if c == mark {
            return at + c.len_utf8();
        }
    }
    from.len()
}

/// A line that begins outside of any text.
fn mend_line(line: &str) -> String {
    if line.trim_start().starts_with('#') {
        return line.to_owned();
    }
    let line = without_odd_spaces(line);
    let Some((name, value)) = line.split_once('=') else { return line };
    let field = name.trim();
    let mended = mend_value(field, value);
    format!("{name}={mended}")
}

/// Spaces that cannot be seen as such become spaces, and characters without width go; in texts they stay.
fn without_odd_spaces(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '#' {
            break;
        }
        let curly = ['“', '„', '‘'].contains(&c);
        let taken = if c == '"' || c == '\'' {
            text_length(rest)
        } else if curly {
            rest.len()
        } else {
            c.len_utf8()
        };
        match c {
            '\u{a0}' | '\u{202f}' => out.push(' '),
            '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            _ => out.push_str(rest.get(..taken).unwrap_or_default()),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out + rest
}

fn mend_value(field: &str, value: &str) -> String {
    let (lead, rest) = value.split_at(value.len() - value.trim_start().len());
    if let Some(mended) = whole_curly(rest) {
        return format!("{lead}{mended}");
    }
    let (bare, comment) = if rest.starts_with(['"', '\'']) {
        rest.split_at(text_length(rest))
    } else {
        rest.split_at(rest.find('#').unwrap_or(rest.len()))
    };
    let (bare, gap) = bare.split_at(bare.trim_end().len());
    if let Some(mended) = mend_scalar(field, bare) {
        return format!("{lead}{mended}{gap}{comment}");
    }
    format!("{lead}{}", mend_tokens(rest))
}

/// A value that stands whole between curly quotation marks, the words between them untouched. What a straight mark or
/// a backslash in the words would mean cannot be told, so such a value is left.
fn whole_curly(rest: &str) -> Option<String> {
    let opens = rest.chars().next().filter(|c| "“”„‟‘’‚".contains(*c))?;
    let single = "‘’‚".contains(opens);
    let closes: &[char] = if single { &['’', '‘'] } else { &['”', '“'] };
    let end = rest.rfind(closes)?;
    let words = rest.get(opens.len_utf8()..end)?;
    let after = rest.get(end..)?.chars().next()?.len_utf8() + end;
    let tail = rest.get(after..)?;
    let ends = tail.trim_start().is_empty() || tail.trim_start().starts_with('#');
    (ends && !words.contains(['"', '\\'])).then(|| format!("\"{words}\"{tail}"))
}

/// A date, a percentage or a yes in the place of a value.
fn mend_scalar(field: &str, bare: &str) -> Option<String> {
    let unquoted = bare.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    // Without quotation marks it can be nothing but a date; with them, only where a date belongs.
    if let Some(day) = british_date(bare) {
        return Some(day.to_string());
    }
    if let Some(text) = unquoted.filter(|_| FIELDS.dates.contains(field)).map(str::trim) {
        return british_date(text).or_else(|| text.parse().ok()).map(|day| day.to_string());
    }
    if field == "stated_percentage" {
        let number = unquoted.unwrap_or(bare).trim().strip_suffix('%')?.trim_end();
        let digits = number.chars().all(|c| c.is_ascii_digit() || c == '.') && number.parse::<f64>().is_ok();
        let whole = if number.contains('.') { "" } else { ".0" };
        return digits.then(|| format!("{number}{whole}"));
    }
    if FIELDS.yes_no.contains(field) {
        return match unquoted.unwrap_or(bare).to_lowercase().as_str() {
            "yes" | "true" => Some("true".to_owned()).filter(|mended| mended != bare),
            "no" | "false" => Some("false".to_owned()).filter(|mended| mended != bare),
            _ => None,
        };
    }
    None
}

/// Dates and curly quotation marks within a list or an inline table, texts and comments left alone.
fn mend_tokens(value: &str) -> String {
    if !value.starts_with(['[', '{']) {
        return value.to_owned();
    }
    let mut out = String::new();
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '#' => rest.len(),
            '"' | '\'' => text_length(rest),
            _ if c.is_ascii_digit() => rest.find([',', ']', '}', ' ', '#']).unwrap_or(rest.len()),
            '“' | '„' => rest.find('”').map_or(c.len_utf8(), |at| at + '”'.len_utf8()),
            _ => c.len_utf8(),
        };
        let token = rest.get(..taken).unwrap_or_default();
        let words = token.strip_prefix(['“', '„']).and_then(|words| words.strip_suffix('”'));
        match (british_date(token), words.filter(|words| !words.contains(['"', '\\', '“']))) {
            (Some(day), _) => out.push_str(&day.to_string()),
            (None, Some(words)) => out.push_str(&format!("\"{words}\"")),
            (None, None) => out.push_str(token),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// `03/09/2026`, `3.9.2026` or `3-9-2026`, day first; only with a year of four digits, as two could be any century.
fn british_date(text: &str) -> Option<Day> {
    let mark = ['/', '.', '-'].into_iter().find(|mark| text.matches(*mark).count() == 2)?;
    let mut parts = text.split(mark);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits =
        |part: &str, longest: usize| (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(day, 2) || !digits(month, 2) || !digits(year, 4) {
        return None;
    }
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
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
    gather(&record_schema().root, "", &mut kinds);
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

fn gather(shape: &Shape, name: &str, out: &mut Vec<(String, Kind)>) {
    match shape {
        Shape::Table(fields) => fields.iter().for_each(|(name, field)| gather(&field.shape, name, out)),
        Shape::List(inner) | Shape::Map(inner) => gather(inner, name, out),
        Shape::Date => out.push((name.to_owned(), Kind::Date)),
        Shape::Boolean => out.push((name.to_owned(), Kind::YesNo)),
        Shape::Choice(_) | Shape::Text | Shape::Integer | Shape::Number => out.push((name.to_owned(), Kind::Else)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        mend(text.as_bytes()).unwrap().after
    }

    #[test]
    fn slips_are_mended_and_all_else_stays() {
        let cases = [
            ("dob = 03/02/2015 # birthday 3/2/2015\r\n", "dob = 2015-02-03 # birthday 3/2/2015\r\n"),
            ("date = \"2026-06-12\"", "date = 2026-06-12"),
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
    fn what_could_be_meant_in_two_ways_is_left() {
        for text in [
            "dob = 03/02/15",
            "dob = 31/02/2015",
            "attended = 95%",
            "pr = yes",
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
        let words = "I don’t like it “there”, it’s\u{a0}01/02/2015 # loud";
        let text = mended(&format!("verbatim = “{words}”\n"));
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["verbatim"].as_str(), Some(words));
    }

    #[test]
    fn encodings_become_utf8() {
        let text = "name = \"Zoë\"\n";
        let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for bytes in [little, big, format!("\u{feff}{text}").into_bytes()] {
            let mended = mend(&bytes).unwrap();
            assert!(mended.after == text && mended.is_changed() && mended.encoding.is_some());
        }
        assert!(!mend(text.as_bytes()).unwrap().is_changed());
        assert!(mend(b"caf\xe9").is_none() && mend(&[0xFF, 0xFE, 0x41]).is_none());
    }
}
