//! What a school suggests for records that are begun: who does what, and when. A suggestion stands in a starter as a note,
//! and is taken up child by child, by somebody who knows that it is true of this child.
//!
//! What is thought, said or decided about a child is never suggested: the same words under every name would be believed.

use std::collections::BTreeMap;

use super::edit::NewValue;
use super::schema::{Field, TextKind, ValueType, record_schema};
use crate::text::join;

/// Sections in which nothing is suggested: who the child is, and what stands or falls with this child alone.
const NOT_SUGGESTED: [&str; 7] = ["pupil", "risks", "weighed", "considered", "chronology", "plans", "sign_off"];

/// Suggestions as `school.toml` has them: by field, or by section and field.
pub(super) type Written = BTreeMap<String, toml::Value>;

/// What is suggested: the path of a field without numbers, and its value.
#[must_use]
pub(super) fn suggestions(written: &Written) -> Vec<(String, NewValue)> {
    told(written).into_iter().filter_map(|(path, value)| Some((path, NewValue::of(value)?))).collect()
}

/// What cannot be suggested: path and message.
pub(super) fn problems(written: &Written) -> Vec<(String, String)> {
    let problem = |(path, value): (String, &toml::Value)| {
        let message = match field_at(&path) {
            None => "A record has no such field",
            Some(field) if !may_be_suggested(&path, field) => "This is said of each child by itself",
            Some(field) if NewValue::of(value).is_none_or(|value| !value.fits(&field.shape)) => {
                "This is not what the field holds"
            }
            Some(_) => return None,
        };
        Some((join("starter", &path), message.to_owned()))
    };
    told(written).into_iter().filter_map(problem).collect()
}

/// Fields with their values, in the order of their paths.
fn told(written: &Written) -> Vec<(String, &toml::Value)> {
    fn walk<'v>(path: String, value: &'v toml::Value, out: &mut Vec<(String, &'v toml::Value)>) {
        match value {
            toml::Value::Table(fields) => {
                fields.iter().for_each(|(name, value)| walk(join(&path, name), value, out));
            }
            value => out.push((path, value)),
        }
    }
    let mut out = Vec::new();
    written.iter().for_each(|(path, value)| walk(path.clone(), value, &mut out));
    out
}

/// The field at a path without numbers.
fn field_at(path: &str) -> Option<&'static Field> {
    let mut shape = &record_schema().root;
    let mut found = None;
    for step in path.split('.') {
        while let ValueType::List(inner) = shape {
            shape = inner;
        }
        let ValueType::Table(fields) = shape else { return None };
        let field = fields.get(step)?;
        (shape, found) = (&field.shape, Some(field));
    }
    found
}

/// Whether a field says who or when, and not what.
fn may_be_suggested(path: &str, field: &Field) -> bool {
    let section = path.split('.').next().unwrap_or_default();
    // Questions to the child may be the same; answers are not.
    let is_question = path == "voice.entries.prompt";
    let is_open = match (&field.shape, field.text) {
        (ValueType::Date, _) | (ValueType::Text, Some(TextKind::Name | TextKind::Post)) => true,
        (ValueType::Text, None) => field.is_line(),
        (ValueType::List(inner), None) => matches!(**inner, ValueType::Text) && !field.is_set,
        _ => is_question,
    };
    is_open && !NOT_SUGGESTED.contains(&section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Written {
        text.parse::<toml::Table>().unwrap().into_iter().collect()
    }

    #[test]
    fn who_and_when_are_suggested_by_path_or_by_section() {
        let both = written("\"voice.entries.recorded_by\" = \"A\"\n[early_help]\nconsidered_on = 2026-02-05\n");
        assert_eq!(problems(&both), []);
        let paths: Vec<String> = suggestions(&both).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["early_help.considered_on", "voice.entries.recorded_by"]);
    }

    #[test]
    fn what_is_thought_said_or_decided_is_not() {
        for (path, value) in [
            ("voice.entries.verbatim", "\"I like it\""),
            ("voice.who_should_know", "\"All\""),
            ("voice.profile.good_at", "[\"x\"]"),
            ("voice.entries.agreed_to_share_with", "[\"all_staff\"]"),
            ("voice.entries.checked_back", "true"),
            ("early_help.decision", "\"not_proceeding\""),
            ("early_help.reason_not_proceeding", "\"None\""),
            ("no_known_risks.statement", "\"All asked\""),
            ("nil_returns.statement", "\"All asked\""),
            ("nil_returns.sections", "[\"plans\"]"),
            ("household.people.pr", "\"yes\""),
            ("risks.reappraised_on", "2026-06-20"),
            ("pupil.dob", "2015-01-01"),
            ("nothing.here", "\"x\""),
            ("household.as_at", "\"June\""),
        ] {
            let written = written(&format!("\"{path}\" = {value}\n"));
            assert_eq!(problems(&written).len(), 1, "{path}");
        }
    }
}
