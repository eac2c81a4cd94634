//! How much a person types for a class: three children are typed again, once all that they say, once what no list and no
//! `school.toml` says.
//!
//! `cargo test --release --test it typing` writes the count into `target/typing.md`. The children stand in `tests/typing`.

use std::fs;
use std::path::PathBuf;

use handover::record::{NewValue, RecordEditor};
use toml::{Table, Value};

use super::support::{DAY, Workspace, root, text, tree};

/// The children, how many of each a class of thirty has, and the most fields that may be left to type for one.
const CHILDREN: [(&str, u32, usize); 3] = [("easy", 22, 20), ("father-unknown", 5, 70), ("plan", 3, 130)];

/// A class took about nine hours when all of it was typed: a field, with finding it and deciding what it says, in seconds.
const SECONDS_A_FIELD_IN_ALL: f64 = 8.0;

/// The same by the keys alone: to find a field and go to it, and for each character of what it says, in seconds. With these
/// an easy child who was timed (90 fields, 3,070 characters) took eighteen minutes.
const SECONDS_A_FIELD: f64 = 3.5;
const SECONDS_A_CHARACTER: f64 = 0.25;

/// A value that the starter already has behind a `#` is not typed: the `#` is taken away.
const SECONDS_A_NOTE: f64 = 1.0;

/// What is typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    /// The notes of the starter: `risks = []`, without the `#`.
    notes: Vec<String>,
    taken: usize,
    fields: usize,
    characters: usize,
}

impl Typed {
    fn value(&mut self, name: &str, value: &Value) {
        let line = format!("{name} = {value}");
        if !matches!(value, Value::Integer(_)) && self.notes.iter().any(|note| note.starts_with(&line)) {
            self.taken += 1;
            return;
        }
        self.fields += 1;
        self.characters += match value {
            Value::String(text) => text.chars().count(),
            Value::Array(items) => {
                items.iter().map(|item| item.as_str().map_or(0, |text| text.chars().count() + 2)).sum()
            }
            other => other.to_string().chars().count(),
        };
    }

    /// By fields, and by keys.
    fn hours(&self) -> [f64; 2] {
        let notes = self.taken as f64 * SECONDS_A_NOTE;
        let fields = self.fields as f64;
        let keys = fields * SECONDS_A_FIELD + self.characters as f64 * SECONDS_A_CHARACTER;
        [fields * SECONDS_A_FIELD_IN_ALL + notes, keys + notes].map(|seconds| seconds / 3600.0)
    }
}

/// All that a value says.
fn count(name: &str, value: &Value, typed: &mut Typed) {
    match value {
        Value::Table(fields) => fields.iter().for_each(|(name, value)| count(name, value, typed)),
        Value::Array(items) if is_list_of_tables(value) => items.iter().for_each(|value| count(name, value, typed)),
        leaf => typed.value(name, leaf),
    }
}

fn is_list_of_tables(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().any(Value::is_table))
}

