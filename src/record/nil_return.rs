//! Nil returns: the one form in which a named person says on a date that a section holds nothing.
//!
//! Absence is never a statement. What no nil return covers is printed as not filled in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use super::household::{Person, PersonStatus, Relationship, YesNoUnknown};
use super::sen::SenProvision;
use super::{Record, blank};
use crate::circle::Audience;

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
    #[schemars(required, extend("x-text" = "name", "x-rule" = "NR-02"))]
    #[validate(length(max = 200))]
    pub stated_by: Option<String>,
    /// That person's role.
    #[schemars(extend("x-text" = "post"))]
    #[validate(length(max = 120))]
    pub role: Option<String>,
    /// What was looked at, and who was asked, before saying so.
    #[schemars(extend("x-text" = "account", "x-audience" = "dsl"))]
    #[validate(length(max = 2000))]
    pub statement: Option<String>,
    /// Who may read this. Without it: as for each section.
    pub audience: Option<Audience>,
}

impl Record {
    /// The statement of a named person, on a day, that a section holds nothing.
    #[must_use]
    pub fn nil_return(&self, section: NilSection) -> Option<&NilReturn> {
        let complete = |nil: &&NilReturn| nil.stated_on.is_some() && !blank(nil.stated_by.as_deref());
        self.nil_returns.iter().filter(complete).find(|nil| nil.sections.contains(&section))
    }

    /// Whether something is filled in where a section stands, be it that there is nothing: a provision code of N, a child
    /// who has been to this school alone.
    #[must_use]
    pub fn is_filled(&self, section: NilSection) -> bool {
        match section {
            NilSection::Sen => self.sen.as_ref().is_some_and(|sen| sen.provision.is_some()),
            NilSection::Moves => self.moves.as_ref().is_some_and(|moves| {
                !moves.schools.is_empty() || !moves.addresses.is_empty() || !blank(moves.note.as_deref())
            }),
            NilSection::Health => self.health.as_ref().is_some_and(|health| {
                !health.conditions.is_empty() || health.disability.is_some() || health.medical_flag.is_some()
            }),
            // A grandmother who is often at the gate has been told of, wherever she lives.
            NilSection::Household => self.household.iter().flat_map(|household| &household.people).any(is_further),
            _ => self.holds(section),
        }
    }

    /// Whether a section holds something that a nil return would deny.
    #[must_use]
    pub fn holds(&self, section: NilSection) -> bool {
        let household = || self.household.iter().flat_map(|household| &household.people);
        let health = self.health.as_ref();
        match section {
            NilSection::Plans => !self.plans.is_empty(),
            NilSection::Assessments => !self.assessments.is_empty(),
            NilSection::Chronology => !self.chronology.is_empty(),
            NilSection::MissedAppointments => self.engagement.as_ref().is_some_and(|e| !e.missed.is_empty()),
            NilSection::Services => !self.services.is_empty(),
            NilSection::Siblings => household().any(|person| person.is_sibling() && is_there(person)),
            NilSection::Household => household().any(is_another_adult),
            NilSection::Moves => {
                let moves = self.moves.as_ref();
                moves.is_some_and(|moves| moves.schools.len() > 1 || moves.addresses.len() > 1)
            }
            NilSection::Health => health.is_some_and(|health| {
                !health.conditions.is_empty() || health.disability == Some(true) || health.medical_flag == Some(true)
            }),
            NilSection::Allergies => health.is_some_and(|health| !health.allergies.is_empty()),
            NilSection::Medicines => health.is_some_and(|health| !health.medicines.is_empty()),
            NilSection::Sen => self.sen.as_ref().is_some_and(|sen| {
                matches!(sen.provision, Some(SenProvision::K | SenProvision::E)) || !sen.needs.is_empty()
            }),
        }
    }
}

/// Whether a person is neither parent nor carer by name, nor a brother or sister.
fn is_further(person: &Person) -> bool {
    is_there(person) && !is_parent_or_carer(person) && !person.is_sibling()
}

fn is_parent_or_carer(person: &Person) -> bool {
    person.is_parent() || matches!(person.relationship, Some(Relationship::Guardian | Relationship::FosterCarer))
}

fn is_there(person: &Person) -> bool {
    !matches!(person.status, Some(PersonStatus::NotApplicable | PersonStatus::Deceased))
}

/// Whether somebody other than a parent or carer lives with the child or is often there.
fn is_another_adult(person: &Person) -> bool {
    let parent = is_parent_or_carer(person) || person.relationship == Some(Relationship::KinshipCarer);
    let often = matches!(
        person.relationship,
        Some(Relationship::Lodger | Relationship::Visitor | Relationship::ParentPartner | Relationship::StepParent)
    );
    let carer = parent || person.footing.is_some() || person.pr == Some(YesNoUnknown::Yes);
    let near = person.lives_with_child == Some(true) || (often && person.lives_with_child != Some(false));
    is_there(person) && !carer && !person.is_sibling() && near
}
