use std::fs;
use std::path::Path;

use super::*;
use crate::record::read;

fn text(words: &str) -> NewValue {
    NewValue::Text(words.to_owned())
}

fn edited(text: &str, change: impl FnOnce(&mut RecordEditor) -> Result<(), EditError>) -> String {
    let mut editor = RecordEditor::new(text).unwrap();
    change(&mut editor).unwrap();
    editor.finish().unwrap()
}

fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/records");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let records = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    records.map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn new_starter() -> String {
    starter(Starter { today: "2026-06-01".parse().unwrap(), schema: "record.schema.json", school: None }).unwrap()
}

#[test]
fn a_value_is_put_over_the_one_that_is_there_and_all_else_stays() {
    let before = "# top\r\n[pupil]  # who\r\nupn = 'X'   # number\r\n\r\n# end\r\n";
    let after = edited(before, |editor| editor.set("pupil.upn", &text("Y")));
    assert_eq!(after, before.replace("'X'", "\"Y\""));
    let longer = edited(before, |editor| editor.set("pupil.upn", &text("Long")));
    assert!(longer.contains("upn = \"Long\"  # number\r\n"), "{longer}");
    let marked = format!("\u{feff}{before}");
    let after = edited(&marked, |editor| editor.set("pupil.upn", &text("Y")));
    assert_eq!(after, marked.replace("'X'", "\"Y\""));
}

#[test]
fn a_new_value_stands_after_what_is_asked_for_before_it() {
    let before = "[pupil]\nupn = \"X\" # a\n# mine\nsex = \"F\"\n\n[attendance]\n# story of mine\n\n[voice]\n";
    let after = edited(before, |editor| {
        editor.set("pupil.dob", &NewValue::Day("2015-02-03".parse().unwrap()))?;
        editor.set("pupil.legal_surname", &text("Ash"))
    });
    let wanted = "[pupil]\nupn = \"X\" # a\nlegal_surname = \"Ash\"\ndob = 2015-02-03\n# mine\nsex = \"F\"\n\n[attendance]\n# story of mine\n\n[voice]\n";
    assert_eq!(after, wanted);
}

#[test]
fn a_note_of_the_starter_is_taken_up_where_it_stands() {
    let starter = new_starter();
    let after = edited(&starter, |editor| {
        editor.set("pupil.sex", &text("M"))?;
        let number = editor.push(
            "attendance.periods",
            &[("academic_year", NewValue::Whole(2024)), ("school", text("Elm")), ("possible", NewValue::Whole(380))],
        )?;
        assert_eq!(number, 0);
        editor.push("household.people", &[("id", text("p-father")), ("relationship", text("father"))])?;
        editor.push("attendance.periods", &[("academic_year", NewValue::Whole(2025))]).map(|_| ())
    });
    assert!(
        after.contains(&format!("sex = \"M\"{}# F, M or U", " ".repeat(25))),
        "the comment stays in its column: {after}"
    );
    assert!(!after.contains("# sex"));
    assert!(
        after.contains("# story = \"\"                      # the story behind the figures\n\n[[attendance.periods]]\nacademic_year = 2024\n# from"),
        "{after}"
    );
    assert_eq!(after.lines().count(), starter.lines().count() + 1, "only `school` has no line in the starter");
    assert!(!after.contains("# [[attendance.periods]]"));
    assert!(
        after.contains("# id = \"p-mother\"\n") && after.contains("\nid = \"p-father\"\n"),
        "each its own block: {after}"
    );
}

#[test]
fn a_note_of_somebody_is_not_taken_up() {
    let before = "[pupil]\n# sex = \"F\" as her mother says\nupn = \"X\"\n";
    let after = edited(before, |editor| editor.set("pupil.sex", &text("M")));
    assert!(after.contains("# sex = \"F\" as her mother says\n"), "{after}");
}

#[test]
fn entries_follow_the_last_one_and_keep_what_is_inside_it() {
    let before = "[voice]\n[[voice.entries]]\nid = \"v1\"\n[[voice.entries.pictures]]\nfile = \"a\"\n\n# to be asked\n[attendance]\n";
    let after = edited(before, |editor| {
        editor.push("voice.entries", &[("id", text("v2"))])?;
        editor.push("voice.entries[0].pictures", &[("file", text("b"))])?;
        editor.push("voice.entries[1].pictures", &[("file", text("c"))]).map(|_| ())
    });
    let wanted = "[voice]\n[[voice.entries]]\nid = \"v1\"\n[[voice.entries.pictures]]\nfile = \"a\"\n\n[[voice.entries.pictures]]\nfile = \"b\"\n\n[[voice.entries]]\nid = \"v2\"\n\n[[voice.entries.pictures]]\nfile = \"c\"\n\n# to be asked\n[attendance]\n";
    assert_eq!(after, wanted);
}

