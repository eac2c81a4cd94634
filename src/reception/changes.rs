//! What changed between two records about one child: by section, what matters most first.

use serde::Serialize;
use serde_json::{Map, Value};

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: `risks`, `voice`.
    pub section: String,
    /// The field, with the entry it stands in: `risks r2 impact_on_child`.
    pub field: String,
    /// What was said before; nothing where it is new.
    pub before: Option<String>,
    /// What is said now; nothing where it was taken out.
    pub after: Option<String>,
}

/// Sections in the order in which one wants to know of a change: what is dangerous, what is decided, what the child says.
const FIRST: [&str; 10] = [
    "risks",
    "no_known_risks",
    "weighed",
    "plans",
    "care",
    "voice",
    "early_help",
    "chronology",
    "attendance",
    "household",
];

/// What differs between two records as they are embedded in packs of one kind. Entries of lists are known by their `id`, or
/// else by the place at which they stand.
#[must_use]
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    let empty = Map::new();
    let (one, other) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let mut sections: Vec<&String> = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name))).collect();
    let rank = |name: &str| FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len());
    sections.sort_by_key(|name| (rank(name), (*name).clone()));
    // Who has signed, and what exactly, says nothing about the child.
    for section in sections.into_iter().filter(|section| *section != "sign_off") {
        compare(section, section, one.get(section), other.get(section), &mut found);
    }
    found
}

fn compare(section: &str, field: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Value::Object(_)) | None, Some(Value::Object(_)) | None) => {
            let empty = Map::new();
            let table = |value: Option<&Value>| value.and_then(Value::as_object).unwrap_or(&empty).clone();
            let (one, other) = (table(before), table(after));
            let names = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name)));
            for name in names.filter(|name| *name != "id") {
                compare(section, &format!("{field} {name}"), one.get(name), other.get(name), found);
            }
        }
        (Some(Value::Array(_)) | None, Some(Value::Array(_)) | None) if is_of_tables(before) || is_of_tables(after) => {
            for (key, one, other) in entries(before, after) {
                compare(section, &format!("{field} {key}"), one, other, found);
            }
        }
        _ => found.push(Change {
            section: section.to_owned(),
            field: field.to_owned(),
            before: before.map(shown),
            after: after.map(shown),
        }),
    }
}

fn is_of_tables(value: Option<&Value>) -> bool {
    value.and_then(Value::as_array).is_some_and(|items| items.iter().any(Value::is_object))
}

/// The entries of two lists, each beside its like.
fn entries<'v>(
    before: Option<&'v Value>,
    after: Option<&'v Value>,
) -> Vec<(String, Option<&'v Value>, Option<&'v Value>)> {
    let keyed = |value: Option<&'v Value>| -> Vec<(String, &'v Value)> {
        let items = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let key = |(number, item): (usize, &'v Value)| {
            let id = item.get("id").and_then(Value::as_str).filter(|id| !id.is_empty());
            (id.map_or_else(|| (number + 1).to_string(), str::to_owned), item)
        };
        items.iter().enumerate().map(key).collect()
    };
    let (one, other) = (keyed(before), keyed(after));
    let find =
        |all: &[(String, &'v Value)], key: &str| all.iter().find(|(known, _)| known == key).map(|(_, item)| *item);
    let mut out: Vec<_> = one.iter().map(|(key, item)| (key.clone(), Some(*item), find(&other, key))).collect();
    let new = other.iter().filter(|(key, _)| find(&one, key).is_none());
    out.extend(new.map(|(key, item)| (key.clone(), None, Some(*item))));
    out
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// A change in a line: `risks, r2, impact on child: was “…”, now “…”`.
#[must_use]
pub fn in_words(change: &Change) -> String {
    let field = change.field.replace('_', " ");
    match (&change.before, &change.after) {
        (None, Some(after)) => format!("{field}: new: “{after}”"),
        (Some(before), None) => format!("{field}: taken out: “{before}”"),
        (before, after) => {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            format!("{field}: was “{}”, now “{}”", text(before), text(after))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_changed_is_told_with_the_gravest_first_and_moved_entries_are_no_change() {
        let before = json!({
            "pupil": {"legal_forename": "Maya"},
            "voice": {"entries": [{"id": "v1", "verbatim": "a"}]},
            "risks": [{"id": "r1", "kind": "neglect"}, {"id": "r2", "kind": "bullying"}],
        });
        let after = json!({
            "pupil": {"legal_forename": "Maja"},
            "voice": {"entries": [{"id": "v1", "verbatim": "b"}]},
            "risks": [{"id": "r2", "kind": "bullying"}, {"id": "r1", "kind": "neglect"}, {"id": "r3", "kind": "online"}],
        });
        let told: Vec<String> = changes(&before, &after).iter().map(in_words).collect();
        assert_eq!(
            told,
            [
                "risks r3 kind: new: “online”",
                "voice entries v1 verbatim: was “a”, now “b”",
                "pupil legal forename: was “Maya”, now “Maja”"
            ]
        );
        assert_eq!(changes(&before, &before), []);
        let gone = changes(&before, &json!({}));
        assert!(gone.iter().all(|change| change.after.is_none()) && gone.len() == 4, "{gone:?}");
    }
}
