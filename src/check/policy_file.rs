//! Reading `policy.toml`: it holds whole, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;
use toml::de::DeTable;

use super::calendar::Calendar;
use super::policy::{Policy, REVIEWS_THRESHOLD};
use super::registry::{rule, rules};
use super::rule::Judge;
use crate::problem::{Finding, Problem, Report, Severity};
use crate::record::{Day, schema_of};
use crate::text::{Locator, Source, misleads};

/// The file `policy.toml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "handover policy")]
struct File {
    /// Early Help where you are.
    early_help: EarlyHelp,
    /// The local authorities your children usually come from and live in.
    local_authorities: Vec<LocalAuthority>,
    /// Term dates, so that days can be counted as school days.
    calendar: Option<TermDates>,
    /// Rules, by code, with another severity: `error`, `warning`, `info`, or `off`.
    severity: BTreeMap<String, Level>,
}

/// Early Help where you are.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct EarlyHelp {
    /// What an Early Help Assessment is called in your area.
    name: Option<String>,
    /// Attendance in percent, strictly below which it is considered. Without it: 85.
    #[schemars(range(min = 1, max = 100))]
    threshold: Option<i64>,
    /// Why the line lies below 85, where it does. It is printed.
    reason: Option<String>,
}

/// A local authority.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LocalAuthority {
    /// Its three-digit DfE number, in quotes.
    number: String,
    /// Its name, as records write it.
    name: String,
}

/// Term dates.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Terms")]
#[serde(deny_unknown_fields)]
struct TermDates {
    /// Each term, or each half of one, in order.
    terms: Vec<Term>,
    /// Bank holidays and training days within a term.
    #[serde(default)]
    closed: Vec<Day>,
}

/// A stretch of school days.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Term {
    /// First day.
    from: Day,
    /// Last day.
    to: Day,
}

/// A severity, or none.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Level {
    /// Refuses the pack.
    Error,
    /// Should be looked at.
    Warning,
    /// Worth knowing.
    Info,
    /// Not said at all.
    Off,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

impl Policy {
    /// Reads a policy. `name` is how the file is shown to people; `bytes` are its content.
    ///
    /// # Errors
    /// A report with every problem, where there is one: a policy holds whole or not at all.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Report> {
        let text = std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}').to_owned());
        let is_text = text.is_some();
        let source = Source { name: name.to_owned(), text: text.unwrap_or_default() };
        let found = |code: &'static str, span, message: Option<String>| {
            let problem = problem(code, message);
            Finding::new(problem, &source, span)
        };
        let refused = |findings| Err(Report::new(name, findings));
        if !is_text {
            return refused(vec![found("PO-01", 0..0, Some("The policy is not saved as UTF-8".to_owned()))]);
        }
        let document = match DeTable::parse(&source.text) {
            Ok(document) => document,
            Err(error) => return refused(vec![found("PO-01", error.span().unwrap_or(0..0), Some(unreadable(&error)))]),
        };
        let locator = Locator::new(&document);
        let file = match File::deserialize(toml::de::Deserializer::from(document)) {
            Ok(file) => file,
            Err(error) => return refused(vec![found("PO-01", error.span().unwrap_or(0..0), Some(unreadable(&error)))]),
        };
        let problems = file.problems();
        if problems.is_empty() {
            return Ok(file.policy());
        }
        refused(problems.into_iter().map(|(code, path, message)| found(code, locator.find(&path), message)).collect())
    }
}

/// The JSON Schema of `policy.toml`.
#[must_use]
pub fn policy_schema() -> serde_json::Value {
    schema_of::<File>()
}

/// What the reader of TOML expected, without what it found: the file may be another one than was meant.
fn unreadable(error: &toml::de::Error) -> String {
    let expected = error.message().split_once("expected ").map(|(_, expected)| expected.replace('\n', ", "));
    expected.map_or_else(
        || "The policy cannot be read".to_owned(),
        |expected| format!("The policy cannot be read: expected {expected}"),
    )
}

fn problem(code: &'static str, message: Option<String>) -> Problem {
    let rule = rules().find(|rule| rule.code == code);
    let (title, help) = rule.map_or(("", ""), |rule| (rule.title, rule.next));
    let message = message.unwrap_or_else(|| title.to_owned());
    Problem { code, severity: Severity::Error, message, path: String::new(), help: help.to_owned(), hint: None }
}

