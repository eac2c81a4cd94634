//! The record cut down to what one circle of readers may see.
//!
//! A field belongs to the readers its `x-audience` names, or to those of what it stands in; at the top, to the
//! safeguarding lead alone. A table's own `audience` key widens its fields that name nobody, and narrows all of them.

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::Record;
use super::nil_return::NilSection;
use super::schema::{Field, Reader, ValueType, record_schema};
use super::voice::{Profile, Voice, VoiceEntry, Worry};
use crate::circle::Audience;

/// The part of a record that a circle of readers may see. Sections in which nothing is left are gone altogether.
///
/// # Errors
/// Where the record cannot be written as JSON or what is left cannot be read again; neither happens for records
/// that [`crate::record::read()`] made.
pub fn audience_view(record: &Record, reader: Audience) -> serde_json::Result<AudienceView> {
    let whole = serde_json::to_value(record)?;
    let json = Cutter { reader, voice: record.voice.as_ref(), keeps_places: false }.whole(whole);
    Ok(AudienceView { reader, record: serde_json::from_value(json.clone())?, json })
}

/// What a circle of readers may see, each value in its own place: what they may not see of a list is null.
#[derive(Debug, Clone)]
pub struct Visible(Value);

impl Visible {
    /// What these readers may see of a record.
    ///
    /// # Errors
    /// As [`audience_view`].
    pub fn to(record: &Record, reader: Audience) -> serde_json::Result<Self> {
        let whole = serde_json::to_value(record)?;
        Ok(Self(Cutter { reader, voice: record.voice.as_ref(), keeps_places: true }.whole(whole)))
    }

    /// Whether they see what stands at a path: `chronology[2].event`.
    #[must_use]
    pub fn shows(&self, path: &str) -> bool {
        let mut at = Some(&self.0);
        for step in path.split(['.', '[']) {
            at = match step.strip_suffix(']') {
                Some(number) => at.zip(number.parse::<usize>().ok()).and_then(|(value, number)| value.get(number)),
                None => at.and_then(|value| value.get(step)),
            };
        }
        at.is_some_and(|value| !value.is_null())
    }
}

/// What one circle of readers may see of a record.
#[derive(Debug, Clone)]
pub struct AudienceView {
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

impl Bounds {
    /// For what is open to these readers by something else than its place.
    const OPEN: Self = Self { default: Audience::AllStaff, floor: Audience::AllStaff };
}

struct Cutter<'a> {
    reader: Audience,
    voice: Option<&'a Voice>,
    /// Whether what is taken out of a list leaves its place behind.
    keeps_places: bool,
}

