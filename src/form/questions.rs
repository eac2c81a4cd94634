//! What the form asks: one question for each field, in a text file of its own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::without_numbers;

const TEXT: &str = include_str!("../../templates/form/questions.txt");

/// Lines of the file: what stands before ` = `, and what after it.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TEXT.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = "))
}

static QUESTIONS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| lines().collect());

/// The question for the field at a path. A field without one is asked for by its name.
#[must_use]
pub fn question(path: &str) -> String {
    let plain = without_numbers(path);
    let name = plain.rsplit('.').next().unwrap_or(&plain);
    let found = QUESTIONS.get(plain.as_str()).or_else(|| QUESTIONS.get(format!("*.{name}").as_str()));
    found.map_or_else(|| name.replace('_', " "), |words| (*words).to_owned())
}

/// What is added to a list, with its article: `a talk with the child`.
#[must_use]
pub fn added(list: &str) -> &'static str {
    QUESTIONS.get(format!("+{}", without_numbers(list)).as_str()).copied().unwrap_or("an entry")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::record::{ValueType, field_texts, shape_at};

    fn is_list_of_tables(path: &str) -> bool {
        // Of a path without numbers: every list on the way is looked into.
        let mut at = String::new();
        for step in path.split('.') {
            at = crate::text::join(&at, step);
            while let Some(ValueType::List(inner)) = shape_at(&at) {
                if at.ends_with(step) && without_numbers(&at) == path {
                    return matches!(**inner, ValueType::Table(_));
                }
                at += "[0]";
            }
        }
        false
    }

    #[test]
    fn every_field_has_a_question_and_every_list_says_what_is_added() {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for field in field_texts() {
            let path = &field.path;
            let name = path.rsplit('.').next().unwrap();
            let own = QUESTIONS.get(path.as_str());
            assert!(own.is_some() || QUESTIONS.contains_key(format!("*.{name}").as_str()), "{path} has no question");
            wanted.insert(path.clone());
            wanted.insert(format!("*.{name}"));
            if is_list_of_tables(path) {
                let added = format!("+{path}");
                assert!(QUESTIONS.contains_key(added.as_str()), "{added} is missing");
                wanted.insert(added);
            }
        }
        for (path, words) in lines() {
            assert!(wanted.contains(path), "{path} is no field");
            let is_question = path.starts_with('+') || words.ends_with(['?', '.']);
            assert!(is_question && !words.contains("  "), "{path}: {words}");
        }
        assert_eq!(lines().count(), QUESTIONS.len(), "a line stands there twice");
    }
}
