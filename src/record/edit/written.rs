//! A record written as TOML, in the order in which its fields are asked for: what is read of it is the record again.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use toml_edit::{Array, InlineTable};

use crate::record::Record;
use crate::record::schema::{Field, ValueType, record_schema};
use crate::text::join;
use crate::text::without_numbers;

/// A record as TOML.
///
/// # Errors
/// Where it cannot be written as data, which records can.
pub fn to_toml(record: &Record) -> serde_json::Result<String> {
    to_toml_noted(record, &|_, _| None)
}

/// What is noted beside a value: by its path, and the value as JSON.
type Note<'n> = dyn Fn(&str, &Value) -> Option<String> + 'n;

/// A record as TOML, with a comment beside every value of which something is noted.
///
/// # Errors
/// Where it cannot be written as data, which records can.
pub fn to_toml_noted(record: &Record, note: &Note<'_>) -> serde_json::Result<String> {
    let value = serde_json::to_value(record)?;
    let mut text = String::new();
    if let (Value::Object(fields), ValueType::Table(known)) = (&value, &record_schema().root) {
        table(&mut text, "", fields, known, note);
    }
    Ok(text)
}

fn table(text: &mut String, path: &str, fields: &Map<String, Value>, known: &BTreeMap<String, Field>, note: &Note<'_>) {
    let mut known: Vec<(&String, &Field)> = known.iter().collect();
    known.sort_by_key(|(_, field)| field.order);
    let present = || known.iter().filter_map(|(name, field)| Some((*name, *field, fields.get(*name)?)));
    // What stands on one line comes before the first header.
    for (name, field, value) in present() {
        if let Some(words) = on_a_line(value, &field.shape) {
            let note = note(&join(path, name), value).map(|note| format!("   # {note}"));
            text.push_str(&format!("{name} = {words}{}\n", note.unwrap_or_default()));
        }
    }
    for (name, field, value) in present() {
        let inside = join(path, name);
        match (value, &field.shape) {
            (Value::Object(fields), ValueType::Table(known)) => {
                text.push_str(&format!("\n[{}]\n", without_numbers(&inside)));
                table(text, &inside, fields, known, note);
            }
            (Value::Array(items), ValueType::List(inner)) => {
                let ValueType::Table(known) = &**inner else { continue };
                for (at, fields) in items.iter().filter_map(Value::as_object).enumerate() {
                    text.push_str(&format!("\n[[{}]]\n", without_numbers(&inside)));
                    table(text, &join(&inside, &format!("[{at}]")), fields, known, note);
                }
            }
            _ => {}
        }
    }
}

/// A value that stands on the line of its name; `None` where it has headers of its own, or is none.
fn on_a_line(value: &Value, shape: &ValueType) -> Option<toml_edit::Value> {
    Some(match (value, shape) {
        (Value::Bool(yes), _) => toml_edit::Value::from(*yes),
        (Value::Number(number), _) => match number.as_i64() {
            Some(whole) if number.is_i64() => toml_edit::Value::from(whole),
            _ => toml_edit::Value::from(number.as_f64()?),
        },
        (Value::String(day), ValueType::Date) => toml_edit::Value::from(day.parse::<toml_edit::Datetime>().ok()?),
        (Value::String(text), _) => toml_edit::Value::from(text.as_str()),
        (Value::Array(items), ValueType::List(inner)) if !matches!(**inner, ValueType::Table(_)) => {
            toml_edit::Value::from(items.iter().filter_map(|item| on_a_line(item, inner)).collect::<Array>())
        }
        (Value::Object(fields), ValueType::Map(inner)) => {
            let fields = fields.iter().filter_map(|(name, value)| Some((name.as_str(), on_a_line(value, inner)?)));
            toml_edit::Value::from(fields.collect::<InlineTable>())
        }
        _ => return None,
    })
}
