//! What can be put into a record, and whether it belongs where it is put.

use std::collections::BTreeMap;

use toml_edit::{Array, InlineTable, Value};

use crate::record::day::Day;
use crate::record::schema::{Field, ValueType, record_schema};
use crate::text::path_steps;

/// A value to be put into a record.
#[derive(Debug, Clone, PartialEq)]
pub enum NewValue {
    /// A text, or a word of a choice.
    Text(String),
    /// A day.
    Day(Day),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// A list of texts or words.
    Texts(Vec<String>),
    /// Numbers by keys of the school's own: sessions by register code.
    Counts(BTreeMap<String, i64>),
    /// A table that stands on one line.
    Table(Vec<(String, Self)>),
}

impl NewValue {
    /// What a value says; `None` for what no record holds: a time of day, a list of lists.
    #[must_use]
    pub fn of(value: &toml::Value) -> Option<Self> {
        Some(match value {
            toml::Value::String(text) => Self::Text(text.clone()),
            toml::Value::Integer(number) => Self::Whole(*number),
            toml::Value::Float(number) => Self::Number(*number),
            toml::Value::Boolean(yes) => Self::YesNo(*yes),
            toml::Value::Datetime(day) => Self::Day(day.to_string().parse().ok()?),
            toml::Value::Array(items) => {
                Self::Texts(items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>()?)
            }
            toml::Value::Table(fields) => Self::Table(
                fields.iter().map(|(name, value)| Some((name.clone(), Self::of(value)?))).collect::<Option<_>>()?,
            ),
        })
    }

    /// As TOML has it.
    pub(super) fn to_toml(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Day(day) => {
                let day = day.to_string();
                day.parse::<toml_edit::Datetime>().map_or_else(|_no_day| Value::from(day.as_str()), Value::from)
            }
            Self::Whole(number) => Value::from(*number),
            Self::Number(number) => Value::from(*number),
            Self::YesNo(yes) => Value::from(*yes),
            Self::Texts(texts) => Value::from(texts.iter().map(String::as_str).collect::<Array>()),
            Self::Counts(counts) => Value::from(
                counts.iter().map(|(key, count)| (key.as_str(), Value::from(*count))).collect::<InlineTable>(),
            ),
            Self::Table(fields) => Value::from(
                fields.iter().map(|(name, value)| (name.as_str(), value.to_toml())).collect::<InlineTable>(),
            ),
        }
    }

    /// As it is read again.
    #[must_use]
    pub fn to_value(&self) -> toml::Value {
        match self {
            Self::Text(text) => toml::Value::from(text.as_str()),
            Self::Day(day) => {
                let day = day.to_string();
                day.parse().map_or_else(|_no_day| toml::Value::from(day.as_str()), toml::Value::Datetime)
            }
            Self::Whole(number) => toml::Value::from(*number),
            Self::Number(number) => toml::Value::from(*number),
            Self::YesNo(yes) => toml::Value::from(*yes),
            Self::Texts(texts) => toml::Value::from(texts.clone()),
            Self::Counts(counts) => toml::Value::from(counts.clone()),
            Self::Table(fields) => {
                toml::Value::Table(fields.iter().map(|(name, value)| (name.clone(), value.to_value())).collect())
            }
        }
    }

    /// As a record's JSON has it.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => serde_json::Value::from(text.as_str()),
            Self::Day(day) => serde_json::Value::from(day.to_string()),
            Self::Whole(number) => serde_json::Value::from(*number),
            Self::Number(number) => serde_json::Value::from(*number),
            Self::YesNo(yes) => serde_json::Value::from(*yes),
            Self::Texts(texts) => serde_json::Value::from(texts.clone()),
            Self::Counts(counts) => {
                counts.iter().map(|(key, count)| (key.clone(), serde_json::Value::from(*count))).collect()
            }
            Self::Table(fields) => fields.iter().map(|(name, value)| (name.clone(), value.to_json())).collect(),
        }
    }

    /// Whether it is what the schema asks for.
    pub(in crate::record) fn fits(&self, shape: &ValueType) -> bool {
        match (self, shape) {
            (Self::Text(_), ValueType::Text)
            | (Self::Day(_), ValueType::Date)
            | (Self::Whole(_), ValueType::Integer | ValueType::Number)
            | (Self::Number(_), ValueType::Number)
            | (Self::YesNo(_), ValueType::Boolean) => true,
            (Self::Text(word), ValueType::Choice(words)) => words.contains(word),
            (Self::Texts(texts), ValueType::List(inner)) => {
                texts.iter().all(|text| Self::Text(text.clone()).fits(inner))
            }
            (Self::Counts(_), ValueType::Map(inner)) => matches!(**inner, ValueType::Integer),
            (Self::Table(fields), ValueType::Table(known)) => {
                fields.iter().all(|(name, value)| known.get(name).is_some_and(|field| value.fits(&field.shape)))
            }
            _ => false,
        }
    }
}

/// What the schema says of the value at a path: of an entry, as of the list it stands in.
#[must_use]
pub fn shape_at(path: &str) -> Option<&'static ValueType> {
    let mut shape = &record_schema().root;
    for step in path_steps(path) {
        shape = match shape {
            ValueType::List(inner) if step.starts_with('[') => inner,
            ValueType::Table(fields) => &fields.get(step)?.shape,
            ValueType::Map(inner) => inner,
            _ => return None,
        };
    }
    Some(shape)
}

/// The fields of the table at a path.
#[must_use]
pub fn fields_at(path: &str) -> Option<&'static BTreeMap<String, Field>> {
    match shape_at(path)? {
        ValueType::Table(fields) => Some(fields),
        _ => None,
    }
}