#[test]
fn lists_and_tables_on_one_line_stay_on_it() {
    let before = "chronology = [ { id = \"c1\" } ] # short\nrisks = []\n[sharing]\nretention = { keeper = \"x\" }\nwithheld = []\n[transfer]\n";
    let after = edited(before, |editor| {
        editor.push("chronology", &[("id", text("c2"))])?;
        editor.set("sharing.retention.until", &text("2040"))?;
        editor.push("sharing.withheld", &[("what", text("y"))])?;
        editor.set("sharing.retention.keeper", &text("z"))?;
        editor.push("risks", &[("id", text("r1"))]).map(|_| ())
    });
    assert!(
        after.contains("{ id = \"c2\" }") && after.contains("# short") && after.contains("until = \"2040\""),
        "{after}"
    );
    assert!(!after.contains("withheld = []") && after.contains("[[sharing.withheld]]"), "{after}");
}

#[test]
fn what_does_not_belong_there_changes_nothing() {
    let before = "[pupil]\nupn = \"X\"\n";
    let mut editor = RecordEditor::new(before).unwrap();
    for (path, value) in [
        ("pupil.age", text("11")),
        ("pupil.sex", text("female")),
        ("pupil.dob", text("2015-02-03")),
        ("pupil", text("x")),
        ("household.people[0].name", text("x")),
    ] {
        assert!(editor.set(path, &value).is_err(), "{path}");
    }
    assert!(editor.push("pupil", &[]).is_err() && editor.push("risks", &[("colour", text("x"))]).is_err());
    assert_eq!(editor.finish().unwrap(), before);
    assert_eq!(RecordEditor::new("a = ").unwrap_err(), EditError::NotToml);
    assert!(RecordEditor::new("pupil.upn = \"x\"\n").unwrap().set("pupil.sex", &text("F")).is_err(), "dotted");
}

/// Every field of every example can be put where it is, and nothing changes but the way its value is written.
#[test]
fn every_value_of_the_examples_can_be_set_again() {
    fn leaves(path: &str, value: &toml::Value, out: &mut Vec<(String, NewValue)>) {
        let value = match value {
            toml::Value::Table(fields) => {
                fields.iter().for_each(|(name, value)| leaves(&crate::text::join(path, name), value, out));
                return;
            }
            toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
                items.iter().enumerate().for_each(|(at, item)| leaves(&format!("{path}[{at}]"), item, out));
                return;
            }
            toml::Value::Array(items) => {
                NewValue::Texts(items.iter().map(|item| item.as_str().unwrap().to_owned()).collect())
            }
            toml::Value::String(words) => text(words),
            toml::Value::Integer(number) => NewValue::Whole(*number),
            toml::Value::Float(number) => NewValue::Number(*number),
            toml::Value::Boolean(yes) => NewValue::YesNo(*yes),
            toml::Value::Datetime(day) => NewValue::Day(day.to_string().parse().unwrap()),
        };
        out.push((path.to_owned(), value));
    }
    let mut tried = 0;
    for before in examples() {
        let mut values = Vec::new();
        leaves("", &toml::Value::Table(before.parse().unwrap()), &mut values);
        let mut editor = RecordEditor::new(&before).unwrap();
        for (path, value) in &values {
            if matches!(value, NewValue::Texts(texts) if texts.is_empty()) || path.contains(".codes.") {
                continue;
            }
            editor.set(path, value).unwrap_or_else(|error| panic!("{path}: {error}"));
            tried += 1;
        }
        let after = editor.finish().unwrap();
        assert_eq!(
            after.lines().filter(|line| line.starts_with('[')).count(),
            before.lines().filter(|line| line.starts_with('[')).count()
        );
        assert_eq!(read("x", after.as_bytes()).record, read("x", before.as_bytes()).record);
    }
    assert!(tried > 1000, "{tried}");
}

/// A record out of nothing: every value of the examples put into an empty file, one after the other.
#[test]
fn a_record_written_as_toml_reads_back_as_itself() {
    for before in examples() {
        let record = read("x", before.as_bytes()).record;
        let text = to_toml(&record).unwrap();
        let after = read("x", text.as_bytes());
        assert_eq!(after.findings, Vec::new());
        assert_eq!(after.record, record);
        assert_eq!(to_toml(&after.record).unwrap(), text);
    }
}

/// Every path of an example: of values, sections and entries of lists.
fn paths(value: &toml::Value, path: &str, out: &mut Vec<String>) {
    if !path.is_empty() {
        out.push(path.to_owned());
    }
    match value {
        toml::Value::Table(fields) => {
            fields.iter().for_each(|(name, value)| paths(value, &crate::text::join(path, name), out));
        }
        toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
            items.iter().enumerate().for_each(|(number, item)| paths(item, &format!("{path}[{number}]"), out));
        }
        _ => {}
    }
}

