//! Early Help: what was considered, decided, by whom, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use super::pupil::Contact;
use crate::circle::Audience;

/// The decision about an Early Help Assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// An assessment goes ahead or went ahead.
    Proceed,
    /// No assessment; the reason is recorded.
    NotProceeding,
    /// Considered, not decided yet.
    NotYetDecided,
}

/// Why no assessment goes ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// The family did not agree.
    ConsentDeclined,
    /// A plan in school meets the need.
    NeedsMetBySchoolPlan,
    /// The family, a charity or a health service meets the need.
    NeedsMetElsewhere,
    /// An assessment is open elsewhere.
    AlreadyOpenElsewhere,
    /// A statutory plan is in place.
    StatutoryPlanInPlace,
    /// The absence is explained and over.
    AbsenceExplainedAndEnded,
    /// No need was found.
    NoNeedIdentified,
    /// Another reason.
    Other,
}

/// Where Early Help stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EarlyHelpStatus {
    /// Nothing was started.
    None,
    /// It was considered.
    Considered,
    /// The family was asked.
    ConsentSought,
    /// The assessment is being written.
    AssessmentInProgress,
    /// Early Help is open.
    Open,
    /// It is with the Early Help panel.
    AtPanel,
    /// It became a statutory plan.
    SteppedUp,
    /// It followed a statutory plan.
    SteppedDown,
    /// It is closed.
    Closed,
}

impl EarlyHelpStatus {
    /// Whether somebody still has to carry it on.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::AssessmentInProgress | Self::Open | Self::AtPanel | Self::SteppedDown)
    }
}

/// Why Early Help was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    /// Needs are met.
    NeedsMet,
    /// It became a statutory plan.
    SteppedUp,
    /// The family withdrew.
    NoConsent,
    /// Contact with the family ended.
    Disengaged,
    /// The family moved.
    MovedArea,
    /// Another reason.
    Other,
}

/// Early Help status: the decision, its date and person, and the reason where nothing was started.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct EarlyHelp {
    /// What Early Help is called in your area.
    #[validate(length(max = 80))]
    pub local_name: Option<String>,
    /// Early help indicators that are present, one short line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(length(max = 40))]
    pub indicators: Vec<String>,
    /// When Early Help was considered.
    #[schemars(required, extend("x-rule" = "EH-12"))]
    pub considered_on: Option<Day>,
    /// Who considered it: name and role.
    #[schemars(required, extend("x-text" = "name", "x-rule" = "EH-12"))]
    #[validate(length(max = 200))]
    pub considered_by: Option<String>,
    /// What was decided.
    #[schemars(required, extend("x-rule" = "EH-12"))]
    pub decision: Option<Decision>,
    /// Why no assessment goes ahead, in short.
    pub reason_kind: Option<ReasonKind>,
    /// Why no assessment goes ahead, in a sentence or two. The SENCO will read this unless you set `audience`.
    #[validate(length(max = 4000))]
    pub reason_not_proceeding: Option<String>,
    /// Where it stands today.
    pub status: Option<EarlyHelpStatus>,
    /// The reference of the assessment.
    #[validate(length(max = 80))]
    pub reference: Option<String>,
    /// When it began.
    pub started_on: Option<Day>,
    /// The lead practitioner.
    #[validate(nested)]
    pub lead_practitioner: Option<Contact>,
    /// Who at the receiving school will take part from now on.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub receiving_participant: Option<String>,
    /// What the assessment found and what is being done.
    #[validate(length(max = 4000))]
    pub summary: Option<String>,
    /// Reviews held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub reviews: Vec<EarlyHelpReview>,
    /// Family group decision making: whether the family's own meeting was offered, and what came of it.
    #[validate(nested)]
    pub family_group: Option<FamilyGroup>,
    /// When the Early Help panel was considered or asked.
    pub panel_considered_on: Option<Day>,
    /// When it was closed.
    pub closed_on: Option<Day>,
    /// Why it was closed.
    pub closed_reason: Option<ClosedReason>,
    /// More about the closing.
    #[validate(length(max = 2000))]
    pub closed_note: Option<String>,
    /// What happens next for the child.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub next_step: Option<String>,
    /// Who may read this. Without it: SENCO and DSL.
    pub audience: Option<Audience>,
}

/// Family group decision making.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct FamilyGroup {
    /// When it was offered.
    pub offered_on: Option<Day>,
    /// When the family met.
    pub held_on: Option<Day>,
    /// What the family decided, or why there was no meeting.
    #[validate(length(max = 2000))]
    pub outcome: Option<String>,
}

/// A review of Early Help.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct EarlyHelpReview {
    /// The day.
    #[schemars(required)]
    pub date: Option<Day>,
    /// Whether there was progress.
    pub progress: Option<bool>,
    /// What was found.
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}
