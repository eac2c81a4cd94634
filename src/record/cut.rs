//! The record cut down to what one circle of readers may see.
//!
//! A field belongs to the readers its `x-audience` names, or to those of what it stands in; at the top, to the
//! safeguarding lead alone. A table's own `audience` key widens its fields that name nobody, and narrows all of them.

use serde_json::{Map, Value};

use super::schema::{Field, Reader, Shape};
use super::{Audience, Record, VoiceEntry, record_schema};

/// The part of a record that a circle of readers may see. Sections in which nothing is left are gone altogether.
///
/// # Errors
/// Where the record cannot be written as JSON or what is left cannot be read again; neither happens for records
/// that [`super::read()`] made.
pub fn cut(record: &Record, reader: Audience) -> serde_json::Result<Cut> {
    let whole = serde_json::to_value(record)?;
    let cutter = Cutter { reader };
    let bounds = Bounds { default: Audience::Dsl, floor: Audience::AllStaff };
    let left = cutter.value(whole, &record_schema().root, bounds);
    let json = left.unwrap_or_else(|| Value::Object(Map::new()));
    Ok(Cut { reader, record: serde_json::from_value(json.clone())?, json })
}

/// What one circle of readers may see of a record.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The readers.
    pub reader: Audience,
    /// The part they may see.
    pub record: Record,
    /// The same part as JSON, without empty fields: what travels as the machine-readable record.
    pub json: Value,
}

/// Who may read what names nobody, and the widest circle that a surrounding table still allows.
#[derive(Clone, Copy)]
struct Bounds {
    default: Audience,
    floor: Audience,
}

struct Cutter {
    reader: Audience,
}

impl Cutter {
    fn value(&self, value: Value, shape: &Shape, bounds: Bounds) -> Option<Value> {
        match (value, shape) {
            (Value::Object(object), Shape::Table(fields)) => {
                let left = self.table(object, fields, bounds);
                (!left.is_empty()).then_some(Value::Object(left))
            }
            (Value::Array(items), Shape::List(inner)) => {
                let left: Vec<_> = items.into_iter().filter_map(|item| self.value(item, inner, bounds)).collect();
                (!left.is_empty()).then_some(Value::Array(left))
            }
            (Value::Null, _) => None,
            (value, _) => (bounds.default.max(bounds.floor) <= self.reader).then_some(value),
        }
    }

    fn table(
        &self,
        object: Map<String, Value>,
        fields: &std::collections::BTreeMap<String, Field>,
        outer: Bounds,
    ) -> Map<String, Value> {
        let own = object.get("audience").and_then(Value::as_str).and_then(Audience::from_key);
        let bounds = own.map_or(outer, |own| Bounds { default: own, floor: own.max(outer.floor) });
        let mut left = Map::new();
        for (name, value) in object {
            // A field that the schema does not know cannot be in a typed record; if it were, nobody would see it.
            let Some(field) = fields.get(&name) else { continue };
            let inner = match field.reader {
                Some(Reader::Circle(circle)) => Some(Bounds { default: circle, floor: bounds.floor }),
                Some(Reader::Agreed) => None,
                None => Some(bounds),
            };
            let kept = match inner {
                Some(inner) => self.value(value, &field.shape, inner),
                None => self.agreed(value, &field.shape),
            };
            if let Some(kept) = kept {
                left.insert(name, kept);
            }
        }
        // The key alone says nothing: a table of which only it is left has nothing in it.
        if left.keys().all(|name| name == "audience") { Map::new() } else { left }
    }

    /// Entries that the child's own agreement opens to these readers.
    fn agreed(&self, entries: Value, shape: &Shape) -> Option<Value> {
        let (Value::Array(entries), Shape::List(inner)) = (entries, shape) else { return None };
        let open = Bounds { default: Audience::AllStaff, floor: Audience::AllStaff };
        let shown = |entry: &Value| {
            serde_json::from_value::<VoiceEntry>(entry.clone()).is_ok_and(|entry| entry.shown_to(self.reader))
        };
        let left: Vec<_> =
            entries.into_iter().filter(shown).filter_map(|entry| self.value(entry, inner, open)).collect();
        (!left.is_empty()).then_some(Value::Array(left))
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn seen(text: &str, reader: Audience) -> String {
        let reading = read("x.toml", text.as_bytes());
        cut(&reading.record, reader).unwrap().json.to_string()
    }

    #[test]
    fn defaults_hold_where_the_record_says_nothing() {
        let text =
            "[[chronology]]\nevent = \"zq1\"\n[transition_plan]\nfirst_week = \"zq2\"\nday_one_support = \"zq3\"\n";
        assert_eq!(seen(text, Audience::AllStaff), r#"{"transition_plan":{"first_week":"zq2"}}"#);
        assert!(seen(text, Audience::Pastoral).contains("zq3") && !seen(text, Audience::Senco).contains("zq1"));
        assert!(seen(text, Audience::Dsl).contains("zq1"));
    }

    #[test]
    fn a_person_can_widen_one_element() {
        let text = "[[chronology]]\nevent = \"zq1\"\naudience = \"senco\"\n[[chronology]]\nevent = \"zq2\"\n";
        let senco = seen(text, Audience::Senco);
        assert!(senco.contains("zq1") && !senco.contains("zq2"));
        assert!(!seen(text, Audience::Pastoral).contains("zq1"));
    }

    #[test]
    fn narrowing_a_table_narrows_all_of_it() {
        let text = "[health]\naudience = \"dsl\"\n[[health.conditions]]\naction = \"zq1\"\naudience = \"all_staff\"\n";
        assert_eq!(seen(text, Audience::Senco), "{}");
        assert!(seen(text, Audience::Dsl).contains("zq1"));
    }

    #[test]
    fn the_childs_words_go_where_the_child_agreed() {
        let text =
            "[[voice.entries]]\nverbatim = \"zq1\"\nagreed_to_share_with = [\"senco\"]\noverride_reason = \"zq2\"\n";
        assert!(seen(text, Audience::Senco).contains("zq1") && !seen(text, Audience::Senco).contains("zq2"));
        assert!(!seen(text, Audience::Pastoral).contains("zq1") && !seen(text, Audience::Dsl).contains("zq1"));
    }
}
