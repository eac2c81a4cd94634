//! What a column of a list can be.

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// What it was taken for; `None` where it is passed over.
    pub meaning: Option<Meaning>,
}

/// What a column can be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described in the table of `synonyms`")]
pub enum Meaning {
    Upn,
    FormerUpn,
    LegalSurname,
    LegalForename,
    PreferredSurname,
    PreferredForename,
    FullName,
    Dob,
    Sex,
    Class,
    FirstLanguage,
    NhsNumber,
    Ethnicity,
    SenProvision,
    SenNeed,
    FreeSchoolMeals,
    PupilPremium,
    ServiceChild,
    Destination,
    Origin,
    AcademicYear,
    Term,
    From,
    To,
    Possible,
    Attended,
    ApprovedActivity,
    Authorised,
    Unauthorised,
    Late,
    Percentage,
    ContactName,
    ContactForename,
    ContactSurname,
    Relationship,
    ParentalResponsibility,
    EmergencyContact,
    Phone,
    Email,
    Reading,
    Writing,
    Maths,
    Grammar,
    /// A day's marks stand below each other: the day, the session, the mark.
    MarkDay,
    MarkSession,
    Mark,
    WeekBeginning,
    WeekMarks,
    /// How often a register code was given.
    Code(String),
}
