//! Assessments: which, when, who contributed, what was concluded, and what it changed for the child.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// What kind of assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentKind {
    /// Early Help Assessment.
    EarlyHelp,
    /// Child in need assessment (section 17).
    #[serde(rename = "section_17")]
    Section17,
    /// Child protection enquiry (section 47).
    #[serde(rename = "section_47")]
    Section47,
    /// Assessment of a parent or carer.
    ParentOrCarer,
    /// Assessment of one risk: neglect, domestic abuse, exploitation.
    OneRisk,
    /// Assessment of a young carer.
    YoungCarer,
    /// Specialist assessment: health, psychology, speech and language.
    Specialist,
    /// The school's own assessment.
    School,
    /// Another assessment.
    Other,
}

/// One assessment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// A short name: `a1`.
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// What kind of assessment.
    #[schemars(required, extend("x-rule" = "AS-02"))]
    pub kind: Option<AssessmentKind>,
    /// When it was finished; absent while it goes on.
    pub completed_on: Option<Day>,
    /// When it began.
    pub started_on: Option<Day>,
    /// Who led it: name and role, or the service.
    #[validate(length(max = 200))]
    pub led_by: Option<String>,
    /// Who contributed, one agency or person a line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub contributors: Vec<String>,
    /// Whether the child was seen and heard for it.
    pub child_seen: Option<bool>,
    /// Whether family history and earlier concerns were looked at.
    pub family_history_considered: Option<bool>,
    /// Whether the father and every other adult around the child were part of it.
    pub adults_considered: Option<bool>,
    /// What was concluded.
    #[validate(length(max = 4000))]
    pub conclusion: Option<String>,
    /// What it changed for the child: what was decided and done because of it.
    #[validate(length(max = 4000))]
    pub changed: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}
