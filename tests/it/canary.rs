//! A unique word in every free-text field, packed, and looked for in everything a bundle holds.
//!
//! Who may read a field is written down here by hand, from the table of the founding facts, and not taken from the
//! schema: the two must agree.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use handover::circle::Audience;
use handover::record::{ValueType, record_schema};
use toml::{Table, Value};

use super::support::{Workspace, first_example, text, tool, tree, with_ending};

/// The narrowest rule wins: the longest path that fits. Paths have no list numbers.
const READERS: [(&str, Audience); 56] = [
    ("", Audience::Dsl),
    ("guidance_profile", Audience::AllStaff),
    ("pupil", Audience::Pastoral),
    ("pupil.preferred_surname", Audience::AllStaff),
    ("pupil.preferred_forename", Audience::AllStaff),
    ("pupil.pronunciation", Audience::AllStaff),
    ("pupil.first_language", Audience::AllStaff),
    ("pupil.communication_needs", Audience::AllStaff),
    ("pupil.nhs_number", Audience::Senco),
    ("sending_school", Audience::AllStaff),
    ("receiving_school", Audience::AllStaff),
    ("voice", Audience::Pastoral),
    // In the canary record the child agreed to the DSL alone.
    ("voice.entries", Audience::Dsl),
    ("voice.profile", Audience::Dsl),
    ("voice.worries", Audience::Dsl),
    ("voice.trusted_adults", Audience::Dsl),
    ("voice.who_should_know", Audience::Dsl),
    ("voice.communication_support", Audience::AllStaff),
    ("attendance", Audience::Pastoral),
    ("attendance.neglect_considered", Audience::Dsl),
    ("attendance.agency_referral", Audience::Dsl),
    ("attendance.medical_corroboration", Audience::Senco),
    ("early_help", Audience::Senco),
    ("early_help.indicators", Audience::Dsl),
    ("household", Audience::Dsl),
    ("chronology", Audience::Dsl),
    ("risks", Audience::Dsl),
    ("no_known_risks", Audience::Dsl),
    ("weighed", Audience::Dsl),
    ("considered", Audience::Dsl),
    // The canary record's nil return is about brothers and sisters alone.
    ("nil_returns", Audience::Dsl),
    ("assessments", Audience::Dsl),
    ("services", Audience::Dsl),
    ("care", Audience::Dsl),
    ("characteristics", Audience::Senco),
    ("attainment", Audience::Pastoral),
    ("consents", Audience::Pastoral),
    ("plans", Audience::Dsl),
    ("plan_coordination", Audience::Dsl),
    ("engagement", Audience::Dsl),
    ("moves", Audience::Dsl),
    ("sen", Audience::Senco),
    ("sen.summary_for_tutors", Audience::Pastoral),
    ("health", Audience::Senco),
    ("health.conditions.action", Audience::AllStaff),
    ("health.allergies.to", Audience::AllStaff),
    ("health.allergies.action", Audience::AllStaff),
    ("transition_plan", Audience::Pastoral),
    ("transition_plan.first_week", Audience::AllStaff),
    ("transition_plan.what_works", Audience::AllStaff),
    ("transition_plan.triggers", Audience::AllStaff),
    ("sharing", Audience::Dsl),
    ("transfer", Audience::Dsl),
    ("sign_off", Audience::Pastoral),
    ("sign_off.name", Audience::Pastoral),
    ("sign_off.statement", Audience::Pastoral),
];

/// Fields that must hold something else than a free word: identifiers and references.
const FIXED: [(&str, &str); 34] = [
    ("considered.rule", "TP-04"),
    ("weighed.fact", "c1"),
    ("chronology.follows", "c1"),
    ("care.orders.about", "p1"),
    ("assessments.id", "a1"),
    ("services.id", "s1"),
    ("voice.entries.pictures.file", "house.png"),
    ("voice.profile.photograph.file", "me.png"),
    ("consents.what", "A photograph"),
    ("moves.secure_stays.who", "child"),
    ("pupil.upn", "G999200126001"),
    ("pupil.nhs_number", "999 000 0018"),
    ("sending_school.laestab", "9992001"),
    ("sending_school.urn", "999201"),
    ("receiving_school.laestab", "9994001"),
    ("receiving_school.urn", "999401"),
    ("email", "someone@school.example"),
    ("voice.entries.id", "v1"),
    ("voice.entries.language", "en"),
    ("voice.worries.id", "w1"),
    ("voice.worries.language", "pl"),
    ("voice.profile.language", "pl"),
    ("transition_plan.voice_ref", "v1"),
    ("transition_plan.actions.voice_ref", "v1"),
    ("transition_plan.actions.for_worry", "w1"),
    ("attendance.plan.child_view_ref", "v1"),
    ("chronology.id", "c1"),
    ("risks.id", "r1"),
    ("risks.evidence", "c1"),
    ("plans.id", "pl1"),
    ("plan_coordination.plans", "pl1"),
    ("household.people.id", "p1"),
    ("household.relations.a", "p1"),
    ("household.relations.b", "child"),
];

