//! What a school or area has settled for itself: `policy.toml`.
//!
//! A policy can make the tool stricter everywhere, and gentler only where a rule is one area's practice or our own
//! proposal. What comes from the case reviews, the law or national guidance stays as it is.

use std::collections::BTreeMap;

use super::calendar::Calendar;
use crate::problem::Severity;

/// The line of the case reviews, in percent.
pub const REVIEWS_THRESHOLD: i64 = 85;

/// What a school or area has settled for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Attendance, in percent, strictly below which an Early Help Assessment is to be considered.
    pub early_help_threshold: i64,
    /// Why that line lies below 85%, where it does.
    pub lower_threshold_reason: Option<String>,
    /// What an Early Help Assessment is called here.
    pub early_help_name: Option<String>,
    /// The usual local authorities, by their three-digit numbers; empty where none were given.
    pub local_authorities: BTreeMap<String, String>,
    /// Term dates, where given.
    pub calendar: Option<Calendar>,
    /// Rules with another severity than their own; `None` switches one off.
    pub severities: BTreeMap<&'static str, Option<Severity>>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            early_help_threshold: REVIEWS_THRESHOLD,
            lower_threshold_reason: None,
            early_help_name: None,
            local_authorities: BTreeMap::new(),
            calendar: None,
            severities: BTreeMap::new(),
        }
    }
}

impl Policy {
    /// The severity of a rule, by its code, under this policy, where it has one `of_its_own`; `None` where the policy
    /// switches it off.
    #[must_use]
    pub fn severity(&self, code: &str, of_its_own: Severity) -> Option<Severity> {
        self.severities.get(code).copied().unwrap_or(Some(of_its_own))
    }

    /// A text of ours with the local name of Early Help in it.
    #[must_use]
    pub fn in_local_words(&self, text: &str) -> String {
        let Some(name) = &self.early_help_name else { return text.to_owned() };
        text.split("Early Help Assessment").map(|part| part.replace("Early Help", name)).collect::<Vec<_>>().join(name)
    }
}
