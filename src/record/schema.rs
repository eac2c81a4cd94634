//! The shape of a record, out of the Rust types: as JSON Schema for editors, and compiled for our own reading.
//!
//! Keywords of ours stand in the schema. `x-audience` says who may read a field unless the record says otherwise
//! (a circle of readers; `agreed` where the child's own agreement decides; `section` where each section named has its
//! own). `x-text` says what a text is: whose words, a name, an account. `x-rule` names the rule that judges the absence
//! of a required field. `x-set` says that the order of a list has no meaning. `x-order` gives the fields of a table in
//! the order in which they are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Record;
use super::field_order::{FieldOrder, field_order};
use crate::circle::Audience;

/// The compiled shape of the record.
#[derive(Debug)]
pub struct Schema {
    /// The record's own fields.
    pub root: ValueType,
}

/// What a value must look like.
#[derive(Debug, Clone)]
pub enum ValueType {
    /// A table with known fields.
    Table(BTreeMap<String, Field>),
    /// A table with free keys and values of one shape.
    Map(Box<Self>),
    /// A list of values of one shape.
    List(Box<Self>),
    /// One of some words.
    Choice(Vec<String>),
    /// Text.
    Text,
    /// A date.
    Date,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
}

/// One field of a table.
#[derive(Debug, Clone)]
pub struct Field {
    /// What its value looks like.
    pub shape: ValueType,
    /// Who may read it unless the record says otherwise; `None` means as what it stands in.
    pub reader: Option<Reader>,
    /// Whether its absence is a mistake in shape; where a rule judges the absence, it is not.
    pub required: bool,
    /// Whether it is a list without order: references to other parts of the record.
    pub is_set: bool,
    /// Of a text: how many characters it may have at most.
    pub most: Option<usize>,
    /// Of a text, or of the texts in a list: what it is, where that matters.
    pub text: Option<TextKind>,
    /// Its place among the fields of its table, in the order in which they are asked for, from 0.
    pub order: usize,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// The child's own words or choice, exactly as given.
    Exact,
    /// The child's words in English, by an adult.
    Translation,
    /// How the child or a parent sees it, written down for them.
    View,
    /// A fact, an action or a reason that an adult gives.
    Account,
    /// The name of a person, a school, a service or a thing.
    Name,
    /// What a person's post is called.
    Post,
}

impl Field {
    /// The most characters of a text that is one line: a name, a role, a number. What may be longer is told in sentences.
    const LINE: usize = 200;

    /// Whether it is a text of one line.
    #[must_use]
    pub fn is_line(&self) -> bool {
        matches!(self.shape, ValueType::Text) && self.most.is_some_and(|most| most <= Self::LINE)
    }
}

/// Who may read a field unless the record says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A circle of readers.
    Circle(Audience),
    /// Those the child agreed to.
    Agreed,
    /// Of a list of sections: those who may read each section.
    Section,
}

/// The JSON Schema of the record (draft 7, which the TOML editors understand).
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = schema_of::<Record>();
    note_order(&mut schema, &field_order::<Record>());
    schema
}

/// Notes the order of every table, also of those that stand where they are used and have no name in the schema: a table
/// is known by its fields.
fn note_order(value: &mut Value, order: &FieldOrder) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| note_order(item, order)),
        Value::Object(object) => {
            object.values_mut().for_each(|inner| note_order(inner, order));
            let has = |fields: &[&str], own: &Map<String, Value>| {
                fields.len() == own.len() && fields.iter().all(|field| own.contains_key(*field))
            };
            let own = object.get("properties").and_then(Value::as_object);
            let fields = own.and_then(|own| order.values().find(|fields| has(fields, own)));
            if let Some(fields) = fields {
                object.insert("x-order".into(), Value::from(fields.to_vec()));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The JSON Schema of a file format of ours, draft 7, without nulls: TOML has none, and our JSON leaves them out.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    schema
}

/// The compiled shape of the record, made once.
#[must_use]
pub fn record_schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
        let json = json_schema();
        Schema { root: compile(&json, &json) }
    });
    &SCHEMA
}

