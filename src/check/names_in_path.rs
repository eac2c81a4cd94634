//! A pupil's name in a file name: found, and kept out of logs.

use super::words::fold;
use crate::record::{Record, blank};

/// What stands in a file name in place of a part that tells who the child is.
const MASK: &str = "(name)";
/// Names shorter than this stand in many words by chance.
const SHORTEST: usize = 3;

/// The file as logs may name it, where a part of its path tells the pupil's name, UPN or date of birth: each such part
/// is masked. `None` where nothing has to be.
pub(super) fn mask(path: &str, record: &Record) -> Option<String> {
    let told = told_by(record);
    let masked: String = path.split_inclusive(['/', '\\']).map(|part| masked(part, &told)).collect();
    (masked != path).then_some(masked)
}

fn masked(part: &str, told: &[String]) -> String {
    let (name, slash) = part.split_at(part.trim_end_matches(['/', '\\']).len());
    if !tells(name, told) {
        return part.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.len() <= 4 && !tells(ending, told));
    format!("{MASK}{}{slash}", ending.map(|ending| format!(".{ending}")).unwrap_or_default())
}

/// Whether a path tells the pupil's name, UPN or date of birth.
pub(super) fn tells_pupil(path: &str, record: &Record) -> bool {
    let told = told_by(record);
    path.split(['/', '\\']).any(|part| tells(part, &told))
}

/// What tells who a child is, folded.
fn told_by(record: &Record) -> Vec<String> {
    let Some(pupil) = &record.pupil else { return Vec::new() };
    let names = [&pupil.legal_surname, &pupil.legal_forename, &pupil.preferred_surname, &pupil.preferred_forename];
    let words = names.into_iter().flatten().flat_map(|name| words(name));
    let mut told: Vec<String> = words.filter(|word| word.chars().count() >= SHORTEST).collect();
    told.extend(pupil.upn.iter().chain(&pupil.nhs_number).filter(|id| !blank(Some(id))).map(|id| fold(id)));
    told.extend(pupil.dob.map(|dob| fold(&dob.to_string())));
    told
}

fn words(name: &str) -> Vec<String> {
    fold(name).split(' ').map(str::to_owned).filter(|word| !word.is_empty()).collect()
}

/// Whether one part of a path holds one of some words whole, in any case and punctuation, or run together.
fn tells(part: &str, told: &[String]) -> bool {
    let split = camel_split(part);
    let (folded, apart) = (fold(part), fold(&split));
    told.iter().any(|word| super::words::has_words(&folded, word) || super::words::has_words(&apart, word))
}

/// `AlexExample2` as `Alex Example 2`.
fn camel_split(part: &str) -> String {
    let mut out = String::new();
    let mut last: Option<char> = None;
    for c in part.chars() {
        let turns = last.is_some_and(|last| (last.is_lowercase() && c.is_uppercase()) || (last.is_alphabetic() && c.is_ascii_digit()));
        if turns {
            out.push(' ');
        }
        out.push(c);
        last = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Pupil;

    fn record() -> Record {
        let pupil = Pupil {
            legal_surname: Some("O'Hara".into()),
            legal_forename: Some("Zoë".into()),
            upn: Some("G999200126001".into()),
            ..Pupil::default()
        };
        Record { pupil: Some(pupil), ..Record::default() }
    }

    #[test]
    fn a_name_in_a_path_is_found_and_masked() {
        for path in ["class6/Zoë O'Hara.toml", "class6/zoë_2026.toml", "x/Zoë2.toml", "x/G999200126001.toml", "x/HaraZoë.toml"] {
            assert!(tells_pupil(path, &record()), "{path}");
            let masked = mask(path, &record()).unwrap();
            assert!(masked.ends_with("/(name).toml"), "{masked}");
        }
    }

    #[test]
    fn other_paths_stay_as_they_are() {
        for path in ["records/01-zoo.toml", "ohio/one.toml", "a/b.toml", "<standard input>"] {
            assert!(!tells_pupil(path, &record()), "{path}");
            assert_eq!(mask(path, &record()), None);
        }
    }
}
