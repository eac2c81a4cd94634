//! Tries every rule on its own examples: the bad one is caught, the good one is not.

use toml::{Table, Value};

use super::{Judge, Outcome, Policy, Rule, Terms, check, rules};
use crate::problem::Report;
use crate::record::{Day, Reading, read};

const SOUND: &str = include_str!("sound.toml");

fn today() -> Day {
    "2026-07-10".parse().unwrap()
}

fn policy() -> Policy {
    Policy { local_authorities: [("999".to_owned(), "Exampleshire".to_owned())].into(), ..Policy::default() }
}

fn judged(readings: Vec<Reading>) -> Vec<Outcome> {
    check(readings, &Terms { policy: &policy(), today: today(), overrides: &[] })
}

/// The sound record with the sections of an example in place of its own; those of pupil and schools are joined.
fn with(example: &str) -> String {
    let mut record: Table = SOUND.parse().unwrap();
    for (name, section) in example.parse::<Table>().unwrap() {
        match (record.get_mut(&name), section) {
            (Some(Value::Table(whole)), Value::Table(part))
                if ["pupil", "sending_school", "receiving_school"].contains(&name.as_str()) =>
            {
                whole.extend(part);
            }
            (_, section) => {
                record.insert(name, section);
            }
        }
    }
    toml::to_string(&record).unwrap()
}

fn reading(text: &str) -> Reading {
    read("record.toml", text.as_bytes())
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.problem.code).collect()
}

/// What is found in an example of a rule.
fn report_of(rule: &Rule, example: &str) -> Report {
    let readings = match rule.judge {
        Judge::Policy => return Policy::read("policy.toml", example.as_bytes()).err().unwrap_or(Report::new("policy.toml", vec![])),
        // What cannot be read cannot be put in place of a section either.
        Judge::Reading if rule.code.starts_with("RD") => vec![reading(example)],
        Judge::Reading | Judge::Each(_) => vec![reading(&with(example))],
        // The other record of the run is that of a brother or sister.
        Judge::Across(_) => {
            let other = "[pupil]\nupn = \"P207000016049\"\nlegal_forename = \"Robin\"\ndob = 2013-04-05\n";
            vec![reading(&with(other)), reading(&with(example))]
        }
    };
    judged(readings).pop().unwrap().report
}

fn codes_of(rule: &Rule, example: &str) -> Vec<&'static str> {
    codes(&report_of(rule, example))
}

#[test]
fn the_sound_record_is_sound() {
    let outcome = judged(vec![reading(SOUND)]).pop().unwrap();
    assert!(outcome.report.findings.is_empty(), "{:#?}", outcome.report.findings);
    assert!(outcome.checked.is_some());
}

#[test]
fn every_rule_catches_its_bad_example_and_passes_its_good_one() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let (bad, good) = (codes_of(rule, rule.bad), codes_of(rule, rule.good));
        if !bad.contains(&rule.code) {
            wrong.push(format!("{}: the bad example is not caught: {bad:?}", rule.code));
        }
        if good.contains(&rule.code) {
            wrong.push(format!("{}: the good example is caught: {good:?}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_are_unique_and_words_complete() {
    let mut seen = std::collections::BTreeSet::new();
    for rule in rules() {
        assert!(seen.insert(rule.code), "{} twice", rule.code);
        assert!(super::THEMES.iter().any(|(letters, _)| rule.code.starts_with(letters)), "{}", rule.code);
        for words in [rule.title, rule.why, rule.next, rule.bad, rule.good] {
            assert!(!words.trim().is_empty(), "{}", rule.code);
        }
        assert!(!rule.title.ends_with('.') && rule.why.ends_with('.'), "{}", rule.code);
        assert!(rule.why.matches(['.', '?']).count() >= 2, "{}: why in two sentences", rule.code);
    }
}

#[test]
fn an_error_withholds_the_checked_record() {
    let outcome = judged(vec![reading(&with("risks = []\nno_known_risks = {}\n"))]).pop().unwrap();
    assert!(outcome.checked.is_none());
}

#[test]
fn no_message_carries_a_value() {
    let text = with("[[voice.entries]]\nverbatim = \"zqsecret\"\nmethod = \"zqsecret\"\nzqsecret = 1\n")
        .replace("Example", "zqsecret");
    for outcome in judged(vec![reading(&text)]) {
        for finding in outcome.report.findings {
            assert!(!format!("{:?}", finding.problem).contains("zqsecret"), "{finding:?}");
        }
    }
}
