//! What a rule is.

use std::cell::OnceCell;

use super::calendar::{Elapsed, elapsed};
use super::facts::{Fact, unweighed};
use super::kin::Kin;
use super::names_in_path::Told;
use super::notes::notes;
use super::policy::Policy;
use super::small_signs::small_signs;
use super::weighing::is_something_open;
use super::words::{Flaw, each_keyword, flaws};
use crate::problem::{Problem, Severity};
use crate::record::{Day, PictureDigests, Reading, Record};

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
    /// When exactly it strikes, where the title alone leaves that open.
    pub precisely: Option<&'static str>,
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
    Across(fn(&[Kin]) -> Vec<(usize, Hit)>),
    /// While the file is read, before there is a record.
    Reading,
    /// While the files that the record names are looked at.
    Beside,
    /// While `policy.toml` is read.
    Policy,
}

/// What a rule may know.
#[derive(Debug)]
pub struct Context<'a> {
    /// The record.
    pub record: &'a Record,
    /// The file it was read from, as it was given.
    pub name: &'a str,
    /// The pictures that it names; nothing where they could not be looked at.
    pub pictures: Option<&'a PictureDigests>,
    /// The day it is judged.
    pub today: Day,
    /// What a school or area has settled for itself.
    pub policy: &'a Policy,
    flaws: OnceCell<Vec<(Flaw, String)>>,
    told: OnceCell<Told>,
    opened: OnceCell<Vec<String>>,
    unweighed: OnceCell<Vec<Fact>>,
    small_signs: OnceCell<Vec<&'static str>>,
    is_open: OnceCell<bool>,
    notes: OnceCell<Vec<Hit>>,
}

impl<'a> Context<'a> {
    /// What a rule may know of one record.
    pub(super) fn new(reading: &'a Reading, today: Day, policy: &'a Policy) -> Self {
        let (record, name, pictures) = (&reading.record, reading.source.name.as_str(), reading.pictures.as_ref());
        Self {
            record,
            name,
            pictures,
            today,
            policy,
            flaws: OnceCell::new(),
            told: OnceCell::new(),
            opened: OnceCell::new(),
            unweighed: OnceCell::new(),
            small_signs: OnceCell::new(),
            is_open: OnceCell::new(),
            notes: OnceCell::new(),
        }
    }

    /// A hit at every text with a flaw.
    pub(super) fn texts_with(&self, flaw: Flaw) -> Vec<Hit> {
        self.flaws().iter().filter(|(found, _)| *found == flaw).map(|(_, path)| Hit::at(path.as_str())).collect()
    }

    /// Every flaw of every text, with the text's path.
    pub(super) fn flaws(&self) -> &[(Flaw, String)] {
        self.flaws.get_or_init(|| flaws(self.record))
    }

    /// The paths of tables that a person opened to readers beyond the safeguarding lead by an `audience` of their own.
    pub(super) fn opened(&self) -> &[String] {
        self.opened.get_or_init(|| {
            let mut opened = Vec::new();
            each_keyword(self.record, &mut |path, field, keyword| {
                if field == "audience" && keyword != crate::record::Audience::Dsl.key() {
                    let path = path.to_string();
                    opened.extend(path.rsplit_once('.').map(|(table, _)| table.to_owned()));
                }
            });
            opened
        })
    }

    /// Whether a person opened anything to readers beyond the safeguarding lead.
    pub(super) fn is_opened(&self) -> bool {
        !self.opened().is_empty()
    }

    /// What tells in a file name who the child is.
    pub(super) fn told(&self) -> &Told {
        self.told.get_or_init(|| Told::by(self.record))
    }

    /// Every fact that speaks against a reassurance and was not weighed.
    pub(super) fn unweighed(&self) -> &[Fact] {
        self.unweighed.get_or_init(|| unweighed(self))
    }

    /// The kinds of small signs that the record has.
    pub(super) fn small_signs(&self) -> &[&'static str] {
        self.small_signs.get_or_init(|| small_signs(self))
    }

    /// Whether facts stand open, or small signs of several kinds.
    pub(super) fn is_something_open(&self) -> bool {
        *self.is_open.get_or_init(|| is_something_open(self))
    }

    /// What is asked of notes.
    pub(super) fn notes(&self) -> &[Hit] {
        self.notes.get_or_init(|| notes(self))
    }

    /// Days after one day, up to and with another: school days where the policy gives term dates.
    pub(super) fn elapsed(&self, from: Day, to: Day) -> Elapsed {
        elapsed(self.policy.calendar.as_ref(), from, to)
    }
}

/// One place where a rule strikes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The path of the value, or of what is missing.
    pub path: String,
    /// What is wrong, where it can be said more exactly than by the rule's title. Never a value of the record.
    pub message: Option<String>,
    /// Another part of the record that must have been read for this to be true.
    pub rests_on: Option<&'static str>,
}

impl Hit {
    /// A hit at a path, with the rule's title as its message.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into(), message: None, rests_on: None }
    }

    /// The same hit with a more exact message.
    #[must_use]
    pub fn because(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..self }
    }

    /// The same hit, true only if another part of the record could be read.
    #[must_use]
    pub fn resting_on(self, part: &'static str) -> Self {
        Self { rests_on: Some(part), ..self }
    }

    /// A hit at each field of something that is absent: the path of the thing, what people call it, and its fields.
    pub(super) fn missing<const N: usize>(path: &str, what: &str, fields: [(bool, &str); N]) -> Vec<Self> {
        let absent = fields.into_iter().filter(|(absent, _)| *absent);
        let hit = |field: &str| Self::at(format!("{path}.{field}")).because(format!("{what} has no `{field}`"));
        absent.map(|(_, field)| hit(field)).collect()
    }

    /// A hit at a path if something holds.
    pub fn when(holds: bool, path: impl Into<String>) -> Vec<Self> {
        if holds { vec![Self::at(path)] } else { Vec::new() }
    }
}

impl Rule {
    /// The problem a hit makes under a policy; `None` where the policy has switched the rule off.
    #[must_use]
    pub fn problem(&self, hit: Hit, policy: &Policy) -> Option<Problem> {
        let severity = policy.severity(self)?;
        Some(Problem {
            code: self.code,
            severity,
            message: policy.in_local_words(hit.message.as_deref().unwrap_or(self.title)),
            path: hit.path,
            help: policy.in_local_words(self.next),
            hint: None,
        })
    }

    /// The letters of its theme: `VC` of `VC-01`.
    #[must_use]
    pub fn theme(&self) -> &'static str {
        self.code.split('-').next().unwrap_or(self.code)
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
