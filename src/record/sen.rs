//! Special educational needs and health.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// The provision code of the school census.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SenProvision {
    /// No special educational need.
    #[serde(rename = "N")]
    N,
    /// SEN support.
    #[serde(rename = "K")]
    K,
    /// Education, health and care plan.
    #[serde(rename = "E")]
    E,
}

/// The type of need, as in the school census.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SenNeed {
    /// Specific learning difficulty.
    #[serde(rename = "SPLD")]
    Spld,
    /// Moderate learning difficulty.
    #[serde(rename = "MLD")]
    Mld,
    /// Severe learning difficulty.
    #[serde(rename = "SLD")]
    Sld,
    /// Profound and multiple learning difficulty.
    #[serde(rename = "PMLD")]
    Pmld,
    /// Social, emotional and mental health.
    #[serde(rename = "SEMH")]
    Semh,
    /// Speech, language and communication needs.
    #[serde(rename = "SLCN")]
    Slcn,
    /// Hearing impairment.
    #[serde(rename = "HI")]
    Hi,
    /// Vision impairment.
    #[serde(rename = "VI")]
    Vi,
    /// Multi-sensory impairment.
    #[serde(rename = "MSI")]
    Msi,
    /// Physical disability.
    #[serde(rename = "PD")]
    Pd,
    /// Autistic spectrum disorder.
    #[serde(rename = "ASD")]
    Asd,
    /// Other difficulty.
    #[serde(rename = "OTH")]
    Oth,
    /// SEN support, no specialist assessment yet.
    #[serde(rename = "NSA")]
    Nsa,
    /// Down syndrome.
    #[serde(rename = "DS")]
    Ds,
}

/// Special educational needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SenSupport {
    /// N, K or E.
    pub provision: Option<SenProvision>,
    /// Types of need, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub needs: Vec<SenNeed>,
    /// The needs in plain words.
    #[validate(length(max = 4000))]
    pub summary: Option<String>,
    /// What the tutor and teachers need to know.
    #[schemars(extend("x-audience" = "pastoral"))]
    #[validate(length(max = 2000))]
    pub summary_for_tutors: Option<String>,
    /// Provision that is in place, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub strategies: Vec<String>,
    /// What has been tried and what came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub tried: Vec<Tried>,
    /// Access arrangements, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub access_arrangements: Vec<String>,
    /// The last assess-plan-do-review.
    pub apdr_on: Option<Day>,
    /// Who may read this. Without it: SENCO and DSL.
    pub audience: Option<Audience>,
}

/// Something that was tried.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// What was tried.
    #[schemars(required, extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub what: Option<String>,
    /// What came of it.
    #[validate(length(max = 2000))]
    pub outcome: Option<String>,
}

/// Health needs that matter in school.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// One entry for each condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub conditions: Vec<Condition>,
    /// Allergies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub allergies: Vec<Allergy>,
    /// Medicines that are taken or kept at school.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub medicines: Vec<Medicine>,
    /// Whether the child is disabled.
    pub disability: Option<bool>,
    /// Whether the medical flag is set.
    pub medical_flag: Option<bool>,
    /// The date of the individual healthcare plan.
    pub healthcare_plan_on: Option<Day>,
    /// Why the need brings no added risk, where that was considered.
    #[validate(length(max = 2000))]
    pub no_added_risk_reason: Option<String>,
    /// Who may read this. Without it: SENCO and DSL.
    pub audience: Option<Audience>,
}

/// An allergy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Allergy {
    /// To what. Printed for all staff.
    #[schemars(required, extend("x-audience" = "all_staff"))]
    #[validate(length(max = 200))]
    pub to: Option<String>,
    /// What happens: how it shows and how grave it is.
    #[validate(length(max = 2000))]
    pub reaction: Option<String>,
    /// What any member of staff must do. Printed for all staff.
    #[schemars(extend("x-text" = "account", "x-audience" = "all_staff"))]
    #[validate(length(max = 2000))]
    pub action: Option<String>,
    /// Who may read this. Without it: SENCO and DSL.
    pub audience: Option<Audience>,
}

/// A medicine that is taken or kept at school.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Medicine {
    /// Its name.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// For what.
    #[validate(length(max = 200))]
    pub purpose: Option<String>,
    /// How much and when, as the label says.
    #[validate(length(max = 400))]
    pub when: Option<String>,
    /// Where it is kept.
    #[validate(length(max = 200))]
    pub kept: Option<String>,
    /// Whether the child takes it without help.
    pub takes_alone: Option<bool>,
    /// Who may read this. Without it: SENCO and DSL.
    pub audience: Option<Audience>,
}

/// One condition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What it is.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// What any member of staff must do. Printed for all staff.
    #[schemars(extend("x-text" = "account", "x-audience" = "all_staff"))]
    #[validate(length(max = 2000))]
    pub action: Option<String>,
    /// More, for those who need it.
    #[validate(length(max = 4000))]
    pub detail: Option<String>,
    /// Who may read this. Without it: SENCO and DSL.
    pub audience: Option<Audience>,
}
