//! Values that can mean one thing only: a word of a choice in other letters, a number or a day between quotation marks, a
//! single text where a list belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::edit::{NewValue, RecordEditor};
use super::schema::{ValueType, each_leaf, record_schema};
use super::written_day::{WrittenDay, written_day, written_yes_no};
use crate::school::plain_number;
use crate::text::join;

/// A record's text with such values put right; as it is where it cannot be read in full.
pub(super) fn mend_values(text: String) -> String {
    let Ok(mut editor) = RecordEditor::new(&text) else { return text };
    let mut mended = Vec::new();
    walk("", &toml::Value::Table(editor.table().clone()), &record_schema().root, &mut mended);
    if mended.is_empty() || mended.iter().any(|(path, value)| editor.set(path, value).is_err()) {
        return text;
    }
    editor.finish().unwrap_or(text)
}

fn walk(path: &str, value: &toml::Value, shape: &ValueType, mended: &mut Vec<(String, NewValue)>) {
    match (value, shape) {
        (toml::Value::Table(fields), ValueType::Table(known)) => {
            for (name, value) in fields {
                if let Some(field) = known.get(name) {
                    walk(&join(path, name), value, &field.shape, mended);
                }
            }
        }
        (toml::Value::Array(items), ValueType::List(inner)) => {
            if let ValueType::Choice(words) = &**inner {
                let all = items.iter().map(toml::Value::as_str).collect::<Option<Vec<&str>>>();
                let meant =
                    all.and_then(|all| all.into_iter().map(|text| meant(text, words)).collect::<Option<Vec<_>>>());
                let is_other =
                    |meant: &Vec<String>| items.iter().zip(meant).any(|(item, meant)| item.as_str() != Some(meant));
                mended.extend(meant.filter(is_other).map(|meant| (path.to_owned(), NewValue::Texts(meant))));
                return;
            }
            for (at, item) in items.iter().enumerate() {
                walk(&join(path, &format!("[{at}]")), item, inner, mended);
            }
        }
        (toml::Value::String(text), shape) => {
            let name = path.rsplit('.').next().unwrap_or_default();
            mended.extend(instead_of(name, text, shape).map(|value| (path.to_owned(), value)));
        }
        _ => {}
    }
}

/// What a text can only mean, where that is something else.
fn instead_of(name: &str, text: &str, shape: &ValueType) -> Option<NewValue> {
    let trimmed = text.trim();
    match shape {
        ValueType::Choice(words) => meant(text, words).filter(|word| word != text).map(NewValue::Text),
        ValueType::Date => match written_day(trimmed) {
            WrittenDay::Day(day) | WrittenDay::Ambiguous(day) => Some(NewValue::Day(day)),
            WrittenDay::Unknown => None,
        },
        ValueType::Integer => trimmed.parse().ok().map(NewValue::Whole),
        ValueType::Number => trimmed
            .trim_end_matches('%')
            .trim_end()
            .parse()
            .ok()
            .filter(|it: &f64| it.is_finite())
            .map(NewValue::Number),
        ValueType::Boolean => written_yes_no(trimmed).map(NewValue::YesNo),
        ValueType::List(inner) if !trimmed.is_empty() => match &**inner {
            ValueType::Text => Some(NewValue::Texts(vec![text.to_owned()])),
            ValueType::Choice(words) => Some(NewValue::Texts(vec![meant(text, words)?])),
            _ => None,
        },
        ValueType::Text if name == "laestab" || name == "urn" || name == "upn" => {
            let plain = plain_number(trimmed).to_uppercase();
            let is_number = name == "upn" || plain.bytes().all(|byte| byte.is_ascii_digit());
            (plain != text && is_number && !plain.is_empty()).then_some(NewValue::Text(plain))
        }
        _ => None,
    }
}