impl File {
    /// What is wrong with it: code, path, and a message where the rule's title is not exact enough.
    fn problems(&self) -> Vec<(&'static str, String, Option<String>)> {
        let mut problems = Vec::new();
        for (code, level) in &self.severity {
            let path = format!("severity.{code}");
            match rule(code) {
                None => problems.push(("PO-02", path, Some("There is no rule of this code".to_owned()))),
                Some(rule) if matches!(rule.judge, Judge::Reading | Judge::Beside | Judge::Policy | Judge::School) => {
                    problems.push(("PO-02", path, None));
                }
                Some(rule) if level.severity() < Some(rule.severity) && !rule.may_be_lowered() => {
                    problems.push(("PO-02", path, None));
                }
                Some(_) => {}
            }
        }
        let threshold = self.early_help.threshold.unwrap_or(REVIEWS_THRESHOLD);
        let reasoned = self.early_help.reason.as_deref().is_some_and(is_reason);
        let words = [(&self.early_help.name, "name"), (&self.early_help.reason, "reason")];
        for (text, field) in words {
            let text = text.as_deref().unwrap_or_default();
            if text.chars().any(misleads) || text.chars().count() > LONGEST {
                let message =
                    "This is one line of at most 300 characters, without characters that cannot be seen".to_owned();
                problems.push(("PO-01", format!("early_help.{field}"), Some(message)));
            }
        }
        if !(1..=100).contains(&threshold) {
            let message = "The Early Help line is a percentage from 1 to 100".to_owned();
            problems.push(("PO-03", "early_help.threshold".to_owned(), Some(message)));
        } else if threshold < REVIEWS_THRESHOLD && !reasoned {
            problems.push(("PO-03", "early_help.threshold".to_owned(), None));
        }
        let numbers = self.local_authorities.iter().enumerate().filter(|(_, authority)| {
            authority.number.len() != 3 || !authority.number.bytes().all(|byte| byte.is_ascii_digit())
        });
        problems.extend(numbers.map(|(i, _)| {
            let message = "A local authority's number has three digits".to_owned();
            ("PO-01", format!("local_authorities[{i}].number"), Some(message))
        }));
        if self.calendar.as_ref().is_some_and(|calendar| !calendar.follow_one_another()) {
            problems.push(("PO-04", "calendar.terms".to_owned(), None));
        }
        problems
    }

    fn policy(self) -> Policy {
        let threshold = self.early_help.threshold.unwrap_or(REVIEWS_THRESHOLD);
        let severities = self.severity.iter().filter_map(|(code, level)| Some((rule(code)?.code, level.severity())));
        Policy {
            early_help_threshold: threshold,
            lower_threshold_reason: self.early_help.reason.filter(|_| threshold < REVIEWS_THRESHOLD),
            early_help_name: self.early_help.name.filter(|name| !name.trim().is_empty()),
            local_authorities: self.local_authorities.into_iter().map(|la| (la.number, la.name)).collect(),
            severities: severities.collect(),
            calendar: self.calendar.map(|calendar| Calendar {
                terms: calendar.terms.iter().map(|term| (term.from, term.to)).collect(),
                closed: calendar.closed.into_iter().collect::<BTreeSet<_>>(),
            }),
        }
    }
}

impl TermDates {
    /// Whether each term ends after it begins, and the next follows within the longest of holidays.
    fn follow_one_another(&self) -> bool {
        const LONGEST_HOLIDAY: i64 = 60;
        let each = self.terms.iter().all(|term| term.from <= term.to);
        let follows = |a: &Term, b: &Term| a.to < b.from && b.from.days_since(a.to) <= LONGEST_HOLIDAY;
        let order = self.terms.windows(2).all(|pair| matches!(pair, [a, b] if follows(a, b)));
        each && order && !self.terms.is_empty() && self.is_mostly_open()
    }

    /// Whether at least three of five weekdays within the terms are school days, so that days do count.
    fn is_mostly_open(&self) -> bool {
        let ends = self.terms.first().zip(self.terms.last());
        let Some((first, last)) = ends.map(|(first, last)| (first.from.plus_days(-1), last.to)) else { return false };
        let calendar = Calendar {
            terms: self.terms.iter().map(|term| (term.from, term.to)).collect(),
            closed: self.closed.iter().copied().collect(),
        };
        let weekdays = first.days_to(last).filter(|day| day.is_weekday()).count();
        5 * first.days_to(last).filter(|day| calendar.is_open(*day)).count() >= 3 * weekdays
    }
}

/// The longest text of a policy that is printed, in characters.
const LONGEST: usize = 300;

/// Whether a text can be a reason: at least twenty letters or digits in at least three words.
#[must_use]
pub fn is_reason(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= 20 && text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() >= 3
}
