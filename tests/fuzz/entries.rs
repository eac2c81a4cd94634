//! What is fuzzed: everything that reads bytes of strangers, each with what must hold whatever the bytes are. The fuzz
//! targets call these, and so does the test that replays the seeds.

#![allow(dead_code, reason = "each target uses one of them")]

use handover::bundle::{Manifest, Passphrase, lock_of, read_archive, unlock, unlock_with_age, write_archive};
use handover::check::{CheckOptions, Policy, check};
use handover::import::fill;
use handover::problem::render_concise;
use handover::record::{
    self, RecordEditor, RecordNotes, SchoolFile, Starter, read, read_at_school, starter as starter_text,
};
use handover::sign::{Identity, read_detached};
use handover::verify::{Answer, Trust, judge};

/// The passphrase of the seeds' envelopes.
pub(crate) const WORDS: &str = "oak river lamp stone bread wheel glass";
/// The key of a seed's `age` envelope, made for this and used for nothing else.
pub(crate) const KEY: &str = "AGE-SECRET-KEY-1EDXF5UAAKFDEH9V5Z349FZ4R39DPZ9MTWXD6WJQ3QR43JL4EN95SGXJKKR";
/// Its recipient.
pub(crate) const RECIPIENT: &str = "age1e8s5eds2eyhc8nxxsthx2sc2gr280h2zmfptgylfy48cyc3c253sdk3htj";
/// What the seeds' detached signatures are over.
pub(crate) const CONTENT: &[u8] = b"content";

pub(crate) fn record(data: &[u8]) {
    let policy = Policy::default();
    let terms = CheckOptions { policy: &policy, today: "2026-07-10".parse().unwrap(), overrides: &[] };
    let outcomes = check(vec![read("record.toml", data)], &terms);
    let reports: Vec<_> = outcomes.iter().map(|outcome| outcome.report.clone()).collect();
    assert!(outcomes[0].checked.is_none() || !render_concise(&reports).contains(": error["));
}

/// Whatever a list says, the starter that it fills is a record still, and is filled once.
pub(crate) fn import(data: &[u8]) {
    let Ok(file) = handover::import::import(data, &Default::default()) else { return };
    let starter = Starter { today: "2026-07-10".parse().unwrap(), schema: "record.schema.json", school: None };
    let starter = starter_text(starter).unwrap();
    for proposal in file.proposals.iter().take(3) {
        let mut editor = RecordEditor::new(&starter).unwrap();
        let mut notes = RecordNotes::default();
        fill(&mut editor, proposal, (&mut notes, 0), None, true).unwrap();
        let once = editor.finish().unwrap();
        let mut editor = RecordEditor::new(&once).unwrap();
        let again = fill(&mut editor, proposal, (&mut notes, 0), None, false).unwrap();
        assert!(again.filled.is_empty(), "{:?}", again.filled);
        assert_eq!(editor.finish().unwrap(), once);
    }
}

/// A record that is filled from a school's file is read like any other.
pub(crate) fn school(data: &[u8]) {
    if let Ok(school) = SchoolFile::read("school.toml", data) {
        let reading = read_at_school("x", b"schema_version = 1\n[receiving_school]\nlaestab = \"9994001\"\n", &school);
        assert!(reading.from_school.iter().all(|path| !path.starts_with("years")));
    }
}

pub(crate) fn policy(data: &[u8]) {
    drop(Policy::read("policy.toml", data));
}

/// What was mended once needs no mending.
pub(crate) fn fix(data: &[u8]) {
    if let Some(mended) = record::fix(data) {
        let again = record::fix(mended.after.as_bytes());
        assert!(again.is_none_or(|again| !again.is_changed()));
    }
}

pub(crate) fn manifest(data: &[u8]) {
    if let Some(manifest) = Manifest::from_bytes(data) {
        assert_eq!(manifest.to_bytes().unwrap(), data);
    }
}

pub(crate) fn archive(data: &[u8]) {
    if let Ok(files) = read_archive(data) {
        assert!(files.keys().all(|name| !name.contains(['/', '\\', ':']) && !name.starts_with('.')));
        assert_eq!(write_archive(&files).unwrap(), data);
    }
    assert_ne!(judge(data, &Trust::default(), now()).verdict.answer, Answer::Genuine);
}

pub(crate) fn envelope(data: &[u8]) {
    let lock = lock_of(data);
    let opened = [unlock(data, &Passphrase::typed(WORDS)), unlock_with_age(data, KEY)];
    // What is inside is judged like any other file.
    for bundle in opened.into_iter().flatten() {
        assert_ne!(judge(&bundle, &Trust::default(), now()).verdict.answer, Answer::Genuine, "{lock:?}");
    }
}

pub(crate) fn pdf(data: &[u8]) {
    assert_ne!(judge(data, &Trust::default(), now()).verdict.answer, Answer::Genuine);
}

pub(crate) fn signature(data: &[u8]) {
    for padding in [false, true] {
        if let Ok(signed) = read_detached(data, CONTENT, padding) {
            assert!(signed.certificate.may_sign().is_ok());
        }
    }
}

pub(crate) fn identity(data: &[u8]) {
    if let Ok(identity) = Identity::from_file(data, "") {
        assert!(identity.certificate().may_sign().is_ok());
    }
}

pub(crate) fn trust(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(trust) = Trust::parse(text) {
        assert_eq!(Trust::parse(&trust.to_text().unwrap()), Ok(trust));
    }
}

fn now() -> jiff::Timestamp {
    "2026-09-01T00:00:00Z".parse().unwrap()
}
