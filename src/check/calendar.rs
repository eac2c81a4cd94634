//! Days: school days where the policy gives term dates, calendar days where it does not.

use std::collections::BTreeSet;

use crate::record::Day;

/// The terms of a school, and the days within them on which it is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// First and last day of each term, or of each half of it, in order.
    pub terms: Vec<(Day, Day)>,
    /// Bank holidays and other days on which the school is closed.
    pub closed: BTreeSet<Day>,
}

/// A number of days, and how they were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Elapsed {
    count: i64,
    in_school: bool,
}

impl Calendar {
    /// Whether the school is open on a day: a weekday within a term that is not among the closed days.
    #[must_use]
    pub fn is_open(&self, day: Day) -> bool {
        let in_term = self.terms.iter().any(|(first, last)| (*first..=*last).contains(&day));
        in_term && day.is_weekday() && !self.closed.contains(&day)
    }

    /// Whether the term dates reach over both days.
    fn covers(&self, from: Day, to: Day) -> bool {
        let ends = self.terms.first().zip(self.terms.last());
        ends.is_some_and(|((first, _), (_, last))| *first <= from && to <= *last)
    }

    /// School days after one day, up to and with another; `None` where the term dates do not reach over both.
    #[must_use]
    pub fn school_days(&self, from: Day, to: Day) -> Option<i64> {
        self.covers(from, to).then(|| from.days_to(to).filter(|day| self.is_open(*day)).count() as i64)
    }

    /// The first day of the term that a day lies in or follows.
    #[must_use]
    pub fn term_start(&self, day: Day) -> Option<Day> {
        self.terms.iter().map(|(first, _)| *first).filter(|first| *first <= day).max()
    }
}

/// Days after one day, up to and with another, counted as well as the calendar allows. Without term dates, or beyond
/// them, calendar days are counted and the summer holiday (21 July to 31 August) is left out.
pub(in crate::check) fn elapsed(calendar: Option<&Calendar>, from: Day, to: Day) -> Elapsed {
    if let Some(count) = calendar.and_then(|calendar| calendar.school_days(from, to)) {
        return Elapsed { count, in_school: true };
    }
    Elapsed { count: to.days_since(from) - summer_days(from, to), in_school: false }
}

/// How many of the days after one day, up to and with another, lie in a summer holiday.
fn summer_days(from: Day, to: Day) -> i64 {
    let years = from.0.year()..=to.0.year().max(from.0.year());
    let summers = years.filter_map(|year| Some((Day::new(year, 7, 20)?, Day::new(year, 8, 31)?)));
    summers.map(|(before, last)| (to.min(last).days_since(from.max(before))).max(0)).sum()
}

impl Elapsed {
    /// Whether it is more than a number of school days; five of them are seven calendar days.
    pub(in crate::check) fn over(self, school_days: i64) -> bool {
        if self.in_school { self.count > school_days } else { self.count * 5 > school_days * 7 }
    }

    /// How it was counted, for a message.
    pub(in crate::check) fn counted(self) -> &'static str {
        if self.in_school {
            "counted in school days"
        } else {
            "counted in calendar days without the summer holiday, as the policy gives no term dates for it"
        }
    }
}

/// The last day on which something is still in time, so many school days after another day, and whether school days
/// could be counted: without term dates it is seven calendar days for five.
#[must_use]
pub fn deadline(calendar: Option<&Calendar>, from: Day, school_days: i64) -> (Day, bool) {
    // So many days without a school day would be a calendar that does not reach over them.
    let longest = from.plus_days(school_days * 7 + 60);
    let in_time = |day: &Day| !elapsed(calendar, from, *day).over(school_days);
    let last = from.days_to(longest).take_while(in_time).last().unwrap_or(from);
    (last, elapsed(calendar, from, last).in_school)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn school_days_leave_out_weekends_holidays_and_closed_days() {
        let terms = vec![(day("2026-04-13"), day("2026-05-22")), (day("2026-06-01"), day("2026-07-21"))];
        let calendar = Calendar { terms, closed: BTreeSet::from([day("2026-05-04")]) };
        assert_eq!(calendar.school_days(day("2026-05-01"), day("2026-05-05")), Some(1));
        assert_eq!(calendar.school_days(day("2026-05-22"), day("2026-06-01")), Some(1));
        assert_eq!(calendar.school_days(day("2026-07-01"), day("2026-09-01")), None, "beyond the last term");
        assert_eq!(calendar.term_start(day("2026-05-25")), Some(day("2026-04-13")));
    }

    #[test]
    fn without_term_dates_calendar_days_count_and_summer_does_not() {
        let days = |from, to| elapsed(None, day(from), day(to)).count;
        assert_eq!(days("2026-06-01", "2026-06-15"), 14);
        assert_eq!(days("2026-07-10", "2026-09-04"), 14);
        assert_eq!(days("2026-08-01", "2026-08-20"), 0);
        assert!(!elapsed(None, day("2026-06-01"), day("2026-06-08")).over(5));
        assert!(elapsed(None, day("2026-06-01"), day("2026-06-09")).over(5));
    }

    #[test]
    fn a_deadline_is_the_last_day_in_time() {
        let terms = vec![(day("2026-09-01"), day("2026-10-23"))];
        let calendar = Calendar { terms, closed: BTreeSet::new() };
        assert_eq!(deadline(Some(&calendar), day("2026-09-03"), 5), (day("2026-09-10"), true));
        assert_eq!(deadline(None, day("2026-09-03"), 5), (day("2026-09-10"), false));
    }
}
