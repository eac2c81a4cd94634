//! Known risks, or the explicit statement that none are known.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// What kind of risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskKind {
    /// Neglect.
    Neglect,
    /// Domestic abuse.
    DomesticAbuse,
    /// Physical abuse.
    PhysicalAbuse,
    /// Sexual abuse.
    SexualAbuse,
    /// Emotional abuse.
    EmotionalAbuse,
    /// Substance misuse by the child.
    SubstanceMisuseChild,
    /// Substance misuse by a carer.
    SubstanceMisuseCarer,
    /// A parent's mental health.
    ParentalMentalHealth,
    /// Exploitation.
    Exploitation,
    /// Radicalisation.
    Radicalisation,
    /// Forced marriage, female genital mutilation or so-called honour-based abuse.
    HonourBasedAbuse,
    /// Self-harm.
    SelfHarm,
    /// Going missing.
    MissingFromHome,
    /// Being out of school.
    OutOfSchool,
    /// Caring for somebody.
    YoungCarer,
    /// Behaviour that harms others.
    HarmfulBehaviour,
    /// Bullying.
    Bullying,
    /// Online harm.
    Online,
    /// A health need.
    Health,
    /// Bereavement.
    Bereavement,
    /// Housing.
    Housing,
    /// Another risk.
    Other,
}

/// How the child experienced domestic abuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChildExperience {
    /// The child saw it.
    Saw,
    /// The child heard it.
    Heard,
    /// The child saw what came after.
    Aftermath,
    /// The child stepped in.
    Intervened,
    /// Not known.
    Unknown,
}

/// One risk, seen from the child.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// A short name: `r1`.
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// What kind of risk.
    #[schemars(required)]
    pub kind: Option<RiskKind>,
    /// What the risk is.
    #[validate(length(max = 4000))]
    pub description: Option<String>,
    /// What it means for the child.
    #[schemars(required, extend("x-text" = "account", "x-rule" = "RK-01"))]
    #[validate(length(max = 4000))]
    pub impact_on_child: Option<String>,
    /// Who told the school about the impact: one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub impact_sources: Vec<String>,
    /// The `id`s of chronology entries that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(required, extend("x-set" = true, "x-rule" = "RK-02"))]
    #[validate(length(max = 40))]
    pub evidence: Vec<String>,
    /// What protects the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub protective_factors: Vec<String>,
    /// True where protective factors were looked for and none found.
    pub none_identified: Option<bool>,
    /// When the risk was last looked at afresh.
    pub reappraised_on: Option<Day>,
    /// Who at the receiving school will look after this.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub owner_receiving: Option<String>,
    /// What must be in place before the child's first day.
    #[validate(length(max = 2000))]
    pub before_first_day: Option<String>,
    /// Whether it is a risk today. Without it: yes, unless resolved.
    pub current: Option<bool>,
    /// When it was resolved.
    pub resolved_on: Option<Day>,
    /// On what evidence.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub resolved_basis: Option<String>,
    /// For neglect: since when.
    #[validate(length(max = 400))]
    pub duration: Option<String>,
    /// Earlier concerns of this kind, or that there were none.
    #[validate(length(max = 2000))]
    pub previous_concerns: Option<String>,
    /// For neglect: what is known of earlier generations.
    #[validate(length(max = 2000))]
    pub intergenerational_considered: Option<String>,
    /// For domestic abuse: how the child experienced it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    #[schemars(extend("x-set" = true))]
    pub child_experience: Vec<ChildExperience>,
    /// What was tried, by whom and when, where something is unknown.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub unknown_why: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

impl Risk {
    /// Whether it is a risk today.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.current.unwrap_or(self.resolved_on.is_none())
    }
}

/// The explicit statement that no risks are known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NoKnownRisks {
    /// The day.
    pub stated_on: Option<Day>,
    /// Who says so.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub stated_by: Option<String>,
    /// That person's role.
    #[schemars(extend("x-text" = "post"))]
    #[validate(length(max = 120))]
    pub role: Option<String>,
    /// What was looked at before saying so.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub statement: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}
