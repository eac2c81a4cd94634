//! A class: what the information system knows is taken over, and anything is done for all children at once.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use handover::import::{self, Reading as How};
use handover::record::{NewValue, RecordEditor, RecordNotes, read};

use super::support::{DAY, Ran, Workspace, root, text, tree};

fn list(name: &str) -> PathBuf {
    root().join("tests/it/lists").join(name)
}

/// Takes lists over into the folder `class`.
fn imported(desk: &Workspace, lists: &[&str], options: &[&str]) -> Ran {
    let lists: Vec<PathBuf> = lists.iter().map(|name| list(name)).collect();
    let class = desk.path("class");
    let mut arguments = vec!["import", "--into", text(&class), "--as-of", DAY, "--show-values"];
    arguments.extend(lists.iter().map(|path| text(path)));
    arguments.extend(options);
    desk.run(&arguments)
}

/// The records of the class, by UPN.
fn record(desk: &Workspace, upn: &str) -> (PathBuf, String) {
    let files = tree(&desk.path("class")).into_iter().filter(|(name, _)| name.ends_with(".toml"));
    let mut found = files.filter_map(|(name, bytes)| {
        let text = String::from_utf8(bytes).ok()?;
        text.contains(&format!("upn = \"{upn}\"")).then(|| (desk.path("class").join(name), text))
    });
    let one = found.next().unwrap_or_else(|| panic!("no record of {upn}"));
    assert!(found.next().is_none(), "two records of {upn}");
    one
}

const ALEX: &str = "G999200126001";
const SAM: &str = "W999200126002";

#[test]
fn a_class_begins_with_one_command_and_the_same_file_again_changes_nothing() {
    let desk = Workspace::new();
    let run = imported(&desk, &["pupil.xml"], &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("1 record begun") && run.err.contains("names stood in capitals"), "{}", run.err);
    let (path, alex) = record(&desk, ALEX);
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(!name.to_lowercase().contains("alex") && !name.contains("999"), "{name}");
    for line in [
        "legal_surname = \"Example\"",
        "dob = 2015-02-03",
        "sex = \"F\"",
        "laestab = \"9994001\"",
        "attended = 308",
        "provision = \"K\"",
        "needs = [\"SLCN\"]",
        "relationship = \"mother\"",
        "phone = \"07700 900000\"",
        "from = 2022-09-05",
    ] {
        assert!(alex.contains(line), "{line} is not in\n{alex}");
    }
    assert!(!alex.contains("Sample Street"), "addresses are not taken over");
    let before = tree(&desk.path("class"));
    let again = imported(&desk, &["pupil.xml"], &["--as-of", "2026-07-12"]);
    assert_eq!(again.code, 2, "an option is given twice: {}", again.err);
    let again = imported(&desk, &["pupil.xml"], &[]);
    assert!(again.code == 0 && again.err.contains("0 records begun, 0 records filled"), "{}", again.err);
    assert_eq!(tree(&desk.path("class")), before);
}

