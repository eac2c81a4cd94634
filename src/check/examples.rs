//! Tries every rule on its own examples: the bad one is caught, the good one is not.

use toml::{Table, Value};

use super::{CheckOptions, Judge, Outcome, Override, Policy, Rule, Source, check, rules};
use crate::problem::{
    Report, RuleText, Severity, render_concise, render_github, render_gitlab, render_human, render_json, render_junit,
    render_sarif,
};
use crate::record::{Day, Reading, SchoolFile, read};

const VALID_BASELINE: &str = include_str!("valid_baseline.toml");

pub(in crate::check) fn today() -> Day {
    "2026-07-10".parse().unwrap()
}

pub(in crate::check) fn policy() -> Policy {
    Policy { local_authorities: [("999".to_owned(), "Exampleshire".to_owned())].into(), ..Policy::default() }
}

fn judged(readings: Vec<Reading>) -> Vec<Outcome> {
    check(readings, &CheckOptions { policy: &policy(), today: today(), overrides: &[] })
}

/// The sound record with the sections of an example in place of its own; those of pupil and schools are joined.
pub(in crate::check) fn with(example: &str) -> String {
    let mut record: Table = VALID_BASELINE.parse().unwrap();
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

pub(in crate::check) fn reading(text: &str) -> Reading {
    read("record.toml", text.as_bytes())
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.problem.code).collect()
}

/// What is found in an example of a rule.
fn report_of(rule: &Rule, example: &str) -> Report {
    let readings = match rule.judge {
        Judge::Policy => {
            return Policy::read("policy.toml", example.as_bytes()).err().unwrap_or(Report::new("policy.toml", vec![]));
        }
        Judge::School => {
            return SchoolFile::read("school.toml", example.as_bytes())
                .err()
                .unwrap_or(Report::new("school.toml", vec![]));
        }
        // What cannot be read cannot be put in place of a section either.
        Judge::Reading if rule.code.starts_with("RD") => vec![reading(example)],
        Judge::Reading | Judge::Each(_) => vec![reading(&with(example))],
        // Nothing lies beside an example; what leads out of its folder is refused without looking.
        Judge::Beside => {
            let mut reading = reading(&with(example));
            if example.contains("../") {
                reading.refuse_picture("voice.entries[0].pictures[0]", "does not lie in the record's folder");
            }
            vec![reading]
        }
        Judge::Across(_) => vec![beside(rule), reading(&with(example))],
    };
    judged(readings).pop().unwrap().report
}

/// The other record of a run: that of a brother or sister.
pub(in crate::check) fn beside(rule: &Rule) -> Reading {
    let pupil = "[pupil]\nupn = \"P207000016049\"\nlegal_forename = \"Robin\"\ndob = 2013-04-05\n";
    let plan = if rule.code == "RK-28" { "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n" } else { "" };
    reading(&with(&format!("{pupil}{plan}")))
}

fn codes_of(rule: &Rule, example: &str) -> Vec<&'static str> {
    codes(&report_of(rule, example))
}

