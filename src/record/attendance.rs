//! Attendance: sessions, never rounded percentages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// Attendance by academic year, with the story behind the figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// The figures, one entry for each academic year and school: the current and the last full year at least.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(required, extend("x-rule" = "AT-20"))]
    #[validate(nested)]
    pub periods: Vec<AttendancePeriod>,
    /// Why there are no figures for an earlier year, if so: for example the child was not in school in England.
    #[validate(length(max = 2000))]
    pub earlier_years_unavailable_reason: Option<String>,
    /// The story behind the figures, in plain words.
    #[validate(length(max = 4000))]
    pub story: Option<String>,
    /// The attendance plan, where there is one.
    #[validate(nested)]
    pub plan: Option<AttendancePlan>,
    /// What support was offered to the family to improve attendance.
    #[validate(length(max = 2000))]
    pub support_offered: Option<String>,
    /// Whether low attendance was considered as a possible sign of neglect.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub neglect_considered: Option<Conclusion>,
    /// The referral to another agency, where the child missed half of all sessions or more.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub agency_referral: Option<Conclusion>,
    /// Who confirmed absence on health grounds.
    #[schemars(extend("x-audience" = "senco"))]
    #[validate(nested)]
    pub medical_corroboration: Option<Conclusion>,
    /// The sickness return to the local authority, due when a child is or will be ill for fifteen school days.
    #[validate(nested)]
    pub sickness_return: Option<Conclusion>,
    /// Part-time timetables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub part_time: Vec<PartTime>,
    /// Suspensions and exclusions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub suspensions: Vec<Suspension>,
    /// Other places where the child was taught: alternative provision, a second school.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub providers: Vec<Provider>,
    /// Who may read this. Without it: Head of Year and tutor, SENCO, DSL.
    pub audience: Option<Audience>,
}

/// Sessions of one academic year at one school. A school day has two sessions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AttendancePeriod {
    /// The calendar year in which the academic year began: 2025 for 2025/26.
    #[schemars(required)]
    pub academic_year: Option<i64>,
    /// First day counted.
    #[schemars(required)]
    pub from: Option<Day>,
    /// Last day counted.
    #[schemars(required)]
    pub to: Option<Day>,
    /// DfE number or name of the school.
    #[validate(length(max = 200))]
    pub school: Option<String>,
    /// Possible sessions.
    #[schemars(required, extend("x-rule" = "AT-01"))]
    #[validate(range(min = 0, max = 10000))]
    pub possible: Option<i64>,
    /// Sessions attended, approved educational activity elsewhere included.
    #[schemars(required, extend("x-rule" = "AT-01"))]
    #[validate(range(min = 0, max = 10000))]
    pub attended: Option<i64>,
    /// Sessions of authorised absence.
    #[schemars(required, extend("x-rule" = "AT-01"))]
    #[validate(range(min = 0, max = 10000))]
    pub authorised: Option<i64>,
    /// Sessions of unauthorised absence.
    #[schemars(required, extend("x-rule" = "AT-01"))]
    #[validate(range(min = 0, max = 10000))]
    pub unauthorised: Option<i64>,
    /// Of the sessions attended: approved educational activity off site (K, V, P, W, B).
    #[validate(range(min = 0, max = 10000))]
    pub approved_activity: Option<i64>,
    /// Sessions that were not a possible attendance (D, Q, X, Y1 to Y7); not counted in `possible`.
    #[validate(range(min = 0, max = 10000))]
    pub not_possible: Option<i64>,
    /// Sessions by register code of the 2024 regulations, if you have them: `codes = { "I" = 12 }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, i64>,
    /// The same sessions by term, if you have them: `[[attendance.periods.terms]]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 3), nested)]
    pub terms: Vec<AttendanceTerm>,
    /// Times late before the register closed.
    #[validate(range(min = 0, max = 10000))]
    pub late_before: Option<i64>,
    /// Times late after the register closed.
    #[validate(range(min = 0, max = 10000))]
    pub late_after: Option<i64>,
    /// The most unauthorised sessions in any ten school weeks running.
    #[validate(range(min = 0, max = 10000))]
    pub most_unauthorised_in_10_weeks: Option<i64>,
    /// The percentage your system prints, if you wish it compared with the sessions.
    pub stated_percentage: Option<f64>,
    /// Anything a reader must know about these figures.
    #[validate(length(max = 2000))]
    pub note: Option<String>,
    /// Who may read this. Without it: as for all of attendance.
    pub audience: Option<Audience>,
}

