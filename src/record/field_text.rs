//! What the schema says of each field, in words, with an example out of the examples.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::schema::json_schema;
use crate::text::join;

/// Records out of which examples are taken, the plainest first.
const EXAMPLES: [&str; 4] = [
    include_str!("../../examples/records/01-nothing-to-worry.toml"),
    include_str!("../../examples/records/02-below-85-reasoned.toml"),
    include_str!("../../examples/records/03-cp-plan-and-ehcp.toml"),
    include_str!("../../examples/records/04-looked-after.toml"),
];

/// So many characters of an example are shown.
const LONGEST: usize = 90;

/// What the schema says of one field.
#[derive(Debug, Clone)]
pub struct FieldText {
    /// Its path, without numbers.
    pub path: String,
    /// What it holds.
    pub description: String,
    /// The words of a choice, or what kind of value it is: ` = text`.
    pub kind: String,
    /// A value as an example has it.
    pub example: Option<String>,
}

/// Every field of a record, in the order in which it is asked for.
#[must_use]
pub fn field_texts() -> &'static [FieldText] {
    static FIELDS: LazyLock<Vec<FieldText>> = LazyLock::new(|| {
        let (schema, mut examples) = (json_schema(), examples());
        let mut fields = Vec::new();
        gather(&schema, &schema, "", &mut fields);
        for field in &mut fields {
            field.example = examples.remove(&field.path);
        }
        fields
    });
    &FIELDS
}

/// Every field under a schema, in the order in which it is asked for.
fn gather(schema: &Value, root: &Value, path: &str, out: &mut Vec<FieldText>) {
    let schema = resolved(schema, root);
    if let Some(items) = schema.get("items") {
        gather(items, root, path, out);
        return;
    }
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let order = schema.get("x-order").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for name in order {
        let Some(property) = properties.get(name) else { continue };
        let path = join(path, name);
        let description = property.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        out.push(FieldText { path: path.clone(), description, kind: kind(property, root), example: None });
        gather(property, root, &path, out);
    }
}

fn resolved<'v>(schema: &'v Value, root: &'v Value) -> &'v Value {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    reference.and_then(|reference| root.pointer(reference.trim_start_matches('#'))).unwrap_or(schema)
}

/// What kind of value a field holds, in a few words.
fn kind(property: &Value, root: &Value) -> String {
    let schema = resolved(property, root);
    let constants = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let mut words: Vec<&str> = constants.filter_map(|option| option.get("const")?.as_str()).collect();
    words.extend(schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
    if !words.is_empty() {
        return format!(" = one of: {}", words.join(", "));
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("array") => {
            let items = schema.get("items").map(|items| resolved(items, root));
            if items.is_some_and(|items| items.get("properties").is_some()) {
                " (a list: [[ ]] for each)".to_owned()
            } else {
                let inner = items.map(|items| kind(items, root)).unwrap_or_default();
                format!(" = a list{}", inner.replacen(" = one of", " of", 1).replacen(" = ", " of ", 1))
            }
        }
        Some("object") if schema.get("properties").is_some() => " (a section)".to_owned(),
        Some("object") => " = numbers by name".to_owned(),
        Some("boolean") => " = true or false".to_owned(),
        Some("integer") => " = a whole number".to_owned(),
        Some("number") => " = a number".to_owned(),
        _ if schema.get("format").and_then(Value::as_str) == Some("date") => " = a day: 2026-09-03".to_owned(),
        _ => " = text".to_owned(),
    }
}

/// The first value that an example has at each path.
fn examples() -> BTreeMap<String, String> {
    fn walk(path: &str, value: &toml::Value, names: &[String], out: &mut BTreeMap<String, String>) {
        match value {
            toml::Value::Table(fields) => {
                fields.iter().for_each(|(name, value)| walk(&join(path, name), value, names, out));
            }
            toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
                items.iter().for_each(|item| walk(path, item, names, out));
            }
            value => {
                let text = value.to_string();
                if !text.contains('\n') && text.chars().count() <= LONGEST && text != "[]" {
                    // An example that names a child of the examples would look like another pupil's record.
                    let is_plain =
                        |text: &str| path.starts_with("pupil") || !names.iter().any(|name| text.contains(name));
                    match out.get(path) {
                        Some(known) if is_plain(known) || !is_plain(&text) => {}
                        _ => drop(out.insert(path.to_owned(), text)),
                    }
                }
            }
        }
    }
    let mut out = BTreeMap::new();
    let tables: Vec<toml::Table> = EXAMPLES.iter().filter_map(|example| example.parse().ok()).collect();
    let of_child = |table: &toml::Table| -> Vec<String> {
        let pupil = table.get("pupil").and_then(toml::Value::as_table);
        let named = ["legal_forename", "preferred_forename"].map(|name| pupil?.get(name)?.as_str().map(str::to_owned));
        named.into_iter().flatten().filter(|name| !name.is_empty()).collect()
    };
    let names: Vec<String> = tables.iter().flat_map(of_child).collect();
    for table in tables {
        walk("", &toml::Value::Table(table), &names, &mut out);
    }
    // Where no example is without a name, there is none.
    out.retain(|path, text| path.starts_with("pupil") || !names.iter().any(|name| text.contains(name)));
    out
}