/// The word of a choice that is meant: the same one, or one in other letters, with spaces or dashes.
fn meant(text: &str, words: &[String]) -> Option<String> {
    if words.iter().any(|word| word == text) {
        return Some(text.to_owned());
    }
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let plain_text = match plain(text).as_str() {
        // As a Common Transfer File and a register have it.
        "female" | "girl" if words.iter().any(|word| word == "F") => "f".to_owned(),
        "male" | "boy" if words.iter().any(|word| word == "M") => "m".to_owned(),
        other => other.to_owned(),
    };
    let mut alike = words.iter().filter(|word| plain(word) == plain_text);
    let found = alike.next()?;
    alike.next().is_none().then(|| found.clone())
}

/// The word of a choice that stands without quotation marks in a field of this name, wherever that stands.
pub(super) fn choice_without_marks(field: &str, word: &str) -> Option<String> {
    static CHOICES: LazyLock<BTreeMap<String, BTreeSet<Vec<String>>>> = LazyLock::new(|| {
        let mut choices = BTreeMap::<String, BTreeSet<Vec<String>>>::new();
        each_leaf(&record_schema().root, "", &mut |name, leaf| {
            // What is no choice everywhere stands with no words.
            let words = if let ValueType::Choice(words) = leaf { words.clone() } else { Vec::new() };
            choices.entry(name.to_owned()).or_default().insert(words);
        });
        choices
    });
    let mut choices = CHOICES.get(field)?.iter();
    let meant = meant(word, choices.next()?)?;
    choices.all(|words| words.contains(&meant)).then_some(meant)
}

#[cfg(test)]
mod tests {
    use crate::record::fix;

    #[test]
    fn values_that_can_mean_one_thing_only_are_put_right() {
        for (before, after) in [
            ("[sending_school]\nlaestab = \"999/2001\" # x\n", "[sending_school]\nlaestab = \"9992001\" # x\n"),
            ("[pupil]\nupn = \"g999 2001 26001\"\n", "[pupil]\nupn = \"G999200126001\"\n"),
            ("[pupil]\nsex = \"Female\"\n", "[pupil]\nsex = \"F\"\n"),
            ("[pupil]\ndob = \"14 November 2014\"\n", "[pupil]\ndob = 2014-11-14\n"),
            ("[pupil]\ndob = \"2014-11-14\"\n", "[pupil]\ndob = 2014-11-14\n"),
            (
                "[pupil]\ncommunication_needs = \"Short sentences\"\n",
                "[pupil]\ncommunication_needs = [\"Short sentences\"]\n",
            ),
            ("[voice]\nagreed_to_share_with = \"all staff\"\n", "[voice]\nagreed_to_share_with = [\"all_staff\"]\n"),
            (
                "[voice]\nagreed_to_share_with = [\"All Staff\", \"dsl\"]\n",
                "[voice]\nagreed_to_share_with = [\"all_staff\", \"dsl\"]\n",
            ),
            ("[[attendance.periods]]\npossible = \"380\"\n", "[[attendance.periods]]\npossible = 380\n"),
            ("[[attendance.periods]]\nacademic_year = 2024/25\n", "[[attendance.periods]]\nacademic_year = 2024\n"),
            ("[sharing]\nparent_informed = \"yes\"\n", "[sharing]\nparent_informed = true\n"),
            ("[sen]\nprovision = \"k\"\n", "[sen]\nprovision = \"K\"\n"),
        ] {
            assert_eq!(fix(before.as_bytes()).unwrap().after, after);
            assert!(!fix(after.as_bytes()).unwrap().is_changed(), "{after}");
        }
    }

    #[test]
    fn words_of_people_and_what_is_not_known_stay() {
        for text in [
            "[[voice.entries]]\nverbatim = \"  all staff, 03/02/2015 \"\n",
            "[pupil]\nsex = \"x\"\nlegal_surname = \"female\"\n",
            "[[attendance.periods]]\nacademic_year = 2024/26\npossible = \"many\"\n",
            "[early_help]\ndecision = \"maybe later\"\n",
        ] {
            assert_eq!(fix(text.as_bytes()).unwrap().after, text);
        }
    }
}
