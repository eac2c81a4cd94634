//! The timeline over a chronology: where events cluster, and where nothing was written down.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{Basis, Day, Entry};
use crate::text::say;

/// A drawing over fewer events than this says no more than the table under it.
const FEWEST: usize = 3;
/// So many marks fit side by side on the line.
const PLACES: f64 = 58.0;
/// From so many days on, a time without an entry is shown as a gap.
const GAP: i64 = 180;
/// A span of so many days is marked by quarters of a year; a longer one by years.
const QUARTERS: i64 = 550;

/// When things happened, drawn along a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// What the drawing shows, for those who cannot see it.
    pub alt: String,
    /// The same in a few short sentences, printed under it.
    pub summary: Vec<String>,
    /// Places along the line, from 0 to 1, and what they are called.
    pub ticks: Vec<(f64, String)>,
    /// The events.
    pub marks: Vec<Mark>,
    /// Times without an entry: from, to.
    pub gaps: Vec<(f64, f64)>,
    /// The height of the highest pile, in marks.
    pub highest: u16,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Where along the line, from 0 to 1.
    pub x: f64,
    /// How many marks lie under it in its pile.
    pub level: u16,
    /// `fact`, `opinion` or `good`.
    pub sign: &'static str,
    /// Whether it was a significant change.
    pub significant: bool,
}

/// Whether an event rests on an opinion; everything else was seen, told or read.
pub(super) fn sign(entry: &Entry) -> &'static str {
    if entry.basis == Some(Basis::ProfessionalOpinion) { "opinion" } else { "fact" }
}

/// The timeline of some events, earliest first; nothing where there are too few. Family history from before the
/// child's birth would stretch the line out of all use and stays in the table.
pub(super) fn timeline(entries: &[&Entry], born: Option<Day>) -> Option<Timeline> {
    let in_life = |entry: &&&Entry| {
        entry.family_history != Some(true) && entry.date.is_some_and(|date| born.is_none_or(|born| date >= born))
    };
    let shown: Vec<(Day, &Entry)> =
        entries.iter().filter(in_life).filter_map(|entry| Some((entry.date?, *entry))).collect();
    let ((first, _), (last, _)) = shown.first().zip(shown.last())?;
    if shown.len() < FEWEST || first == last {
        return None;
    }
    let line = Line::new(*first, *last);
    let mut piles: BTreeMap<i64, u16> = BTreeMap::new();
    let marks = shown.iter().map(|(day, entry)| {
        let place = line.place(*day);
        let pile = piles.entry(place).or_default();
        let level = *pile;
        *pile += 1;
        let good = entry.positive == Some(true) && sign(entry) == "fact";
        let sign = if good { "good" } else { sign(entry) };
        Mark { x: (place as f64 + 0.5) / PLACES, level, sign, significant: entry.significant == Some(true) }
    });
    let marks: Vec<Mark> = marks.collect();
    let days: Vec<Day> = shown.iter().map(|(day, _)| *day).collect();
    let gaps: Vec<(Day, Day)> = pairs(&days).filter(|(from, to)| to.days_since(*from) >= GAP).collect();
    let summary = summary(&days, &gaps, entries.len() - shown.len());
    Some(Timeline {
        alt: say!("Timeline of the chronology. {summary}", summary = summary.join(" ")),
        summary,
        ticks: line.ticks(),
        marks,
        gaps: gaps.iter().map(|(from, to)| (line.share(*from), line.share(*to))).collect(),
        highest: piles.values().copied().max().unwrap_or_default(),
    })
}

fn pairs(days: &[Day]) -> impl Iterator<Item = (Day, Day)> {
    days.iter().copied().zip(days.iter().copied().skip(1))
}

