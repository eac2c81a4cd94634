//! What each fact of a whole record does: it is left out, turned round or moved in time, one by one, and the rules that
//! then say something else are counted. A condition that is broken anywhere shows as another number.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use handover::check::{CheckOptions, Policy, check_one};
use handover::record::read;
use toml::Value;

use crate::cases::{DAY, records};
use crate::root;

/// How often each rule speaks.
fn spoken(record: &Value) -> BTreeMap<&'static str, usize> {
    let terms = CheckOptions { policy: &Policy::default(), today: DAY.parse().unwrap(), overrides: &[] };
    let text = toml::to_string(record).unwrap();
    let (outcome, _) = check_one(read("record.toml", text.as_bytes()), &terms);
    let mut spoken = BTreeMap::new();
    for finding in outcome.report.findings {
        *spoken.entry(finding.problem.code).or_default() += 1;
    }
    spoken
}

/// A step into a value.
#[derive(Clone)]
enum Step {
    Key(String),
    Number(usize),
}

/// The way to every value inside another.
fn ways(value: &Value, way: &mut Vec<Step>, all: &mut Vec<Vec<Step>>) {
    let inner: Vec<(Step, &Value)> = match value {
        Value::Table(table) => table.iter().map(|(key, value)| (Step::Key(key.clone()), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, value)| (Step::Number(i), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in inner {
        way.push(step);
        all.push(way.clone());
        ways(value, way, all);
        way.pop();
    }
}

/// The value that a way leads to, but for its last step.
fn before<'a>(record: &'a mut Value, way: &[Step]) -> &'a mut Value {
    way.iter().fold(record, |value, step| match step {
        Step::Key(key) => value.get_mut(key).unwrap(),
        Step::Number(number) => value.get_mut(*number).unwrap(),
    })
}

/// The same day of another year; 29 February is the 28th.
fn moved(day: toml::value::Datetime, years: i32) -> toml::value::Datetime {
    let date = day.date.map(|date| toml::value::Date {
        year: date.year.saturating_add_signed(years as i16),
        day: date.day.min(28),
        ..date
    });
    toml::value::Datetime { date, ..day }
}

/// The record with one value changed, in each way that there is.
fn changes(record: &Value, way: &[Step]) -> Vec<Value> {
    let (last, path) = way.split_last().unwrap();
    let change = |to: Option<Value>| {
        let mut changed = record.clone();
        match (before(&mut changed, path), last, to) {
            (Value::Table(table), Step::Key(key), Some(value)) => drop(table.insert(key.clone(), value)),
            (Value::Table(table), Step::Key(key), None) => drop(table.remove(key)),
            (Value::Array(items), Step::Number(number), Some(value)) => *items.get_mut(*number).unwrap() = value,
            (Value::Array(items), Step::Number(number), None) => drop(items.remove(*number)),
            _ => unreachable!("a way leads where it led before"),
        }
        changed
    };
    let mut whole = record.clone();
    let now = before(&mut whole, way).clone();
    let mut others = vec![change(None)];
    match now {
        Value::Boolean(yes) => others.push(change(Some(Value::Boolean(!yes)))),
        Value::Datetime(day) => {
            others.extend([-1, 1].map(|years| change(Some(Value::Datetime(moved(day, years))))));
        }
        Value::Integer(number) => others.extend([number - 1, number + 1].map(|n| change(Some(Value::Integer(n))))),
        Value::Array(_) | Value::Table(_) | Value::String(_) | Value::Float(_) => {}
    }
    others
}

/// How many single changes of a record make each rule say something else.
fn moved_by(file: &Path) -> BTreeMap<&'static str, usize> {
    let record: Value = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let base = spoken(&record);
    let mut all = Vec::new();
    ways(&record, &mut Vec::new(), &mut all);
    let mut counts = BTreeMap::new();
    for changed in all.iter().flat_map(|way| changes(&record, way)) {
        let now = spoken(&changed);
        let codes: BTreeSet<_> = base.keys().chain(now.keys()).collect();
        for code in codes.into_iter().filter(|code| base.get(*code) != now.get(*code)) {
            *counts.entry(*code).or_default() += 1;
        }
    }
    counts
}

/// `HANDOVER_WRITE_EXPECTED=1` writes the numbers anew.
#[test]
fn every_fact_of_a_whole_record_does_what_it_did() {
    // All of them take minutes; one in eight has a child of every kind.
    let files: Vec<_> = ["tests/reviews", "tests/plausible"].into_iter().flat_map(records).step_by(8).collect();
    let half = files.len().div_ceil(2);
    let lines = |files: &[std::path::PathBuf]| {
        files.iter().fold(String::new(), |mut all, file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let counts: Vec<_> = moved_by(file).iter().map(|(code, count)| format!("{code} {count}")).collect();
            writeln!(all, "{name}: {}", counts.join(", ")).unwrap();
            all
        })
    };
    let now = std::thread::scope(|scope| {
        let parts: Vec<_> = files.chunks(half).map(|part| scope.spawn(move || lines(part))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect::<String>()
    });
    let kept = root().join("tests/sensitivity.snapshot");
    if std::env::vars().any(|(name, _)| name == "HANDOVER_WRITE_EXPECTED") {
        fs::write(&kept, &now).unwrap();
    }
    let before = fs::read_to_string(kept).unwrap();
    let other: Vec<_> = now.lines().zip(before.lines()).filter(|(now, before)| now != before).take(3).collect();
    assert!(now == before, "{other:#?}");
}
