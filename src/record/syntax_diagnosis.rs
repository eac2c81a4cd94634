//! The usual slips. TOML's own message for all of them is much the same; a teacher needs to know which it was.

use std::ops::Range;

use super::fix::is_date_field;
use crate::text::{Source, bare_pieces, is_nothing};

/// Where a long text begins that has no end, if there is one.
pub(super) fn unclosed(text: &str) -> Option<usize> {
    if odd_triple_quotes(text) { text.rfind("\"\"\"") } else { None }
}

/// A syntax error in words a teacher can act on.
pub(super) struct Diagnosis {
    pub message: &'static str,
    pub help: &'static str,
    /// Whether the rest of the file could not be read either.
    pub fatal: bool,
}

const fn diagnosis(message: &'static str, help: &'static str) -> Diagnosis {
    Diagnosis { message, help, fatal: false }
}

/// What probably happened on a line that TOML cannot read.
pub(super) fn explain(source: &Source, span: &Range<usize>, parser_message: &str) -> Diagnosis {
    let whole = source.text.get(source.line_around(span.start)).unwrap_or_default();
    let line = whole.trim();
    let value = line.split_once('=').map(|(_, value)| value.trim());
    let words = |value: &str| value.starts_with(char::is_alphabetic) && !value.contains('"');
    if line.split_once('=').is_some_and(|(name, value)| is_date_field(name.trim()) && words(value.trim())) {
        return diagnosis(
            "A date is needed here",
            "Write it in digits as year-month-day, without quotation marks: 30 September 2026 is 2026-09-30.",
        );
    }
    if parser_message.contains("duplicate") {
        return duplicate(line);
    }
    if odd_triple_quotes(&source.text) {
        return Diagnosis {
            fatal: true,
            ..diagnosis("A long text that begins with \"\"\" has no end", "Put \"\"\" after its last word.")
        };
    }
    if line.contains(['“', '”', '‘', '’', '„']) && !value.is_some_and(|v| v.starts_with(['"', '\''])) {
        return diagnosis(
            "Curly quotation marks cannot be used here",
            "Use straight ones: \" and \". Word makes curly ones by itself; Notepad does not.",
        );
    }
    if whole.contains(|c| is_nothing(c) || matches!(c, '\u{a0}' | '•')) && !line.starts_with('#') {
        return diagnosis(
            "There is a character here that cannot be seen, or a bullet",
            "It was probably pasted. Delete it and type a space instead.",
        );
    }
    if line.split_once('=').is_some_and(|(name, _)| name.trim().contains(' ') && !name.contains('"')) {
        return diagnosis("The name of a field has no spaces", "Write it with _ instead, as in `recorded_by`.");
    }
    match value {
        Some(value) => explain_value(value, parser_message),
        None if line.starts_with('[') => {
            diagnosis("This heading cannot be read", "Write a section as [section], one of several as [[section]].")
        }
        None => diagnosis(
            "This line has no `=`",
            "Write each line as `field = value`. A text of several lines stands between \"\"\" and \"\"\".",
        ),
    }
}

/// Fields that stood above come again.
pub(super) fn lost_heading() -> Diagnosis {
    diagnosis(
        "A heading is missing above this line",
        "Fields that stood above come again from here on. Put the section's heading before them, for example [[household.people]].",
    )
}

fn duplicate(line: &str) -> Diagnosis {
    if line.starts_with('[') {
        diagnosis(
            "This section stands in the file twice",
            "Join the two, or use double square brackets, [[…]], where there can be several.",
        )
    } else {
        diagnosis("This field is given twice", "Keep one of the two lines.")
    }
}

fn explain_value(value: &str, parser_message: &str) -> Diagnosis {
    let bare = value.split('#').next().unwrap_or_default().trim();
    if bare.is_empty() {
        return diagnosis(
            "There is no value after `=`",
            "Write the value, or put # before the line if there is nothing to say yet.",
        );
    }
    if let Some(diagnosis) = explain_date(bare).or_else(|| explain_number(bare)) {
        return diagnosis;
    }
    if ["yes", "no", "true", "false", "y", "n"].contains(&bare.to_lowercase().as_str()) {
        return diagnosis(
            "Yes or no is written `true` or `false`, in small letters",
            "Write `true` for yes or `false` for no, without quotation marks.",
        );
    }
    if bare.contains('\\') && (parser_message.contains("escape") || bare.starts_with('"')) {
        return diagnosis(
            "A backslash has a meaning of its own between \" and \"",
            "Use / instead, write \\\\ for each one, or put the text between ' and '.",
        );
    }
    explain_text(bare)
}

fn explain_text(bare: &str) -> Diagnosis {
    if bare.starts_with('"') && bare.matches('"').count() > 2 {
        return diagnosis(
            "There are quotation marks inside the text",
            "Inside a text use ' instead of \", or put the whole text between \"\"\" and \"\"\".",
        );
    }
    if bare.starts_with(['"', '\'']) {
        return diagnosis(
            "The text has no closing quotation mark",
            "Put one quotation mark before and one after the text.",
        );
    }
    if bare.starts_with('[') || bare.starts_with('{') {
        return diagnosis(
            "This list cannot be read",
            "Write lists as [\"one\", \"two\"]: each text in quotation marks, commas between, a bracket at each end.",
        );
    }
    if bare.starts_with(|first: char| first.is_alphabetic()) {
        return diagnosis(
            "Text needs quotation marks",
            "Put the text in quotation marks: \"…\". Dates are written 2014-09-01.",
        );
    }
    diagnosis(
        "This value cannot be read",
        "Text stands in quotation marks, dates are written 2014-09-01, numbers have digits only.",
    )
}