/// A term of the school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Autumn.
    Autumn,
    /// Spring.
    Spring,
    /// Summer.
    Summer,
}

/// Sessions of one term; the terms of a year add up to the year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AttendanceTerm {
    /// Which term.
    #[schemars(required)]
    pub term: Option<Term>,
    /// Possible sessions.
    #[schemars(required)]
    #[validate(range(min = 0, max = 10000))]
    pub possible: Option<i64>,
    /// Sessions attended.
    #[schemars(required)]
    #[validate(range(min = 0, max = 10000))]
    pub attended: Option<i64>,
    /// Sessions of authorised absence.
    #[schemars(required)]
    #[validate(range(min = 0, max = 10000))]
    pub authorised: Option<i64>,
    /// Sessions of unauthorised absence.
    #[schemars(required)]
    #[validate(range(min = 0, max = 10000))]
    pub unauthorised: Option<i64>,
}

/// Sessions possible and attended over some weeks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SessionCount {
    /// Possible sessions.
    #[validate(range(min = 0, max = 10000))]
    pub possible: Option<i64>,
    /// Sessions attended.
    #[validate(range(min = 0, max = 10000))]
    pub attended: Option<i64>,
}

/// An attendance plan: what was agreed, how it is going.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AttendancePlan {
    /// When it began.
    pub started: Option<Day>,
    /// Who sees to it.
    #[schemars(extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub owner: Option<String>,
    /// How everyone will know that it works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 40))]
    pub success_criteria: Vec<String>,
    /// Reviews held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub reviews: Vec<AttendanceReview>,
    /// The next review.
    pub next_review: Option<Day>,
    /// Changes made to the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub changes: Vec<AttendanceChange>,
    /// Sessions in the weeks before the plan began.
    #[validate(nested)]
    pub before: Option<SessionCount>,
    /// Sessions since the plan began.
    #[validate(nested)]
    pub since: Option<SessionCount>,
    /// The `id` of the voice entry with the child's view of the plan.
    #[validate(length(max = 40))]
    pub child_view_ref: Option<String>,
    /// What the parents or carers think of the plan.
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 2000))]
    pub parent_view: Option<String>,
    /// What came of it.
    #[validate(length(max = 2000))]
    pub outcome: Option<String>,
    /// Who may read this. Without it: as for all of attendance.
    pub audience: Option<Audience>,
}

/// A review of the attendance plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AttendanceReview {
    /// The day.
    #[schemars(required)]
    pub date: Option<Day>,
    /// What was found.
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}

/// A change to the attendance plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AttendanceChange {
    /// The day.
    #[schemars(required)]
    pub date: Option<Day>,
    /// What was changed.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub what: Option<String>,
}

/// Something that was considered: when, by whom, with what result.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Conclusion {
    /// The day.
    #[schemars(required)]
    pub on: Option<Day>,
    /// Who.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub by: Option<String>,
    /// The result in a sentence.
    #[validate(length(max = 2000))]
    pub summary: Option<String>,
    /// Who may read this. Without it: as where it stands.
    pub audience: Option<Audience>,
}

/// A part-time timetable.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PartTime {
    /// First day.
    #[schemars(required)]
    pub start: Option<Day>,
    /// Last day.
    pub end: Option<Day>,
    /// When it is looked at again.
    pub review: Option<Day>,
    /// Why.
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
}

/// A suspension or exclusion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// First day.
    #[schemars(required)]
    pub date: Option<Day>,
    /// Sessions.
    #[validate(range(min = 0, max = 10000))]
    pub sessions: Option<i64>,
    /// Whether it was permanent.
    pub permanent: Option<bool>,
    /// What happened before it.
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
    /// What education the child had meanwhile.
    #[validate(length(max = 2000))]
    pub provision: Option<String>,
    /// Who may read this. Without it: as for all of attendance.
    pub audience: Option<Audience>,
}

/// Another place where the child was taught.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// What it is.
    #[validate(length(max = 200))]
    pub kind: Option<String>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

/// The statistical class of a register code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegisterClass {
    /// Counts as attended, in school.
    Attending,
    /// Counts as attended, approved educational activity elsewhere.
    ApprovedActivity,
    /// Authorised absence.
    Authorised,
    /// Unauthorised absence.
    Unauthorised,
    /// Not a possible attendance: outside the figures.
    NotPossible,
    /// Not on roll yet, or a planned closure: outside the figures.
    Administrative,
}

