//! Every awkward value in every field: a record is refused by `validate` with the place of the field, or it is packed and
//! genuine at a receiver that trusts the school. What is sealed is believed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use handover::record::{Field, ValueType, record_schema, upn_check_letter};
use serde_json::Value as Json;
use toml::{Table, Value};

use super::canary::{canary_record, write_pictures};
use super::support::{Workspace, text, with_ending, words_in};

const DAY: &str = "2026-07-10";
/// So many values each field gets; every value comes to many fields.
const VALUES_A_FIELD: usize = 7;
/// So many values that are accepted alone stand in one record that is packed.
const TOGETHER: usize = 6;
/// So many records one run packs.
const BATCH: usize = 150;

/// Values as they come out of word processors, spreadsheets, other scripts and a forger's hand. `LONGEST` and `BEYOND`
/// stand for as many letters as the field takes, and one more.
fn values() -> Vec<String> {
    let mut values = AWKWARD.map(str::to_owned).to_vec();
    values.extend([10, 24, 25, 60, 120, 200].map(|length| "W".repeat(length)));
    values.push("m".repeat(90));
    values
}

const AWKWARD: [&str; 81] = [
    // White space.
    " Anna Sample",
    "Anna Sample ",
    "Anna  Sample",
    "Anna\tSample",
    "Anna\nSample",
    "Anna\r\nSample",
    "Anna\u{a0}Sample",
    "\u{3000}Anna",
    "Anna\u{2028}Sample",
    "Anna\u{2003}Sample",
    "Anna\u{85}Sample",
    // Hidden, and turning the direction.
    "Anna\u{200b}Sample",
    "Anna\u{200d}Sample",
    "Anna\u{200e}Sample",
    "Anna\u{202e}elpmaS",
    "Anna\u{2066}Sample",
    "\u{feff}Anna Sample",
    "Anna\u{ad}Sample",
    "Anna\u{7}Sample",
    "Anna\u{1b}[31mSample",
    "hi\u{e0068}\u{e0069}",
    "Anna\u{3164}Sample",
    "Anna\u{336} Sample\u{336}",
    // Scripts.
    "محمد عبد الله (2026)",
    "דוד בן־גוריון",
    "गुरलीन कौर",
    "গুরলীন কৌর",
    "ਗੁਰਲੀਨ ਕੌਰ",
    "ગુરલીન",
    "தமிழ் செல்வி",
    "తెలుగు",
    "ಕನ್ನಡ",
    "മലയാളം",
    "සිංහල",
    "ไทยดี",
    "ລາວ",
    "မြန်မာ",
    "ខ្មែរ",
    "አማርኛ",
    "ქართული",
    "Հայերեն",
    "Ελληνικά",
    "Українська Ле́на",
    "王小明",
    "さくら",
    "홍길동",
    "Nguyễn Thị Ánh",
    "Łukasz Żółć",
    "Siân Llŷr",
    // Marks.
    "Ọ́lá Ẹ́níọlá Adébáyọ̀",
    "a\u{93e} क\u{301} ب\u{5b8}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    // Emoji and signs.
    "1\u{fe0f}\u{20e3} #\u{20e3}",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇵🇱 👍🏽",
    "a🏽 A\u{20e3}",
    "✓ ☐ ♫ ➔",
    "\u{13000}\u{13000}",
    "x\u{f04a}y",
    "\u{10ffff}",
    // What word processors and spreadsheets leave.
    "“Anna” ‘S’ – … • \u{f0b7} item",
    "=HYPERLINK(\"x\")",
    "#REF!",
    "_x000D_",
    "1.23E+05",
    "LÃ©a",
    "00123",
    "TRUE",
    // What means something to somebody.
    "#import \"x\"",
    "{{ 7*7 }}{% raw %}",
    "<script>alert(1)</script>",
    "*b* _e_ $x$ @r <l> // c",
    "\\u{41} ''' \"\"\"",
    "C:\\new\\table",
    "../../etc/passwd",
    "%PDF-1.7",
    "a & b < c",
    "-",
    "...",
    "'",
    "LONGEST",
    "BEYOND",
];

/// A field, as the path of its value in the base record and the most letters it takes.
struct Place {
    path: String,
    most: usize,
}

/// Every text in the base record.
fn places(value: &Value, shape: &ValueType, field: Option<&Field>, path: &str, found: &mut Vec<Place>) {
    match (value, shape) {
        (Value::Table(table), ValueType::Table(fields)) => {
            for (name, value) in table {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                places(value, &fields[name].shape, Some(&fields[name]), &inner, found);
            }
        }
        (Value::Array(items), ValueType::List(inner)) => {
            for (number, item) in items.iter().enumerate() {
                places(item, inner, None, &format!("{path}[{number}]"), found);
            }
        }
        (Value::String(_), ValueType::Text) => {
            found.push(Place { path: path.to_owned(), most: field.and_then(|field| field.most).unwrap_or(2000) });
        }
        _ => {}
    }
}

