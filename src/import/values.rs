//! Values as information systems write them: names in capitals, codes, days, yes and no.

use crate::record::Day;
use crate::text::tidy_line;

/// A UPN without what is typed between its letters.
pub(super) fn upn(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase()
}

/// A DfE number without slash or spaces, if it has seven digits.
pub(super) fn laestab(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '/' | '-' | ' ')).collect();
    (digits.len() == 7 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// A name without spaces around it; one in capitals gets small letters, and is told of: nobody knows where `MACDONALD`
/// has its second capital.
pub(super) fn name(text: &str) -> (String, bool) {
    let text = tidy_line(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_in_capitals = letters > 2 && text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if !is_in_capitals {
        return (text, false);
    }
    let mut begins = true;
    let mut small = String::new();
    for c in text.chars() {
        if begins {
            small.push(c)
        } else {
            small.extend(c.to_lowercase())
        }
        begins = !c.is_alphabetic();
    }
    (small, true)
}

/// Sex as records have it.
pub(super) fn sex(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "f" | "female" | "girl" => Some("F"),
        "m" | "male" | "boy" => Some("M"),
        "u" | "unknown" => Some("U"),
        _ => None,
    }
}

/// Yes or no, where it is one of them.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "y" | "yes" | "true" | "t" | "1" => Some(true),
        "n" | "no" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// SEN provision as the school census has it; `None` for what is no such code, as the withdrawn `S`.
pub(super) fn sen_provision(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "n" | "no sen" | "no special educational need" | "none" => Some("N"),
        "k" | "sen support" | "k - sen support" | "sen support (k)" => Some("K"),
        "e" | "ehcp" | "ehc plan" | "education, health and care plan" | "e - ehcp" => Some("E"),
        _ => None,
    }
}

/// What a person is to the child, as records have it; `None` for people of services and what nobody knows.
pub(super) fn relationship(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    Some(match text.as_str() {
        "pam" | "mother" | "mum" | "birth mother" => "mother",
        "paf" | "father" | "dad" | "birth father" => "father",
        "stm" | "stf" | "step mother" | "stepmother" | "step-mother" | "step father" | "stepfather" | "step-father"
        | "step parent" | "step-parent" => "step_parent",
        "fom" | "fof" | "foster mother" | "foster father" | "foster carer" | "foster parent" => "foster_carer",
        "grandmother" | "nan" | "nana" | "gran" | "grandma" => "grandmother",
        "grandfather" | "grandad" | "grandpa" | "granddad" => "grandfather",
        "aunt" | "auntie" | "aunty" => "aunt",
        "uncle" => "uncle",
        "brother" | "sister" | "sibling" => "sibling",
        "guardian" | "legal guardian" => "guardian",
        "adoptive mother" | "adoptive father" | "adoptive parent" => "adopter",
        _ => return None,
    })
}

/// Whether a word for a relationship means somebody of a service, who is no part of the household.
pub(super) fn is_of_a_service(text: &str) -> bool {
    const SERVICES: [&str; 14] = [
        "doc",
        "swr",
        "htc",
        "tch",
        "chm",
        "doctor",
        "gp",
        "social worker",
        "head teacher",
        "headteacher",
        "teacher",
        "childminder",
        "nursery",
        "health visitor",
    ];
    SERVICES.contains(&text.trim().to_lowercase().as_str())
}

/// A day as lists write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// This day.
    Day(Day),
    /// Day and month could be the other way round: as they are read in this country.
    Ambiguous(Day),
    /// No day.
    Unknown,
}

/// A day as lists write it: `2015-02-03`, `03/02/2015`, `3 Feb 2015`, with a time after it or not.
pub(super) fn day(text: &str) -> Written {
    let text = text.trim();
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    if let Ok(day) = date.parse::<Day>() {
        return Written::Day(day);
    }
    let parts: Vec<&str> = text.split([' ', '/', '-', '.']).filter(|part| !part.is_empty()).collect();
    let [first, second, third, ..] = parts.as_slice() else { return Written::Unknown };
    let number = |part: &str| if part.len() <= 2 { part.parse::<i8>().ok() } else { None };
    let year = if third.len() == 4 { third.parse::<i16>().ok() } else { None };
    let (Some(day), Some(year)) = (number(first.trim_end_matches(char::is_alphabetic)), year) else {
        return Written::Unknown;
    };
    if let Some(month) = month(second) {
        return Day::new(year, month, day).map_or(Written::Unknown, Written::Day);
    }
    let Some(month) = number(second) else { return Written::Unknown };
    match (Day::new(year, month, day), Day::new(year, day, month)) {
        (Some(read), Some(other)) if read != other => Written::Ambiguous(read),
        (Some(read), _) => Written::Day(read),
        (None, _) => Written::Unknown,
    }
}

fn month(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.to_lowercase();
    let at = MONTHS.iter().position(|month| text.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_get_small_letters_and_others_stay() {
        for (written, wanted) in [
            ("EXAMPLE", ("Example", true)),
            ("O'BRIEN-SMITH", ("O'Brien-Smith", true)),
            (" Zoë ", ("Zoë", false)),
            ("McDonald", ("McDonald", false)),
            ("JO", ("JO", false)),
        ] {
            assert_eq!(name(written), (wanted.0.to_owned(), wanted.1), "{written}");
        }
    }

    #[test]
    fn days_are_read_as_they_are_written_here() {
        let is = |text: &str| Written::Day(text.parse().unwrap());
        for (written, wanted) in [
            ("2015-02-03", is("2015-02-03")),
            ("2015-02-03T00:00:00", is("2015-02-03")),
            ("23/02/2015", is("2015-02-23")),
            ("03/02/2015", Written::Ambiguous("2015-02-03".parse().unwrap())),
            ("03/03/2015", is("2015-03-03")),
            ("3 Feb 2015", is("2015-02-03")),
            ("14 November 2014", is("2014-11-14")),
            ("3rd February 2015", is("2015-02-03")),
            ("31/02/2015", Written::Unknown),
            ("03/02/15", Written::Unknown),
            ("42038", Written::Unknown),
            ("", Written::Unknown),
        ] {
            assert_eq!(day(written), wanted, "{written}");
        }
    }
}
