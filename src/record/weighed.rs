//! Weighing: a fact that speaks against a reassurance, named, and why it is no risk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// A fact of the record that was weighed before saying that all is well. Printed on the first page of the
/// safeguarding pack.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Weighed {
    /// The fact, or several with commas between them: the `id` of a chronology entry, plan, service or person; or
    /// `attendance`, `suspensions`, `part_time`, `missed_appointments`, `early_help`, `indicators`, `moves`,
    /// `home_education`, `secure_stays`, `young_carer`, `orders`, `refuge`, `signs_of_neglect`, `household`, `health`,
    /// `engagement`, `voice`, `sen`, `care`, `services`, `assessments`, `plans`, `risks`,
    /// `transition_plan`, `sharing`, `consents`.
    #[schemars(required, extend("x-rule" = "RK-20"))]
    #[validate(length(max = 400))]
    pub fact: Option<String>,
    /// Why it is no risk for the child today: what was looked at, and what was found.
    #[schemars(required, extend("x-rule" = "RK-20"))]
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
    /// Who weighed it: name and role.
    #[schemars(required, extend("x-text" = "name", "x-rule" = "RK-20"))]
    #[validate(length(max = 200))]
    pub by: Option<String>,
    /// When.
    #[schemars(required, extend("x-rule" = "RK-20"))]
    pub on: Option<Day>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

impl Weighed {
    /// The facts that it names: one, or several with commas between them.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.fact.as_deref().unwrap_or_default().split(',').map(str::trim)
    }
}
