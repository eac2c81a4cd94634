//! The words for a record's keywords, as pages print them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::label_table::LABELS;
use crate::text::said;

/// The words for a keyword: `cin_s17` is "Child in need plan". A keyword without words stands for itself.
#[must_use]
pub fn label<T: Serialize + JsonSchema>(keyword: &T) -> String {
    let Ok(Value::String(key)) = serde_json::to_value(keyword) else { return String::new() };
    let of_type = LABELS.iter().find(|(name, _)| *name == T::schema_name());
    let words = of_type.and_then(|(_, labels)| labels.iter().find(|(known, _)| *known == key));
    words.map_or(key, |(_, words)| said(words))
}

/// The words for one of the keywords of a choice, in the language of the program.
#[must_use]
pub fn keyword_label(keywords: &[String], keyword: &str) -> String {
    let is_it = |labels: &[(&str, &str)]| labels.iter().map(|(key, _)| *key).eq(keywords.iter().map(String::as_str));
    let of_type = LABELS.iter().find(|(_, labels)| is_it(labels));
    let words = of_type.and_then(|(_, labels)| labels.iter().find(|(known, _)| *known == keyword));
    words.map_or_else(|| keyword.to_owned(), |(_, words)| (*words).to_owned())
}

/// The words of every keyword.
pub fn labels() -> impl Iterator<Item = &'static str> {
    LABELS.iter().flat_map(|(_, labels)| labels.iter().map(|(_, words)| *words))
}

#[cfg(test)]
mod tests {
    use super::super::{PlanType, json_schema};
    use super::*;
    use crate::circle::Audience;

    #[test]
    fn keywords_have_words() {
        assert_eq!(label(&PlanType::CinS17), "Child in need plan");
        assert_eq!(label(&Audience::AllStaff), "Every member of staff who teaches or looks after the child");
    }

    /// Every keyword of the schema, wherever it stands.
    fn keywords(value: &Value, found: &mut Vec<Vec<String>>) {
        let options = value.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let keys: Vec<String> = options.filter_map(|option| Some(option.get("const")?.as_str()?.to_owned())).collect();
        if !keys.is_empty() {
            found.push(keys);
        }
        let inner = value.as_object().into_iter().flat_map(|object| object.values());
        inner.chain(value.as_array().into_iter().flatten()).for_each(|inner| keywords(inner, found));
    }

    #[test]
    fn every_type_of_keywords_has_words_for_each_and_for_no_other() {
        let mut found = Vec::new();
        keywords(&json_schema(), &mut found);
        assert!(found.len() > 30, "{}", found.len());
        let keys = |labels: &[(&str, &str)]| labels.iter().map(|(key, _)| (*key).to_owned()).collect::<Vec<_>>();
        for keys_of_type in &found {
            assert!(LABELS.iter().any(|(_, labels)| keys(labels) == *keys_of_type), "{keys_of_type:?}");
        }
        for (name, labels) in LABELS {
            assert!(found.contains(&keys(labels)), "no keywords are called {name} any more");
        }
        assert!(labels().all(|words| !words.is_empty() && !words.ends_with('.')));
    }
}
