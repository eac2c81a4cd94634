//! What the Common Transfer File and the school's system also hold: entitlements, results, consents, outside services.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use super::household::YesNoUnknown;
use super::plans::AfterTransfer;
use super::pupil::Contact;
use crate::circle::Audience;

/// Young carer, as the school census records it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum YoungCarer {
    /// Not a young carer.
    N,
    /// Young carer, told by a parent or guardian.
    P,
    /// Young carer, identified by the school.
    S,
}

/// What the child is entitled to or counted as.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Characteristics {
    /// Ethnic group, as the family gave it: code of the school census or words.
    #[validate(length(max = 60))]
    pub ethnicity: Option<String>,
    /// Whether the child has free school meals.
    pub free_school_meals: Option<bool>,
    /// Whether the school has pupil premium for the child.
    pub pupil_premium: Option<bool>,
    /// Whether a parent serves in the armed forces.
    pub service_child: Option<bool>,
    /// N, P or S, as in the school census.
    pub young_carer: Option<YoungCarer>,
    /// Who may read this. Without it: SENCO and DSL.
    pub audience: Option<Audience>,
}

/// What the child can do: results at the end of key stage 2.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Attainment {
    /// Reading: scaled score or outcome.
    #[validate(length(max = 60))]
    pub reading: Option<String>,
    /// Grammar, punctuation and spelling: scaled score or outcome.
    #[validate(length(max = 60))]
    pub grammar: Option<String>,
    /// Writing: teacher's assessment.
    #[validate(length(max = 60))]
    pub writing: Option<String>,
    /// Mathematics: scaled score or outcome.
    #[validate(length(max = 60))]
    pub maths: Option<String>,
    /// Reading age, with the test.
    #[validate(length(max = 120))]
    pub reading_age: Option<String>,
    /// When the reading age was tested.
    pub reading_age_on: Option<Day>,
    /// Anything a teacher needs to know about these.
    #[validate(length(max = 2000))]
    pub note: Option<String>,
    /// Who may read this. Without it: Head of Year and tutor, SENCO, DSL.
    pub audience: Option<Audience>,
}

/// Why a service ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceEnd {
    /// Needs are met.
    NeedsMet,
    /// The family declined.
    Declined,
    /// Nobody answered, or the child was not brought.
    NoAnswer,
    /// The family moved.
    Moved,
    /// The service itself ended or had no place.
    NoPlace,
    /// Another reason.
    Other,
}

/// A service outside the school that works or worked with the child or family.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// A short name: `s1`.
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// The service.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// What it is for.
    #[validate(length(max = 2000))]
    pub purpose: Option<String>,
    /// First contact.
    pub from: Option<Day>,
    /// Last contact; absent while it goes on.
    pub to: Option<Day>,
    /// Why it ended.
    pub ended_because: Option<ServiceEnd>,
    /// Whom to reach there.
    #[validate(nested)]
    pub contact: Option<Contact>,
    /// What becomes of it after the move.
    pub after_transfer: Option<AfterTransfer>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// A consent that the family gave or refused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// For what: photographs, trips, first aid.
    #[schemars(required, extend("x-text" = "account"))]
    #[validate(length(max = 200))]
    pub what: Option<String>,
    /// Whether it was given.
    #[schemars(required)]
    pub given: Option<YesNoUnknown>,
    /// By whom.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub by: Option<String>,
    /// When.
    pub on: Option<Day>,
    /// Who may read this. Without it: Head of Year and tutor, SENCO, DSL.
    pub audience: Option<Audience>,
}