fn put(record: &mut Table, path: &str, value: &str) {
    let mut steps = path.split(['.', '[']).map(|step| step.trim_end_matches(']')).peekable();
    let mut at = record.get_mut(steps.next().unwrap()).unwrap();
    for step in steps {
        at = match at {
            Value::Table(table) => table.get_mut(step).unwrap(),
            Value::Array(items) => items.get_mut(step.parse::<usize>().unwrap()).unwrap(),
            _ => panic!("{path}"),
        };
    }
    *at = Value::String(value.to_owned());
}

/// Which field holds which value.
struct Case {
    path: String,
    value: String,
}

fn cases() -> Vec<Case> {
    let base = base();
    let mut fields = Vec::new();
    places(&Value::Table(base), &record_schema().root, None, "", &mut fields);
    assert!(fields.len() > 200, "{}", fields.len());
    let values = values();
    let mut cases = Vec::new();
    for (number, place) in fields.iter().enumerate() {
        for turn in 0..VALUES_A_FIELD {
            // Seven has no factor in common with the number of values, so that all come round.
            let value = &values[(number * 7 + turn * 11) % values.len()];
            let value = match value.as_str() {
                "LONGEST" => "Many words ".repeat(2000).chars().take(place.most - 1).chain(['s']).collect(),
                "BEYOND" => "Many words ".repeat(2000).chars().take(place.most).chain(['s']).collect(),
                value => value.to_owned(),
            };
            cases.push(Case { path: place.path.clone(), value });
        }
    }
    cases
}

/// A record in which every field has a value.
fn base() -> Table {
    static BASE: LazyLock<Table> = LazyLock::new(|| canary_record().0.parse().unwrap());
    BASE.clone()
}

/// A child of its own with these values in its fields, as a record.
fn record(number: usize, values: &[&Case]) -> String {
    let mut record = base();
    make_unlike(&mut record, number);
    for case in values {
        put(&mut record, &case.path, &case.value);
    }
    toml::to_string(&record).unwrap()
}

/// Another child than all others: number, name, day of birth.
fn make_unlike(record: &mut Table, number: usize) {
    let body = format!("9992001{:02}{:03}", 20 + number / 1000, number % 1000);
    put(record, "pupil.upn", &format!("{}{body}", upn_check_letter(&body).unwrap()));
    put(record, "pupil.legal_forename", &format!("Zq{number}canary"));
    put(record, "pupil.preferred_forename", &format!("Zp{number}canary"));
    let day = jiff::civil::date(2014, 9, 2) + jiff::Span::new().days(i64::try_from(number % 360).unwrap());
    let dob: toml::value::Datetime = day.to_string().parse().unwrap();
    record["pupil"].as_table_mut().unwrap().insert("dob".into(), Value::Datetime(dob));
}

