//! How a record's text is laid out: which line begins a section, which holds a field, and which is a note about one that
//! may be filled in.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use crate::text::join;

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowKind {
    /// `[section]` or `[[list]]`.
    Header,
    /// `name = value`, with all lines of its value.
    Field(String),
    /// `# [section]` or `# [[list]]`: begins a block of notes that holds to its end.
    HeaderNote,
    /// `# name = value`.
    FieldNote(String),
    /// Another comment.
    Comment,
    /// Nothing.
    Blank,
}

/// One line of a record, or the lines of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its bytes, with the end of the line.
    pub span: Range<usize>,
    pub kind: RowKind,
    /// The section it stands in: `attendance.periods[1]`; empty above the first header.
    pub section: String,
    /// Of notes: the section that they would make, if they were none. `None` where they belong into the section itself.
    pub noted: Option<String>,
}

/// The rows of a text that can be read as TOML.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let tokens: Vec<Token> = Source::new(text).lex().filter(|token| token.kind() != TokenKind::Eof).collect();
    let mut rows = Vec::new();
    let mut sections = Sections::default();
    let mut noted: Option<String> = None;
    let mut begin = 0;
    while begin < tokens.len() {
        let (end, is_header) = row_end(&tokens, begin);
        let row = tokens.get(begin..end).unwrap_or_default();
        let span = row.first().map_or(0, |first| first.span().start())..row.last().map_or(0, |last| last.span().end());
        let words = text.get(span.clone()).unwrap_or_default().trim();
        let first = row.iter().find(|token| token.kind() != TokenKind::Whitespace).map(Token::kind);
        let kind = match first {
            None | Some(TokenKind::Newline) => RowKind::Blank,
            Some(TokenKind::Comment) => note(words),
            _ if is_header => RowKind::Header,
            _ => RowKind::Field(key(words)),
        };
        match &kind {
            RowKind::Header => {
                sections.enter(words);
                noted = None;
            }
            RowKind::HeaderNote => noted = Some(header(words.trim_start_matches(['#', ' '])).0),
            RowKind::Field(_) | RowKind::Blank => noted = None,
            RowKind::FieldNote(_) | RowKind::Comment => {}
        }
        rows.push(Row { span, kind, section: sections.now.clone(), noted: noted.clone() });
        begin = end;
    }
    rows
}

/// Where the row that begins at a token ends, and whether it is a header.
fn row_end(tokens: &[Token], begin: usize) -> (usize, bool) {
    let (mut depth, mut is_header, mut is_begun) = (0_usize, false, false);
    for (at, token) in tokens.iter().enumerate().skip(begin) {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                is_header |= !is_begun;
                depth += 1;
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => depth = depth.saturating_sub(1),
            TokenKind::Newline if depth == 0 => return (at + 1, is_header),
            _ => {}
        }
        is_begun |= token.kind() != TokenKind::Whitespace;
    }
    (tokens.len(), is_header)
}

/// What a comment is a note of.
fn note(words: &str) -> RowKind {
    let inner = words.trim_start_matches('#').trim();
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    // What comes after the header is a comment of its own.
    let before_comment = inner.split('#').next().unwrap_or_default().trim_end();
    if inner.starts_with('[') && before_comment.ends_with(']') && is_name(&header(inner).0.replace('.', "")) {
        return RowKind::HeaderNote;
    }
    match inner.split_once(" = ") {
        Some((name, _)) if is_name(name) => RowKind::FieldNote(name.to_owned()),
        _ => RowKind::Comment,
    }
}

/// The name of a field, out of its line.
fn key(words: &str) -> String {
    words.split('=').next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned()
}

/// The name in a header, and whether it is one of a list.
fn header(words: &str) -> (String, bool) {
    let words = words.split('#').next().unwrap_or_default().trim();
    let is_list = words.starts_with("[[");
    let name = words.trim_matches(['[', ']', ' ', '\t']);
    let parts: Vec<&str> = name.split('.').map(|part| part.trim().trim_matches(['"', '\''])).collect();
    (parts.join("."), is_list)
}

/// Which section the headers so far have led to.
#[derive(Default)]
struct Sections {
    now: String,
    /// The last entry of each list.
    last: BTreeMap<String, usize>,
}

impl Sections {
    fn enter(&mut self, words: &str) {
        let (name, is_list) = header(words);
        let parts: Vec<&str> = name.split('.').collect();
        let mut path = String::new();
        for (at, part) in parts.iter().enumerate() {
            path = join(&path, part);
            let is_last = at + 1 == parts.len();
            if is_last && is_list {
                let entry = self.last.get(&path).map_or(0, |last| last + 1);
                self.last.insert(path.clone(), entry);
                // A new entry has lists of its own.
                let inside = format!("{path}[{entry}]");
                self.last.retain(|list, _| !list.starts_with(&format!("{inside}.")));
                path = inside;
            } else if let Some(entry) = self.last.get(&path) {
                path = format!("{path}[{entry}]");
            }
        }
        self.now = path;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_knows_its_section() {
        let text = "a = 1\n\n[b] # x\n# note\nc = [\n  \"[no]\",\n]\n# d = 2\n\n# [[b.e]]\n# f = 1\n[[b.e]]\nf = \"\"\"\n[no]\n\"\"\"\n[b.e.g]\n[[b.e]]\nf = { h = 1 }\n[b.e.g]\n";
        let rows = rows(text);
        let told: Vec<(&str, &str, &RowKind)> =
            rows.iter().map(|row| (row.section.as_str(), row.noted.as_deref().unwrap_or(""), &row.kind)).collect();
        let field = |name: &str| RowKind::Field(name.to_owned());
        let noted = |name: &str| RowKind::FieldNote(name.to_owned());
        assert_eq!(
            told,
            [
                ("", "", &field("a")),
                ("", "", &RowKind::Blank),
                ("b", "", &RowKind::Header),
                ("b", "", &RowKind::Comment),
                ("b", "", &field("c")),
                ("b", "", &noted("d")),
                ("b", "", &RowKind::Blank),
                ("b", "b.e", &RowKind::HeaderNote),
                ("b", "b.e", &noted("f")),
                ("b.e[0]", "", &RowKind::Header),
                ("b.e[0]", "", &field("f")),
                ("b.e[0].g", "", &RowKind::Header),
                ("b.e[1]", "", &RowKind::Header),
                ("b.e[1]", "", &field("f")),
                ("b.e[1].g", "", &RowKind::Header),
            ]
        );
        assert_eq!(rows.iter().map(|row| &text[row.span.clone()]).collect::<String>(), text);
    }
}