/// Types what is meant and not said yet.
fn type_rest(path: &str, meant: &Value, said: Option<&Value>, editor: &mut RecordEditor, typed: &mut Typed) {
    let at = |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
    match meant {
        Value::Table(fields) => {
            for (name, value) in fields {
                type_rest(&at(name), value, said.and_then(|said| said.get(name)), editor, typed);
            }
        }
        Value::Array(entries) if is_list_of_tables(meant) => {
            for (number, entry) in entries.iter().enumerate() {
                let inside = format!("{path}[{number}]");
                let there = said.and_then(|said| said.get(number));
                if there.is_some() {
                    type_rest(&inside, entry, there, editor, typed);
                    continue;
                }
                let fields = entry.as_table().unwrap();
                let own = fields.iter().filter(|(_, value)| !is_list_of_tables(value));
                let own: Vec<(&str, NewValue)> =
                    own.map(|(name, value)| (name.as_str(), NewValue::of(value).unwrap())).collect();
                editor.push(path, &own).unwrap_or_else(|error| panic!("{path}: {error}"));
                count(path, entry, typed);
                for (name, list) in fields.iter().filter(|(_, value)| is_list_of_tables(value)) {
                    type_rest(&format!("{inside}.{name}"), list, None, editor, &mut Typed::default());
                }
            }
        }
        leaf if said == Some(leaf) => {}
        leaf => {
            typed.value(path.rsplit('.').next().unwrap(), leaf);
            editor.set(path, &NewValue::of(leaf).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

fn at<'v>(record: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(record, |value, step| value.get(step))
}

fn words(record: &Value, path: &str) -> String {
    at(record, path).map_or_else(String::new, |value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// What the school says once for all children.
fn school_file(record: &Value) -> String {
    let mut school = Table::new();
    let mut receiving = record["receiving_school"].clone();
    receiving.as_table_mut().unwrap().remove("key_adult");
    school.insert("guidance_profile".to_owned(), record["guidance_profile"].clone());
    school.insert("sending_school".to_owned(), record["sending_school"].clone());
    school.insert("receiving_schools".to_owned(), Value::Array(vec![receiving]));
    let year = |period: &Value| {
        let of_year = |(name, _): &(&String, &Value)| ["academic_year", "from", "to"].contains(&name.as_str());
        let fields = period.as_table().unwrap().iter().filter(of_year);
        Value::Table(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
    };
    let periods = record["attendance"]["periods"].as_array().unwrap();
    school.insert("years".to_owned(), Value::Array(periods.iter().map(year).collect()));
    for path in [
        "early_help.local_name",
        "transition_plan.review_on",
        "sharing.lawful_basis",
        "sharing.special_category_condition",
        "sharing.retention",
        "transfer.kind",
        "transfer.method",
        "transfer.leaving_on",
        "transfer.enclosures",
    ] {
        let (section, name) = path.split_once('.').unwrap();
        if let Some(value) = at(record, path) {
            let section = school.entry(section).or_insert_with(|| Value::Table(Table::new()));
            section.as_table_mut().unwrap().insert(name.to_owned(), value.clone());
        }
    }
    toml::to_string(&school).unwrap() + SUGGESTED
}

/// What the school suggests, because it is the same for most of the class: the days of talks and meetings, and who held them.
const SUGGESTED: &str = r#"
[starter]
"receiving_school.key_adult" = "Mr Idris Calloway, form tutor"
"voice.entries.date" = 2026-06-11
"voice.entries.recorded_by" = "Alice Quill"
"voice.entries.present" = ["Alice Quill"]
"voice.entries.prompt" = "What should your new teachers know about you?"
"early_help.considered_on" = 2026-02-05
"early_help.considered_by" = "Ruth Halloran, DSL, with the class teacher"
"no_known_risks.stated_on" = 2026-06-22
"no_known_risks.stated_by" = "Ruth Halloran"
"nil_returns.stated_on" = 2026-06-22
"nil_returns.stated_by" = "Ruth Halloran"
"household.as_at" = 2026-06-01
"household.people.checked_on" = 2026-06-01
"household.people.views_sought_on" = 2026-06-01
"transition_plan.handover_conversation.on" = 2026-06-18
"transition_plan.handover_conversation.participants" = ["Alice Quill", "Colin Treadaway"]
"transition_plan.actions.by" = 2026-09-04
"#;

/// What an information system holds of the child: the pupil, two years of attendance, contacts.
fn lists(record: &Value) -> Vec<(String, String)> {
    let upn = words(record, "pupil.upn");
    let pupil = ["pupil.legal_forename", "pupil.legal_surname", "pupil.dob", "pupil.sex", "pupil.first_language"];
    let row: Vec<String> = pupil.iter().map(|path| words(record, path)).collect();
    let heading = "UPN,Forename,Surname,DOB,Sex,First language,SEN,Transfer to";
    let (sen, to) = (words(record, "sen.provision"), words(record, "receiving_school.name"));
    let mut lists = vec![("pupils.csv".to_owned(), format!("{heading}\n{upn},{},{sen},{to}\n", row.join(",")))];
    for period in record["attendance"]["periods"].as_array().unwrap() {
        let year = period["academic_year"].as_integer().unwrap();
        let codes = period.get("codes").and_then(Value::as_table).cloned().unwrap_or_default();
        let figures = ["possible", "attended", "authorised", "unauthorised"].map(|name| words(period, name)).join(",");
        let headings: String = codes.keys().map(|code| format!(",Code {code}")).collect();
        let counts: String = codes.values().map(|count| format!(",{count}")).collect();
        let list = format!(
            "UPN,Academic year,Possible,Present,Authorised,Unauthorised{headings}\n{upn},{year}/{},{figures}{counts}\n",
            (year + 1) % 100
        );
        lists.push((format!("attendance-{year}.csv"), list));
    }
    let mut contacts = "UPN,Contact name,Relationship,Parental responsibility,Emergency contact,Phone\n".to_owned();
    for person in record["household"]["people"].as_array().unwrap() {
        if person.get("phone").is_some() {
            let yes = |name: &str| if matches!(words(person, name).as_str(), "yes" | "true") { "Yes" } else { "No" };
            let (name, relationship, phone) =
                (words(person, "name"), words(person, "relationship"), words(person, "phone"));
            let (pr, emergency) = (yes("pr"), yes("emergency_contact"));
            contacts += &format!("{upn},{name},{relationship},{pr},{emergency},{phone}\n");
        }
    }
    lists.push(("contacts.csv".to_owned(), contacts));
    lists
}

/// Types a child again: all that the record says, and what is left to type after an import.
fn typed_again(name: &str) -> (Typed, Typed) {
    let whole = fs::read_to_string(root().join(format!("tests/typing/{name}.toml"))).unwrap();
    let meant: Value = Value::Table(whole.parse().unwrap());
    let mut all = Typed::default();
    count("", &meant, &mut all);
    let desk = Workspace::new();
    desk.write("school.toml", school_file(&meant));
    let lists: Vec<PathBuf> = lists(&meant).into_iter().map(|(name, list)| desk.write(&name, list)).collect();
    let class = desk.path("class");
    let mut import = vec!["import", "--into", text(&class), "--as-of", DAY];
    import.extend(lists.iter().map(|path| text(path)));
    let run = desk.run(&import);
    assert_eq!(run.code, 0, "{}", run.err);
    let record = tree(&class).into_keys().find(|name| name.ends_with(".toml")).unwrap();
    let record = class.join(record);
    let resolved = || Value::Table(desk.run(&["show", text(&record)]).out.parse().unwrap());
    let begun = fs::read_to_string(&record).unwrap();
    let mut editor = RecordEditor::new(&begun).unwrap();
    let notes = begun.lines().filter_map(|line| line.strip_prefix("# ")).map(str::to_owned).collect();
    let mut typed = Typed { notes, ..Typed::default() };
    type_rest("", &meant, Some(&resolved()), &mut editor, &mut typed);
    fs::write(&record, editor.finish().unwrap()).unwrap();
    let sign = desk.run(&["sign-off", text(&record), "--role", "dsl", "--name", "Ruth Halloran", "--as-of", DAY]);
    assert_eq!(sign.code, 0, "{name}: {}", sign.err);
    let run = desk.run(&["validate", text(&record), "--as-of", DAY, "--format", "concise"]);
    assert_eq!(run.code, 0, "{name}: {}", run.out);
    let mut missing = Typed::default();
    let mut editor = RecordEditor::new(&fs::read_to_string(&record).unwrap()).unwrap();
    type_rest("", &meant, Some(&resolved()), &mut editor, &mut missing);
    assert_eq!(missing.fields + missing.taken, 0, "{name}: all is said in the end");
    (all, typed)
}

#[test]
fn a_class_of_thirty_takes_under_three_hours_of_typing() {
    let (mut before, mut after) = ([0.0; 2], [0.0; 2]);
    let mut told =
        "| child | of thirty | fields | characters | left to type | characters | only to take up |\n".to_owned();
    told += "|---|---|---|---|---|---|---|\n";
    for (name, number, most) in CHILDREN {
        let (all, left) = typed_again(name);
        told += &format!(
            "| {name} | {number} | {} | {} | {} | {} | {} |\n",
            all.fields, all.characters, left.fields, left.characters, left.taken
        );
        assert!(left.fields <= most, "{name}: {} fields are left to type", left.fields);
        for (sum, typed) in [(&mut before, all), (&mut after, left)] {
            sum.iter_mut().zip(typed.hours()).for_each(|(sum, hours)| *sum += f64::from(number) * hours);
        }
    }
    told += &format!(
        "\nA class of thirty, by fields: {:.1} hours become {:.1}; by keys: {:.1} become {:.1}.\n",
        before[0], after[0], before[1], after[1]
    );
    fs::write(root().join("target/typing.md"), told).unwrap();
    assert!(before[0] > 8.5 && after[0] < 3.0, "{:.1} hours", after[0]);
    assert!(after[1] < before[1] / 2.0, "{:.1} hours", after[1]);
}