/// The class of a code in the School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10,
/// and *Working together to improve school attendance* (August 2024); `None` for a code that is not in the list.
#[must_use]
pub fn register_class(code: &str) -> Option<RegisterClass> {
    Some(match code {
        "/" | "\\" | "L" => RegisterClass::Attending,
        "K" | "V" | "P" | "W" | "B" => RegisterClass::ApprovedActivity,
        "C" | "C1" | "C2" | "E" | "I" | "J1" | "M" | "R" | "S" | "T" => RegisterClass::Authorised,
        "G" | "N" | "O" | "U" => RegisterClass::Unauthorised,
        "D" | "Q" | "X" | "Y1" | "Y2" | "Y3" | "Y4" | "Y5" | "Y6" | "Y7" => RegisterClass::NotPossible,
        "Z" | "#" => RegisterClass::Administrative,
        _ => return None,
    })
}

/// What a register code of the 2024 regulations means, in plain words; `None` for what is no such code.
#[must_use]
pub fn register_meaning(code: &str) -> Option<&'static str> {
    Some(match code {
        "/" => "Present in the morning",
        "\\" => "Present in the afternoon",
        "L" => "Late, before the register closed",
        "K" => "Education arranged by a local authority",
        "V" => "Educational visit or trip",
        "P" => "Approved sporting activity",
        "W" => "Work experience",
        "B" => "Other approved educational activity",
        "C1" => "Performance or employment abroad",
        "M" => "Medical or dental appointment",
        "J1" => "Interview",
        "S" => "Study leave",
        "C2" => "Part-time timetable",
        "C" => "Exceptional circumstance",
        "T" => "Parent travelling for work",
        "R" => "Religious observance",
        "I" => "Illness",
        "E" => "Suspended or excluded",
        "G" => "Holiday not granted",
        "N" => "Reason not yet known",
        "O" => "Other or unknown reason",
        "U" => "Late, after the register closed",
        _ => return register_class(code).map(|_| "Not a possible session"),
    })
}

impl AttendancePeriod {
    /// Possible and attended sessions, where both are given and at least one session was possible.
    #[must_use]
    pub fn sessions(&self) -> Option<(i64, i64)> {
        self.possible.zip(self.attended).filter(|(possible, _)| *possible > 0)
    }

    /// Sessions missed, where they can be counted.
    #[must_use]
    pub fn absent(&self) -> Option<i64> {
        self.authorised.zip(self.unauthorised).map(|(authorised, unauthorised)| authorised + unauthorised)
    }

    /// Whether attendance is strictly below a line in percent, by whole sessions: never by a rounded figure.
    #[must_use]
    pub fn is_below(&self, percent: i64) -> bool {
        self.sessions().is_some_and(|(possible, attended)| 100 * attended < percent * possible)
    }

    /// Whether the child missed one session in `n` or more: 10 for persistent, 2 for severe absence.
    #[must_use]
    pub fn missed_one_in(&self, n: i64) -> bool {
        let possible = self.possible.filter(|possible| *possible > 0);
        possible.zip(self.absent()).is_some_and(|(possible, absent)| n * absent >= possible)
    }

    /// Sessions under a register code; 0 where it is not given.
    #[must_use]
    pub fn code(&self, code: &str) -> i64 {
        self.codes.get(code).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(possible: i64, attended: i64) -> AttendancePeriod {
        let absent = Some(possible - attended);
        let (possible, attended) = (Some(possible), Some(attended));
        AttendancePeriod {
            possible,
            attended,
            authorised: absent,
            unauthorised: Some(0),
            ..AttendancePeriod::default()
        }
    }

    #[test]
    fn lines_are_compared_by_whole_sessions() {
        assert!(period(372, 316).is_below(85));
        assert!(!period(372, 317).is_below(85));
        assert!(period(380, 342).missed_one_in(10), "exactly 90.0% is persistent absence");
        assert!(!period(380, 343).missed_one_in(10));
        assert!(period(380, 190).missed_one_in(2) && !period(380, 191).missed_one_in(2));
        assert!(!period(0, 0).is_below(85) && !period(0, 0).missed_one_in(10));
    }

    #[test]
    fn withdrawn_codes_have_no_class() {
        assert!(["H", "J", "Y", "F"].into_iter().all(|code| register_class(code).is_none()));
        assert_eq!(register_class("\\"), Some(RegisterClass::Attending));
        assert_eq!(register_class("D"), Some(RegisterClass::NotPossible));
    }
}
