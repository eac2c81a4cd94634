//! A calendar day, written in TOML as `2026-09-03`.

use std::borrow::Cow;
use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use toml::value::Datetime;

use crate::text::{said, say};

/// A day without a time. Reads a TOML local date, or in JSON the text `2026-09-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Day {
    /// A day from its numbers; `None` where the calendar has no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The first calendar year of the academic year this day lies in (1 September to 31 August).
    #[must_use]
    pub fn academic_year(self) -> i64 {
        let year = i64::from(self.0.year());
        if self.0.month() >= 9 { year } else { year - 1 }
    }

    /// Calendar days from another day to this one; negative where this one is earlier.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.duration_since(earlier.0).as_hours() / 24
    }

    /// The days after this one, up to and with another; none where that one is not later. At most ten years.
    pub fn days_to(self, last: Self) -> impl Iterator<Item = Self> {
        const MOST: usize = 3660;
        self.0.series(1.day()).skip(1).take(MOST).map(Self).take_while(move |day| *day <= last)
    }

    /// Whether it is a Monday to Friday.
    #[must_use]
    pub fn is_weekday(self) -> bool {
        !matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// The day some months later, or earlier where the number is negative; the last of the month where it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        self.0.checked_add(months.months()).map_or(self, Self)
    }

    /// The day some days later, or earlier where the number is negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.0.checked_add(days.days()).map_or(self, Self)
    }

    /// The day as a letter writes it: `3 September 2026`.
    #[must_use]
    pub fn long(self) -> String {
        say!("{day} {month} {year}", day = self.0.day(), month = said(self.month()), year = self.0.year())
    }

    /// Month and year: `September 2026`.
    #[must_use]
    pub fn month_and_year(self) -> String {
        say!("{month} {year}", month = said(self.month()), year = self.0.year())
    }

    /// Month and year in short: `Sep 2026`.
    #[must_use]
    pub fn short_month(self) -> String {
        let short: String = said(self.month()).chars().take(3).collect();
        say!("{month} {year}", month = short, year = self.0.year())
    }

    /// The month's English name.
    fn month(self) -> &'static str {
        usize::try_from(self.0.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default()
    }

    fn from_datetime(datetime: &Datetime) -> Option<Self> {
        let date = datetime.date.filter(|_| datetime.time.is_none() && datetime.offset.is_none())?;
        Self::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
    }
}

impl fmt::Display for Day {
    /// The day as records write it: `2026-09-03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl std::str::FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_error| "write a date as year-month-day, for example 2026-09-03".to_owned())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DayVisitor)
    }
}

struct DayVisitor;

impl<'de> Visitor<'de> for DayVisitor {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2026-09-03")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Day, A::Error> {
        let datetime = Datetime::deserialize(MapAccessDeserializer::new(map))?;
        Day::from_datetime(&datetime).ok_or_else(|| A::Error::custom("a date without a time is needed"))
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_print_and_subtract() {
        let day: Day = "2026-09-03".parse().unwrap();
        assert_eq!((day.to_string().as_str(), day.long().as_str()), ("2026-09-03", "3 September 2026"));
        assert_eq!(day.days_since("2026-08-31".parse().unwrap()), 3);
        assert_eq!(day.days_since("2027-09-03".parse().unwrap()), -365);
        assert_eq!((day.academic_year(), "2026-08-31".parse::<Day>().unwrap().academic_year()), (2026, 2025));
        assert!("03/09/2026".parse::<Day>().is_err());
    }
}
