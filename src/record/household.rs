//! The people around the child.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;
use crate::text::said;

/// What a person is to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// Mother.
    Mother,
    /// Father.
    Father,
    /// Second parent.
    SecondParent,
    /// Step-parent.
    StepParent,
    /// A parent's partner.
    ParentPartner,
    /// Grandmother.
    Grandmother,
    /// Grandfather.
    Grandfather,
    /// Brother or sister.
    Sibling,
    /// Half-brother or half-sister.
    HalfSibling,
    /// Aunt.
    Aunt,
    /// Uncle.
    Uncle,
    /// Guardian.
    Guardian,
    /// Foster carer.
    FosterCarer,
    /// Adoptive parent.
    Adopter,
    /// A relative or friend who brings the child up.
    KinshipCarer,
    /// Somebody who lives there.
    Lodger,
    /// Somebody who is often there.
    Visitor,
    /// Somebody else.
    Other,
}

/// What is known about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// Known to the school.
    Known,
    /// Not known.
    Unknown,
    /// Has died.
    Deceased,
    /// A donor.
    Donor,
    /// There is no such person.
    NotApplicable,
}

/// Yes, no, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum YesNoUnknown {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known.
    Unknown,
}

/// How two people are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Partners.
    Partner,
    /// The first is a parent of the second.
    Parent,
    /// Brothers or sisters.
    Sibling,
    /// Twins.
    Twin,
}

/// How partners stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationState {
    /// Together.
    Together,
    /// Separated.
    Separated,
    /// Divorced.
    Divorced,
    /// A passing relationship.
    Transitory,
    /// One of them has died.
    Widowed,
}

/// Something in a person's own life that may matter for the child. Recorded as support needed, never as blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// A long illness or disability.
    Illness,
    /// Poor mental health.
    MentalHealth,
    /// Strong or dangerous medicines at home.
    Medicines,
    /// Alcohol or drugs.
    SubstanceMisuse,
    /// In custody, or lately released.
    Custody,
    /// Other offending.
    Offending,
    /// Grew up in care.
    ChildhoodInCare,
    /// Was abused or neglected as a child.
    AbusedAsChild,
    /// Was sexually exploited.
    SexuallyExploited,
    /// Has suffered domestic abuse.
    SufferedDomesticAbuse,
    /// Has used violence or control.
    UsedViolence,
    /// Has harmed a child.
    HarmedAChild,
    /// A learning disability.
    LearningDisability,
    /// Has nobody near who helps.
    Isolated,
}

/// On what footing somebody other than a parent looks after the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CareFooting {
    /// Agreed within the family.
    FamilyArrangement,
    /// Private fostering.
    PrivateFostering,
    /// Foster carer for the local authority.
    FosterCare,
    /// Special guardianship.
    SpecialGuardianship,
    /// A child arrangements order.
    ChildArrangementsOrder,
    /// Adoption.
    Adoption,
    /// Not known.
    Unknown,
}

/// Why a person was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotAsked {
    /// It would not be safe.
    NotSafe,
    /// A court order forbids it.
    CourtOrder,
    /// The other parent did not wish it.
    OtherParentsWish,
    /// The person could not be reached.
    NotReached,
    /// Nobody tried.
    NotTried,
    /// Another reason.
    Other,
}

