//! Records checked in CI: formats that other programs read, options, policies, and what editors make of the schema.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::{DAY, Ran, Workspace, example_files, examples, first_example, ran, root, text, tool};

/// A record with an error, a warning and a note.
const RECORD: &str = "examples/mistakes/below-85-without-a-decision.toml";

fn validate(desk: &Workspace, options: &[&str]) -> Ran {
    let mut arguments = vec!["validate", "--as-of", DAY];
    arguments.extend(options);
    desk.run(&arguments)
}

/// Writes what a format prints for all examples and mistakes into a file.
fn printed(desk: &Workspace, format: &str) -> PathBuf {
    let run = validate(desk, &["examples/records", "examples/mistakes", "--format", format]);
    assert_eq!(run.code, 1, "{}", run.err);
    desk.write(&format!("printed.{format}"), run.out)
}

fn is_valid(schema: &Path, file: &Path) {
    // The official SARIF schema has a pattern that only Python reads.
    let run = tool(
        "check-jsonschema",
        &["--regex-variant", "python", "--schemafile", text(schema), "--default-filetype", "json", text(file)],
    );
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn json_fits_its_schema() {
    is_valid(&root().join("schemas/problems.schema.json"), &printed(&Workspace::new(), "json"));
}

#[test]
fn sarif_fits_its_schema() {
    is_valid(&root().join("tests/it/schemas/sarif-2.1.0.json"), &printed(&Workspace::new(), "sarif"));
}

#[test]
fn junit_is_read_by_another_program() {
    let desk = Workspace::new();
    let file = printed(&desk, "junit");
    let script = "import sys, junitparser\n\
        xml = junitparser.JUnitXml.fromfile(sys.argv[1])\n\
        print(len(list(xml)), sum(s.tests for s in xml), sum(s.failures for s in xml), \
        sum(1 for s in xml for c in s if c.result))";
    let run = tool("python3", &["-c", script, text(&file)]);
    let numbers: Vec<usize> = run.out.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [suites, tests, failures, results] = numbers.as_slice() else { panic!("{}{}", run.out, run.err) };
    let records = example_files().len() + fs::read_dir(root().join("examples/mistakes")).unwrap().count() / 2;
    assert_eq!(*suites, records);
    assert!(failures > &30 && failures == results && tests > failures, "{numbers:?}");
}

#[test]
fn gitlab_gets_a_report_with_fingerprints_of_their_own() {
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(printed(&Workspace::new(), "gitlab")).unwrap()).unwrap();
    let items = report.as_array().unwrap();
    let mut prints: Vec<_> = items.iter().map(|item| item["fingerprint"].as_str().unwrap()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert!(items.len() > 30 && prints.len() == items.len());
    for item in items {
        assert!(["info", "minor", "major"].contains(&item["severity"].as_str().unwrap()));
        assert!(item["location"]["lines"]["begin"].as_u64() >= Some(1) && item["location"]["path"].is_string());
        assert!(item["check_name"].is_string() && item["description"].is_string());
    }
}

#[test]
fn github_gets_annotations_within_its_limits_without_asking() {
    let desk = Workspace::new();
    let asked = validate(&desk, &["examples/mistakes", "--format", "github"]);
    assert_eq!(asked.out.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(asked.out.lines().filter(|line| line.contains(": error[")).count() > 10, "the full log stands beside them");
    let plain = ["validate", "examples/mistakes", "--as-of", DAY, "--format", "json"];
    let mut command = desk.command(&plain);
    let unasked = ran(command.env("GITHUB_ACTIONS", "true").output().unwrap());
    assert!(unasked.err.contains("::error file=examples/mistakes/"), "{}", unasked.err);
    assert!(serde_json::from_str::<serde_json::Value>(&unasked.out).is_ok(), "the JSON stays whole");
    assert!(!desk.run(&plain).err.contains("::error"));
}

#[test]
fn options_decide_what_is_shown_and_what_fails() {
    let desk = Workspace::new();
    let code = |options: &[&str]| validate(&desk, options).code;
    assert_eq!(code(&[RECORD]), 1);
    assert_eq!(code(&[RECORD, "--exit-zero"]), 0);
    assert_eq!(code(&[RECORD, "--select", "AT"]), 0, "attendance has warnings alone");
    assert_eq!(code(&[RECORD, "--select", "AT", "--deny-warnings"]), 1);
    assert_eq!(code(&[RECORD, "--select", "AT", "--deny-warnings", "--min-severity", "error"]), 0);
    assert_eq!(code(&[RECORD, "--ignore", "eh-01", "--ignore", "rk-19"]), 0);
    assert_eq!(code(&[RECORD, "--ignore", "XX"]), 2, "a prefix that fits nothing is a slip");
    let shown = validate(&desk, &[RECORD, "--select", "eh-01", "--format", "concise"]);
    assert!(shown.out.lines().count() == 1 && shown.out.contains("EH-01"), "{}", shown.out);
    assert!(shown.err.contains("1 record checked: 1 error"), "{}", shown.err);
}

#[test]
fn names_of_records_may_come_from_a_list() {
    let desk = Workspace::new();
    let list = desk.write("list", format!("{RECORD}\r\nexamples/records/01-nothing-to-worry.toml\n"));
    let run = validate(&desk, &["--files-from", text(&list)]);
    assert!(run.out.contains("2 records checked"), "{}", run.out);
    let mut command = desk.command(&["validate", "--as-of", DAY, "--files-from", "-"]);
    command.stdin(fs::File::open(desk.write("zeros", format!("{RECORD}\0"))).unwrap());
    assert!(ran(command.output().unwrap()).out.contains("1 record checked"));
}

#[test]
fn a_policy_is_found_above_the_records_and_told() {
    let desk = Workspace::new();
    let record = desk.write("school/class6/1.toml", first_example());
    let policy = "[early_help]\nthreshold = 80\nreason = \"Agreed with the partnership for this year\"\n";
    let policy = desk.write("school/policy.toml", policy);
    let run = validate(&desk, &[text(&record)]);
    assert!(
        run.code == 0 && run.err.contains("policy.toml") && run.err.contains("Agreed with the partnership"),
        "{}",
        run.err
    );
    fs::write(&policy, "[severity]\nVC-01 = \"off\"\n").unwrap();
    let run = validate(&desk, &[text(&desk.path("school"))]);
    assert!(run.code == 1 && run.err.contains("PO-02") && run.out.is_empty(), "{}", run.err);
    let other = desk.write("other.toml", "");
    assert_eq!(validate(&desk, &[text(&record), "--policy", text(&other)]).code, 0);
}

#[test]
fn fix_mends_what_is_mechanical_and_shows_it_first() {
    let desk = Workspace::new();
    let broken = "# Born 03/02/2015\nschema_version = 1\n[pupil]\ndob = 03/02/2015 # sure\nlegal_forename = “Alex”\n";
    let path = desk.write(
        "r.toml",
        [0xFF, 0xFE].into_iter().chain(broken.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>(),
    );
    let before = fs::read(&path).unwrap();
    let dry = desk.run(&["fix", text(&path), "--dry-run", "--show-values"]);
    assert!(dry.code == 0 && dry.out.contains("4 + dob = 2015-02-03 # sure"), "{}", dry.out);
    assert!(fs::read(&path).unwrap() == before, "a dry run writes nothing");
    let quiet = desk.run(&["fix", text(&path)]);
    assert!(quiet.out.contains("line 5") && !quiet.out.contains("Alex"), "{}", quiet.out);
    let wanted = "# Born 03/02/2015\nschema_version = 1\n[pupil]\ndob = 2015-02-03 # sure\nlegal_forename = \"Alex\"\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), wanted);
    assert!(desk.run(&["fix", text(&path)]).err.contains("Nothing to mend"));
}

#[test]
fn a_sign_off_is_broken_by_a_later_change() {
    let desk = Workspace::new();
    let record = first_example();
    let path = desk.write("1.toml", &record);
    let sign =
        |role| desk.run(&["sign-off", text(&path), "--role", role, "--name", "Ruth \"R\" Halloran", "--as-of", DAY]);
    assert_eq!(sign("dsl").code, 0, "{}", sign("dsl").err);
    assert!(fs::read_to_string(&path).unwrap().starts_with(record.trim_end()), "nothing else is touched");
    assert_eq!(validate(&desk, &[text(&path), "--deny-warnings"]).code, 0);
    let changed = fs::read_to_string(&path).unwrap().replacen("attended = ", "# later\nattended = ", 1);
    fs::write(&path, &changed).unwrap();
    assert_eq!(validate(&desk, &[text(&path)]).code, 0, "a comment changes nothing");
    fs::write(&path, changed.replacen("key_adult = \"", "key_adult = \"Not ", 1)).unwrap();
    let run = validate(&desk, &[text(&path), "--format", "concise"]);
    assert!(run.code == 1 && run.out.contains("SI-15"), "{}", run.out);
    assert_eq!(sign("dsl").code, 0);
    assert_eq!(validate(&desk, &[text(&path)]).code, 0, "the newest signature of a person counts");
    // An older program's digest cannot be compared; that is said, and not that somebody has changed something.
    let older = fs::read_to_string(&path).unwrap();
    let (before, after) = older.rsplit_once("digest = \"v2:").unwrap();
    fs::write(&path, format!("{before}digest = \"{after}")).unwrap();
    let run = validate(&desk, &[text(&path), "--format", "concise"]);
    assert!(run.code == 1 && run.out.contains("made by an earlier version"), "{}", run.out);
    // Line ends, and the order of what is ticked, are no change.
    assert_eq!(sign("dsl").code, 0);
    let crlf = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    fs::write(&path, crlf).unwrap();
    assert_eq!(validate(&desk, &[text(&path)]).code, 0);
    let damaged = desk.write("2.toml", "[pupil]\ndob = 1/2/2015\n");
    assert_eq!(desk.run(&["sign-off", text(&damaged), "--role", "dsl", "--name", "X"]).code, 1);
}

#[test]
fn an_override_is_on_the_first_page_and_in_the_manifest_of_the_safeguarding_lead_alone() {
    let desk = Workspace::new();
    let record = fs::read_to_string(root().join("examples/records/03-cp-plan-and-ehcp.toml")).unwrap();
    let line = record.lines().find(|line| line.starts_with("key_adult")).unwrap();
    let path = desk.write("3.toml", record.replace(line, ""));
    desk.write("pictures/03-house.png", fs::read(examples().join("pictures/03-house.png")).unwrap());
    let out = desk.path("out");
    let reason = "The key adult is chosen on Monday, the child moves on Friday";
    let pack = |code: &str, out: &Path| {
        desk.run(&[
            "pack",
            text(&path),
            "--out",
            text(out),
            "--as-of",
            DAY,
            "--no-encrypt",
            "--override",
            code,
            "--reason",
            reason,
            "--by",
            "Ruth Halloran, DSL",
        ])
    };
    assert_eq!(desk.run(&["pack", text(&path), "--out", text(&out), "--as-of", DAY]).code, 1);
    for refused in ["SI-14", "ID-02", "HH-12", "TP-04", "XX-01"] {
        assert_eq!(pack(refused, &out).code, 2, "{refused}");
    }
    let run = pack("tp-05", &out);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    for bundle in super::support::with_ending(&out, ".zip") {
        let folder = desk.path("open");
        drop(fs::remove_dir_all(&folder));
        tool("python3", &["-m", "zipfile", "-e", text(&bundle), text(&folder)]);
        let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
        let safeguarding = text(&bundle).contains("safeguarding");
        assert_eq!(manifest.contains(reason), safeguarding, "{}", bundle.display());
        for pdf in super::support::with_ending(&folder, ".pdf") {
            if text(&pdf).ends_with("COVER-LETTER.pdf") {
                continue;
            }
            let page = tool("pdftotext", &["-l", "1", text(&pdf), "-"]).out;
            let first = page.split_whitespace().collect::<Vec<_>>().join(" ");
            let says = first.contains(reason) && first.contains("Ruth Halloran, DSL");
            assert_eq!(says, safeguarding, "{}", pdf.display());
        }
    }
    let several = desk.run(&[
        "pack",
        "examples/records",
        "--out",
        text(&out),
        "--override",
        "TP-05",
        "--reason",
        reason,
        "--by",
        "X",
    ]);
    assert_eq!(several.code, 2, "{}", several.err);
}

#[test]
fn the_schema_works_in_editors() {
    let schema = root().join("schemas/record.schema.json");
    let url = format!("file://{}", schema.display());
    for record in example_files() {
        let run = tool("taplo", &["check", "--schema", &url, text(&record)]);
        assert_eq!(run.code, 0, "{}: {}{}", record.display(), run.out, run.err);
        // The first line of each example names the schema, as an editor wants it.
        let run = tool("tombi", &["lint", "--offline", text(&record)]);
        assert_eq!(run.code, 0, "{}: {}{}", record.display(), run.out, run.err);
    }
    for mistake in [
        "date-in-quotation-marks",
        "mistyped-field",
        "mistyped-word",
        "number-in-quotation-marks",
        "number-without-quotation-marks",
        "percent-instead-of-sessions",
        "single-brackets",
    ] {
        let path = root().join(format!("examples/mistakes/{mistake}.toml"));
        // taplo shows a date to a schema as text, so it cannot tell the two apart.
        let blind = mistake == "date-in-quotation-marks";
        let taplo = tool("taplo", &["check", "--schema", &url, text(&path)]).code;
        assert!(taplo != 0 || blind, "taplo accepts {mistake}");
        assert_ne!(tool("tombi", &["lint", "--offline", text(&path)]).code, 0, "tombi accepts {mistake}");
    }
}
