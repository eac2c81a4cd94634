//! Attendance by school year, out of the record's periods.

use super::weighed::is_weighed;
use crate::check::context::Context;
use crate::check::words::says_any;
use crate::record::{Attendance, AttendancePeriod, PartTime};

/// The periods with their numbers.
pub(in crate::check) fn periods<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a AttendancePeriod)> {
    c.record.attendance.iter().flat_map(|attendance| attendance.periods.iter().enumerate())
}

/// The figures of each academic year, all schools together, earliest year first: a period's `from` and `to` span
/// those of its parts. Periods without a year or without figures are left out.
pub(in crate::check) fn years(attendance: &Attendance) -> Vec<AttendancePeriod> {
    let mut years: Vec<AttendancePeriod> = Vec::new();
    for period in attendance.periods.iter().filter(|period| period.sessions().is_some()) {
        let Some(year) = period.academic_year else { continue };
        match years.iter_mut().find(|other| other.academic_year == Some(year)) {
            Some(other) => add(other, period),
            None => years.push(period.clone()),
        }
    }
    years.sort_by_key(|period| period.academic_year);
    years
}

/// The last two academic years with figures: the current one to date and the last full one.
pub(in crate::check) fn last_two_years(c: &Context<'_>) -> Vec<AttendancePeriod> {
    let years = c.record.attendance.as_ref().map(years).unwrap_or_default();
    let skip = years.len().saturating_sub(2);
    years.into_iter().skip(skip).collect()
}

/// Whether the absence of a year is accounted for: illness or treatment that was confirmed, or that is not long enough for
/// anybody to ask for more; families that travel for work, performances, religious days and leave that was granted; or
/// absence that was weighed.
///
/// Source: *Working together to improve school attendance* (August 2024), paragraphs 365 and 366.
pub(in crate::check) fn is_accounted(c: &Context<'_>, year: &AttendancePeriod) -> bool {
    let attendance = c.record.attendance.as_ref();
    let told = |attendance: &Attendance| is_confirmed(attendance) || attendance.sickness_return.is_some();
    let confirmed = attendance.is_some_and(told);
    // A part-time timetable with an end and a review is leave that was agreed.
    let timetabled = attendance.is_some_and(|attendance| {
        let dated = |part: &PartTime| part.end.is_some() && part.review.is_some();
        !attendance.part_time.is_empty() && attendance.part_time.iter().all(dated)
    });
    let ill = year.code("I");
    let health = if confirmed || ill < FIFTEEN_DAYS { ill + year.code("M") } else { year.code("M") };
    let granted: i64 = ["T", "C", "C1", "R", "J1"].into_iter().map(|code| year.code(code)).sum();
    let granted = granted + if timetabled { year.code("C2") } else { 0 };
    let absent = year.absent().unwrap_or_default();
    let weighed = is_weighed(c, Some("attendance"), None);
    // Without codes, what somebody outside the family confirmed and the school authorised in full counts as health.
    let no_codes = year.codes.is_empty() && year.unauthorised == Some(0);
    let corroborated = attendance.is_some_and(is_confirmed) && no_codes;
    weighed || corroborated || (absent > 0 && 4 * (health + granted) >= 3 * absent)
}

/// Whether somebody other than the family confirmed absence on health grounds.
pub(in crate::check) fn is_confirmed(attendance: &Attendance) -> bool {
    const FAMILY: [&str; 8] = ["mother", "mum", "father", "dad", "parent", "parents", "carer", "family"];
    attendance
        .medical_corroboration
        .as_ref()
        .is_some_and(|confirmed| !confirmed.by.as_deref().is_some_and(|by| says_any(by, &FAMILY)))
}

/// Fifteen school days, in sessions.
pub(in crate::check) const FIFTEEN_DAYS: i64 = 30;

fn add(year: &mut AttendancePeriod, part: &AttendancePeriod) {
    let sum = |a: Option<i64>, b: Option<i64>| a.zip(b).map(|(a, b)| a + b);
    year.possible = sum(year.possible, part.possible);
    year.attended = sum(year.attended, part.attended);
    year.authorised = sum(year.authorised, part.authorised);
    year.unauthorised = sum(year.unauthorised, part.unauthorised);
    year.from = year.from.min(part.from);
    year.to = year.to.max(part.to);
    for (code, sessions) in &part.codes {
        *year.codes.entry(code.clone()).or_default() += sessions;
    }
}
