//! Errors in spite of which one child's pack goes out.

use clap::Args as ClapArgs;

use super::exit::Failure;
use super::records::Judged;
use super::terminal;
use crate::check::{Override, is_reason, rule};
use crate::problem::Severity;
use crate::record::Day;
use crate::text::{LONGEST_NOTE, Note, tidy_line};

/// So many overrides fit on the first page.
const MOST_OVERRIDES: usize = 4;

/// What is overridden, why and by whom.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Overridden {
    /// Pack one child's record in spite of this rule's error. Printed on the first page of the safeguarding pack.
    #[arg(long = "override", value_name = "CODE", requires_all = ["reason", "by"])]
    overrides: Vec<String>,
    /// Why the pack cannot wait.
    #[arg(long, requires = "overrides")]
    reason: Option<String>,
    /// Who decided: name and role.
    #[arg(long, requires = "overrides")]
    by: Option<String>,
}

impl Overridden {
    /// The errors in spite of which the one record is to be packed, of so many records, on a day.
    pub(super) fn overrides(&self, records: usize, day: Day) -> Result<Vec<Override>, Failure> {
        let text = |text: &Option<String>| tidy_line(text.as_deref().unwrap_or_default());
        let (reason, by) = (text(&self.reason), text(&self.by));
        if self.overrides.is_empty() {
            return Ok(Vec::new());
        }
        if records != 1 {
            return Err(Failure::usage(
                "an override is for one child's record",
                "Pack that record by itself, with its reason, and the others without.",
            ));
        }
        let (Ok(reason), Ok(by), true) =
            (Note::parse(&reason), Note::parse(&by), is_reason(&reason) && self.overrides.len() <= MOST_OVERRIDES)
        else {
            return Err(Failure::usage(
                format!(
                    "an override is for at most {MOST_OVERRIDES} rules, with a reason of at least 20 and at most \
                     {LONGEST_NOTE} letters, and who decided"
                ),
                "All of it is printed on the first page for the receiving safeguarding lead.",
            ));
        };
        if by.as_str().split_whitespace().count() < 2 {
            return Err(Failure::usage("it is not said who decided", "Give name and role with --by."));
        }
        let given = |code: &String| {
            let rule = rule(code).ok_or_else(|| {
                Failure::usage(
                    format!("there is no rule {}", terminal::plain(code)),
                    "`handover explain` lists them all.",
                )
            })?;
            if rule.severity != Severity::Error || !rule.may_be_overridden() {
                let next = format!("`handover explain {}` says why; put the record right instead.", rule.code);
                return Err(Failure::usage(format!("{} cannot be overridden", rule.code), next));
            }
            Ok(Override { code: rule.code, reason: reason.clone(), by: by.clone(), on: day })
        };
        self.overrides.iter().map(given).collect()
    }
}

/// Says which overrides were given for nothing.
pub(super) fn tell_unneeded(overrides: &[Override], outcomes: &[Judged]) {
    let needed = |given: &Override| {
        outcomes
            .iter()
            .filter_map(|outcome| outcome.checked.as_ref())
            .any(|checked| checked.overrides().contains(given))
    };
    for given in overrides.iter().filter(|given| !needed(given)) {
        let made = outcomes.iter().any(|outcome| outcome.checked.is_some());
        let why = if made { "was not needed and is not recorded" } else { "alone does not help: other errors remain" };
        terminal::say(&format!("{} {why}.", given.code));
    }
}
