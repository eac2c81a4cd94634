//! The program's conventions: exit codes, formats, standard input, help that is true.

use std::io::Write;
use std::process::Stdio;

use super::support::{DAY, Workspace, examples, first_example, packed, ran, text, words_in};

#[test]
fn exit_codes_are_as_documented() {
    let desk = Workspace::new();
    let missing = desk.path("missing.toml");
    let bad = desk.write("bad.toml", "schema_version = 1\n");
    assert_eq!(desk.run(&["validate", text(&examples()), "--as-of", DAY]).code, 0);
    assert_eq!(desk.run(&["validate", text(&bad)]).code, 1);
    assert_eq!(desk.run(&["validate"]).code, 2);
    assert_eq!(desk.run(&["explain", "XX-99"]).code, 2);
    assert_eq!(desk.run(&["validate", text(&missing)]).code, 3);
    let not_a_bundle = desk.write("x.zip", "PK");
    assert_eq!(desk.run(&["verify", text(&not_a_bundle)]).code, 4);
    let readme = std::fs::read_to_string(super::support::root().join("README.md")).unwrap();
    for code in ["| 0 |", "| 1 |", "| 2 |", "| 3 |", "| 4 |", "| 5 |", "| 70 |"] {
        assert!(readme.contains(code), "the README's table lacks {code}");
    }
}

#[test]
fn the_safeguarding_pack_travels_apart() {
    let (_, out) = packed();
    for bundle in super::support::with_ending(out, ".zip") {
        let files = handover::bundle::read_archive(&std::fs::read(&bundle).unwrap()).unwrap();
        let safeguarding = files.keys().filter(|name| name.contains("-safeguarding.")).count();
        let others = files
            .keys()
            .filter(|name| name.ends_with(".pdf") && !name.contains("-safeguarding.") && *name != "COVER-LETTER.pdf")
            .count();
        assert!(safeguarding == 0 || others == 0, "{} mixes readers", bundle.display());
        assert_eq!(safeguarding > 0, text(&bundle).contains("-safeguarding-"), "{}", bundle.display());
    }
}

#[test]
fn every_pack_says_that_it_is_a_summary() {
    let (_, out) = packed();
    for pdf in super::support::with_ending(out, ".pdf") {
        let words = super::support::tool("pdftotext", &[text(&pdf), "-"]).out;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains("This pack is a summary. It does not replace the child's full file.")
                || words.contains("Each pack is a summary and does not replace the child's full file."),
            "{}",
            pdf.display()
        );
        if text(&pdf).contains("-safeguarding.") {
            assert!(words.contains("Enclosures"), "{} lists no enclosures", pdf.display());
        }
    }
}

#[test]
fn a_refused_record_does_not_hold_up_the_others() {
    let desk = Workspace::new();
    let good = first_example();
    desk.write("records/a.toml", good);
    desk.write("records/b.toml", "schema_version = 1\n");
    let out = desk.path("out");
    let run = desk.run(&["pack", text(&desk.path("records")), "--out", text(&out), "--as-of", DAY]);
    assert_eq!(run.code, 5, "{}", run.err);
    assert!(run.out.contains("-general-") && run.err.contains("1 record refused"), "{}", run.err);
}