/// The names of fields that are one line of text wherever they stand.
#[must_use]
pub fn is_line_field(name: &str) -> bool {
    static LINES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let (mut lines, mut others) = (BTreeSet::new(), BTreeSet::new());
        gather_lines(&record_schema().root, &mut lines, &mut others);
        lines.difference(&others).cloned().collect()
    });
    LINES.contains(name)
}

fn gather_lines(shape: &ValueType, lines: &mut BTreeSet<String>, others: &mut BTreeSet<String>) {
    match shape {
        ValueType::Table(fields) => {
            for (name, field) in fields {
                if field.is_line() { &mut *lines } else { &mut *others }.insert(name.clone());
                gather_lines(&field.shape, lines, others);
            }
        }
        ValueType::List(inner) | ValueType::Map(inner) => gather_lines(inner, lines, others),
        ValueType::Choice(_)
        | ValueType::Text
        | ValueType::Date
        | ValueType::Integer
        | ValueType::Number
        | ValueType::Boolean => {}
    }
}

/// Visits every value of a shape that is no table or list, with the name of the field that it stands in.
pub(super) fn each_leaf(shape: &ValueType, name: &str, visit: &mut impl FnMut(&str, &ValueType)) {
    match shape {
        ValueType::Table(fields) => fields.iter().for_each(|(name, field)| each_leaf(&field.shape, name, visit)),
        ValueType::List(inner) | ValueType::Map(inner) => each_leaf(inner, name, visit),
        leaf => visit(name, leaf),
    }
}

/// TOML has no null: what may be absent is simply not required.
fn tidy(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(object) => {
            tidy_object(object);
            object.values_mut().for_each(tidy);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn tidy_object(object: &mut Map<String, Value>) {
    let null = Value::from("null");
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| *name != null);
        if let [single] = types.as_slice() {
            let single = single.clone();
            object.insert("type".into(), single);
        }
    }
    if let Some(Value::Array(options)) = object.get_mut("anyOf") {
        options.retain(|option| option.get("type") != Some(&null));
        if let [single] = options.as_slice() {
            let all_of = vec![single.clone()];
            object.remove("anyOf");
            object.insert("allOf".into(), all_of.into());
        }
    }
    if object.get("default") == Some(&Value::Null) {
        object.remove("default");
    }
    if object.get("format").and_then(Value::as_str).is_some_and(|format| matches!(format, "int64" | "double")) {
        object.remove("format");
    }
}

fn compile(schema: &Value, root: &Value) -> ValueType {
    if let Some(reference) = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref")).and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#'));
        return target.map_or(ValueType::Text, |target| compile(target, root));
    }
    if let Some(words) = words(schema) {
        return ValueType::Choice(words);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => compile_object(schema, root),
        Some("array") => {
            ValueType::List(Box::new(schema.get("items").map_or(ValueType::Text, |items| compile(items, root))))
        }
        Some("integer") => ValueType::Integer,
        Some("number") => ValueType::Number,
        Some("boolean") => ValueType::Boolean,
        _ if schema.get("format").and_then(Value::as_str) == Some("date") => ValueType::Date,
        _ => ValueType::Text,
    }
}

fn words(schema: &Value) -> Option<Vec<String>> {
    let word = |value: &Value| value.as_str().map(str::to_owned);
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return Some(values.iter().filter_map(word).collect());
    }
    let options = schema.get("oneOf").and_then(Value::as_array)?;
    let each = |option: &Value| match option.get("const") {
        Some(constant) => word(constant).into_iter().collect(),
        None => words(option).unwrap_or_default(),
    };
    Some(options.iter().flat_map(each).collect())
}

