//! The usual slips. TOML's own message for all of them is much the same; a teacher needs to know which it was.

use std::ops::Range;

use crate::text::Source;

/// Where a long text begins that has no end, if there is one.
pub(super) fn unclosed(text: &str) -> Option<usize> {
    if odd_triple_quotes(text) { text.rfind("\"\"\"") } else { None }
}

/// A syntax error in words a teacher can act on.
pub(super) struct Slip {
    pub message: &'static str,
    pub help: &'static str,
    /// Whether the rest of the file could not be read either.
    pub fatal: bool,
}

const fn slip(message: &'static str, help: &'static str) -> Slip {
    Slip { message, help, fatal: false }
}

/// What probably happened on a line that TOML cannot read.
pub(super) fn explain(source: &Source, span: &Range<usize>, parser_message: &str) -> Slip {
    let line = source.text.get(source.line_around(span.start)).unwrap_or_default().trim();
    let value = line.split_once('=').map(|(_, value)| value.trim());
    if parser_message.contains("duplicate") {
        return duplicate(line);
    }
    if odd_triple_quotes(&source.text) {
        return Slip {
            fatal: true,
            ..slip("A long text that begins with \"\"\" has no end", "Put \"\"\" after its last word.")
        };
    }
    if line.contains(['“', '”', '‘', '’', '„']) && !value.is_some_and(|v| v.starts_with(['"', '\''])) {
        return slip(
            "Curly quotation marks cannot be used here",
            "Use straight ones: \" and \". Word makes curly ones by itself; Notepad does not.",
        );
    }
    match value {
        Some(value) => explain_value(value, parser_message),
        None if line.starts_with('[') => {
            slip("This heading cannot be read", "Write a section as [section], one of several as [[section]].")
        }
        None => slip(
            "This line has no `=`",
            "Write each line as `field = value`. A text of several lines stands between \"\"\" and \"\"\".",
        ),
    }
}

fn duplicate(line: &str) -> Slip {
    if line.starts_with('[') {
        slip(
            "This section stands in the file twice",
            "Join the two, or use double square brackets, [[…]], where there can be several.",
        )
    } else {
        slip("This field is given twice", "Keep one of the two lines.")
    }
}

fn explain_value(value: &str, parser_message: &str) -> Slip {
    let bare = value.split('#').next().unwrap_or_default().trim();
    if bare.is_empty() {
        return slip(
            "There is no value after `=`",
            "Write the value, or put # before the line if there is nothing to say yet.",
        );
    }
    if is_written_date(bare) {
        return slip(
            "Dates are written the other way round here",
            "Write year-month-day with hyphens, without quotation marks: 1 September 2014 is 2014-09-01.",
        );
    }
    if bare.ends_with('%') {
        return slip(
            "A percent sign cannot stand here",
            "Give whole sessions, for example `attended = 361`; percentages are worked out from them.",
        );
    }
    if ["yes", "no", "true", "false", "y", "n"].contains(&bare.to_lowercase().as_str()) {
        return slip(
            "Yes or no is written `true` or `false`, in small letters",
            "Write `true` for yes or `false` for no, without quotation marks.",
        );
    }
    if bare.contains('\\') && (parser_message.contains("escape") || bare.starts_with('"')) {
        return slip(
            "A backslash has a meaning of its own between \" and \"",
            "Use / instead, write \\\\ for each one, or put the text between ' and '.",
        );
    }
    if bare.starts_with(['"', '\'']) {
        return slip(
            "This text has no end, or something stands after its end",
            "Put one quotation mark before and one after the text; inside it use ' instead of \".",
        );
    }
    if bare.starts_with('[') || bare.starts_with('{') {
        return slip("This list has no end, or a comma is missing", "Write lists as [\"one\", \"two\"].");
    }
    if bare.starts_with(|first: char| first.is_alphabetic()) {
        return slip("Text needs quotation marks", "Put the text in quotation marks: \"…\".");
    }
    slip(
        "This value cannot be read",
        "Text stands in quotation marks, dates are written 2014-09-01, numbers have digits only.",
    )
}

/// `1/9/2014`, `01.09.14`, `1-9-2014`, `2014/09/01`.
fn is_written_date(value: &str) -> bool {
    let parts: Vec<_> = value.split(['/', '.', '-']).collect();
    let digits = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(digits)
}

fn odd_triple_quotes(text: &str) -> bool {
    text.matches("\"\"\"").count() % 2 == 1
}
