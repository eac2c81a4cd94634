//! False alarms are defects: hundreds of plausible records, each with just the findings that a safeguarding lead would
//! want. `tests/children/JUDGED.md` says how that was judged.

use std::collections::BTreeSet;

use handover::check::{CheckOptions, Policy, check_one};
use handover::record::read;

use crate::children::{DAY, child};

const CHILDREN: u64 = 600;

#[test]
fn plausible_children_get_the_findings_they_should_and_no_others() {
    let terms = CheckOptions { policy: &Policy::default(), today: DAY.parse().unwrap(), overrides: &[] };
    let mut wrong = Vec::new();
    let (mut clean, mut noticed) = (0, BTreeSet::new());
    for seed in 0..CHILDREN {
        let child = child(seed);
        let (outcome, _) = check_one(read("record.toml", child.toml.as_bytes()), &terms);
        let found: BTreeSet<&str> = outcome.report.findings.iter().map(|finding| finding.problem.code).collect();
        clean += usize::from(found.is_empty());
        noticed.extend(found.iter().copied());
        if found != child.expected {
            wrong.push(format!("seed {seed}: found {found:?}, expected {:?}", child.expected));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(clean >= 200, "only {clean} records without a finding");
    assert!(noticed.len() >= 30, "only {noticed:?} were left out by anyone");
}

/// A record as it comes out of a word processor, and back.
#[test]
fn fix_brings_back_the_same_record_to_the_letter() {
    for seed in 0..200 {
        let whole = child(seed).toml;
        let spoilt: String = whole.lines().map(|line| spoil(line) + "\r\n").collect();
        let spoilt = format!("\u{feff}{spoilt}");
        let mended = handover::record::fix(spoilt.as_bytes()).unwrap().after;
        assert_eq!(mended.replace("\r\n", "\n"), whole, "seed {seed}");
    }
}

fn spoil(line: &str) -> String {
    let Some((name, value)) = line.split_once(" = ") else { return line.to_owned() };
    let text = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|text| !text.contains('"'));
    let day: Vec<&str> = value.split('-').collect();
    match (text, day.as_slice()) {
        (Some(text), _) => format!("{name} = “{text}”"),
        (None, [year, month, day]) if year.len() == 4 && !value.contains([' ', '"']) => {
            format!("{name} = {day}/{month}/{year}")
        }
        _ => line.replace(" = false", " = No"),
    }
}
