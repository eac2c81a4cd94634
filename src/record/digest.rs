//! What somebody puts their name to: the content of a record, as a digest over a form that lasts.
//!
//! The form has a version, and holds what was said and nothing else: no field that is absent, no empty list, table or text; line ends
//! are line feeds and texts are in Unicode's composed form (NFC); fields stand in the order of their names, and lists
//! that are sets (`x-set` in the schema: who may read, references to other parts) in order and without doubles. So a new
//! field in a later version of this program, another editor's line ends or a reordered set leave a signature whole, and a
//! changed word or picture does not. JSON as RFC 8785 has it, as far as records need it.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::schema::{Field, ValueType, record_schema};
use super::school_file::FromSchool;
use super::{Record, SignOff};
use crate::text::{hex, parent, path_steps};

/// What a digest of today's form begins with.
const VERSION: &str = "v2:";
/// What is hashed before the content, so that no other digest of ours can be taken for one of this form.
const PURPOSE: &[u8] = b"handover sign-off, form 2\n";

/// The SHA-256 of each picture that a record names, in lower-case hexadecimal, by the name that the record gives it.
pub type PictureDigests = BTreeMap<String, String>;

/// The digest of what one person signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentDigest(String);

/// What a digest in a record is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// The content is what was signed.
    Unchanged,
    /// The content, or the sign-off itself, is not what was signed.
    Changed,
    /// The digest is of a form that is no longer made: it cannot be told what was signed.
    OldForm,
}

impl ContentDigest {
    /// The digest of the content of a record, and role, name, day and statement of a sign-off. The other sign-offs and the
    /// journey of the files, which goes on after it, are left out. Comments and layout do not count.
    ///
    /// With it goes what the pictures show: the SHA-256 of each file that the record names, by its name. Of what the record
    /// left out and `school.toml` says, all counts but how people are reached: a new telephone number at the next school is
    /// no change to what was signed about the child.
    ///
    /// `None` only if the record cannot be serialised, which records do not do.
    #[must_use]
    pub fn of(
        record: &Record,
        sign_off: &SignOff,
        pictures: &PictureDigests,
        from_school: &FromSchool,
    ) -> Option<Self> {
        let signed = SignOff { digest: None, audience: None, ..sign_off.clone() };
        let content = Record { sign_off: vec![signed], transfer: None, ..record.clone() };
        let mut content = serde_json::to_value(content).ok()?;
        from_school.iter().filter(|path| is_how_to_reach(path)).for_each(|path| take_out(&mut content, path));
        let canonical = canonical(content, &record_schema().root)?;
        let mut digest = Sha256::new();
        digest.update(PURPOSE);
        digest.update(serde_json::to_vec(&canonical).ok()?);
        for sha256 in pictures.values() {
            digest.update(b"\npicture ");
            digest.update(sha256);
        }
        Some(Self(format!("{VERSION}{}", hex(&digest.finalize()))))
    }

