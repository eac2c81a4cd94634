//! Answers to warnings: which warning was considered, and what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// A warning of `validate` that somebody has looked at and answered. It is told from then on as something to know, and the
/// answer is printed in the safeguarding pack. Errors are not answered: they are put right.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Considered {
    /// The rule whose warning is answered, by its code: `TP-03`.
    #[schemars(required, extend("x-rule" = "RK-37"))]
    #[validate(length(max = 10))]
    pub rule: Option<String>,
    /// Where the warning stands, as it is told: `attendance.periods[1]`. If what it speaks of moves, it is asked again.
    #[validate(length(max = 200))]
    pub at: Option<String>,
    /// What was considered, and what came of it.
    #[schemars(required, extend("x-text" = "account", "x-rule" = "RK-37"))]
    #[validate(length(max = 2000))]
    pub answer: Option<String>,
    /// Who answered it: name and role.
    #[schemars(required, extend("x-text" = "name", "x-rule" = "RK-37"))]
    #[validate(length(max = 200))]
    pub by: Option<String>,
    /// When.
    #[schemars(required, extend("x-rule" = "RK-37"))]
    pub on: Option<Day>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

impl Considered {
    /// Whether it is about this finding: the rule and the place.
    #[must_use]
    pub fn is_about(&self, code: &str, path: &str) -> bool {
        let rule = self.rule.as_deref().unwrap_or_default().trim();
        rule.eq_ignore_ascii_case(code) && self.at.as_deref().unwrap_or_default().trim() == path
    }
}
