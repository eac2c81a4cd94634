//! The texts of a record, and what can be told of words alone.

use serde_json::Value;

use crate::record::Record;
use crate::text::join;

/// One text of a record.
#[derive(Debug)]
pub(super) struct Text {
    /// Its path: `chronology[2].event`.
    pub(super) path: String,
    /// The name of its field; of the list, for a text in a list.
    pub(super) field: String,
    /// The text.
    pub(super) text: String,
}

/// Every text of a record, in the order of the record's sections.
pub(super) fn texts(record: &Record) -> Vec<Text> {
    fn walk(value: Value, field: &str, path: &str, out: &mut Vec<Text>) {
        match value {
            Value::String(text) => out.push(Text { path: path.to_owned(), field: field.to_owned(), text }),
            Value::Array(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    walk(item, field, &join(path, &format!("[{index}]")), out);
                }
            }
            Value::Object(fields) => {
                for (key, inner) in fields {
                    walk(inner, &key, &join(path, &key), out);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut out = Vec::new();
    if let Ok(value) = serde_json::to_value(record) {
        walk(value, "", "", &mut out);
    }
    out
}

/// A text in small letters, without punctuation, with single spaces.
pub(super) fn fold(text: &str) -> String {
    let folded: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>().to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether some folded words stand in a folded text, as whole words.
pub(super) fn has_words(folded: &str, words: &str) -> bool {
    folded.match_indices(words).any(|(at, _)| {
        let before = folded.get(..at).unwrap_or_default();
        let after = folded.get(at + words.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

/// Whether a text, folded, holds any of some folded words.
pub(super) fn says_any(text: &str, words: &[&str]) -> bool {
    let folded = fold(text);
    words.iter().any(|words| has_words(&folded, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert!(has_words("she was hard to reach", "hard to reach") && !has_words("the lados", "lado"));
        assert!(says_any("Attention-seeking.", &["attention seeking"]));
    }
}