#[test]
fn whatever_an_example_says_can_be_taken_out_and_the_rest_stays() {
    let mut removed = 0;
    for example in examples() {
        let mut all = Vec::new();
        paths(&toml::Value::Table(example.parse().unwrap()), "", &mut all);
        for path in all.into_iter().step_by(3) {
            let after = edited(&example, |editor| {
                let result = editor.remove(&path);
                assert_eq!(result, Ok(()), "{path}");
                result
            });
            let editor = RecordEditor::new(&after).unwrap();
            let is_entry = path.ends_with(']');
            let number = RecordEditor::new(&example).unwrap().count(parent(&path));
            assert!(
                if is_entry { editor.count(parent(&path)) == number - 1 } else { editor.get(&path).is_none() },
                "{path}"
            );
            // Every line that is left was there before, in this order.
            let mut before = example.lines();
            let is_kept = |line: &&str| !line.contains(['{', '[']) && !line.starts_with("    ");
            for line in after.lines().filter(is_kept) {
                assert!(before.any(|old| old == line), "{path}: {line}");
            }
            removed += 1;
        }
    }
    assert!(removed > 700, "{removed}");
}

#[test]
fn neighbours_in_a_list_change_places_and_back_again() {
    let mut swapped = 0;
    for example in examples() {
        let mut all = Vec::new();
        paths(&toml::Value::Table(example.parse().unwrap()), "", &mut all);
        for path in all.iter().filter(|path| path.ends_with(']') && !path.ends_with("[0]")) {
            let list = parent(path);
            let second: usize = path[list.len()..].trim_matches(['[', ']']).parse().unwrap();
            let once = edited(&example, |editor| editor.swap_with_next(list, second - 1));
            let (was, is) = (RecordEditor::new(&example).unwrap(), RecordEditor::new(&once).unwrap());
            assert_eq!(is.get(&format!("{list}[{}]", second - 1)), was.get(path), "{path}");
            assert!(edited(&once, |editor| editor.swap_with_next(list, second - 1)) == example, "{path}");
            swapped += 1;
        }
    }
    assert!(swapped > 80, "{swapped}");
}

#[test]
fn what_is_taken_out_leaves_comments_of_others() {
    let text = "# top\n\n# about x\n[[risks]]\nid = \"r1\"\n# current = true\n\n# ---- next part\n[household]\nas_at = 2026-01-01\n";
    let after = edited(text, |editor| editor.remove("risks[0]"));
    assert_eq!(after, "# top\n\n# ---- next part\n[household]\nas_at = 2026-01-01\n");
    let lone = edited("[pupil]\nupn = \"X\"\nsex = \"F\"   # F, M or U\n", |editor| editor.remove("pupil.sex"));
    assert_eq!(lone, "[pupil]\nupn = \"X\"\n");
}

/// Types what a value says into a record, each answer by itself, as a form does; `turned` from the last section to the first.
fn type_all(editor: &mut RecordEditor, path: &str, value: &toml::Value, turned: bool) {
    match value {
        toml::Value::Table(fields) if !matches!(shape_at(path), Some(crate::record::ValueType::Map(_))) => {
            let mut fields: Vec<_> = fields.iter().collect();
            if turned {
                fields.reverse();
            }
            for (name, value) in fields {
                type_all(editor, &crate::text::join(path, name), value, turned);
            }
        }
        toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
            for (number, item) in items.iter().enumerate() {
                if number >= editor.count(path) {
                    editor.push(path, &[]).unwrap();
                }
                type_all(editor, &format!("{path}[{number}]"), item, turned);
            }
        }
        toml::Value::Table(counts) => {
            let counts = counts.iter().map(|(code, count)| (code.clone(), count.as_integer().unwrap()));
            editor.set(path, &NewValue::Counts(counts.collect())).unwrap();
        }
        leaf => {
            let Some(new) = NewValue::of(leaf) else { return };
            editor.set(path, &new).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn a_starter_is_filled_in_whatever_the_order_and_no_field_stands_among_the_notes_of_another_section() {
    let starter = new_starter();
    for (number, text) in examples().into_iter().enumerate() {
        let wanted: toml::Table = text.parse().unwrap();
        for turned in [false, true] {
            let mut editor = RecordEditor::new(&starter).unwrap();
            type_all(&mut editor, "", &toml::Value::Table(wanted.clone()), turned);
            let (original, mut typed) = (RecordEditor::new(&text).unwrap(), Vec::new());
            paths(&toml::Value::Table(wanted.clone()), "", &mut typed);
            for path in typed {
                let value = original.get(&path).unwrap();
                let is_leaf =
                    !value.is_table() && !value.as_array().is_some_and(|all| all.iter().any(toml::Value::is_table));
                assert!(!is_leaf || editor.get(&path) == Some(value), "{path} of example {number}");
            }
            let filled = editor.finish().unwrap_or_else(|error| panic!("example {number}: {error}"));
            let mut noted = None;
            for row in rows(&filled) {
                match row.kind {
                    RowKind::HeaderNote => noted = row.noted,
                    RowKind::Header => noted = None,
                    RowKind::Field(name) => {
                        assert_eq!(noted, None, "{name} of {} in example {number}:\n{filled}", row.section);
                    }
                    _ => {}
                }
            }
        }
    }
}
