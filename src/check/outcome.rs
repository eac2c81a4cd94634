//! From what was read to an outcome: a report for people and, where nothing forbids it, a [`Checked`] record.

use super::context::Context;
use super::facts::reasons::is_answered;
use super::hit::Hit;
use super::policy::Policy;
use super::record_summary::RecordSummary;
use super::registry::{rule, rules};
use super::rule::Judge;
use crate::problem::{Problem, Report, Severity};
use crate::record::{Day, Reading, Record, Upn};
use crate::school::{Laestab, School, SchoolName, Urn};
use crate::text::Note;

/// What records are judged by.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions<'a> {
    /// What a school or area has settled for itself.
    pub policy: &'a Policy,
    /// The day they are judged.
    pub today: Day,
    /// Errors in spite of which the pack is to go out.
    pub overrides: &'a [Override],
}

/// An error in spite of which a child's pack goes out: which rule, why, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The rule.
    pub code: &'static str,
    /// Why the pack cannot wait.
    pub reason: Note,
    /// Who decided: name and role.
    pub by: Note,
    /// When.
    pub on: Day,
}

/// A record that no rule forbids to hand over. Only [`check()`] makes one.
#[derive(Debug, Clone)]
pub struct Checked {
    record: Record,
    upn: Upn,
    sender: School,
    receiver: School,
    overrides: Vec<Override>,
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

    /// The school that hands over.
    #[must_use]
    pub fn sender(&self) -> &School {
        &self.sender
    }

    /// The school that receives.
    #[must_use]
    pub fn receiver(&self) -> &School {
        &self.receiver
    }

    /// The errors in spite of which it goes out; only those that were there.
    #[must_use]
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// All of it but the record, which stands empty.
    #[cfg(feature = "pack")]
    pub(super) fn without_record(&self) -> Self {
        self.with_record(Record::default())
    }