/// Keywords where the first one would make the record unsound.
const WORDS: [(&str, &str); 8] = [
    ("nil_returns.sections", "siblings"),
    ("household.people.may_collect", "no"),
    ("care.orders.kind", "child_arrangements"),
    ("household.people.relationship", "father"),
    ("agreed_to_share_with", "dsl"),
    ("early_help.decision", "not_proceeding"),
    ("early_help.status", "none"),
    ("risks.kind", "domestic_abuse"),
];

struct Canaries {
    /// Word and its readers.
    words: BTreeMap<String, Audience>,
}

impl Canaries {
    fn value(&mut self, shape: &ValueType, path: &str) -> Option<Value> {
        let fixed = |list: &[(&str, &str)]| {
            list.iter()
                .find(|(name, _)| *name == path || path.ends_with(&format!(".{name}")))
                .map(|(_, value)| (*value).to_owned())
        };
        Some(match shape {
            ValueType::Table(fields) => {
                let inner =
                    fields.iter().filter(|(name, _)| *name != "audience" && path != "x").filter_map(|(name, field)| {
                        let inner_path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                        Some((name.clone(), self.value(&field.shape, &inner_path)?))
                    });
                Value::Table(inner.collect::<Table>())
            }
            ValueType::List(inner) => {
                let mut list = vec![self.value(inner, path)?];
                if path == "household.people" {
                    // Both parents are to be accounted for.
                    let mother = "id = 'p2'\nrelationship = 'mother'\nstatus = 'known'\n";
                    list.push(Value::Table(mother.parse().unwrap()));
                }
                Value::Array(list)
            }
            ValueType::Map(_) => return None,
            ValueType::Choice(words) => Value::String(fixed(&WORDS).unwrap_or_else(|| words[0].clone())),
            // A digest that does not fit would say that the record was changed.
            ValueType::Text if path == "sign_off.digest" => return None,
            ValueType::Text => Value::String(fixed(&FIXED).unwrap_or_else(|| self.word(path))),
            ValueType::Date => return date(path),
            ValueType::Integer => integer(path)?,
            ValueType::Number => return None,
            ValueType::Boolean => Value::Boolean(path.ends_with("current") || path.ends_with("decided")),
        })
    }

    fn word(&mut self, path: &str) -> String {
        let fits =
            |rule: &&(&str, Audience)| rule.0.is_empty() || path == rule.0 || path.starts_with(&format!("{}.", rule.0));
        let (_, readers) = READERS.iter().filter(fits).max_by_key(|rule| rule.0.len()).unwrap();
        let word = format!("zq{:03}canary", self.words.len());
        self.words.insert(word.clone(), *readers);
        // A reason has to be a sentence.
        if ["early_help.reason_not_proceeding", "weighed.reason", "considered.answer"].contains(&path) {
            format!("{word} and why that is so")
        } else {
            word
        }
    }
}

fn date(path: &str) -> Option<Value> {
    let day = match path {
        "pupil.dob" => "2015-02-03",
        "receiving_school.start_date" => "2026-09-03",
        "attendance.periods.from" => "2025-09-03",
        "household.people.born" => "1980-05-01",
        "risks.resolved_on" => return None,
        _ => "2026-06-20",
    };
    Some(Value::Datetime(day.parse().unwrap()))
}

fn integer(path: &str) -> Option<Value> {
    Some(Value::Integer(match path.rsplit('.').next()? {
        "schema_version" => 1,
        "academic_year" => 2025,
        "possible" => 380,
        "attended" => 370,
        "authorised" => 10,
        "unauthorised" => 0,
        _ => 1,
    }))
}