#[test]
fn lists_of_five_systems_are_understood() {
    let desk = Workspace::new();
    assert_eq!(imported(&desk, &["sims.csv"], &[]).code, 0);
    let run = imported(&desk, &["arbor.csv", "bromcom.tsv", "scholarpack.csv", "integris.csv"], &["--dry-run"]);
    assert!(run.code == 0 && run.err.contains("Nothing was written."), "{}", run.err);
    for told in [
        "Present: sessions attended",
        "AEA: approved educational activity",
        "Form: the class",
        "Mobile: a contact's telephone number",
        "Mark: the register code of one session",
        "looks like a day that Excel has made",
        "several people at once",
        "lost its first 0",
        "a contact of a service is left out",
    ] {
        assert!(run.err.contains(told), "{told:?} is not said:\n{}", run.err);
    }
    let before = tree(&desk.path("class"));
    assert_eq!(
        before.values().filter(|bytes| bytes.starts_with(b"#:schema")).count(),
        2,
        "a row without UPN is no child"
    );
    let run = imported(&desk, &["arbor.csv", "bromcom.tsv", "scholarpack.csv"], &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (_, alex) = record(&desk, ALEX);
    // 300 present and 8 elsewhere: only so do they add up.
    for line in [
        "attended = 308",
        "stated_percentage = 82.8",
        "free_school_meals = true",
        "name = \"Jo Example\"",
        "phone = \"07700900001\"",
        "emergency_contact = true",
    ] {
        assert!(alex.contains(line), "{line} is not in\n{alex}");
    }
    assert!(!alex.contains("Neighbour"));
    let (_, sam) = record(&desk, SAM);
    assert!(
        sam.contains("legal_surname = \"O'Sample\"") && !sam.contains("possible = 372"),
        "360 + 10 + 3 are not 372\n{sam}"
    );
    assert!(!sam.contains("Pat Helper"));
}

/// Written by a free office suite (`LibreOffice` Calc), with a row of titles and days that are days of a spreadsheet.
#[test]
fn a_workbook_is_read_like_a_list() {
    let desk = Workspace::new();
    let run = imported(&desk, &["leavers.xlsx"], &["--year", "2025"]);
    assert!(run.code == 0 && run.err.contains("Excel workbook, 2 children"), "{}", run.err);
    assert!(run.err.contains("above the headings"), "{}", run.err);
    let (_, alex) = record(&desk, ALEX);
    for line in ["dob = 2015-02-03", "possible = 372", "attended = 308", "legal_forename = \"Alex\""] {
        assert!(alex.contains(line), "{line} is not in\n{alex}");
    }
    let before = tree(&desk.path("class"));
    imported(&desk, &["leavers.xlsx"], &["--year", "2025"]);
    assert_eq!(tree(&desk.path("class")), before);
}

/// Titles over merged cells, a row of groups above the headings, days counted from 1904, a merged footer.
#[test]
fn a_workbook_with_merged_cells_and_two_rows_of_headings_is_read() {
    let desk = Workspace::new();
    let run = imported(&desk, &["merged-1904.xlsx"], &[]);
    assert!(run.code == 0 && run.err.contains("Excel workbook, 2 children"), "{}", run.err);
    let (_, sam) = record(&desk, SAM);
    for line in ["dob = 2014-11-23", "legal_surname = \"O'Sample\"", "laestab = \"9994001\""] {
        assert!(sam.contains(line), "{line} is not in\n{sam}");
    }
}

#[test]
fn sessions_by_term_become_a_year_and_its_terms() {
    let desk = Workspace::new();
    imported(&desk, &["sims.csv"], &[]);
    let terms = "UPN,Academic year,Term,Possible,Present,Authorised,Unauthorised\nG999200126001,2025/26,Spring Term,120,110,10,0\nG999200126001,2025/26,Autumn Term,140,130,6,4\nW999200126002,2025/26,Summer,100,100,0,0\n";
    let list = desk.write("terms.csv", terms);
    let class = desk.path("class");
    let import = || desk.run(&["import", text(&list), "--into", text(&class), "--as-of", DAY]);
    let run = import();
    assert!(run.code == 0 && run.err.contains("end with the spring term"), "{}", run.err);
    assert!(run.err.contains("a term is missing or stands there twice"), "{}", run.err);
    let (_, alex) = record(&desk, ALEX);
    let period = &read("x", alex.as_bytes()).record.attendance.unwrap().periods[0];
    assert_eq!((period.possible, period.attended, period.unauthorised), (Some(260), Some(240), Some(4)));
    assert_eq!(period.terms.iter().map(|term| term.possible).collect::<Vec<_>>(), [Some(140), Some(120)]);
    let (_, sam) = record(&desk, SAM);
    assert!(read("x", sam.as_bytes()).record.attendance.unwrap().periods.is_empty());
    let before = tree(&class);
    import();
    assert_eq!(tree(&class), before);
}

#[test]
fn a_register_of_sessions_becomes_codes_and_sums() {
    let desk = Workspace::new();
    imported(&desk, &["sims.csv"], &[]);
    let run = imported(&desk, &["integris.csv"], &[]);
    assert!(run.code == 0 && run.err.contains("marks are no register codes of today"), "{}", run.err);
    let (_, alex) = record(&desk, ALEX);
    let reading = read("x", alex.as_bytes());
    let period = &reading.record.attendance.unwrap().periods[0];
    assert_eq!((period.possible, period.attended, period.authorised), (Some(5), Some(3), Some(2)));
    assert_eq!(period.codes["I"], 2);
    assert_eq!(period.from, None, "where a period begins is asked for");
    assert!(run.err.contains("it is not known on which days the sessions begin and end"), "{}", run.err);
}

#[test]
fn what_a_person_wrote_or_took_out_stays_and_differences_are_said() {
    let desk = Workspace::new();
    imported(&desk, &["pupil.xml"], &[]);
    let (path, alex) = record(&desk, ALEX);
    let mother = alex.split("[[household.people]]\n").find(|block| block.contains("\"mother\"")).unwrap();
    let block = mother.split("\n\n").next().unwrap();
    let edited = alex
        .replace(&format!("[[household.people]]\n{block}"), "")
        .replace("legal_surname = \"Example\"", "legal_surname = \"Exemplar\" # as her passport has it")
        .replace("attended = 308", "attended = 310")
        .replace("first_language = \"ENG\"", "first_language = \"\"");
    fs::write(&path, &edited).unwrap();
    let run = imported(&desk, &["pupil.xml"], &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    for told in [
        "pupil.legal_surname: kept Exemplar; the file says Example",
        "attendance.periods[0].attended: kept 310; the file says 308",
        "pupil.first_language: kept nothing; the file says ENG",
        "household.people: kept not there any more; the file says Sam Example",
    ] {
        assert!(run.err.contains(told), "{told:?} is not said:\n{}", run.err);
    }
    let shown = desk.run(&["show", text(&path)]);
    assert!(
        shown.out.contains("dob = 2015-02-03   # Common Transfer File pupil.xml of 10 July 2026\n"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("of 10 July 2026, changed since"), "{}", shown.out);
}

#[test]
fn nobody_is_taken_for_somebody_by_name_and_a_secret_household_gets_nothing() {
    let desk = Workspace::new();
    let own = "schema_version = 1\n[pupil]\nlegal_forename = \"Alex\"\nlegal_surname = \"Example\"\n";
    desk.write("class/own.toml", own);
    let run = imported(&desk, &["pupil.xml"], &[]);
    assert!(run.code == 5 && run.err.contains("own.toml has the same name and no UPN"), "{}", run.err);
    assert_eq!(fs::read_to_string(desk.path("class/own.toml")).unwrap(), own);
    let secret = format!("{own}upn = \"{ALEX}\"\n[household]\naddress_confidential = true\n");
    desk.write("class/own.toml", &secret);
    let run = imported(&desk, &["pupil.xml", "scholarpack.csv"], &[]);
    assert!(run.code == 0 && run.err.contains("where the family lives is kept secret"), "{}", run.err);
    let (_, alex) = record(&desk, ALEX);
    assert!(alex.contains("sex = \"F\"") && !alex.contains("people") && !alex.contains("07700"), "{alex}");
    // Who is on a class list and has no record is named.
    imported(&desk, &["sims.csv"], &[]);
    let (sam, _) = record(&desk, SAM);
    fs::remove_file(sam).unwrap();
    let class = desk.path("class");
    for arguments in [vec!["show", text(&class)], vec!["pack", text(&class), "--out", text(&desk.path("out"))]] {
        let run = desk.run(&[&arguments[..], &["--show-values"]].concat());
        assert!(
            run.err.contains("1 child is expected to leave and without a record here.\n  Sam O'Sample (to 9994001)"),
            "{}",
            run.err
        );
    }
    desk.write("class/broken.toml", "[pupil\n");
    assert_eq!(imported(&desk, &["pupil.xml"], &[]).code, 1, "whose record it is cannot be told");
}

#[test]
fn hostile_and_broken_files_are_refused_and_nothing_is_written() {
    let desk = Workspace::new();
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><CTfile>&b;</CTfile>";
    let outside = "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><CTfile><CTFpupilData><Pupil><UPN>&a;</UPN></Pupil></CTFpupilData></CTfile>";
    let deep = format!("<CTfile>{}{}</CTfile>", "<a>".repeat(200_000), "</a>".repeat(200_000));
    let wide = format!("UPN{}\n", ",x".repeat(700));
    let workbook = zipped(&[("xl/workbook.xml", b"<workbook/>".to_vec())]);
    let zip_bomb = zipped(&[("xl/worksheets/sheet1.xml", vec![b' '; 300 << 20])]);
    let files: [(&str, Vec<u8>); 14] = [
        ("bomb.xml", bomb.into()),
        ("outside.xml", outside.into()),
        ("deep.xml", deep.into()),
        ("wide.csv", wide.into()),
        ("page.xls", b"<html><table><tr><td>UPN</td></tr></table></html>".to_vec()),
        ("old.xls", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        ("print.pdf", b"%PDF-1.7".to_vec()),
        ("names.csv", b"Name,Class\nAlex,6B\n".to_vec()),
        ("nothing.csv", Vec::new()),
        ("binary.csv", vec![0, 1, 2, 3]),
        ("broken.xlsx", workbook),
        ("bomb.xlsx", zip_bomb),
        ("half.xml", b"<CTfile><CTFpupilData><Pupil>".to_vec()),
        ("other.xml", b"<feed/>".to_vec()),
    ];
    for (name, bytes) in files {
        let path = desk.write(name, bytes);
        let run = desk.run(&["import", text(&path), "--into", text(&desk.path("class"))]);
        assert!(run.code == 3 && run.err.contains("cannot be imported"), "{name}: {} {}", run.code, run.err);
        assert!(!run.err.contains("root:"), "{name}");
        assert!(!desk.path("class").exists(), "{name}");
    }
}

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A thousand random imports over the example records: whatever a file says, no field changes that is not among those that
/// an information system knows, and none that is filled.
#[test]
fn a_persons_words_survive_a_thousand_imports() {
    const MAY_BE_FILLED: [&str; 7] =
        ["pupil", "sending_school", "receiving_school", "attendance", "sen", "characteristics", "household"];
    let words = ["", "Zq", "K", "N", "E", "yes", "12", "2015-03-04", "9994002", "Mother", "0", "372", "I", "ENG"];
    let headings = "UPN,Surname,Forename,Known as,DOB,Sex,First language,SEN,SEN need,FSM,Possible,Present,Authorised,Unauthorised,Academic year,Contact,Relationship,Phone,Email,Destination,I,KS2 reading";
    let mut seed: u64 = 7;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let records: Vec<String> = tree(&root().join("examples/records"))
        .into_iter()
        .filter(|(name, _)| name.ends_with(".toml"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    let mut filled = 0;
    for _ in 0..1000 {
        let before = &records[random(records.len())];
        let upn = read("x", before.as_bytes()).record.pupil.unwrap().upn.unwrap();
        let cells: Vec<&str> = (1..22).map(|_| words[random(words.len())]).collect();
        let file = format!("{headings}\n{upn},{}\n", cells.join(","));
        let Ok(read_file) = import::import(file.as_bytes(), &How::default()) else { continue };
        let mut editor = RecordEditor::new(before).unwrap();
        let mut notes = RecordNotes::default();
        let out = import::fill(&mut editor, &read_file.proposals[0], (&mut notes, 0), None, false).unwrap();
        filled += out.filled.len();
        let after = editor.finish().unwrap();
        let (was, is): (toml::Table, toml::Table) = (before.parse().unwrap(), after.parse().unwrap());
        for (section, value) in &was {
            let may = MAY_BE_FILLED.contains(&section.as_str()) || section == "attainment" || section == "moves";
            assert!(may || is.get(section) == Some(value), "{section} changed");
            kept(section, value, &is[section]);
        }
        let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        assert_eq!(comments(&after), comments(before));
    }
    assert!(filled > 1000, "{filled}");
}

/// What was said is said still.
fn kept(path: &str, was: &toml::Value, is: &toml::Value) {
    match (was, is) {
        (toml::Value::Table(was), toml::Value::Table(is)) => {
            was.iter().for_each(|(name, value)| kept(&format!("{path}.{name}"), value, &is[name]));
        }
        (toml::Value::Array(was), toml::Value::Array(is)) => {
            assert!(is.len() >= was.len(), "{path}");
            was.iter().zip(is).for_each(|(was, is)| kept(path, was, is));
        }
        (toml::Value::String(text), _) if text.is_empty() => {}
        _ => assert_eq!(was, is, "{path}"),
    }
}

const SCHOOL: &str = "[sending_school]\nname = \"Millbeck Example Junior School\"\nlaestab = \"9992001\"\nurn = \"999201\"\nphone = \"01632 960100\"\n[sending_school.dsl]\nname = \"Ruth Halloran\"\nphone = \"01632 960101\"\n[sending_school.senco]\nname = \"Tom Averill\"\nphone = \"01632 960102\"\n\n[[receiving_schools]]\nname = \"Northgate Example Academy\"\nlaestab = \"9994001\"\nurn = \"999401\"\nstart_date = 2026-09-03\n[receiving_schools.dsl]\nname = \"Priya Nandakumar\"\nphone = \"01632 960201\"\n[receiving_schools.senco]\nname = \"Hannah Brisk\"\n[receiving_schools.head_of_year]\nname = \"Colin Treadaway\"\n\n[sharing]\nlawful_basis = \"public_task\"\nspecial_category_condition = \"dpa2018_sch1_para18\"\nretention = { keeper = \"Receiving school\", until = \"25th birthday\" }\n";

/// The first example without what the school says for all.
fn without_school() -> String {
    let whole = fs::read_to_string(root().join("examples/records/01-nothing-to-worry.toml")).unwrap();
    let (before, after) = whole.split_once("[sending_school]").unwrap();
    let (_, after) = after.split_once("[voice]").unwrap();
    let own = "[receiving_school]\nlaestab = \"9994001\"\nkey_adult = \"Mr Idris Calloway, form tutor\"\n\n[voice]";
    format!("{before}{own}{after}")
        .replace("lawful_basis = \"public_task\"\n", "")
        .replace("special_category_condition = \"dpa2018_sch1_para18\"\n", "")
}

#[test]
fn what_the_school_says_once_is_judged_signed_and_sealed_with_every_record() {
    let desk = Workspace::new();
    let record = desk.write("class/1.toml", without_school());
    desk.write(
        "class/pictures/01-football.png",
        fs::read(root().join("examples/records/pictures/01-football.png")).unwrap(),
    );
    let validate = || desk.run(&["validate", text(&record), "--as-of", DAY, "--format", "concise"]);
    assert_eq!(validate().code, 1);
    let school = desk.write("school.toml", SCHOOL);
    let run = validate();
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let shown = desk.run(&["show", text(&record)]);
    assert!(
        shown.out.contains("urn = \"999401\"   # school.toml\n")
            && shown.out.contains("key_adult = \"Mr Idris Calloway, form tutor\"\n"),
        "{}",
        shown.out
    );
    let sign = desk.run(&["sign-off", text(&record), "--role", "dsl", "--name", "Ruth Halloran", "--as-of", DAY]);
    assert_eq!(sign.code, 0, "{}", sign.err);
    // A new number to ring is no change to what was signed; another school is.
    fs::write(&school, SCHOOL.replace("01632 960201", "01632 960299")).unwrap();
    assert_eq!(validate().code, 0);
    fs::write(&school, SCHOOL.replace("Priya Nandakumar", "Ravi Other")).unwrap();
    let run = validate();
    assert!(run.code == 1 && run.out.contains("SI-15"), "{}", run.out);
    fs::write(&school, SCHOOL).unwrap();
    let out = desk.path("out");
    let run = desk.run(&["pack", text(&desk.path("class")), "--out", text(&out), "--as-of", DAY, "--no-encrypt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let names: BTreeSet<String> = tree(&out).into_keys().collect();
    let pdf = names.iter().find(|name| name.ends_with("-safeguarding.pdf")).unwrap();
    let inside = desk.run(&["extract", text(&out.join(pdf)), "--as-of", DAY, "--unconfirmed"]);
    assert!(
        inside.out.contains("Priya Nandakumar") && inside.out.contains("999401"),
        "the whole record is sealed: {}",
        inside.out
    );
    fs::write(&school, "[[receiving_schools]]\nname = \"x\"\n").unwrap();
    let run = validate();
    assert!(run.code == 1 && run.err.contains("PO-05"), "{}", run.err);
}

/// Types what no list knows; answers how many fields that are.
fn typed_for_an_easy_child(editor: &mut RecordEditor) -> usize {
    let words = |words: &str| NewValue::Text(words.to_owned());
    let list = |words: &[&str]| NewValue::Texts(words.iter().map(|word| (*word).to_owned()).collect());
    let day = |day: &str| NewValue::Day(day.parse().unwrap());
    let entry = [
        ("id", words("v1")),
        ("date", day("2026-06-12")),
        ("recorded_by", words("Alice Quill")),
        ("recorder_role", words("class teacher")),
        ("method", words("conversation")),
        ("prompt", words("What should your new teachers know about you?")),
        ("verbatim", words("I like it when people say what we are doing next. I'm good at football.")),
        ("present", list(&["Alice Quill"])),
        ("parent_present", NewValue::YesNo(false)),
        ("checked_back", NewValue::YesNo(true)),
        ("agreed_to_share_with", list(&["all_staff"])),
    ];
    let worry = [("id", words("w1")), ("text", words("Getting lost between lessons."))];
    let none_known = [
        ("stated_on", day("2026-06-20")),
        ("stated_by", words("Ruth Halloran")),
        ("role", words("DSL")),
        ("statement", words("Safeguarding file, behaviour log, attendance and class teacher asked.")),
    ];
    let typed = [
        ("receiving_school.key_adult", words("Mr Idris Calloway, form tutor")),
        ("voice.trusted_adults", list(&["Mrs Quill (class teacher)"])),
        ("voice.who_should_know", words("Everyone can know.")),
        ("early_help.considered_on", day("2026-02-05")),
        ("early_help.considered_by", words("Ruth Halloran, DSL")),
        ("early_help.decision", words("not_proceeding")),
        ("early_help.reason_kind", words("no_need_identified")),
        ("early_help.reason_not_proceeding", words("Class teacher, DSL and parents see no need at present.")),
        ("household.as_at", day("2026-06-20")),
        ("household.people[1].views_sought_on", day("2026-06-20")),
        ("transition_plan.level", words("universal")),
        ("transition_plan.voice_ref", list(&["v1"])),
        ("transition_plan.what_works", list(&["A look at the timetable each morning"])),
        ("transition_plan.parent_involvement", words("Both parents read this record and agreed.")),
    ];
    editor.push("voice.entries", &entry).unwrap();
    editor.push("voice.worries", &worry).unwrap();
    for (path, value) in &typed {
        editor.set(path, value).unwrap();
    }
    for (name, value) in &none_known {
        editor.set(&format!("no_known_risks.{name}"), value).unwrap();
    }
    entry.len() + worry.len() + none_known.len() + typed.len()
}

/// What a person has to type for an easy child: everything else comes from lists and from what the school says once.
#[test]
fn an_easy_child_takes_few_typed_fields() {
    let desk = Workspace::new();
    let years = "\n[[years]]\nacademic_year = 2024\nfrom = 2024-09-03\nto = 2025-07-22\n[[years]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-10\n[early_help]\nlocal_name = \"Early Help Assessment\"\n[transition_plan]\nreview_on = 2026-10-20\n[transfer]\nkind = \"phase\"\nmethod = \"secure_portal\"\nleaving_on = 2026-07-21\nenclosures = [{ what = \"General pupil file\" }]\n";
    desk.write("school.toml", format!("guidance_profile = \"kcsie-2025\"\n{SCHOOL}{years}"));
    let lists = [
        (
            "class.csv",
            "UPN,Forename,Surname,DOB,Sex,First language,SEN,Transfer to\nG999200126001,Maya,Thistlewood,2015-04-17,F,ENG,N,Northgate Example Academy\n",
        ),
        (
            "before.csv",
            "UPN,Academic year,Possible,Present,Authorised,Unauthorised\nG999200126001,2024/25,380,374,6,0\n",
        ),
        ("now.csv", "UPN,Academic year,Possible,Present,Authorised,Unauthorised\nG999200126001,2025/26,372,368,4,0\n"),
        (
            "contacts.csv",
            "UPN,Contact name,Relationship,Parental responsibility,Emergency contact,Phone\nG999200126001,Joanna Thistlewood,Mother,Yes,Yes,01632 960110\nG999200126001,Mark Thistlewood,Father,Yes,Yes,01632 960111\n",
        ),
    ];
    let paths: Vec<PathBuf> = lists.iter().map(|(name, content)| desk.write(name, content)).collect();
    let class = desk.path("class");
    let mut arguments = vec!["import", "--into", text(&class), "--as-of", DAY];
    arguments.extend(paths.iter().map(|path| text(path)));
    let run = desk.run(&arguments);
    assert!(run.code == 0 && !run.err.contains("note: of 20"), "{}", run.err);
    let (path, imported) = record(&desk, ALEX);
    let mut editor = RecordEditor::new(&imported).unwrap();
    let number = typed_for_an_easy_child(&mut editor);
    fs::write(&path, editor.finish().unwrap()).unwrap();
    assert!(number <= 35, "{number} fields are typed");
    let sign = desk.run(&["sign-off", text(&class), "--role", "dsl", "--name", "Ruth Halloran", "--as-of", DAY]);
    assert_eq!(sign.code, 0, "{}", sign.err);
    let run = desk.run(&["validate", text(&class), "--as-of", DAY, "--format", "concise"]);
    assert!(run.code == 0, "{}", run.out);
    let whole = desk.run(&["show", text(&path)]).out;
    let said = whole.lines().filter(|line| line.contains(" = ")).count();
    assert!(said >= 90, "{said} fields are said of the child");
}

#[test]
fn a_class_is_signed_at_once_but_for_those_with_errors() {
    let desk = Workspace::new();
    for name in ["01-nothing-to-worry", "05-father-unknown"] {
        let text = fs::read_to_string(root().join(format!("examples/records/{name}.toml"))).unwrap();
        desk.write(&format!("class/{name}.toml"), text);
    }
    for (name, bytes) in tree(&root().join("examples/records/pictures")) {
        desk.write(&format!("class/pictures/{name}"), bytes);
    }
    let broken = without_school();
    let third = desk.write("class/third.toml", &broken);
    let class = desk.path("class");
    let sign = |options: &[&str]| {
        let mut arguments = vec!["sign-off", text(&class), "--role", "senco", "--name", "Tom Averill", "--as-of", DAY];
        arguments.extend(options);
        desk.run(&arguments)
    };
    let before = tree(&class);
    let run = sign(&["--dry-run"]);
    assert!(run.code == 5 && run.err.contains("2 records could be signed"), "{} {}", run.code, run.err);
    assert_eq!(tree(&class), before);
    let run = sign(&[]);
    assert!(run.code == 5 && run.err.contains("not signed before") && run.err.contains("third.toml"), "{}", run.err);
    assert_eq!(fs::read_to_string(third).unwrap(), broken);
    let first = class.join("01-nothing-to-worry.toml");
    let changed = fs::read_to_string(&first)
        .unwrap()
        .replace("attended = 368", "attended = 367")
        .replace("authorised = 4\n", "authorised = 5\n")
        .replace("\"I\" = 4", "\"I\" = 5");
    fs::write(&first, changed).unwrap();
    let run = sign(&[]);
    assert!(
        run.err.contains("01-nothing-to-worry.toml: changed since the last signature: attendance.periods[1].attended"),
        "{}",
        run.err
    );
    assert!(run.err.contains("05-father-unknown.toml: nothing has changed"), "{}", run.err);
    let shown = desk.run(&["show", text(&class), "--as-of", DAY]);
    assert!(shown.code == 0 && shown.out.contains("SENCO, 10 July 2026"), "{}", shown.out);
    assert!(shown.out.lines().any(|line| line.contains("third.toml") && line.contains("the schools")), "{}", shown.out);
    assert!(!shown.out.contains("Thistlewood"), "names only where somebody looks");
    let named = desk.run(&["show", text(&class), "--as-of", DAY, "--show-values", "--format", "json"]);
    assert!(named.out.contains("Thistlewood"), "{}", named.out);
}

#[test]
fn starters_for_a_list_hold_who_the_child_is() {
    let desk = Workspace::new();
    let run = desk.run(&["new", text(&desk.path("class")), "--for", text(&list("pupil.xml")), "--as-of", DAY]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (_, alex) = record(&desk, ALEX);
    assert!(
        alex.contains("dob = 2015-02-03") && !alex.contains("attended = 308") && alex.contains("# [[risks]]"),
        "{alex}"
    );
}

#[test]
fn every_field_is_explained() {
    let desk = Workspace::new();
    let sections = desk.run(&["fields"]).out;
    assert!(sections.contains("voice (a section)\n  The child's own voice."), "{sections}");
    let dob = desk.run(&["fields", "pupil.dob"]).out;
    assert!(dob.contains("a day") && dob.contains("for example: 2015-04-17"), "{dob}");
    assert!(desk.run(&["fields", "sex"]).out.contains("one of: F, M, U"));
    assert_eq!(desk.run(&["fields", "colour"]).code, 2);
}
