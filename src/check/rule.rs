//! What a rule is.

use super::context::Context;
use super::hit::Hit;
use super::policy::Policy;
use super::record_summary::RecordSummary;
use crate::problem::{Problem, Severity};

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
    /// When exactly it strikes, where the title alone leaves that open.
    pub precisely: Option<&'static str>,
    /// Whether its error keeps the pack back. Where it speaks of a journey that has begun, keeping the file back would
    /// only make it later.
    pub withholds: bool,
    /// Whether a pack may go out in spite of its error, for a reason that somebody answers for. Never where it is not
    /// clear which child or school it is about, where a secret address would be told, and nothing about sharing and
    /// sign-off.
    pub may_override: bool,
    /// Whether a school's policy may make it gentler, where it comes from nobody but us or one area.
    pub may_lower: bool,
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
    Across(fn(&[RecordSummary]) -> Vec<(usize, Hit)>),
    /// While the file is read, before there is a record.
    Reading,
    /// While the files that the record names are looked at.
    Beside,
    /// While `policy.toml` is read.
    Policy,
    /// While `school.toml` is read.
    School,
}

impl Rule {
    /// What most rules have in common, to be filled in with `..Rule::USUAL`; the texts are each rule's own.
    pub(super) const USUAL: Self = Self {
        code: "",
        severity: Severity::Error,
        title: "",
        why: "",
        source: Source::Ours,
        next: "",
        bad: "",
        good: "",
        judge: Judge::Reading,
        precisely: None,
        withholds: true,
        may_override: true,
        may_lower: true,
    };

    /// Whether a pack may go out in spite of this rule's error; not where something could not be read.
    #[must_use]
    pub fn may_be_overridden(&self) -> bool {
        self.may_override && self.judges_records()
    }

    /// Whether a policy may make it gentler or switch it off.
    #[must_use]
    pub fn may_be_lowered(&self) -> bool {
        self.may_lower && self.judges_records() && matches!(self.source, Source::Local(_) | Source::Ours)
    }

    /// Whether it judges what records say; not how a file is read.
    fn judges_records(&self) -> bool {
        matches!(self.judge, Judge::Each(_) | Judge::Across(_))
    }

    /// The problem a hit makes under a policy; `None` where the policy has switched the rule off.
    #[must_use]
    pub fn problem(&self, hit: Hit, policy: &Policy) -> Option<Problem> {
        let severity = policy.severity(self.code, self.severity)?;
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
