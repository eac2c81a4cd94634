//! How the family takes part, seen from the child.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// How the family takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EngagementLevel {
    /// Well.
    Good,
    /// In part.
    Partial,
    /// Sometimes, sometimes not.
    Ambivalent,
    /// Avoids contact.
    Avoidant,
    /// Does not accept help.
    Resistant,
    /// With anger or threats.
    Hostile,
    /// Agrees, but nothing changes.
    Disguised,
    /// Not known.
    NotKnown,
}

/// What a missed appointment was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissedOutcome {
    /// The child was not brought.
    WasNotBrought,
    /// It was cancelled.
    Cancelled,
    /// It was rearranged.
    Rearranged,
    /// The family did not know of it.
    DidNotKnow,
}

/// How a missed appointment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissedEnd {
    /// The child was seen later.
    SeenLater,
    /// A new time is fixed.
    NewTime,
    /// The service discharged the child or closed the case.
    Discharged,
    /// Not known.
    Unknown,
}

/// How the family takes part.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Engagement {
    /// How the family takes part.
    pub level: Option<EngagementLevel>,
    /// What that means for the child.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 4000))]
    pub impact_on_child: Option<String>,
    /// What happens next.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub next_step: Option<String>,
    /// The parents' or carers' own view.
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 4000))]
    pub parent_view: Option<String>,
    /// Why there is no parents' view, if so.
    #[validate(length(max = 2000))]
    pub parent_view_missing_why: Option<String>,
    /// What was seen that shows it, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub observed: Vec<String>,
    /// Missed appointments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub missed: Vec<Missed>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// A missed appointment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Missed {
    /// The day.
    pub date: Option<Day>,
    /// With whom.
    #[validate(length(max = 200))]
    pub service: Option<String>,
    /// What became of it.
    pub outcome: Option<MissedOutcome>,
    /// The reason given.
    #[validate(length(max = 2000))]
    pub reason_given: Option<String>,
    /// Who followed it up, and how. That a service closed the case is no follow-up.
    #[validate(length(max = 200))]
    pub followed_up_by: Option<String>,
    /// How it ended.
    pub ended: Option<MissedEnd>,
}