    /// What a digest in a record is worth.
    #[must_use]
    pub fn judge(&self, written: &str) -> Signature {
        let written = written.trim();
        let is_old = written.len() == 64 && written.bytes().all(|byte| byte.is_ascii_hexdigit());
        if written.eq_ignore_ascii_case(&self.0) {
            Signature::Unchanged
        } else if is_old {
            Signature::OldForm
        } else {
            Signature::Changed
        }
    }
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a field says how somebody is reached.
fn is_how_to_reach(path: &str) -> bool {
    matches!(path_steps(path).last(), Some("phone" | "email"))
}

/// Takes a field of a table out.
fn take_out(value: &mut Value, path: &str) {
    let table = path_steps(parent(path)).try_fold(value, |value, step| value.get_mut(step));
    if let (Some(Value::Object(fields)), Some(name)) = (table, path_steps(path).last()) {
        fields.remove(name);
    }
}

/// A value in the form that is signed; nothing where it says nothing.
fn canonical(value: Value, shape: &ValueType) -> Option<Value> {
    match (value, shape) {
        (Value::Null, _) => None,
        (Value::String(text), _) => canonical_text(&text).map(Value::String),
        (Value::Array(items), shape) => {
            let inner = if let ValueType::List(inner) = shape { inner } else { shape };
            let items: Vec<Value> = items.into_iter().filter_map(|item| canonical(item, inner)).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        (Value::Object(fields), shape) => {
            let mut kept = BTreeMap::new();
            for (name, value) in fields {
                let value = match shape {
                    ValueType::Table(known) => known.get(&name).and_then(|field| canonical_field(value, field)),
                    ValueType::Map(inner) => canonical(value, inner),
                    other => canonical(value, other),
                };
                kept.extend(value.map(|value| (name, value)));
            }
            (!kept.is_empty()).then(|| Value::Object(kept.into_iter().collect()))
        }
        (value @ (Value::Bool(_) | Value::Number(_)), _) => Some(value),
    }
}

fn canonical_field(value: Value, field: &Field) -> Option<Value> {
    let value = canonical(value, &field.shape)?;
    match value {
        Value::Array(mut items) if field.is_set => {
            items.sort_by_key(Value::to_string);
            items.dedup();
            Some(Value::Array(items))
        }
        value => Some(value),
    }
}

/// Line feeds, composed letters; nothing where there are only spaces.
fn canonical_text(text: &str) -> Option<String> {
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Pupil, Transfer, read};

    const RECORD: &str = include_str!("../../examples/records/03-cp-plan-and-ehcp.toml");

    fn dsl() -> SignOff {
        SignOff { name: Some("R. Sample".into()), on: "2026-07-01".parse().ok(), ..SignOff::default() }
    }

    fn digest(text: &str) -> String {
        let reading = read("x", text.as_bytes());
        assert!(reading.findings.is_empty(), "{:?}", reading.findings);
        ContentDigest::of(&reading.record, &dsl(), &BTreeMap::new(), &FromSchool::new()).unwrap().to_string()
    }

    /// If this fails, every signature of every school would have to be renewed: change the version of the form, and the
    /// golden value with it, or do not change the form.
    #[test]
    fn the_form_stays_as_it_is() {
        assert_eq!(digest(GOLDEN), "v2:ac3d85f3deac7efe4f41c341e54d43d8fb0b1c2d1fd7f295bb92c8b320211f94");
    }

    const GOLDEN: &str = r#"schema_version = 1
[pupil]
upn = "G999200126001"
legal_surname = "Example"
legal_forename = "Zoë"
dob = 2015-02-03
communication_needs = ["Short sentences", "Time"]
[sending_school]
name = "Millbeck Example Junior School"
laestab = "9992001"
urn = "999201"
[receiving_school]
name = "Northgate Example Academy"
laestab = "9994001"
urn = "999401"
start_date = 2026-09-03
[attendance]
[[attendance.periods]]
academic_year = 2025
from = 2025-09-01
to = 2026-07-10
possible = 360
attended = 350
stated_percentage = 97.2
[[voice.entries]]
id = "v1"
verbatim = """First line.
Second line."""
agreed_to_share_with = ["all_staff", "dsl"]
"#;

    #[test]
    fn the_digest_is_of_content_and_signer_alone() {
        let record = Record::default();
        let of = |record: &Record, sign_off: &SignOff| {
            ContentDigest::of(record, sign_off, &BTreeMap::new(), &FromSchool::new()).unwrap()
        };
        let signed = Record { sign_off: vec![dsl()], transfer: Some(Transfer::default()), ..record.clone() };
        assert_eq!(of(&record, &dsl()), of(&signed, &dsl()));
        let pupil = Some(Pupil { dob: "2015-02-03".parse().ok(), ..Pupil::default() });
        assert_ne!(of(&record, &dsl()), of(&Record { pupil, ..record.clone() }, &dsl()));
        let other = SignOff { statement: Some("Read".into()), ..dsl() };
        assert_ne!(of(&record, &dsl()), of(&record, &other));
    }

    #[test]
    fn what_says_the_same_has_the_same_digest() {
        let before = digest(GOLDEN);
        let crlf = GOLDEN.replace('\n', "\r\n");
        let decomposed = GOLDEN.replace('ë', "e\u{308}");
        let reordered = GOLDEN.replace(r#"["all_staff", "dsl"]"#, r#"["dsl", "all_staff", "dsl"]"#);
        let commented = GOLDEN.replace("[pupil]\n", "# seen\n[pupil]\n\n");
        let (head, tail) = GOLDEN.split_once("[[voice.entries]]").unwrap();
        let moved = format!("schema_version = 1\n[[voice.entries]]{tail}{}", head.replace("schema_version = 1\n", ""));
        let empty = GOLDEN.replace("[attendance]\n", "[attendance]\nterms = []\n");
        for same in [crlf, decomposed, reordered, commented, moved, empty.replace("terms = []\n", "")] {
            assert_eq!(digest(&same), before, "{same}");
        }
    }

    #[test]
    fn another_picture_or_another_order_of_what_has_one_changes_it() {
        let with = |sha256: &str| {
            let pictures = BTreeMap::from([("house.png".to_owned(), sha256.to_owned())]);
            ContentDigest::of(&Record::default(), &dsl(), &pictures, &FromSchool::new()).unwrap()
        };
        assert!(with("aa") != with("ab") && with("aa") == with("aa"));
        let needs = |needs: &str| digest(&format!("{GOLDEN}[sen]\nneeds = [{needs}]\n"));
        assert_ne!(needs("\"SEMH\", \"SLCN\""), needs("\"SLCN\", \"SEMH\""), "the main one first");
    }

    #[test]
    fn every_changed_word_number_and_day_changes_it() {
        let before = digest(RECORD);
        let mut changed = 0;
        for (at, c) in RECORD.char_indices().filter(|(_, c)| c.is_ascii_lowercase()) {
            let mut text = RECORD.to_owned();
            text.replace_range(at..=at, if c == 'q' { "z" } else { "q" });
            let reading = read("x", text.as_bytes());
            let same_record = reading.record == read("x", RECORD.as_bytes()).record;
            if reading.findings.is_empty() && !same_record && reading.record.transfer.is_some() {
                let parts = |record: &Record| Record { transfer: None, sign_off: Vec::new(), ..record.clone() };
                let is_signed = parts(&reading.record) != parts(&read("x", RECORD.as_bytes()).record);
                assert_eq!(digest(&text) != before, is_signed, "at byte {at}");
                changed += usize::from(is_signed);
            }
            if changed > 300 {
                break;
            }
        }
        assert!(changed > 300, "{changed}");
    }

    #[test]
    fn an_older_digest_is_told_from_a_wrong_one() {
        let digest = ContentDigest::of(&Record::default(), &dsl(), &BTreeMap::new(), &FromSchool::new()).unwrap();
        assert_eq!(digest.judge(&digest.to_string()), Signature::Unchanged);
        assert_eq!(digest.judge(&"a".repeat(64)), Signature::OldForm);
        assert_eq!(digest.judge(&format!("v2:{}", "a".repeat(64))), Signature::Changed);
        assert_eq!(digest.judge("anything"), Signature::Changed);
    }
}
