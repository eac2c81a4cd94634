//! Nil returns: the one form in which a named person says on a date that a section holds nothing.
//!
//! Absence is never a statement. What no nil return covers is printed as not filled in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{Audience, Day};

/// A section in which nothing can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NilSection {
    /// Plans, open or ended.
    Plans,
    /// Assessments.
    Assessments,
    /// Events for the chronology.
    Chronology,
    /// Missed appointments.
    MissedAppointments,
    /// Services outside the school.
    Services,
    /// Brothers and sisters.
    Siblings,
    /// Other adults who live with the child or are often there.
    Household,
    /// Moves between schools and areas.
    Moves,
    /// Health conditions and disabilities.
    Health,
    /// Allergies.
    Allergies,
    /// Medicines taken or kept at school.
    Medicines,
    /// Special educational needs.
    Sen,
}

impl NilSection {
    /// All sections, in the order in which pages tell of them.
    pub const ALL: [Self; 12] = [
        Self::Plans,
        Self::Assessments,
        Self::Chronology,
        Self::MissedAppointments,
        Self::Services,
        Self::Siblings,
        Self::Household,
        Self::Moves,
        Self::Health,
        Self::Allergies,
        Self::Medicines,
        Self::Sen,
    ];

    /// The keyword as it stands in records.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Plans => "plans",
            Self::Assessments => "assessments",
            Self::Chronology => "chronology",
            Self::MissedAppointments => "missed_appointments",
            Self::Services => "services",
            Self::Siblings => "siblings",
            Self::Household => "household",
            Self::Moves => "moves",
            Self::Health => "health",
            Self::Allergies => "allergies",
            Self::Medicines => "medicines",
            Self::Sen => "sen",
        }
    }

    /// The section in a few words, as messages and pages name it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Plans => "plans",
            Self::Assessments => "assessments",
            Self::Chronology => "chronology",
            Self::MissedAppointments => "missed appointments",
            Self::Services => "outside services",
            Self::Siblings => "brothers and sisters",
            Self::Household => "other adults in the home",
            Self::Moves => "moves",
            Self::Health => "health",
            Self::Allergies => "allergies",
            Self::Medicines => "medicines",
            Self::Sen => "SEN",
        }
    }

    /// The widest circle that may read that this section holds nothing: as for what would stand in it.
    #[must_use]
    pub fn reader(self) -> Audience {
        match self {
            Self::Allergies => Audience::Pastoral,
            Self::Health | Self::Medicines | Self::Sen => Audience::Senco,
            Self::Plans
            | Self::Assessments
            | Self::Chronology
            | Self::MissedAppointments
            | Self::Services
            | Self::Siblings
            | Self::Household
            | Self::Moves => Audience::Dsl,
        }
    }
}

/// The statement of a named person, on a day, that there is nothing to record in some sections.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NilReturn {
    /// The sections in which there is nothing to record. Each reader sees those that are for that reader.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-set" = true, "x-audience" = "section"))]
    #[validate(length(max = 12))]
    pub sections: Vec<NilSection>,
    /// The day.
    #[schemars(required, extend("x-rule" = "NR-02"))]
    pub stated_on: Option<Day>,
    /// Who says so.
    #[schemars(required, extend("x-rule" = "NR-02"))]
    #[validate(length(max = 200))]
    pub stated_by: Option<String>,
    /// That person's role.
    #[validate(length(max = 120))]
    pub role: Option<String>,
    /// What was looked at, and who was asked, before saying so.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(length(max = 2000))]
    pub statement: Option<String>,
    /// Who may read this. Without it: as for each section.
    pub audience: Option<Audience>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_record() {
        for section in NilSection::ALL {
            assert_eq!(serde_json::to_value(section).unwrap(), section.key());
        }
    }
}