impl Cutter<'_> {
    fn whole(&self, record: Value) -> Value {
        let bounds = Bounds { default: Audience::Dsl, floor: Audience::AllStaff };
        let left = self.value(record, &record_schema().root, bounds);
        left.unwrap_or_else(|| Value::Object(Map::new()))
    }

    fn value(&self, value: Value, shape: &ValueType, bounds: Bounds) -> Option<Value> {
        match (value, shape) {
            (Value::Object(object), ValueType::Table(fields)) => {
                let left = self.table(object, fields, bounds);
                (!left.is_empty()).then_some(Value::Object(left))
            }
            (Value::Array(items), ValueType::List(inner)) => {
                self.list(items.into_iter().map(|item| self.value(item, inner, bounds)))
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
        let mut is_empty_return = false;
        for (name, value) in object {
            // A field that the schema does not know cannot be in a typed record; if it were, nobody would see it.
            let Some(field) = fields.get(&name) else { continue };
            let kept = match field.reader {
                Some(Reader::Circle(circle)) => {
                    self.value(value, &field.shape, Bounds { default: circle, floor: bounds.floor })
                }
                Some(Reader::Agreed) => self.agreed(&name, value, &field.shape, bounds),
                Some(Reader::Section) => {
                    let kept = self.sections(value, bounds);
                    is_empty_return = kept.is_none();
                    kept
                }
                None => self.value(value, &field.shape, bounds),
            };
            if let Some(kept) = kept {
                left.insert(name, kept);
            }
        }
        // A statement about sections of which these readers may know none is not theirs at all. And a key of readers
        // alone says nothing: a table of which only it is left has nothing in it.
        let says_nothing = left.keys().all(|name| KEYS.contains(&name.as_str()));
        if is_empty_return || says_nothing { Map::new() } else { left }
    }

    /// What the child's own agreement opens to these readers.
    fn agreed(&self, field: &str, value: Value, shape: &ValueType, bounds: Bounds) -> Option<Value> {
        let open = |value: Value, shape: &ValueType| self.value(value, shape, Bounds::OPEN);
        let voice = self.voice.filter(|_| bounds.floor <= self.reader)?;
        let shown = |item: &Value| match field {
            "entries" => VoiceEntry::deserialize(item).is_ok_and(|entry| entry.shown_to(self.reader)),
            "worries" => Worry::deserialize(item).is_ok_and(|worry| voice.shows_worry(&worry, self.reader)),
            "profile" => Profile::deserialize(item).is_ok_and(|profile| voice.shows_profile(&profile, self.reader)),
            _ => voice.shows(self.reader),
        };
        match (value, shape) {
            (Value::Array(items), ValueType::List(inner)) => {
                self.list(items.into_iter().map(|item| shown(&item).then(|| open(item, inner)).flatten()))
            }
            (value, shape) => shown(&value).then(|| open(value, shape)).flatten(),
        }
    }

    /// The sections of a nil return that these readers may know of.
    fn sections(&self, value: Value, bounds: Bounds) -> Option<Value> {
        let Value::Array(sections) = value else { return None };
        let theirs = |section: &Value| {
            let section = NilSection::deserialize(section).ok();
            section.is_some_and(|section| section.reader().max(bounds.floor) <= self.reader)
        };
        self.list(sections.into_iter().map(|section| theirs(&section).then_some(section)))
    }

    /// A list, where something is left of it.
    fn list(&self, items: impl Iterator<Item = Option<Value>>) -> Option<Value> {
        let items: Vec<_> = items.filter(|item| self.keeps_places || item.is_some()).collect();
        let something = items.iter().any(Option::is_some);
        something.then(|| items.into_iter().map(Option::unwrap_or_default).collect())
    }
}

/// Fields that only say who may read what stands beside them.
const KEYS: [&str; 2] = ["audience", "agreed_to_share_with"];

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn seen(text: &str, reader: Audience) -> String {
        let reading = read("x.toml", text.as_bytes());
        audience_view(&reading.record, reader).unwrap().json.to_string()
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
    fn what_is_visible_keeps_its_place() {
        let text = "[[chronology]]\nevent = \"a\"\n[[chronology]]\nevent = \"b\"\naudience = \"senco\"\n";
        let record = read("x.toml", text.as_bytes()).record;
        let seen = Visible::to(&record, Audience::Senco).unwrap();
        assert!(
            seen.shows("chronology[1].event") && !seen.shows("chronology[0].event") && !seen.shows("chronology[7]")
        );
        assert!(Visible::to(&record, Audience::Dsl).unwrap().shows("chronology[0].event"));
    }

    #[test]
    fn a_person_can_widen_one_element() {
        let text = "[[chronology]]\nevent = \"zq1\"\naudience = \"senco\"\n[[chronology]]\nevent = \"zq2\"\n";
        let senco = seen(text, Audience::Senco);
        assert!(senco.contains("zq1") && !senco.contains("zq2"));
        assert!(!seen(text, Audience::Pastoral).contains("zq1"));
    }

    #[test]
    fn a_nil_return_shows_each_reader_the_sections_that_are_theirs() {
        let text = "[[nil_returns]]\nsections = [\"plans\", \"sen\", \"allergies\"]\nstated_by = \"zq1\"\nstatement = \"zq2\"\n";
        assert_eq!(seen(text, Audience::AllStaff), "{}");
        let pastoral = r#"{"nil_returns":[{"sections":["allergies"],"stated_by":"zq1"}]}"#;
        assert_eq!(seen(text, Audience::Pastoral), pastoral);
        assert!(seen(text, Audience::Senco).contains("sen") && !seen(text, Audience::Senco).contains("plans"));
        assert!(seen(text, Audience::Dsl).contains("plans") && seen(text, Audience::Dsl).contains("zq2"));
        assert_eq!(seen("[[nil_returns]]\nsections = [\"plans\"]\nstated_by = \"zq1\"\n", Audience::Senco), "{}");
    }

    #[test]
    fn everything_in_the_childs_voice_goes_where_the_child_agreed() {
        let text = "[voice]\ntrusted_adults = [\"zq1\"]\nwho_should_know = \"zq2\"\nworries = [{ text = \"zq3\" }]\n[voice.profile]\nhopes = [\"zq4\"]\n[[voice.entries]]\nverbatim = \"zq5\"\nagreed_to_share_with = [\"dsl\"]\n";
        for reader in [Audience::AllStaff, Audience::Pastoral, Audience::Senco] {
            assert_eq!(seen(text, reader), "{}");
        }
        for word in ["zq1", "zq2", "zq3", "zq4", "zq5"] {
            assert!(seen(text, Audience::Dsl).contains(word), "{word}");
        }
        let asked = text.replace("[voice]\n", "[voice]\nagreed_to_share_with = [\"all_staff\"]\n");
        let all = seen(&asked, Audience::AllStaff);
        assert!(["zq1", "zq2", "zq3", "zq4"].iter().all(|word| all.contains(word)) && !all.contains("zq5"));
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
