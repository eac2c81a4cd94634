//! What is kept beside the records of a folder and belongs into none of them: where imported values came from, who is
//! expected to leave, and which fields have changed since somebody signed.
//!
//! Of a record's own words it holds no more than marks, from which nothing can be read.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Record;
use super::day::Day;
use super::sharing::{SignOff, SignOffRole};
use crate::text::{hex, join, json_lines};

/// The notes of one folder of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FolderNotes {
    format: String,
    version: u32,
    /// Whether an import has noted what it is about to write, and has not written all of it yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unsettled: bool,
    /// The files that were imported, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<Import>,
    /// The children who are expected to leave, by UPN.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub expected: BTreeMap<String, Expected>,
    /// What is noted of each record, by the name of its file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub records: BTreeMap<String, RecordNotes>,
}

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Its name, without the folder.
    pub file: String,
    /// What it was, in words: `Common Transfer File`.
    pub kind: String,
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// When it was imported first.
    pub on: Day,
}

/// A child who is expected to leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The name by which the child is known.
    pub name: String,
    /// The class or registration group, where a file says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// For where: a DfE number, or words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What is noted of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordNotes {
    /// Values that were imported: the number of the import, and the value's mark, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, (usize, String)>,
    /// What a file said of people who were added to the household: a mark of each.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub added: BTreeSet<String>,
    /// The last signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
}

/// A signature, and what it was under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// In what role.
    pub role: SignOffRole,
    /// When.
    pub on: Day,
    /// The mark of every field that was signed.
    pub fields: BTreeMap<String, String>,
}

impl Default for FolderNotes {
    fn default() -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            version: Self::VERSION,
            is_unsettled: false,
            imports: Vec::new(),
            expected: BTreeMap::new(),
            records: BTreeMap::new(),
        }
    }
}

impl FolderNotes {
    /// The name of their file.
    pub const FILE: &str = "handover.notes.json";
    const FORMAT: &str = "handover-notes";
    const VERSION: u32 = 1;

    /// As they are written.
    ///
    /// # Errors
    /// Only if serialising fails, which plain strings and numbers do not.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        json_lines(self)
    }

    /// Notes; `None` where they are none of this format and version.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let notes: Self = serde_json::from_slice(bytes).ok()?;
        (notes.format == Self::FORMAT && notes.version == Self::VERSION).then_some(notes)
    }

    /// The number of an import, which is noted where it is new.
    pub fn import(&mut self, import: Import) -> usize {
        match self.imports.iter().position(|known| known.sha256 == import.sha256) {
            Some(known) => known,
            None => {
                self.imports.push(import);
                self.imports.len() - 1
            }
        }
    }

    /// Notes a signature under a record.
    pub fn sign(&mut self, file: &str, record: &Record, sign_off: &SignOff) {
        if let (Some(role), Some(on)) = (sign_off.role, sign_off.on) {
            let signed = Signed { role, on, fields: field_marks(record) };
            self.records.entry(file.to_owned()).or_default().signed = Some(signed);
        }
    }
}

impl Signed {
    /// The fields of a record that are not as they were signed, by path.
    #[must_use]
    pub fn changed(&self, record: &Record) -> Vec<String> {
        let now = field_marks(record);
        let paths: BTreeSet<&String> = self.fields.keys().chain(now.keys()).collect();
        paths.into_iter().filter(|path| self.fields.get(*path) != now.get(*path)).cloned().collect()
    }
}

/// The mark of a value at a path.
#[must_use]
pub fn mark_of(path: &str, value: &str) -> String {
    let digest = Sha256::digest(format!("{path}\n{value}"));
    hex(digest.get(..8).unwrap_or_default())
}

/// A mark of every field of a record that somebody signs: an entry of a list is known by its `id` where it has one.
fn field_marks(record: &Record) -> BTreeMap<String, String> {
    let content = Record { sign_off: Vec::new(), transfer: None, ..record.clone() };
    let mut marks = BTreeMap::new();
    gather("", &serde_json::to_value(content).unwrap_or_default(), &mut marks);
    marks
}

fn gather(path: &str, value: &Value, marks: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        Value::Object(fields) => fields.iter().for_each(|(name, value)| gather(&join(path, name), value, marks)),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (at, item) in items.iter().enumerate() {
                let id = item.get("id").and_then(Value::as_str);
                let step = id.map_or_else(|| format!("[{at}]"), |id| format!("[{id}]"));
                gather(&join(path, &step), item, marks);
            }
        }
        value => {
            marks.insert(path.to_owned(), mark_of(path, &value.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::read;

    const RECORD: &str = include_str!("../../examples/records/03-cp-plan-and-ehcp.toml");

    #[test]
    fn what_changed_since_a_signature_is_known_by_its_field() {
        let record = read("x", RECORD.as_bytes()).record;
        let sign_off = SignOff { role: Some(SignOffRole::Dsl), on: "2026-07-01".parse().ok(), ..SignOff::default() };
        let mut notes = FolderNotes::default();
        notes.sign("a.toml", &record, &sign_off);
        let notes = FolderNotes::from_bytes(&notes.to_bytes().unwrap()).unwrap();
        let signed = notes.records["a.toml"].signed.clone().unwrap();
        assert_eq!(signed.changed(&record), Vec::<String>::new());
        let mut changed = record.clone();
        changed.risks[0].description = Some("Another".to_owned());
        changed.chronology.remove(0);
        changed.transfer = None;
        let told = signed.changed(&changed);
        let id = record.risks[0].id.clone().unwrap();
        assert!(told.contains(&format!("risks[{id}].description")), "{told:?}");
        let gone = record.chronology[0].id.clone().unwrap();
        assert!(
            told.iter().all(|path| path.starts_with("risks") || path.starts_with(&format!("chronology[{gone}]"))),
            "{told:?}"
        );
        assert!(!String::from_utf8(notes.to_bytes().unwrap()).unwrap().contains("plan for"), "no words of the record");
    }

    #[test]
    fn other_files_are_no_notes() {
        assert_eq!(FolderNotes::from_bytes(b"{}"), None);
        assert_eq!(FolderNotes::from_bytes(b"{\"format\": \"handover-notes\", \"version\": 2}"), None);
    }
}
