//! What saves work when pages are typeset changes nothing on them.

use std::fs;
use std::sync::Mutex;

use handover::check::Policy;
use handover::circle::PackKind;
use handover::document::{
    Branding, Engine, EngineError, Job, PackDetails, Subject, Typeset, Typesetter, Wanted, render,
};
use handover::picture::Pictures;
use handover::record::read;
use serde_json::{Value, json};

use super::support::example_files;

const DAY: &str = "2026-07-10";

/// An engine, and every document that came out of it as a file.
#[derive(Default)]
struct Recorder {
    engine: Engine,
    made: Mutex<Vec<(Job, Vec<u8>)>>,
}

impl Typesetter for Recorder {
    fn typeset(&self, job: &Job) -> Result<Typeset, EngineError> {
        let typeset = self.engine.typeset(job)?;
        self.made.lock().unwrap().extend(typeset.pdf.clone().map(|pdf| (job.clone(), pdf)));
        Ok(typeset)
    }

    fn has_together(&self, text: &str) -> bool {
        self.engine.has_together(text)
    }

    fn is_plain(&self, text: &str) -> bool {
        self.engine.is_plain(text)
    }
}

/// The documents of all examples, as they were asked for.
fn documents() -> (Recorder, Vec<(Job, Vec<u8>)>) {
    let recorder = Recorder::default();
    let (branding, policy, pictures) = (Branding::default(), Policy::default(), Pictures::default());
    let details = PackDetails::new("K7Q2-9M3XA", DAY.parse().unwrap(), &policy, vec!["Sealed.".to_owned()], &branding);
    for file in example_files() {
        let record = read("x.toml", &fs::read(&file).unwrap()).record;
        for kind in PackKind::SENT {
            drop(render(&recorder, Subject::draft(&record, &pictures), kind, &details).unwrap());
        }
    }
    let made = std::mem::take(&mut *recorder.made.lock().unwrap());
    (recorder, made)
}

fn view(job: &Job) -> Value {
    serde_json::from_slice(&job.files["view.json"]).unwrap()
}

/// The PDF of a document with another view.
fn with_view(engine: &Engine, job: &Job, view: &Value) -> Vec<u8> {
    let mut job = Job { wanted: Wanted::ANY, ..job.clone() };
    job.files.insert("view.json".to_owned(), serde_json::to_vec(view).unwrap());
    engine.typeset(&job).unwrap().pdf.unwrap()
}

#[test]
fn what_is_not_looked_for_is_not_there() {
    let (recorder, documents) = documents();
    let (mut plain, mut without_number) = (0, 0);
    for (job, pdf) in &documents {
        let mut all = view(job);
        // Every font is asked for its letters, and every section for telephone numbers.
        plain += usize::from(all["plain"] == json!(true));
        all["plain"] = json!(false);
        all["numbers"] = json!(true);
        for section in all["sections"].as_array_mut().unwrap() {
            without_number += usize::from(section["numbers"] == json!(false));
            section["numbers"] = json!(true);
        }
        assert!(with_view(&recorder.engine, job, &all) == *pdf, "{}", job.ident);
    }
    assert!(plain * 2 > documents.len() && plain < documents.len(), "{plain} of {}", documents.len());
    assert!(without_number > documents.len(), "{without_number}");
}

#[test]
fn what_is_not_wanted_is_no_file_until_it_is_asked_for() {
    let (recorder, documents) = documents();
    for (job, pdf) in documents.iter().take(4) {
        let none = Job { wanted: Wanted { most_pages: 0, ..Wanted::ANY }, ..job.clone() };
        let asked = |job: &Job| recorder.engine.typeset(job).unwrap();
        let (first, again) = (asked(&none), asked(&Job { wanted: Wanted::ANY, ..job.clone() }));
        assert!(
            first.pdf.is_none() && first.layout == again.layout && again.pdf.as_ref() == Some(pdf),
            "{}",
            job.ident
        );
        // Another document between the two makes no difference.
        assert!(asked(&none).pdf.is_none());
        let (other, of_other) = documents.last().unwrap();
        assert!(asked(&Job { wanted: Wanted::ANY, ..other.clone() }).pdf.as_ref() == Some(of_other));
        assert!(asked(&Job { wanted: Wanted::ANY, ..job.clone() }).pdf.as_ref() == Some(pdf));
    }
}