#[test]
fn the_sound_record_is_sound() {
    let outcome = judged(vec![reading(VALID_BASELINE)]).pop().unwrap();
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
fn every_part_of_a_condition_is_tried() {
    let mut wrong = Vec::new();
    for (code, speaks, example) in super::more_examples::more_examples() {
        let rule = super::rule(code).unwrap();
        let found = codes_of(rule, example);
        if found.contains(code) != *speaks {
            wrong.push(format!(
                "{code} should {} in {example}\nfound {found:?}",
                if *speaks { "speak" } else { "be silent" }
            ));
        }
        if found.contains(&"ID-14") || found.contains(&"RD-01") {
            wrong.push(format!("{code}: not in the form of a record: {example}"));
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

/// Every sentence and name of a record.
fn free_texts(text: &str) -> Vec<String> {
    fn walk(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::String(text) => out.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| walk(item, out)),
            Value::Table(table) => table.iter().for_each(|(_, inner)| walk(inner, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    if let Ok(table) = text.parse::<Table>() {
        walk(&Value::Table(table), &mut out);
    }
    // Keywords and references are no secrets; sentences and names are.
    out.retain(|text| text.contains(' ') && text.chars().any(char::is_alphabetic));
    out
}

/// What every format prints where nobody asked for values.
fn printed(reports: &[Report]) -> String {
    let rules: Vec<_> = rules()
        .map(|rule| RuleText { code: rule.code, severity: rule.severity, title: "", why: "", next: "" })
        .collect();
    [
        render_human(reports, false, false),
        render_concise(reports),
        render_json(reports).unwrap(),
        render_sarif(reports, &rules).unwrap(),
        render_junit(reports, Severity::Warning).unwrap(),
        render_github(reports),
        render_gitlab(reports).unwrap(),
    ]
    .join("\n")
}

#[test]
fn no_format_prints_a_word_of_a_record_whatever_rule_strikes() {
    for rule in rules().filter(|rule| !matches!(rule.judge, Judge::Policy | Judge::School)) {
        let text = with_names(&if rule.code.starts_with("RD") { rule.bad.to_owned() } else { with(rule.bad) });
        let outcome = judged(vec![reading(&text)]).pop().unwrap();
        let printed = printed(&[outcome.report]);
        for secret in free_texts(&text).into_iter().chain(["Zqsurname".to_owned(), "Zqforename".to_owned()]) {
            assert!(!printed.contains(&secret), "{} prints {secret:?}", rule.code);
        }
    }
}

/// The same text with names that stand in no sentence of ours.
fn with_names(text: &str) -> String {
    text.replace("legal_surname = \"Example\"", "legal_surname = \"Zqsurname\"")
        .replace("legal_forename = \"Alex\"", "legal_forename = \"Zqforename\"")
}

#[test]
fn a_file_name_that_tells_who_the_child_is_is_masked_in_every_format() {
    let text = with_names(VALID_BASELINE);
    let path = "class6/Zqforename Zqsurname/2015-02-03.toml";
    let outcome = judged(vec![read(path, text.as_bytes())]).pop().unwrap();
    assert_eq!(codes(&outcome.report), ["SI-21"]);
    let printed = printed(&[outcome.report]);
    assert!(!printed.contains("Zq") && !printed.contains("2015-02-03"), "{printed}");
    assert!(printed.contains("class6/(name)/(name).toml"), "{printed}");
}

#[test]
fn a_policy_makes_rules_stricter_and_proposals_gentler() {
    let policy = Policy::read(
        "policy.toml",
        b"[early_help]\nname = \"Family Help\"\nthreshold = 95\n[severity]\nSI-20 = \"error\"\nTP-05 = \"off\"\nHH-01 = \"warning\"\n",
    )
    .unwrap();
    let terms = CheckOptions { policy: &policy, today: today(), overrides: &[] };
    let text = with(
        "[receiving_school]\nkey_adult = \"\"\n[sharing]\nlawful_basis = \"public_task\"\nparent_informed = true\n[household]\nas_at = 2026-06-01\n[early_help]\ndecision = \"not_proceeding\"\n[attendance]\nearlier_years_unavailable_reason = \"From abroad\"\n[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-10\npossible = 100\nattended = 94\nauthorised = 6\nunauthorised = 0\n",
    );
    let outcome = check(vec![reading(&text)], &terms).pop().unwrap();
    let found = |code| outcome.report.findings.iter().find(|finding| finding.problem.code == code);
    assert_eq!(found("SI-20").unwrap().problem.severity, Severity::Error);
    assert_eq!(found("HH-01").unwrap().problem.severity, Severity::Warning);
    assert!(found("TP-05").is_none());
    let early = &found("EH-01").unwrap().problem;
    assert!(early.message.contains("Family Help") && !early.message.contains("Early Help"), "{}", early.message);
}

#[test]
fn what_comes_from_the_reviews_or_the_law_cannot_be_made_gentler() {
    for rule in rules() {
        let text = format!("[severity]\n{} = \"off\"\n", rule.code);
        let lowered = Policy::read("policy.toml", text.as_bytes());
        assert_eq!(lowered.is_ok(), rule.may_be_lowered(), "{}", rule.code);
        let fixed = matches!(rule.source, Source::Briefing(..) | Source::Law(_) | Source::Guidance(_));
        assert!(!fixed || lowered.is_err(), "{}", rule.code);
    }
}

#[test]
fn days_are_school_days_where_the_policy_has_term_dates() {
    let policy = Policy::read(
        "policy.toml",
        b"[calendar]\nterms = [{ from = 2026-04-13, to = 2026-05-22 }, { from = 2026-06-01, to = 2026-07-21 }]\nclosed = [2026-05-04]\n",
    )
    .unwrap();
    let text = with("[transfer]\nsent_on = 2026-05-20\n");
    let said = |policy: &Policy| {
        let terms = CheckOptions { policy, today: "2026-06-03".parse().unwrap(), overrides: &[] };
        let outcome = check(vec![reading(&text)], &terms).pop().unwrap();
        outcome.report.findings.into_iter().find(|finding| finding.problem.code == "SI-11").map(|f| f.problem.message)
    };
    // 21 and 22 May, 1 to 3 June: five school days, fourteen calendar days.
    assert_eq!(said(&policy), None);
    assert!(said(&Policy::default()).unwrap().contains("calendar days"));
}

#[test]
fn an_override_lets_one_error_pass_and_is_kept() {
    let text = with("[receiving_school]\nkey_adult = \"\"\n");
    let given = Override {
        code: "TP-05",
        reason: "The key adult is named on Monday".parse().unwrap(),
        by: "DSL".parse().unwrap(),
        on: today(),
    };
    let other = Override { code: "VC-01", ..given.clone() };
    let policy = policy();
    let terms = CheckOptions { policy: &policy, today: today(), overrides: &[given.clone(), other] };
    let outcome = check(vec![reading(&text)], &terms).pop().unwrap();
    assert_eq!(outcome.checked.unwrap().overrides(), [given]);
    assert!(outcome.report.findings.iter().any(|f| f.problem.message.contains("overridden")));
    assert!(rules().filter(|rule| rule.theme() == "SI").all(|rule| !rule.may_be_overridden()));
}

#[test]
fn a_late_file_is_called_late_and_still_packed() {
    let text = with("[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R. Sample, DSL\"\ndecision = \"not_proceeding\"\nreason_kind = \"needs_met_by_school_plan\"\nreason_not_proceeding = \"The housing team helps the family.\"\n[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\nprotective_factors = [\"Nan\"]\nprevious_concerns = \"None\"\n[transition_plan]\nvoice_ref = [\"v1\"]\nreview_on = 2026-10-20\n[sharing]\nlawful_basis = \"public_task\"\nspecial_category_condition = \"x\"\n[transfer]\nkind = \"in_year\"\nleaving_on = 2026-06-01\n")
        .replace("[no_known_risks]", "[no_known_risks_]");
    let mut record: Table = text.parse().unwrap();
    record.remove("no_known_risks_");
    let outcome = judged(vec![reading(&toml::to_string(&record).unwrap())]).pop().unwrap();
    assert!(codes(&outcome.report).contains(&"SI-10") && outcome.checked.is_some(), "{:?}", codes(&outcome.report));
}