/// The canary record, and the words in it.
pub(crate) fn canary_record() -> (String, BTreeMap<String, Audience>) {
    let mut canaries = Canaries { words: BTreeMap::new() };
    let Some(Value::Table(mut record)) = canaries.value(&record_schema().root, "") else { panic!("no record") };
    // A record has either risks or the statement that none are known.
    record.remove("no_known_risks");
    let nil: Vec<String> = canaries.words.keys().cloned().collect();
    let text = toml::to_string(&record).unwrap();
    for word in nil {
        if !text.contains(&word) {
            canaries.words.remove(&word);
        }
    }
    (text, canaries.words)
}

/// Everything a bundle holds, as one text: names, pages, metadata, structure, attachments, machine-readable records.
fn everything(bundle: &Path, folder: &Path) -> (String, String) {
    let files = handover::bundle::read_archive(&fs::read(bundle).unwrap()).unwrap();
    let (mut all, mut pages) = (String::new(), String::new());
    for (name, bytes) in files {
        all.push_str(&name);
        if !name.ends_with(".pdf") {
            all.push_str(&String::from_utf8_lossy(&bytes));
            continue;
        }
        let path = folder.join(&name);
        fs::write(&path, &bytes).unwrap();
        pages.push_str(&tool("pdftotext", &["-layout", text(&path), "-"]).out);
        all.push_str(&tool("pdfinfo", &["-meta", text(&path)]).out);
        all.push_str(&tool("pdfinfo", &["-struct-text", text(&path)]).out);
        let plain = folder.join(format!("{name}.plain"));
        assert_eq!(tool("qpdf", &["--qdf", "--object-streams=disable", text(&path), text(&plain)]).code, 0);
        all.push_str(&String::from_utf8_lossy(&fs::read(&plain).unwrap()));
        let attached = folder.join(format!("{name}.attached"));
        fs::create_dir(&attached).unwrap();
        tool("pdfdetach", &["-saveall", "-o", text(&attached), text(&path)]);
        let attached = tree(&attached);
        let record = attached.get("record.json").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        // Beside it go the pictures that these readers' record names, and no other.
        let named = record.as_deref().map_or(0, |record| record.matches("\"file\": ").count());
        assert!(name == "COVER-LETTER.pdf" || attached.len() == 1 + named, "{name}: {:?}", attached.keys());
        all.push_str(&record.unwrap_or_default());
    }
    all.push_str(&pages);
    (all, pages)
}

/// Writes the record beside the pictures that it names.
fn beside_its_pictures(desk: &Workspace, record: &str) -> std::path::PathBuf {
    write_pictures(desk, "");
    desk.write("canary.toml", record)
}

/// Writes every picture that the canary record names into a folder of the desk (`""`, or with `/` at its end).
pub(crate) fn write_pictures(desk: &Workspace, folder: &str) {
    for (_, name) in FIXED.iter().filter(|(path, _)| path.ends_with(".file")) {
        desk.write(&format!("{folder}{name}"), picture());
    }
}

fn picture() -> Vec<u8> {
    let mut png = Vec::new();
    let picture = image::RgbImage::new(8, 8);
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png
}

