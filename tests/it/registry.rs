//! The rules as a whole: every code of the founding list is there, every rule has its examples, its words on the page
//! and its finding in the snapshot.
//!
//! `HANDOVER_WRITE_EXPECTED=1` writes page and snapshot anew.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use handover::check::{BY_CONSTRUCTION, Judge, Policy, rules};
use handover::record::SchoolFile;

use super::support::{Workspace, root};

/// The founding list: theme and number of rules.
const FOUNDING: [(&str, usize); 12] = [
    ("ID", 16),
    ("VC", 14),
    ("AT", 19),
    ("EH", 11),
    ("RK", 16),
    ("CH", 12),
    ("HH", 15),
    ("PL", 18),
    ("EN", 6),
    ("MV", 8),
    ("TP", 12),
    ("SI", 22),
];

fn writes() -> bool {
    std::env::vars().any(|(name, _)| name == "HANDOVER_WRITE_EXPECTED")
}

#[test]
fn no_code_of_the_founding_list_is_left_out() {
    let known: BTreeSet<&str> =
        rules().map(|rule| rule.code).chain(BY_CONSTRUCTION.iter().map(|rule| rule.code)).collect();
    let wanted: Vec<String> = FOUNDING
        .iter()
        .flat_map(|(theme, count)| (1..=*count).map(move |number| format!("{theme}-{number:02}")))
        .collect();
    assert_eq!(wanted.len(), 169);
    let missing: Vec<_> = wanted.iter().filter(|code| !known.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_holds_by_construction_has_a_test_that_would_fail() {
    for built in BY_CONSTRUCTION {
        let (file, name) = built.test.split_once("::").unwrap();
        let source = fs::read_to_string(root().join(format!("tests/it/{file}.rs"))).unwrap();
        assert!(source.contains(&format!("#[test]\nfn {name}()")), "{}: there is no test {}", built.code, built.test);
    }
}

#[test]
fn the_page_of_the_rules_is_true() {
    let printed = Workspace::new().run(&["explain", "--format", "markdown"]).out;
    let path = root().join("schemas/rules.md");
    if writes() {
        fs::write(&path, &printed).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == printed, "run: handover explain --format markdown > schemas/rules.md");
    for rule in rules() {
        assert!(printed.contains(&format!("### {}: {}\n", rule.code, rule.title)), "{}", rule.code);
    }
}

/// What each rule says about its bad example, as the program prints it.
#[test]
fn every_rule_says_what_the_snapshot_says() {
    let desk = Workspace::new();
    let mut said = String::new();
    for rule in rules().filter(|rule| matches!(rule.judge, Judge::Each(_))) {
        let record = desk.write("record.toml", rule.bad);
        let run = desk.run(&[
            "validate",
            record.to_str().unwrap(),
            "--as-of",
            "2026-07-10",
            "--format",
            "concise",
            "--select",
            rule.code,
        ]);
        let place = |line: &str| line.rsplit_once("record.toml:").map(|(_, rest)| rest.to_owned());
        let lines: Vec<String> = run.out.lines().filter_map(place).collect();
        // What only the whole record shows is tried with the examples themselves.
        let _ = writeln!(
            said,
            "{}\n  {}",
            rule.code,
            if lines.is_empty() { rule.title.to_owned() } else { lines.join("\n  ") }
        );
    }
    for rule in rules().filter(|rule| matches!(rule.judge, Judge::Policy | Judge::School)) {
        let found = match rule.judge {
            Judge::School => SchoolFile::read("school.toml", rule.bad.as_bytes()).unwrap_err().findings,
            _ => Policy::read("policy.toml", rule.bad.as_bytes()).unwrap_err().findings,
        };
        let _ = writeln!(
            said,
            "{}\n  {}",
            rule.code,
            found
                .iter()
                .map(|f| format!("{}:{}: {}", f.place.line, f.place.column, f.problem.message))
                .collect::<Vec<_>>()
                .join("\n  ")
        );
    }
    let path = root().join("tests/it/rules.snapshot");
    if writes() {
        fs::write(&path, &said).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), said);
}

/// What is asked about the child stands first, and each rule that is meant there is one.
#[test]
fn questions_about_the_child_are_those_of_rules() {
    let asking = rules().filter(|rule| handover::problem::asks_about_the_child(rule.code)).count();
    assert_eq!(asking, 58, "a code in `problem::order` is no rule, or stands there twice");
}