/// The people around the child.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Household {
    /// The day this was true.
    pub as_at: Option<Day>,
    /// One entry for each person. The father or second parent always has one, even if unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub people: Vec<Person>,
    /// How people are related to one another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub relations: Vec<Relation>,
    /// What is known about earlier generations, or why nothing is.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub generations_note: Option<String>,
    /// Why nobody with parental responsibility could be named, if so.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub pr_unknown_why: Option<String>,
    /// The child's address, where it may be known. Never together with `address_confidential`.
    #[validate(length(max = 400))]
    pub address: Option<String>,
    /// Whether the address must be kept secret.
    pub address_confidential: Option<bool>,
    /// Whether the family lives in a refuge or emergency accommodation.
    pub refuge_or_emergency: Option<bool>,
    /// When the local authority was told of private fostering.
    pub private_fostering_notified_on: Option<Day>,
    /// Why there are fewer than two emergency contacts, if so.
    #[validate(length(max = 2000))]
    pub emergency_contacts_reason: Option<String>,
    /// Anything else about the household.
    #[validate(length(max = 4000))]
    pub note: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// One person around the child.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// A short name to refer to the person: `p-mother`.
    #[schemars(required)]
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// What the person is to the child.
    pub relationship: Option<Relationship>,
    /// The person's name.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// Other names by which the person is spoken of.
    #[validate(length(max = 200))]
    pub also_known_as: Option<String>,
    /// What is known about the person.
    pub status: Option<PersonStatus>,
    /// Why it is not known.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub unknown_why: Option<String>,
    /// What was tried to find out.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub tried: Option<String>,
    /// Who tried.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub tried_by: Option<String>,
    /// When.
    pub tried_on: Option<Day>,
    /// Sex.
    pub sex: Option<super::Sex>,
    /// Date of birth, if known.
    pub born: Option<Day>,
    /// Whether the person lives with the child.
    pub lives_with_child: Option<bool>,
    /// Whether the person has parental responsibility.
    pub pr: Option<YesNoUnknown>,
    /// What part the person takes in looking after the child.
    #[validate(length(max = 2000))]
    pub role_in_care: Option<String>,
    /// Since when, for a new partner or adult.
    pub since: Option<Day>,
    /// When this was last checked.
    pub checked_on: Option<Day>,
    /// Who told the school: one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub sources: Vec<String>,
    /// What the person thinks and wants for the child.
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 4000))]
    pub views: Option<String>,
    /// When the person was asked.
    pub views_sought_on: Option<Day>,
    /// Why the person was not asked, if so.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub views_not_sought_why: Option<String>,
    /// Why the person was not asked, in short.
    pub not_asked: Option<NotAsked>,
    /// What the person gives the child.
    #[validate(length(max = 2000))]
    pub strengths: Option<String>,
    /// Whether the person grew up in care.
    pub care_leaver: Option<bool>,
    /// Support the person needs as a parent.
    #[validate(length(max = 2000))]
    pub support_needs: Option<String>,
    /// What in the person's own life may matter for the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-set" = true))]
    #[validate(length(max = 14))]
    pub circumstances: Vec<Circumstance>,
    /// On what footing the person looks after the child, if not as a parent.
    pub footing: Option<CareFooting>,
    /// Whether the person may collect the child.
    pub may_collect: Option<YesNoUnknown>,
    /// What the person must not be told or given, and why.
    #[validate(length(max = 2000))]
    pub must_not: Option<String>,
    /// Whether it is safe to contact the person.
    pub safe_to_contact: Option<YesNoUnknown>,
    /// Whether the person is an emergency contact.
    pub emergency_contact: Option<bool>,
    /// Telephone number.
    #[validate(length(max = 60))]
    pub phone: Option<String>,
    /// E-mail address.
    #[validate(email, length(max = 200))]
    pub email: Option<String>,
    /// School, for a brother or sister.
    #[validate(length(max = 200))]
    pub school: Option<String>,
    /// Plans for a brother or sister, or `none`.
    #[validate(length(max = 200))]
    pub plan_status: Option<String>,
    /// Anything else.
    #[validate(length(max = 4000))]
    pub note: Option<String>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

impl Person {
    /// What the person is to the child, in a word that fits the person's sex: `Half-sister`.
    #[must_use]
    pub fn relation(&self) -> Option<String> {
        use super::Sex::{F, M};
        let by_sex = match (self.relationship?, self.sex) {
            (Relationship::Sibling, Some(F)) => "Sister",
            (Relationship::Sibling, Some(M)) => "Brother",
            (Relationship::HalfSibling, Some(F)) => "Half-sister",
            (Relationship::HalfSibling, Some(M)) => "Half-brother",
            (Relationship::StepParent, Some(F)) => "Stepmother",
            (Relationship::StepParent, Some(M)) => "Stepfather",
            (Relationship::Adopter, Some(F)) => "Adoptive mother",
            (Relationship::Adopter, Some(M)) => "Adoptive father",
            (relationship, _) => return Some(super::label(&relationship)),
        };
        Some(said(by_sex))
    }

    /// Whether this is the father or the second parent.
    #[must_use]
    pub fn is_second_parent(&self) -> bool {
        matches!(self.relationship, Some(Relationship::Father | Relationship::SecondParent))
    }

    /// Whether this is a parent, by birth or adoption.
    #[must_use]
    pub fn is_parent(&self) -> bool {
        self.is_second_parent() || matches!(self.relationship, Some(Relationship::Mother | Relationship::Adopter))
    }

    /// Whether this is an adult who came from outside the family: a parent's partner, a step-parent, a lodger, a visitor.
    #[must_use]
    pub fn is_from_outside(&self) -> bool {
        matches!(
            self.relationship,
            Some(
                Relationship::ParentPartner
                    | Relationship::StepParent
                    | Relationship::Lodger
                    | Relationship::Visitor
                    | Relationship::Other
            )
        )
    }

    /// The name with the relationship to the child: `Kerry Marsden, mother`.
    #[must_use]
    pub fn with_relation(&self) -> String {
        match (&self.name, self.relation()) {
            (Some(name), Some(relation)) => format!("{name}, {}", relation.to_lowercase()),
            (Some(name), None) => name.clone(),
            (None, relation) => relation.unwrap_or_default(),
        }
    }

    /// Whether this is a brother or sister, of one parent or both.
    #[must_use]
    pub fn is_sibling(&self) -> bool {
        matches!(self.relationship, Some(Relationship::Sibling | Relationship::HalfSibling))
    }
}

/// How two people are related.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// The `id` of one person; of the parent, for `parent`.
    #[schemars(required)]
    #[validate(length(max = 40))]
    pub a: Option<String>,
    /// The `id` of the other.
    #[schemars(required)]
    #[validate(length(max = 40))]
    pub b: Option<String>,
    /// How they are joined.
    #[schemars(required)]
    pub kind: Option<RelationKind>,
    /// How partners stand.
    pub state: Option<RelationState>,
}
