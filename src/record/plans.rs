//! Plans for the child and how their managers work together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// What kind of plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanType {
    /// Child protection plan.
    #[serde(rename = "cp_s47")]
    CpS47,
    /// Child in need plan.
    #[serde(rename = "cin_s17")]
    CinS17,
    /// Looked after by agreement (section 20).
    #[serde(rename = "looked_after_s20")]
    LookedAfterS20,
    /// Looked after under an order (section 31).
    #[serde(rename = "looked_after_s31")]
    LookedAfterS31,
    /// Supervision order.
    SupervisionOrder,
    /// Education, health and care plan.
    Ehcp,
    /// Personal education plan.
    Pep,
    /// Youth justice plan.
    YouthJustice,
    /// Education supervision order.
    EducationSupervisionOrder,
    /// Early Help plan.
    EarlyHelp,
    /// Family Help plan.
    FamilyHelp,
    /// Attendance plan.
    AttendancePlan,
    /// Attendance contract.
    AttendanceContract,
    /// SEN support plan.
    SenSupport,
    /// Individual healthcare plan.
    IndividualHealthcare,
    /// Risk management plan.
    RiskManagement,
    /// Behaviour support plan.
    BehaviourSupport,
    /// Handling plan.
    Handling,
    /// Young carer plan.
    YoungCarer,
    /// Channel.
    Channel,
    /// Child and adolescent mental health service.
    Camhs,
    /// Kinship care or special guardianship.
    KinshipSgo,
    /// Private fostering.
    PrivateFostering,
    /// Another plan.
    Other,
}

impl PlanType {
    /// Whether it is a statutory plan.
    #[must_use]
    pub fn is_statutory(self) -> bool {
        matches!(
            self,
            Self::CpS47
                | Self::CinS17
                | Self::LookedAfterS20
                | Self::LookedAfterS31
                | Self::SupervisionOrder
                | Self::Ehcp
                | Self::Pep
                | Self::YouthJustice
                | Self::EducationSupervisionOrder
        )
    }
}

/// The category of a child protection plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CpCategory {
    /// Neglect.
    Neglect,
    /// Physical abuse.
    Physical,
    /// Emotional abuse.
    Emotional,
    /// Sexual abuse.
    Sexual,
    /// More than one.
    Multiple,
}

/// What becomes of it when the child changes school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AfterTransfer {
    /// It continues.
    Continues,
    /// It ends.
    Ends,
    /// It is handed to another service.
    HandedTo,
    /// Not known yet.
    Unknown,
}

/// One plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// A short name: `pl1`.
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// What kind of plan.
    #[schemars(required)]
    pub r#type: Option<PlanType>,
    /// Who leads it.
    #[validate(length(max = 200))]
    pub lead_agency: Option<String>,
    /// Who manages it: social worker, lead practitioner.
    #[validate(nested)]
    pub manager: Option<PlanManager>,
    /// When it began.
    pub start: Option<Day>,
    /// The next review.
    pub next_review: Option<Day>,
    /// The last review.
    pub last_review: Option<Day>,
    /// When it ended, if it has.
    pub ended_on: Option<Day>,
    /// What the plan is for and what is being done.
    #[validate(length(max = 4000))]
    pub summary: Option<String>,
    /// For child protection: the category.
    pub category: Option<CpCategory>,
    /// For child protection: earlier categories and their concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub category_history: Vec<String>,
    /// For a looked-after child: the legal status.
    #[validate(length(max = 200))]
    pub legal_status: Option<String>,
    /// For a looked-after child: the authority.
    #[validate(length(max = 200))]
    pub care_authority: Option<String>,
    /// For a looked-after child: the personal education plan.
    pub pep_date: Option<Day>,
    /// For a looked-after child: the virtual school.
    #[validate(length(max = 200))]
    pub virtual_school_contact: Option<String>,
    /// For an EHC plan: the school named in it, by DfE number.
    #[validate(length(max = 200))]
    pub named_school: Option<String>,
    /// For an EHC plan: when it was amended for the move, by 15 February of the year of transfer.
    pub amended_on: Option<Day>,
    /// For a plan that ended: what support followed.
    #[validate(length(max = 2000))]
    pub step_down: Option<String>,
    /// Who of the receiving school is invited to the next review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub invited: Vec<String>,
    /// What becomes of it.
    pub after_transfer: Option<AfterTransfer>,
    /// What was tried, by whom and when, where something is unknown.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub unknown_why: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

impl Plan {
    /// Whether the plan still runs on a day.
    #[must_use]
    pub fn is_open(&self, today: Day) -> bool {
        self.ended_on.is_none_or(|ended| ended > today)
    }
}

/// Who manages a plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PlanManager {
    /// Name.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 120))]
    pub name: Option<String>,
    /// Role.
    #[schemars(extend("x-text" = "post"))]
    #[validate(length(max = 120))]
    pub role: Option<String>,
    /// Telephone or e-mail.
    #[validate(length(max = 200))]
    pub contact: Option<String>,
}

/// How the managers of several plans work together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PlanCoordination {
    /// The `id`s of the plans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    #[schemars(extend("x-set" = true))]
    pub plans: Vec<String>,
    /// Who leads.
    #[validate(length(max = 200))]
    pub lead: Option<String>,
    /// When the managers last spoke.
    pub last_contact_on: Option<Day>,
    /// What they agree about the risks.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 4000))]
    pub agreed_risk_view: Option<String>,
    /// Where they differ.
    #[validate(length(max = 4000))]
    pub differences: Option<String>,
    /// When they meet next.
    pub next_joint_review: Option<Day>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}
