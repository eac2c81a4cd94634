//! What both schools do so that the move goes well.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// How much support the move needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransitionLevel {
    /// Universal: what every child gets.
    Universal,
    /// Enhanced: more than every child gets.
    Enhanced,
    /// Specialist: together with other services.
    Specialist,
}

/// The transition plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TransitionPlan {
    /// How much support the move needs.
    pub level: Option<TransitionLevel>,
    /// The `id`s of the voice entries this plan rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    #[schemars(extend("x-set" = true))]
    pub voice_ref: Vec<String>,
    /// What will be done, for which worry, by whom, by when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub actions: Vec<Action>,
    /// When the plan is looked at again: six to eight weeks into term.
    pub review_on: Option<Day>,
    /// What to do in the first week.
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 2000))]
    pub first_week: Option<String>,
    /// What is in place on the first day.
    #[validate(length(max = 2000))]
    pub day_one_support: Option<String>,
    /// What staff have found to work, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-text" = "view", "x-audience" = "all_staff"))]
    #[validate(length(max = 40))]
    pub what_works: Vec<String>,
    /// What staff have noticed to be hard for the child, and how to tell, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 40))]
    pub triggers: Vec<String>,
    /// How the child will travel, and who helps with it.
    #[validate(length(max = 400))]
    pub transport: Option<String>,
    /// Friends and other children.
    #[validate(length(max = 2000))]
    pub friendships: Option<String>,
    /// Whether no other child of this school goes to that school.
    pub only_pupil: Option<bool>,
    /// Children to keep this child with: first names or initials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub keep_with: Vec<String>,
    /// Children to keep apart: first names or initials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub keep_apart: Vec<String>,
    /// Visits to the new school.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub visits: Vec<Visit>,
    /// The talk between the two schools.
    #[validate(nested)]
    pub handover_conversation: Option<Conversation>,
    /// Matters to be told in person, not in writing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub discuss_verbally: Vec<String>,
    /// How parents or carers took part.
    #[validate(length(max = 2000))]
    pub parent_involvement: Option<String>,
    /// Who may read this. Without it: Head of Year and tutor, SENCO, DSL.
    pub audience: Option<Audience>,
}

/// One action.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What will be done.
    #[schemars(required, extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub what: Option<String>,
    /// The `id` of the worry it answers.
    #[validate(length(max = 40))]
    pub for_worry: Option<String>,
    /// Who does it.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub owner: Option<String>,
    /// By when.
    pub by: Option<Day>,
    /// When it was done, if it has been.
    pub done_on: Option<Day>,
    /// How we will know.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub success_criterion: Option<String>,
    /// The `id` of the voice entry it rests on.
    #[validate(length(max = 40))]
    pub voice_ref: Option<String>,
    /// Who may read this. Without it: Head of Year and tutor, SENCO, DSL.
    pub audience: Option<Audience>,
}

/// A visit to the new school.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The day.
    #[schemars(required)]
    pub date: Option<Day>,
    /// How it went.
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}

/// The talk between the two schools.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    /// The day.
    pub on: Option<Day>,
    /// Who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub participants: Vec<String>,
    /// What was said that matters.
    #[validate(length(max = 4000))]
    pub note: Option<String>,
}