/// Dates as people write them.
fn explain_date(bare: &str) -> Option<Diagnosis> {
    const HELP: &str = "Write year-month-day with hyphens and two digits each, without quotation marks: 1 September 2014 is 2014-09-01.";
    let parts: Vec<_> = bare.split(['/', '.', '-', '\u{2013}', ' ']).collect();
    let digits = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let month = |part: &&str| part.len() >= 3 && part.chars().all(char::is_alphabetic);
    let [first, second, third] = parts.as_slice() else { return None };
    if first.starts_with(|c: char| c.is_ascii_digit()) && month(second) && digits(third) {
        return Some(diagnosis("Dates are written in digits here", HELP));
    }
    if !parts.iter().all(digits) || !(first.len() == 4 || third.len() == 4 || third.len() == 2) {
        return None;
    }
    if first.len() < 4 {
        return Some(diagnosis("Dates are written the other way round here", HELP));
    }
    let well_formed = second.len() == 2 && third.len() == 2 && bare.matches('-').count() == 2;
    Some(diagnosis(
        if well_formed { "The calendar has no such day" } else { "This date is not written quite right" },
        HELP,
    ))
}

/// Numbers with something beside them.
fn explain_number(bare: &str) -> Option<Diagnosis> {
    if bare.ends_with('%') {
        return Some(diagnosis(
            "A percent sign cannot stand here",
            "Give whole sessions, for example `attended = 361`; percentages are worked out from them.",
        ));
    }
    if !bare.starts_with(|first: char| first.is_ascii_digit() || first == '+') {
        return None;
    }
    let only = |extra: char| bare.chars().all(|c| c.is_ascii_digit() || c == extra || c == '+');
    if bare.contains(' ') && only(' ') {
        return Some(diagnosis(
            "A number with spaces needs quotation marks",
            "Put it in quotation marks: \"01632 960100\".",
        ));
    }
    if bare.contains(',') && only(',') {
        return Some(diagnosis("A number has no comma", "Write digits only: 1370."));
    }
    if bare.contains('/') && only('/') {
        return Some(diagnosis(
            "One year is needed here",
            "Write the calendar year in which the academic year began: 2025 for 2025/26.",
        ));
    }
    let words = bare.split(' ').nth(1).is_some_and(|word| word.chars().all(char::is_alphabetic));
    words.then(|| diagnosis("Only digits can stand here", "Write the number alone: 372."))
}

/// What is wrong with a list or an inline table that has no end, and where: often a quotation mark is missing in it.
pub(super) fn explain_open(text: &str, at: usize) -> (usize, Diagnosis) {
    let mut start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
    for (number, line) in text.get(start..).unwrap_or_default().split_inclusive('\n').enumerate() {
        let next_field = line.split_once('=').is_some_and(|(name, _)| is_field_name(name.trim()));
        if number > 0 && (next_field || line.trim_start().starts_with('[')) {
            break;
        }
        if line.matches('"').count() % 2 == 1 && !line.contains("\\\"") {
            let diagnosis = diagnosis(
                "A quotation mark is missing in this list",
                "Put one quotation mark before and one after each text: [\"one\", \"two\"].",
            );
            return (if number == 0 { at } else { start }, diagnosis);
        }
        start += line.len();
    }
    let brace = text.get(at..).is_some_and(|from| from.starts_with('{'));
    let diagnosis = if brace {
        diagnosis("This bracket { has no end", "Put } at its end, as in { from = 2026-04-13, to = 2026-05-22 }.")
    } else {
        diagnosis("This list has no end", "Put ] after its last entry, as in [\"one\", \"two\"].")
    };
    (at, diagnosis)
}

/// The first bracket of a line that is not closed on it.
fn unclosed_bracket(line: &str) -> usize {
    let mut open = Vec::new();
    for (place, piece) in bare_pieces(line) {
        match piece {
            "[" | "{" => open.push(place.start),
            "]" | "}" => drop(open.pop()),
            _ => {}
        }
    }
    // A text that is not closed hides what comes after it.
    open.first().copied().or_else(|| line.find(['[', '{'])).unwrap_or(0)
}

/// Where a list begins that is still open when the next field or section begins.
pub(super) fn open_list(text: &str) -> Option<usize> {
    let (mut at, mut opened, mut long_text) = (0, None, false);
    for line in text.split_inclusive('\n') {
        let long = line.matches("\"\"\"").count() % 2 == 1;
        let bare: String = bare_pieces(line).map(|(_, piece)| piece).collect();
        if !long_text && !long {
            let begins = bare.trim_start().starts_with('[') && bare.trim_end().ends_with(']') && !bare.contains(',');
            let is_field = bare.split_once('=').is_some_and(|(name, _)| is_field_name(name.trim()));
            if opened.is_some() && (begins || is_field) {
                return opened;
            }
            let value = bare.split_once('=').filter(|_| is_field).map_or("", |(_, value)| value);
            let depth = |text: &str| text.matches(['[', '{']).count().cmp(&text.matches([']', '}']).count());
            opened = match opened {
                None if depth(value).is_gt() => Some(at + unclosed_bracket(line)),
                Some(_) if depth(&bare).is_lt() => None,
                other => other,
            };
        }
        long_text ^= long;
        at += line.len();
    }
    opened
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}

fn odd_triple_quotes(text: &str) -> bool {
    text.matches("\"\"\"").count() % 2 == 1
}
