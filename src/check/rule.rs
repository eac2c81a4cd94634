//! What a rule is.

use crate::problem::{Problem, Severity};
use crate::record::{Day, Record};

/// One rule: its name, its words for people, and its judgement.
#[derive(Debug)]
pub struct Rule {
    /// Its one name: in messages, tests, pages and `explain`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong where it strikes, in one line, without values.
    pub title: &'static str,
    /// Why it matters, in two sentences a teacher understands.
    pub why: &'static str,
    /// Where it comes from.
    pub source: Source,
    /// What to do next.
    pub next: &'static str,
    /// A piece of a record that breaks it. Sections shown are whole, except those of the pupil and the schools.
    pub bad: &'static str,
    /// The same piece as it should be.
    pub good: &'static str,
    /// Its judgement.
    pub judge: Judge,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The briefing on five serious case reviews in Cumbria: section and words.
    Briefing(&'static str, &'static str),
    /// Statute or regulations.
    Law(&'static str),
    /// National guidance or standard.
    Guidance(&'static str),
    /// One area's practice, not binding elsewhere.
    Local(&'static str),
    /// Our own proposal.
    Ours,
}

/// How a rule judges.
#[derive(Debug, Clone, Copy)]
pub enum Judge {
    /// Each record by itself.
    Each(fn(&Context<'_>) -> Vec<Hit>),
    /// All records of one run together: the number of the record, and what is wrong with it.
    Across(fn(&[&Record]) -> Vec<(usize, Hit)>),
    /// While the file is read, before there is a record.
    Reading,
}

/// What a rule may know.
#[derive(Debug)]
pub struct Context<'a> {
    /// The record.
    pub record: &'a Record,
    /// The day it is judged.
    pub today: Day,
    /// What a school or area has settled for itself.
    pub policy: &'a Policy,
}

/// What a school or area has settled for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Attendance, in percent, strictly below which an Early Help Assessment is to be considered.
    pub early_help_threshold: i64,
    /// Local authority numbers that are usual here; empty where none were given.
    pub local_authorities: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { early_help_threshold: 85, local_authorities: Vec::new() }
    }
}

/// One place where a rule strikes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The path of the value, or of what is missing.
    pub path: String,
    /// What is wrong, where it can be said more exactly than by the rule's title. Never a value of the record.
    pub message: Option<String>,
}

impl Hit {
    /// A hit at a path, with the rule's title as its message.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into(), message: None }
    }

    /// The same hit with a more exact message.
    #[must_use]
    pub fn because(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..self }
    }

    /// A hit at a path if something holds.
    pub fn when(holds: bool, path: impl Into<String>) -> Vec<Self> {
        if holds { vec![Self::at(path)] } else { Vec::new() }
    }
}

impl Rule {
    /// The problem a hit makes.
    #[must_use]
    pub fn problem(&self, hit: Hit) -> Problem {
        Problem {
            code: self.code,
            severity: self.severity,
            message: hit.message.unwrap_or_else(|| self.title.to_owned()),
            path: hit.path,
            help: self.next.to_owned(),
        }
    }
}

impl Source {
    /// The source as `explain` prints it.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Briefing(section, words) => {
                format!(
                    "Briefing on five serious case reviews (Cumbria LSCB), section {section}: \u{201c}{words}\u{201d}"
                )
            }
            Self::Law(law) => format!("Law: {law}"),
            Self::Guidance(guidance) => format!("Guidance: {guidance}"),
            Self::Local(practice) => format!("Local practice, not binding elsewhere: {practice}"),
            Self::Ours => "Our proposal".to_owned(),
        }
    }
}
