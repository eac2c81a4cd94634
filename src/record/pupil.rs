//! The child and the two schools.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::Day;

/// Sex as the Common Transfer File records it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
    /// Not recorded or unknown.
    U,
}

/// The edition of *Keeping children safe in education* that a school worked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum GuidanceProfile {
    /// Keeping children safe in education 2023.
    #[serde(rename = "kcsie-2023")]
    Kcsie2023,
    /// Keeping children safe in education 2024.
    #[serde(rename = "kcsie-2024")]
    Kcsie2024,
    /// Keeping children safe in education 2025.
    #[serde(rename = "kcsie-2025")]
    Kcsie2025,
    /// Keeping children safe in education 2026.
    #[serde(rename = "kcsie-2026")]
    Kcsie2026,
}

/// Who the child is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Pupil {
    /// Unique Pupil Number: 13 characters, from your management information system.
    #[schemars(required, extend("x-rule" = "ID-01"))]
    #[validate(length(max = 20))]
    pub upn: Option<String>,
    /// NHS number, if known: 10 digits, groups may be separated by spaces.
    #[schemars(extend("x-audience" = "senco"))]
    #[validate(length(max = 20))]
    pub nhs_number: Option<String>,
    /// Family name as on the birth certificate or passport. Left empty where the child has one name only.
    #[schemars(required, extend("x-rule" = "ID-10"))]
    #[validate(length(max = 120))]
    pub legal_surname: Option<String>,
    /// First name as on the birth certificate or passport.
    #[schemars(required, extend("x-rule" = "ID-10"))]
    #[validate(length(max = 120))]
    pub legal_forename: Option<String>,
    /// The family name the child goes by, if it is another one.
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 120))]
    pub preferred_surname: Option<String>,
    /// The first name the child goes by.
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 120))]
    pub preferred_forename: Option<String>,
    /// How to say the child's name.
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 200))]
    pub pronunciation: Option<String>,
    /// Date of birth: year-month-day, without quotes.
    #[schemars(required, extend("x-rule" = "ID-08"))]
    pub dob: Option<Day>,
    /// F, M or U, as in the Common Transfer File.
    pub sex: Option<Sex>,
    /// First language: three-letter code (`ENG`, `POL`, `UKR`) or name.
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 60))]
    pub first_language: Option<String>,
    /// What helps the child to understand and be understood, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 20))]
    pub communication_needs: Vec<String>,
    /// Why the child is older or younger than others who enter Year 7, if so.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub out_of_cohort_reason: Option<String>,
    /// Why the UPN looks as if it were another child's, where that was looked into.
    #[validate(length(max = 400))]
    pub upn_note: Option<String>,
}

/// A person at a school or service, and how to reach them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Full name.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 120))]
    pub name: Option<String>,
    /// Role in that school or service.
    #[schemars(extend("x-text" = "post"))]
    #[validate(length(max = 120))]
    pub role: Option<String>,
    /// E-mail address.
    #[validate(email, length(max = 200))]
    pub email: Option<String>,
    /// Telephone number.
    #[validate(length(max = 60))]
    pub phone: Option<String>,
}

impl Contact {
    /// Name, role, telephone and e-mail on one line; nothing where none is recorded.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let parts = [&self.name, &self.role, &self.phone, &self.email];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// The school that hands over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SendingSchool {
    /// The school's name.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// DfE number: 3 digits local authority, 4 digits establishment, in quotes.
    #[schemars(required, extend("x-rule" = "ID-11"))]
    #[validate(length(max = 20))]
    pub laestab: Option<String>,
    /// Unique Reference Number: 6 digits, in quotes.
    #[schemars(required, extend("x-rule" = "ID-12"))]
    #[validate(length(max = 20))]
    pub urn: Option<String>,
    /// The school's telephone number, for confirming the signing fingerprint.
    #[validate(length(max = 60))]
    pub phone: Option<String>,
    /// The designated safeguarding lead.
    #[validate(nested)]
    pub dsl: Option<Contact>,
    /// The special educational needs co-ordinator.
    #[validate(nested)]
    pub senco: Option<Contact>,
}

/// The school that receives the child.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReceivingSchool {
    /// The school's name.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// DfE number: 3 digits local authority, 4 digits establishment, in quotes.
    #[schemars(required, extend("x-rule" = "ID-11"))]
    #[validate(length(max = 20))]
    pub laestab: Option<String>,
    /// Unique Reference Number: 6 digits, in quotes.
    #[schemars(extend("x-rule" = "ID-12"))]
    #[validate(length(max = 20))]
    pub urn: Option<String>,
    /// The local authority the school lies in, if it differs from the child's home: its name or three-digit number.
    #[validate(length(max = 120))]
    pub la: Option<String>,
    /// The child's first day there.
    #[schemars(required)]
    pub start_date: Option<Day>,
    /// The adult the child can go to from the first day.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub key_adult: Option<String>,
    /// The designated safeguarding lead.
    #[validate(nested)]
    pub dsl: Option<Contact>,
    /// The special educational needs co-ordinator.
    #[validate(nested)]
    pub senco: Option<Contact>,
    /// The Head of Year.
    #[validate(nested)]
    pub head_of_year: Option<Contact>,
}

/// The child's names, of a record in which some may have been cut out.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ChildNames {
    preferred_forename: Option<String>,
    legal_forename: Option<String>,
    preferred_surname: Option<String>,
    legal_surname: Option<String>,
}

impl ChildNames {
    /// Those of a record.
    #[must_use]
    pub fn of(record: &super::Record) -> Self {
        let Some(pupil) = &record.pupil else { return Self::default() };
        Self {
            preferred_forename: pupil.preferred_forename.clone(),
            legal_forename: pupil.legal_forename.clone(),
            preferred_surname: pupil.preferred_surname.clone(),
            legal_surname: pupil.legal_surname.clone(),
        }
    }

    /// The name the child goes by: the preferred names where there are any, else the legal ones.
    fn parts(&self) -> [Option<&str>; 2] {
        [
            filled(&self.preferred_forename).or(filled(&self.legal_forename)),
            filled(&self.preferred_surname).or(filled(&self.legal_surname)),
        ]
    }

    /// Whether a name can be that of this child.
    #[must_use]
    pub fn may_be(&self, name: &str) -> bool {
        match self.parts() {
            [Some(first), Some(last)] => name == format!("{first} {last}"),
            [Some(first), None] => name.starts_with(first),
            [None, Some(last)] => name.ends_with(last),
            [None, None] => true,
        }
    }
}

/// The name the child goes by; "the child" without a name.
#[must_use]
pub fn child_name(record: &super::Record) -> String {
    let names = ChildNames::of(record);
    let parts: Vec<_> = names.parts().into_iter().flatten().collect();
    if parts.is_empty() { "the child".to_owned() } else { parts.join(" ") }
}

fn filled(name: &Option<String>) -> Option<&str> {
    name.as_deref().filter(|name| !super::blank(Some(name)))
}