fn summary(days: &[Day], gaps: &[(Day, Day)], left_out: usize) -> Vec<String> {
    let ends = days.first().zip(days.last());
    let span =
        ends.map(|(first, last)| say!("{from} to {to}", from = first.month_and_year(), to = last.month_and_year()));
    let entries = if days.len() == 1 { say!("1 entry") } else { say!("{days} entries", days = days.len()) };
    let mut said = vec![format!("{entries}, {}.", span.unwrap_or_default())];
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    days.iter().for_each(|day| *years.entry(day.0.year()).or_default() += 1);
    if let Some((year, most)) = years.iter().max_by_key(|(_, most)| **most).filter(|_| years.len() > 1) {
        said.push(say!("Most in one year: {most} in {year}.", most, year));
    }
    let longest = gaps.iter().max_by_key(|(from, to)| to.days_since(*from));
    if let Some((from, to)) = longest {
        let months = usize::try_from(to.days_since(*from) / 30).unwrap_or_default();
        let span = say!("{from} to {to}", from = from.month_and_year(), to = to.month_and_year());
        said.push(say!("Longest time without an entry: about {months} months, {span}.", months, span));
    }
    if left_out > 0 {
        said.push(say!("Family history stands in the table alone."));
    }
    said
}

/// The line that the marks stand on: whole years or whole quarters.
struct Line {
    from: Day,
    to: Day,
    by_years: bool,
}

impl Line {
    fn new(first: Day, last: Day) -> Self {
        let by_years = last.days_since(first) > QUARTERS;
        let begin = |day: Day| {
            let month = if by_years { 1 } else { (day.0.month() - 1) / 3 * 3 + 1 };
            Day::new(day.0.year(), month, 1).unwrap_or(day)
        };
        let to = begin(last).plus_months(if by_years { 12 } else { 3 });
        Self { from: begin(first), to, by_years }
    }

    fn share(&self, day: Day) -> f64 {
        let (part, whole) = (day.days_since(self.from), self.to.days_since(self.from).max(1));
        part as f64 / whole as f64
    }

    /// The number of the place a day falls on.
    fn place(&self, day: Day) -> i64 {
        let places = PLACES as i64;
        (day.days_since(self.from) * places / self.to.days_since(self.from).max(1)).min(places - 1)
    }

    fn ticks(&self) -> Vec<(f64, String)> {
        let years = i32::from(self.to.0.year() - self.from.0.year());
        // No more than about eight names fit under the line.
        let step = if self.by_years { 12 * (1 + years / 9) } else { 3 };
        let name = |day: Day| if self.by_years { day.0.year().to_string() } else { day.short_month() };
        let mut ticks = Vec::new();
        let mut day = self.from;
        while day < self.to {
            ticks.push((self.share(day), name(day)));
            day = day.plus_months(step);
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(date: &str) -> Entry {
        Entry { date: date.parse().ok(), ..Entry::default() }
    }

    fn of(dates: &[&str]) -> Option<Timeline> {
        let entries: Vec<Entry> = dates.iter().map(|date| entry(date)).collect();
        timeline(&entries.iter().collect::<Vec<_>>(), "2014-10-02".parse().ok())
    }

    #[test]
    fn few_entries_need_no_drawing() {
        assert_eq!(of(&["2024-01-01", "2024-05-01"]), None);
        assert_eq!(of(&["2010-01-01", "2024-01-01", "2024-05-01"]), None, "family history does not count");
    }

    #[test]
    fn clusters_pile_up_and_gaps_are_named() {
        let drawn = of(&["2023-03-01", "2023-03-02", "2023-03-03", "2024-06-01", "2025-01-10"]).unwrap();
        assert_eq!((drawn.highest, drawn.gaps.len(), drawn.marks.len()), (3, 2, 5));
        assert!(drawn.alt.contains("about 15 months, March 2023 to June 2024"), "{}", drawn.alt);
        assert!(drawn.marks.iter().all(|mark| (0.0..=1.0).contains(&mark.x)));
        assert_eq!(drawn.ticks.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["2023", "2024", "2025"]);
    }

    #[test]
    fn a_short_span_is_marked_by_quarters() {
        let drawn = of(&["2025-09-22", "2025-11-14", "2026-03-05"]).unwrap();
        let names: Vec<_> = drawn.ticks.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Jul 2025", "Oct 2025", "Jan 2026"]);
    }
}