    /// The same about a record that was taken out of it.
    #[cfg(feature = "pack")]
    pub(super) fn with_record(&self, record: Record) -> Self {
        let Self { upn, sender, receiver, overrides, .. } = self;
        Self {
            record,
            upn: upn.clone(),
            sender: sender.clone(),
            receiver: receiver.clone(),
            overrides: overrides.clone(),
        }
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

/// Judges records that were read together, in their order: each by itself, then all together.
#[must_use]
pub fn check(readings: Vec<Reading>, options: &CheckOptions<'_>) -> Vec<Outcome> {
    let judged: Vec<Judged> = readings.into_iter().map(|reading| Judged::by(reading, options)).collect();
    let summaries: Vec<RecordSummary> = judged.iter().map(|judged| judged.summary(options)).collect();
    let mut together: Vec<Vec<Problem>> = judged.iter().map(|_| Vec::new()).collect();
    for (number, problem) in check_cross_record(&summaries, options.policy) {
        if let Some(of_record) = together.get_mut(number) {
            of_record.push(problem);
        }
    }
    judged.into_iter().zip(together).map(|(judged, together)| judged.outcome(together, options)).collect()
}

/// Judges one record by itself; what only several records together can show is for [`check_cross_record`].
#[must_use]
pub fn check_one(reading: Reading, options: &CheckOptions<'_>) -> (Outcome, RecordSummary) {
    let judged = Judged::by(reading, options);
    let summaries = judged.summary(options);
    (judged.outcome(Vec::new(), options), summaries)
}

/// What is wrong between records: the number of the record, and the problem.
#[must_use]
pub fn check_cross_record(summaries: &[RecordSummary], policy: &Policy) -> Vec<(usize, Problem)> {
    let mut problems = Vec::new();
    for rule in rules() {
        if let Judge::Across(judge) = rule.judge {
            let hits = judge(summaries).into_iter();
            problems.extend(hits.filter_map(|(number, hit)| Some((number, rule.problem(hit, policy)?))));
        }
    }
    problems
}

/// A record that was judged by itself.
struct Judged {
    reading: Reading,
    /// What is wrong with it.
    problems: Vec<Problem>,
    /// Its name for logs, where its own tells who the child is.
    masked_name: Option<String>,
}

impl Judged {
    fn by(reading: Reading, options: &CheckOptions<'_>) -> Self {
        let context = Context::new(&reading, options.today, options.policy);
        let mut problems = Vec::new();
        for rule in rules() {
            if let Judge::Each(judge) = rule.judge {
                let known = |hit: &Hit| hit.rests_on.is_none_or(|part| !reading.is_damaged(part));
                let hits = judge(&context).into_iter().filter(known);
                problems.extend(hits.filter_map(|hit| rule.problem(hit, options.policy)));
            }
        }
        let masked_name = context.told().mask(context.name);
        Self { reading, problems, masked_name }
    }

    /// What rules across records need to know of it, with its file's name as logs may show it.
    fn summary(&self, options: &CheckOptions<'_>) -> RecordSummary {
        let file = self.masked_name.as_ref().unwrap_or(&self.reading.source.name);
        RecordSummary::of(&self.reading.record, options.today, file)
    }

    /// The outcome, with what only several records together showed.
    fn outcome(self, together: Vec<Problem>, options: &CheckOptions<'_>) -> Outcome {
        let Self { reading, mut problems, masked_name } = self;
        problems.extend(together);
        problems.retain(|problem| !reading.suppresses(&problem.path));
        answered(&mut problems, &reading.record);
        limit(&mut problems);
        let overrides = overridden(&mut problems, options.overrides);
        let withheld = problems.iter().any(withholds) || reading.findings.iter().any(|found| withholds(&found.problem));
        let mut findings: Vec<_> = problems.into_iter().map(|problem| reading.place(problem)).collect();
        findings.extend(reading.findings.iter().cloned());
        let mut report = Report::new(&reading.source.name, findings);
        report.masked_name = masked_name;
        let checked = if withheld { None } else { checked(reading.record, overrides) };
        Outcome { report, checked }
    }
}

/// Keeps the worst of very many problems; nobody reads more, and a record like that is not packed anyway.
fn limit(problems: &mut Vec<Problem>) {
    const MOST: usize = 500;
    if problems.len() > MOST {
        problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        problems.truncate(MOST);
        problems.push(Problem {
            code: "RD-03",
            severity: Severity::Error,
            message: format!("There are more than {MOST} findings; the others are not listed"),
            path: String::new(),
            help: "Put these right first.".to_owned(),
            hint: None,
        });
    }
}

/// Whether a problem keeps the pack back.
#[must_use]
pub fn withholds(problem: &Problem) -> bool {
    problem.severity == Severity::Error && rule(problem.code).is_none_or(|rule| rule.withholds)
}

/// Warnings that somebody has answered are told as something to know, with the day; never an error.
fn answered(problems: &mut [Problem], record: &Record) {
    for problem in problems.iter_mut().filter(|problem| problem.severity == Severity::Warning) {
        let mut about = record.considered.iter().filter(|it| it.is_about(problem.code, &problem.path));
        if let Some(day) = about.find(|it| is_answered(it)).and_then(|considered| considered.on) {
            problem.severity = Severity::Info;
            problem.message.push_str(&format!(" (considered on {})", day.long()));
        }
    }
}

/// Turns the errors that are overridden into warnings that say so; answers the overrides that were needed.
fn overridden(problems: &mut [Problem], overrides: &[Override]) -> Vec<Override> {
    let mut needed: Vec<Override> = Vec::new();
    for problem in problems.iter_mut().filter(|problem| problem.severity == Severity::Error) {
        let Some(found) = overrides.iter().find(|given| given.code == problem.code) else { continue };
        problem.severity = Severity::Warning;
        problem.message.push_str(" (overridden: the pack says so on its first page)");
        if !needed.contains(found) {
            needed.push(found.clone());
        }
    }
    needed
}

/// The record with its identifiers; rules ID-01, ID-02, ID-11, ID-12 and ID-17 have seen to it that they are right.
fn checked(record: Record, overrides: Vec<Override>) -> Option<Checked> {
    let upn = Upn::parse(record.pupil.as_ref()?.upn.as_deref()?).ok()?;
    let sending = record.sending_school.as_ref()?;
    let sender = school(&sending.name, &sending.urn, &sending.laestab)?;
    let receiving = record.receiving_school.as_ref()?;
    let receiver = school(&receiving.name, &receiving.urn, &receiving.laestab)?;
    Some(Checked { record, upn, sender, receiver, overrides })
}

fn school(name: &Option<String>, urn: &Option<String>, laestab: &Option<String>) -> Option<School> {
    let name = SchoolName::parse(name.as_deref()?).ok()?;
    let (urn, laestab) = (Urn::parse(urn.as_deref()?).ok()?, Laestab::parse(laestab.as_deref()?).ok()?);
    Some(School { name, urn, laestab })
}