fn compile_object(schema: &Value, root: &Value) -> ValueType {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        let values = schema.get("additionalProperties").filter(|values| values.is_object());
        return ValueType::Map(Box::new(values.map_or(ValueType::Integer, |values| compile(values, root))));
    };
    let required: Vec<_> = schema.get("required").and_then(Value::as_array).into_iter().flatten().collect();
    let order: Vec<_> = schema.get("x-order").and_then(Value::as_array).into_iter().flatten().collect();
    let field = |(name, property): (&String, &Value)| {
        let judged_by_rule = property.get("x-rule").is_some();
        let required = !judged_by_rule && required.iter().any(|entry| entry.as_str() == Some(name));
        let is_set = property.get("x-set") == Some(&Value::Bool(true));
        let most = property.get("maxLength").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
        let text = property.get("x-text").and_then(|kind| TextKind::deserialize(kind).ok());
        let order = order.iter().position(|entry| entry.as_str() == Some(name)).unwrap_or(order.len());
        let shape = compile(property, root);
        (name.clone(), Field { shape, reader: reader(property), required, is_set, most, text, order })
    };
    ValueType::Table(properties.iter().map(field).collect())
}

fn reader(property: &Value) -> Option<Reader> {
    let key = property.get("x-audience")?.as_str()?;
    Some(match Audience::from_key(key) {
        Some(circle) => Reader::Circle(circle),
        None if key == "agreed" => Reader::Agreed,
        None if key == "section" => Reader::Section,
        // A word that is no circle of readers is closed to all but the safeguarding lead.
        None => Reader::Circle(Audience::Dsl),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undescribed(value: &Value, at: &str, missing: &mut Vec<String>) {
        let Some(object) = value.as_object() else { return };
        for (name, property) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if property.get("description").is_none() {
                missing.push(format!("{at}.{name}"));
            }
        }
        for (name, definition) in object.get("definitions").and_then(Value::as_object).into_iter().flatten() {
            undescribed(definition, name, missing);
        }
    }

    #[test]
    fn every_field_is_described() {
        let mut missing = Vec::new();
        undescribed(&json_schema(), "record", &mut missing);
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn nothing_may_be_null() {
        assert!(!json_schema().to_string().contains("null"));
    }

    #[test]
    fn every_audience_keyword_is_known() {
        fn walk(value: &Value) {
            if let Some(key) = value.get("x-audience").and_then(Value::as_str) {
                assert!(["agreed", "section"].contains(&key) || Audience::from_key(key).is_some(), "{key}");
            }
            value.as_object().into_iter().flatten().for_each(|(_, inner)| walk(inner));
        }
        walk(&json_schema());
    }

    #[test]
    fn every_kind_of_text_is_known_and_every_table_has_its_order() {
        fn walk(value: &Value) {
            if let Some(kind) = value.get("x-text") {
                assert!(TextKind::deserialize(kind).is_ok(), "{kind}");
            }
            if let Some(properties) = value.get("properties").and_then(Value::as_object) {
                let order = value["x-order"].as_array().unwrap();
                let mut sorted: Vec<&str> = order.iter().filter_map(Value::as_str).collect();
                sorted.sort_unstable();
                assert!(sorted.into_iter().eq(properties.keys().map(String::as_str)), "{order:?}");
            }
            value.as_object().into_iter().flatten().for_each(|(_, inner)| walk(inner));
        }
        walk(&json_schema());
    }

    #[test]
    fn the_shape_knows_dates_choices_and_lists() {
        let ValueType::Table(root) = &record_schema().root else { panic!("not a table") };
        let ValueType::Table(pupil) = &root["pupil"].shape else { panic!("not a table") };
        assert!(
            matches!(pupil["dob"].shape, ValueType::Date)
                && matches!(&pupil["sex"].shape, ValueType::Choice(w) if w.len() == 3)
        );
        assert!(matches!(&root["risks"].shape, ValueType::List(inner) if matches!(**inner, ValueType::Table(_))));
        assert!(root["pupil"].required && !root["voice"].required, "the absence of voice is judged by VC-01");
        assert_eq!(root["risks"].reader, Some(Reader::Circle(Audience::Dsl)));
    }
}
