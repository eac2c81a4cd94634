//! Care and legal status: now, earlier, and the court orders that the next school must know.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use super::household::YesNoUnknown;
use crate::circle::Audience;

/// The child's legal status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegalStatus {
    /// No order; with parents.
    NoOrder,
    /// Looked after by agreement (section 20).
    #[serde(rename = "section_20")]
    Section20,
    /// Interim care order.
    InterimCareOrder,
    /// Care order (section 31).
    CareOrder,
    /// Supervision order.
    SupervisionOrder,
    /// Placement order.
    PlacementOrder,
    /// Adopted.
    Adopted,
    /// Special guardianship.
    SpecialGuardianship,
    /// Child arrangements order.
    ChildArrangementsOrder,
    /// Wardship or another order.
    OtherOrder,
    /// Not known.
    Unknown,
}

/// How a child left care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeftCareTo {
    /// Adoption.
    Adoption,
    /// Special guardianship.
    SpecialGuardianship,
    /// A child arrangements order.
    ChildArrangementsOrder,
    /// Home to a parent.
    Parent,
    /// Another way.
    Other,
    /// Not known.
    Unknown,
}

/// What kind of court order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// Child arrangements order.
    ChildArrangements,
    /// Prohibited steps order.
    ProhibitedSteps,
    /// Specific issue order.
    SpecificIssue,
    /// Non-molestation order.
    NonMolestation,
    /// Special guardianship order.
    SpecialGuardianship,
    /// Bail condition, licence or restraining order.
    BailOrRestraint,
    /// Another order.
    Other,
}

/// A court order about contact or about who decides.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// What kind of order.
    #[schemars(required)]
    pub kind: Option<OrderKind>,
    /// The `id`s of the people it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-set" = true))]
    #[validate(length(max = 12))]
    pub about: Vec<String>,
    /// What it says, in plain words: who may not come, see or decide.
    #[validate(length(max = 2000))]
    pub says: Option<String>,
    /// When it was made.
    pub made_on: Option<Day>,
    /// Until when.
    pub until: Option<Day>,
    /// Whether the school has a copy.
    pub copy_seen: Option<bool>,
}

/// Care and legal status.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Care {
    /// The child's legal status today.
    pub legal_status: Option<LegalStatus>,
    /// Since when.
    pub since: Option<Day>,
    /// Whether the child was looked after by a local authority earlier, adopted children and those under special
    /// guardianship included. Ask the family; an old plan alone does not tell.
    pub earlier_in_care: Option<YesNoUnknown>,
    /// How the child left care.
    pub left_care_to: Option<LeftCareTo>,
    /// When the child left care.
    pub left_care_on: Option<Day>,
    /// The local authority that looked after the child.
    #[validate(length(max = 120))]
    pub authority: Option<String>,
    /// What was tried, by whom and when, where something is unknown.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub unknown_why: Option<String>,
    /// Court orders that the next school must know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 12), nested)]
    pub orders: Vec<Order>,
    /// Anything else that matters.
    #[validate(length(max = 2000))]
    pub note: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}
