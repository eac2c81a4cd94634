//! Days, and yes and no, as people and lists write them: `03/02/2015`, `14 November 2014`, `Yes`.

use super::day::Day;

/// A day as people and lists write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDay {
    /// This day.
    Day(Day),
    /// Day and month could be the other way round: as they are read in this country.
    Ambiguous(Day),
    /// No day.
    Unknown,
}

/// A day as lists write it: `2015-02-03`, `03/02/2015`, `3 Feb 2015`, with a time after it or not.
#[must_use]
pub fn written_day(text: &str) -> WrittenDay {
    let text = text.trim();
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    if let Ok(day) = date.parse::<Day>() {
        return WrittenDay::Day(day);
    }
    let parts: Vec<&str> = text.split([' ', '/', '-', '.']).filter(|part| !part.is_empty()).collect();
    let [first, second, third, ..] = parts.as_slice() else { return WrittenDay::Unknown };
    let number = |part: &str| if part.len() <= 2 { part.parse::<i8>().ok() } else { None };
    let year = if third.len() == 4 { third.parse::<i16>().ok() } else { None };
    let (Some(day), Some(year)) = (number(first.trim_end_matches(char::is_alphabetic)), year) else {
        return WrittenDay::Unknown;
    };
    if let Some(month) = month(second) {
        return Day::new(year, month, day).map_or(WrittenDay::Unknown, WrittenDay::Day);
    }
    let Some(month) = number(second) else { return WrittenDay::Unknown };
    match (Day::new(year, month, day), Day::new(year, day, month)) {
        (Some(read), Some(other)) if read != other => WrittenDay::Ambiguous(read),
        (Some(read), _) => WrittenDay::Day(read),
        (None, _) => WrittenDay::Unknown,
    }
}

fn month(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.to_lowercase();
    let at = MONTHS.iter().position(|month| text.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

/// Yes or no as people write it, in any letters.
pub(super) fn written_yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written_here() {
        let is = |text: &str| WrittenDay::Day(text.parse().unwrap());
        for (written, wanted) in [
            ("2015-02-03", is("2015-02-03")),
            ("2015-02-03T00:00:00", is("2015-02-03")),
            ("23/02/2015", is("2015-02-23")),
            ("03/02/2015", WrittenDay::Ambiguous("2015-02-03".parse().unwrap())),
            ("03/03/2015", is("2015-03-03")),
            ("3 Feb 2015", is("2015-02-03")),
            ("14 November 2014", is("2014-11-14")),
            ("3rd February 2015", is("2015-02-03")),
            ("31/02/2015", WrittenDay::Unknown),
            ("03/02/15", WrittenDay::Unknown),
            ("42038", WrittenDay::Unknown),
            ("", WrittenDay::Unknown),
        ] {
            assert_eq!(written_day(written), wanted, "{written}");
        }
    }
}