#[test]
fn every_awkward_value_in_every_field_is_refused_with_its_place_or_genuine_at_the_receiver() {
    let cases = cases();
    assert!(cases.len() >= 2000, "{}", cases.len());
    let mut wrong = Vec::new();
    let mut accepted = Vec::new();
    // Alone first: what is refused names the field.
    let alone: Vec<Vec<&Case>> = cases.iter().map(|case| vec![case]).collect();
    for (case, errors) in cases.iter().zip(validated(&alone)) {
        if errors.is_empty() {
            accepted.push(case);
        } else if !errors.iter().any(|(_, path)| is_near(path, &case.path)) {
            wrong.push(format!("{} = {:?}: refused without its place: {errors:?}", case.path, case.value));
        }
    }
    // Most values are honest: a test in which everything is refused would prove nothing.
    assert!(accepted.len() * 2 > cases.len(), "{} of {} were accepted", accepted.len(), cases.len());
    // What is accepted can be packed: some values to a record, each in another field; and alone what does not go together.
    let far = accepted.len().div_ceil(TOGETHER);
    let together: Vec<Vec<&Case>> =
        (0..far).map(|first| accepted.iter().skip(first).step_by(far).copied().collect()).collect();
    let (apart, mut packed): (Vec<_>, Vec<_>) =
        validated(&together).into_iter().zip(together).partition(|(errors, _)| !errors.is_empty());
    assert!(apart.len() * 2 < packed.len(), "{} of {far} records are refused together", apart.len());
    packed.extend(apart.into_iter().flat_map(|(_, values)| values).map(|case| (Vec::new(), vec![case])));
    let packed: Vec<Vec<&Case>> = packed.into_iter().map(|(_, values)| values).collect();
    for batch in packed.chunks(BATCH) {
        wrong.extend(not_packed(batch));
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What `validate` calls an error in each of these records, as code and place.
fn validated(records: &[Vec<&Case>]) -> Vec<Vec<(String, String)>> {
    let mut all = Vec::new();
    // As many as one transfer takes.
    for batch in records.chunks(400) {
        let desk = Workspace::new();
        write(&desk, batch);
        let run = desk.run(&["validate", text(&desk.path("records")), "--as-of", DAY, "--format", "json"]);
        let said: Json = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
        let files = said["files"].as_array().unwrap();
        for number in 0..batch.len() {
            let file = files.iter().find(|file| ends(file, &name(number))).unwrap();
            let errors = file["findings"].as_array().into_iter().flatten();
            let errors = errors.filter(|finding| finding["severity"] == "error");
            let word = |error: &Json, key: &str| error[key].as_str().unwrap_or_default().to_owned();
            all.push(errors.map(|error| (word(error, "code"), word(error, "path"))).collect());
        }
    }
    all
}

/// Packs records that were found good, and answers what was not packed, or is not genuine at the receiver.
fn not_packed(records: &[Vec<&Case>]) -> Vec<String> {
    let desk = Workspace::new();
    write(&desk, records);
    let out = desk.path("out");
    let folder = desk.path("records");
    let run = desk.run(&["pack", text(&folder), "--out", text(&out), "--as-of", DAY, "--no-encrypt", "--per-child"]);
    let mut wrong = Vec::new();
    if run.code != 0 || run.err.contains("mistake in handover") {
        let named = records.iter().enumerate().filter(|(number, _)| run.err.contains(&name(*number)));
        let named: Vec<Vec<String>> = named
            .map(|(_, values)| values.iter().map(|case| format!("{} = {:?}", case.path, case.value)).collect())
            .collect();
        let end: Vec<&str> = run.err.lines().rev().take(12).collect();
        wrong.push(format!("exit {}: {named:#?}\n{end:#?}", run.code));
    }
    wrong.extend(not_genuine(&desk, &out, records.len()));
    wrong
}

fn write(desk: &Workspace, records: &[Vec<&Case>]) {
    for (number, values) in records.iter().enumerate() {
        desk.write(&format!("records/{}", name(number)), record(number, values));
    }
    write_pictures(desk, "records/");
}

fn name(number: usize) -> String {
    format!("r{number:03}.toml")
}

/// What a receiver that trusts the school does not call genuine.
fn not_genuine(desk: &Workspace, out: &Path, children: usize) -> Vec<String> {
    let bundles = with_ending(out, ".zip");
    let Some(first) = bundles.first() else { return Vec::new() };
    let receiver = Workspace::new();
    let shown = desk.run(&["identity", "show"]).out;
    let add = ["trust", "add", text(first), "--by", "T. Pattern", "--how", "telephone", "--words", &words_in(&shown)];
    let added = receiver.run(&[&add[..], &["--as-of", DAY]].concat());
    assert_eq!(added.code, 0, "{}", added.err);
    let verified = receiver.run(&["verify", text(out), "--as-of", DAY, "--format", "json"]);
    let said: Json = serde_json::from_str(&verified.out).unwrap();
    let files = said["files"].as_array().unwrap();
    let is_safeguarding = |file: &&Json| file["addressed_to"].as_str().is_some_and(|to| to.ends_with("lead only"));
    let bundles = files.iter().filter(|file| file["what"] == "bundle");
    let mut wrong = Vec::new();
    if bundles.filter(is_safeguarding).count() != children {
        wrong.push(format!("{children} children, and other safeguarding bundles than that"));
    }
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for file in files.iter().filter(|file| file["answer"] != "genuine") {
        *reasons.entry(file["reason_code"].to_string()).or_default() += 1;
    }
    if !reasons.is_empty() || verified.code != 0 {
        wrong.push(format!("not genuine, by reason: {reasons:?}, exit {}", verified.code));
    }
    wrong
}

fn ends(file: &Json, name: &str) -> bool {
    file["path"].as_str().or_else(|| file["name"].as_str()).is_some_and(|path| path.ends_with(name))
}

/// Whether a finding speaks of a field, of what it stands in, or of what points to it.
fn is_near(found: &str, path: &str) -> bool {
    let parent = |path: &str| path.rsplit_once(['.', '[']).map_or("", |(parent, _)| parent).to_owned();
    let is_reference = path.ends_with(".id") || path.ends_with("_ref") || path.contains("evidence");
    // A consent to something else is none to the photograph.
    let is_reference = is_reference || (path == "consents[0].what" && found == "voice.profile.photograph");
    found == path || found == parent(path) || path.starts_with(found) && !found.is_empty() || is_reference
}

/// What must not be left behind where the program stops half way.
#[test]
fn what_awkward_records_leave_is_what_was_asked_for() {
    let desk = Workspace::new();
    write_pictures(&desk, "records/");
    desk.write("records/one.toml", canary_record().0);
    let out = desk.path("out");
    let run = desk.run(&["pack", text(&desk.path("records")), "--out", text(&out), "--as-of", DAY, "--no-encrypt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{names:?}");
}