#[test]
fn standard_input_is_a_record() {
    let desk = Workspace::new();
    let mut child = desk
        .command(&["validate", "-", "--as-of", DAY, "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"schema_version = 1\n[pupil]\ndob = 01/09/2014\n").unwrap();
    let run = ran(child.wait_with_output().unwrap());
    assert_eq!(run.code, 1);
    let expected = "<standard input>:3:7: error[RD-01]: Dates are written the other way round here\n";
    assert!(run.out.contains(expected), "{}", run.out);
}

#[test]
fn values_stay_out_of_pipes_unless_asked_for() {
    let desk = Workspace::new();
    let record =
        desk.write("r.toml", "schema_version = 1\n[pupil]\nlegal_surname = \"Zqsecret\"\nupn = \"Zqsecret\"\n");
    for format in ["human", "concise", "json"] {
        let run = desk.run(&["validate", text(&record), "--format", format]);
        assert!(!run.out.contains("Zqsecret") && !run.err.contains("Zqsecret"), "{format}: {}", run.out);
        assert!(run.out.contains("ID-01"), "{format}");
    }
    let shown = desk.run(&["validate", text(&record), "--show-values"]);
    assert!(shown.out.contains("upn = \"Zqsecret\""), "{}", shown.out);
}

#[test]
fn json_says_what_the_human_format_says() {
    let desk = Workspace::new();
    let record = desk.write("r.toml", "schema_version = 1\n");
    let run = desk.run(&["validate", text(&record), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((json["format"].as_str(), json["version"].as_u64()), (Some("handover-problems"), Some(1)));
    let findings = json["files"][0]["findings"].as_array().unwrap();
    assert_eq!(
        json["summary"]["errors"].as_u64(),
        Some(findings.iter().filter(|f| f["severity"] == "error").count() as u64)
    );
    assert!(findings.iter().any(|finding| finding["code"] == "VC-01" && finding["path"] == "voice.entries"));
}

#[test]
fn colour_stays_out_of_pipes() {
    let desk = Workspace::new();
    let record = desk.write("r.toml", "schema_version = 1\n");
    for run in [desk.run(&["validate", text(&record)]), desk.run(&["explain"]), desk.run(&["--help"])] {
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'));
    }
}

#[test]
fn explain_knows_every_rule() {
    let desk = Workspace::new();
    let list = desk.run(&["explain"]).out;
    let mut count = 0;
    for rule in handover::check::rules() {
        assert!(list.contains(rule.code));
        let page = desk.run(&["explain", &rule.code.to_lowercase()]).out;
        assert!(
            page.contains(rule.title) && page.contains(rule.next) && page.contains("Not like this"),
            "{}",
            rule.code
        );
        count += 1;
    }
    assert!(count >= 70, "{count}");
    assert!(desk.run(&["explain", "VC-199"]).err.contains("VC-199"));
    assert_eq!(desk.run(&["explain", "vc-1"]).out, desk.run(&["explain", "VC-01"]).out);
}

#[test]
fn a_new_record_is_right_up_to_its_blanks() {
    let desk = Workspace::new();
    let path = desk.path("new/record.toml");
    let run = desk.run(&["new", text(&path), "--as-of", DAY]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(desk.path("new/record.schema.json").exists());
    let run = desk.run(&["validate", text(&path), "--as-of", DAY, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let codes: Vec<_> =
        json["files"][0]["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(run.code, 1);
    for blank in ["ID-01", "ID-10", "VC-01", "AT-20", "EH-12", "RK-17"] {
        assert!(codes.contains(&blank), "{blank} in {codes:?}");
    }
    assert!(!codes.iter().any(|code| ["RD-01", "RD-02", "RD-03"].contains(code)), "{codes:?}");
    let shape = json["files"][0]["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "ID-14");
    assert!(shape.into_iter().all(|finding| finding["message"].as_str().unwrap().ends_with("is missing")), "{json:#}");
    assert_eq!(desk.run(&["new", text(&path)]).code, 3, "a second time it is not overwritten");
}

#[test]
fn every_commented_line_of_the_starter_is_a_real_field() {
    let desk = Workspace::new();
    let starter = desk.run(&["new", "--as-of", DAY]).out;
    let uncomment = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with('[') || rest.contains(" = ") => rest.to_owned(),
        _ => line.to_owned(),
    };
    // The reason for silence stands among the observations; it belongs under [voice].
    let lines = starter.lines().filter(|line| !line.contains("not_obtained_reason") && !line.starts_with("#    "));
    let whole: String = lines.map(|line| uncomment(line) + "\n").collect();
    let record = desk.write("whole.toml", whole);
    let run = desk.run(&["validate", text(&record), "--as-of", DAY, "--format", "concise"]);
    let shape: Vec<_> = run
        .out
        .lines()
        .filter(|line| line.contains("[RD-0") || line.contains("[ID-14]") && !line.ends_with("is missing"))
        .collect();
    assert!(shape.is_empty(), "{shape:#?}");
}

#[test]
fn trust_turns_an_unknown_school_into_a_confirmed_one() {
    let (desk, out) = packed();
    let bundle = super::support::with_ending(out, ".zip").remove(0);
    let receiver = Workspace::new();
    let unknown = receiver.run(&["verify", text(&bundle)]);
    assert_eq!(unknown.code, 4);
    assert!(unknown.out.contains("intact, from a school that you have not confirmed"), "{}", unknown.out);
    let shown = desk.run(&["identity", "show"]).out;
    let words = words_in(&shown);
    let add = |words: &str| {
        receiver.run(&["trust", "add", text(&bundle), "--by", "T. Pattern", "--how", "telephone", "--words", words])
    };
    assert_eq!(add("abandon ability able about above absent absorb abstract absurd abuse access accident").code, 4);
    assert_eq!(receiver.run(&["verify", text(&bundle)]).code, 4);
    assert_eq!(add(&words).code, 0);
    let genuine = receiver.run(&["verify", text(out)]);
    assert_eq!(genuine.code, 0, "{}", genuine.out);
    assert!(genuine.out.contains("GENUINE: unchanged") && genuine.out.contains("so says the signer; no timestamp"));
    let list = receiver.run(&["trust", "list"]).out;
    let fingerprint = list.lines().nth(1).unwrap().trim();
    assert_eq!(receiver.run(&["trust", "remove", &fingerprint[..8]]).code, 0);
    assert_eq!(receiver.run(&["verify", text(&bundle)]).code, 4);
}

#[test]
fn another_key_of_a_confirmed_school_is_a_hard_stop() {
    let (_, out) = packed();
    let bundle = super::support::with_ending(out, ".zip").remove(0);
    let receiver = Workspace::new();
    let other = receiver.identity("other.p12", "Millbeck Example Junior School", "999201", "2026-07-01");
    let words = words_in(&receiver.run(&["identity", "show", text(&other)]).out);
    let pem = receiver.write("other.pem", receiver.run(&["identity", "show", text(&other), "--pem"]).out);
    let add =
        receiver.run(&["trust", "add", text(&pem), "--by", "T. Pattern", "--how", "telephone", "--words", &words]);
    assert_eq!(add.code, 0, "{}", add.err);
    let verdict = receiver.run(&["verify", text(&bundle), "--format", "concise"]);
    assert_eq!(verdict.code, 4);
    assert!(verdict.out.contains("not genuine") && verdict.out.contains("[K6]"), "{}", verdict.out);
}

#[test]
fn the_day_comes_from_the_environment_too() {
    let desk = Workspace::new();
    let example = examples().join("01-nothing-to-worry.toml");
    let on = |epoch: &str| {
        let mut command = desk.command(&["validate", text(&example), "--format", "concise"]);
        ran(command.env("SOURCE_DATE_EPOCH", epoch).output().unwrap())
    };
    assert_eq!(on("1783641600").code, 0, "10 July 2026");
    let early = on("1483228800");
    assert_eq!(early.code, 1, "in 2017 the chronology lies in the future");
    assert!(early.out.contains("CH-03"), "{}", early.out);
    assert_eq!(on("yesterday").code, 2);
}

#[test]
fn help_has_every_topic_and_every_command() {
    let desk = Workspace::new();
    let overview = desk.run(&["help"]).out;
    let readme = std::fs::read_to_string(super::support::root().join("README.md")).unwrap();
    let pages = super::support::tree(&super::support::root().join("templates/help"));
    for (page, told) in &pages {
        let topic = page.trim_end_matches(".md");
        let shown = desk.run(&["help", topic]);
        assert_eq!((shown.code, shown.out.as_bytes()), (0, told.as_slice()), "{topic}");
        assert!(overview.contains(&format!("  {topic} ")), "{topic} is not listed: {overview}");
        let linked = readme.contains(&format!("help {topic}`")) || readme.contains(&format!("templates/help/{page}"));
        assert!(linked, "the README does not lead to {topic}");
    }
    assert!(desk.run(&["help", "trust", "add"]).out.contains("--how"));
    assert_eq!(desk.run(&["help", "nothing"]).code, 2);
    // The tables of exit codes are one.
    let codes = |page: &str| -> Vec<String> {
        page.lines()
            .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
            .map(str::to_owned)
            .collect()
    };
    let environment = String::from_utf8(pages["environment.md"].clone()).unwrap();
    assert_eq!(codes(&readme), codes(&environment));
    assert!(codes(&readme).len() == 8 && readme.lines().count() < 160);
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let desk = Workspace::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.run(&["completions", shell]);
        assert!(script.code == 0 && script.out.contains("sign-off") && !script.out.contains("confined"), "{shell}");
    }
    let folder = desk.path("man");
    assert_eq!(desk.run(&["man", text(&folder)]).code, 0);
    let pages = super::support::tree(&folder);
    for page in ["handover.1", "handover-pack.1", "handover-trust-add.1"] {
        let told = String::from_utf8(pages[page].clone()).unwrap();
        assert!(told.starts_with(".ie") && told.contains(".SH OPTIONS"), "{page}: {told}");
    }
    assert_eq!(desk.run(&["man", text(&folder)]).code, 3, "nothing is written over unasked");
}

#[test]
fn progress_is_told_to_programs_line_by_line() {
    let desk = Workspace::new();
    let examples = super::support::root().join("examples/records");
    let run = desk.run(&["validate", text(&examples), "--as-of", DAY, "--progress", "json"]);
    let steps: Vec<serde_json::Value> = run.err.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(steps.len(), 8, "{}", run.err);
    for step in &steps {
        assert_eq!((step["format"].as_str(), step["of"].as_u64()), (Some("handover-progress"), Some(8)));
    }
    let mut done: Vec<u64> = steps.iter().map(|step| step["done"].as_u64().unwrap()).collect();
    done.sort_unstable();
    assert_eq!(done, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert!(!desk.run(&["validate", text(&examples), "--as-of", DAY]).err.contains("handover-progress"));
}
