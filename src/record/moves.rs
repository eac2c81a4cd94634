//! Earlier schools and areas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use super::household::YesNoUnknown;
use crate::circle::Audience;

/// Earlier schools and areas.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Moves {
    /// Schools the child has been to, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub schools: Vec<SchoolStay>,
    /// Areas the family has lived in, in order. No street addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub addresses: Vec<Address>,
    /// The child's home local authority.
    #[validate(length(max = 120))]
    pub home_la: Option<String>,
    /// How to reach that authority's front door.
    #[validate(length(max = 200))]
    pub home_la_front_door: Option<String>,
    /// When both authorities were told of the move, where there is a plan.
    pub both_las_informed: Option<Day>,
    /// Time that the child, a brother or a sister spent in a secure setting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub secure_stays: Vec<SecureStay>,
    /// Times of home education, also one that is announced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub home_education: Vec<HomeEducation>,
    /// What the moves have meant for the child.
    #[validate(length(max = 4000))]
    pub note: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// A time of home education.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct HomeEducation {
    /// First day, or the day from which it is announced.
    #[schemars(required)]
    pub from: Option<Day>,
    /// Last day; absent while it lasts or is to come.
    pub to: Option<Day>,
    /// Who decided and agreed.
    #[validate(length(max = 400))]
    pub agreed_by: Option<String>,
    /// When the local authority was told.
    pub authority_informed_on: Option<Day>,
    /// What is known of the child's education and safety in that time, and who saw the child.
    #[validate(length(max = 2000))]
    pub known: Option<String>,
}

/// Time at one school.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SchoolStay {
    /// The school's name.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// DfE number.
    #[validate(length(max = 20))]
    pub laestab: Option<String>,
    /// Local authority.
    #[validate(length(max = 120))]
    pub la: Option<String>,
    /// First day.
    pub from: Option<Day>,
    /// Last day; absent for the present school.
    pub to: Option<Day>,
    /// Why there was a gap before it, if so.
    #[validate(length(max = 2000))]
    pub gap_before_reason: Option<String>,
    /// When its records were asked for.
    pub records_requested_on: Option<Day>,
    /// Whether its records came.
    pub records_received: Option<YesNoUnknown>,
    /// What was done where they did not.
    #[validate(length(max = 2000))]
    pub follow_up: Option<String>,
    /// What was tried, by whom and when, where it is unknown.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub unknown_why: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

impl SchoolStay {
    /// Whether the school's records have not come, or nobody knows.
    #[must_use]
    pub fn lacks_records(&self) -> bool {
        matches!(self.records_received, Some(YesNoUnknown::No | YesNoUnknown::Unknown))
    }
}

/// What kind of secure setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecureKind {
    /// On welfare grounds.
    Welfare,
    /// By a youth court.
    YouthJustice,
    /// In a hospital.
    Hospital,
}

/// Time in a secure setting.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SecureStay {
    /// Who: the child, or the `id` of a brother or sister in the household.
    #[schemars(required)]
    #[validate(length(max = 40))]
    pub who: Option<String>,
    /// What kind of setting.
    #[schemars(required)]
    pub kind: Option<SecureKind>,
    /// First day.
    pub from: Option<Day>,
    /// Last day; absent while it lasts.
    pub to: Option<Day>,
    /// Who sees to education there, and how to reach them.
    #[validate(length(max = 400))]
    pub education_contact: Option<String>,
    /// What is planned for the return.
    #[validate(length(max = 2000))]
    pub return_plan: Option<String>,
}

/// Time in one area.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Local authority.
    #[validate(length(max = 120))]
    pub la: Option<String>,
    /// From.
    pub from: Option<Day>,
    /// To.
    pub to: Option<Day>,
    /// Anything that matters.
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}