#[test]
fn every_word_reaches_its_readers_and_nobody_else() {
    let (record, words) = canary_record();
    assert!(words.len() > 190, "{}", words.len());
    let desk = Workspace::new();
    let path = beside_its_pictures(&desk, &record);
    let checked = desk.run(&["validate", text(&path), "--as-of", "2026-07-10", "--format", "concise"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let out = desk.pack(&path, "out");
    let mut wrong = Vec::new();
    // What the packs of a wider circle say stands on their pages, and a narrower pack points to it there.
    let mut wider = String::new();
    let bundles = [("general", Audience::Pastoral), ("send", Audience::Senco), ("safeguarding", Audience::Dsl)];
    for (kind, reader) in bundles {
        let bundle =
            with_ending(&out, ".zip").into_iter().find(|path| text(path).contains(&format!("-{kind}-"))).unwrap();
        let folder = tempfile::TempDir::new().unwrap();
        let (all, pages) = everything(&bundle, folder.path());
        for (word, readers) in &words {
            if all.contains(word.as_str()) != (*readers <= reader) {
                wrong.push(format!("{word} ({}) in {kind}: {}", field_of(&record, word), all.contains(word.as_str())));
            }
            if *readers <= reader && !pages.contains(word.as_str()) && !wider.contains(word.as_str()) {
                wrong.push(format!("{word} ({}) is not on the pages of {kind}", field_of(&record, word)));
            }
            if *readers == reader && !pages.contains(word.as_str()) {
                wrong.push(format!("{word} ({}) is for {kind} and not on its pages", field_of(&record, word)));
            }
        }
        let points = words.iter().any(|(word, _)| wider.contains(word.as_str()) && !pages.contains(word.as_str()));
        assert_eq!(points, pages.contains("In the child's other packs"), "{kind}");
        wider.push_str(&pages);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The line of the record a word stands in, to find it.
fn field_of<'a>(record: &'a str, word: &str) -> &'a str {
    record.lines().find(|line| line.contains(word)).unwrap_or_default()
}

#[test]
fn the_profile_holds_nothing_but_what_all_staff_may_know() {
    let (record, words) = canary_record();
    let desk = Workspace::new();
    let out = desk.pack(&beside_its_pictures(&desk, &record), "out");
    let bundle = with_ending(&out, ".zip").into_iter().find(|path| text(path).contains("-general-")).unwrap();
    let files = handover::bundle::read_archive(&fs::read(bundle).unwrap()).unwrap();
    let (name, pdf) = files.iter().find(|(name, _)| name.ends_with("-profile.pdf")).unwrap();
    let path = desk.write(name, pdf);
    let plain = desk.path("plain.pdf");
    tool("qpdf", &["--qdf", text(&path), text(&plain)]);
    let attached = &files[&name.replace(".pdf", ".json")];
    let page = tool("pdftotext", &[text(&path), "-"]).out + &String::from_utf8_lossy(&fs::read(&plain).unwrap());
    let all = page + &String::from_utf8_lossy(attached);
    for (word, readers) in &words {
        assert!(*readers == Audience::AllStaff || !all.contains(word.as_str()), "{}", field_of(&record, word));
    }
    assert!(words.iter().any(|(word, readers)| *readers == Audience::AllStaff && all.contains(word.as_str())));
}

#[test]
fn no_file_name_tells_who_the_child_is() {
    let (_, out) = super::support::packed();
    let names: Vec<String> =
        with_ending(out, "").iter().map(|path| text(path.strip_prefix(out).unwrap()).to_lowercase()).collect();
    assert!(names.len() > 30, "{}", names.len());
    for record in super::support::example_files() {
        let record: Table = fs::read_to_string(record).unwrap().parse().unwrap();
        let pupil = record["pupil"].as_table().unwrap();
        for field in ["legal_surname", "legal_forename", "preferred_forename", "upn", "nhs_number", "dob"] {
            let Some(told) =
                pupil.get(field).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            else {
                continue;
            };
            let told = told.to_lowercase();
            assert!(!names.iter().any(|name| name.contains(&told)), "{field} stands in a file name");
        }
    }
}

#[test]
fn hostile_texts_are_only_texts() {
    let hostile = [
        "#import \\\"x\\\"",
        "#eval(\\\"1+1\\\")",
        "{{ 7*7 }}{% raw %}",
        "<script>alert(1)</script>",
        "*bold* _em_ $x$ @ref <lab>",
        "// c /* d",
        "[[x]]",
    ];
    let desk = Workspace::new();
    let long = "x".repeat(4000);
    for (number, words) in hostile.iter().enumerate() {
        let example = first_example();
        let record = example
            .replace("Thistlewood\"", &format!("{words}\""))
            .replace("I like it when people", &format!("{words} {long} I like it when people"))
            .replace("Millbeck Example Junior School", words);
        let path = desk.write(&format!("{number}.toml"), record);
        let out = desk.path(&format!("out{number}"));
        let run = desk.run(&["pack", text(&path), "--out", text(&out), "--as-of", "2026-07-10", "--no-encrypt"]);
        assert_eq!(run.code, 0, "{words}: {}", run.err);
        let profile = with_ending(&out, "-profile.pdf").remove(0);
        let page = tool("pdftotext", &["-raw", text(&profile), "-"]).out.replace(['\n', ' ', '\u{200b}'], "");
        let plain = words.replace(['\\', ' '], "");
        assert!(page.contains(&plain), "{words}: {page}");
        let bundle = with_ending(&out, ".zip").into_iter().find(|path| text(path).contains("-general-")).unwrap();
        let files = handover::bundle::read_archive(&fs::read(bundle).unwrap()).unwrap();
        assert!(!String::from_utf8_lossy(&files["START-HERE.html"]).contains("<script>"));
        desk.run(&["identity", "show"]);
        fs::remove_dir_all(desk.path("config")).unwrap();
    }
}
