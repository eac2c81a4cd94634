//! From what was read to an outcome: a report for people and, where nothing forbids it, a [`Checked`] record.

use super::rule::{Context, Judge, Policy};
use super::rules;
use crate::problem::{Problem, Report, Severity};
use crate::record::{Day, Laestab, Reading, Record, Upn};

/// A record that no rule forbids to hand over. Only [`check()`] makes one.
#[derive(Debug, Clone)]
pub struct Checked {
    record: Record,
    upn: Upn,
    sender: Laestab,
    receiver: Laestab,
}

impl Checked {
    /// The record.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The child's UPN.
    #[must_use]
    pub fn upn(&self) -> &Upn {
        &self.upn
    }

    /// The sending school's DfE number.
    #[must_use]
    pub fn sender(&self) -> &Laestab {
        &self.sender
    }

    /// The receiving school's DfE number.
    #[must_use]
    pub fn receiver(&self) -> &Laestab {
        &self.receiver
    }
}

/// What the rules said about one file.
#[derive(Debug)]
pub struct Outcome {
    /// All findings, of reading and of rules.
    pub report: Report,
    /// The record, where there is no error.
    pub checked: Option<Checked>,
}

/// Judges records that were read together, in their order.
#[must_use]
pub fn check(readings: Vec<Reading>, policy: &Policy, today: Day) -> Vec<Outcome> {
    let mut problems: Vec<Vec<Problem>> = readings.iter().map(|reading| each(reading, policy, today)).collect();
    for (index, problem) in across(&readings) {
        if let Some(of_record) = problems.get_mut(index) {
            of_record.push(problem);
        }
    }
    readings.into_iter().zip(problems).map(|(reading, problems)| outcome(reading, problems)).collect()
}

fn each(reading: &Reading, policy: &Policy, today: Day) -> Vec<Problem> {
    let context = Context { record: &reading.record, today, policy };
    let mut problems = Vec::new();
    for rule in rules() {
        if let Judge::Each(judge) = rule.judge {
            problems.extend(judge(&context).into_iter().map(|hit| rule.problem(hit)));
        }
    }
    problems
}

fn across(readings: &[Reading]) -> Vec<(usize, Problem)> {
    let records: Vec<&Record> = readings.iter().map(|reading| &reading.record).collect();
    let mut problems = Vec::new();
    for rule in rules() {
        if let Judge::Across(judge) = rule.judge {
            problems.extend(judge(&records).into_iter().map(|(index, hit)| (index, rule.problem(hit))));
        }
    }
    problems
}

fn outcome(reading: Reading, problems: Vec<Problem>) -> Outcome {
    let problems = problems.into_iter().filter(|problem| !reading.covers(&problem.path));
    let mut findings: Vec<_> = problems.map(|problem| reading.place(problem)).collect();
    findings.extend(reading.findings.iter().cloned());
    let report = Report::new(reading.source, findings);
    let sound = report.count(Severity::Error) == 0;
    let checked = sound.then(|| checked(reading.record)).flatten();
    Outcome { report, checked }
}

/// The record with its identifiers; rules ID-01, ID-02 and ID-11 have seen to it that they are right.
fn checked(record: Record) -> Option<Checked> {
    let upn = Upn::parse(record.pupil.as_ref()?.upn.as_deref()?).ok()?;
    let sender = Laestab::parse(record.sending_school.as_ref()?.laestab.as_deref()?)?;
    let receiver = Laestab::parse(record.receiving_school.as_ref()?.laestab.as_deref()?)?;
    Some(Checked { record, upn, sender, receiver })
}
