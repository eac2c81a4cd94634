//! A pupil's name in a file name: found, and kept out of logs.

use super::words::{fold, has_words};
use crate::record::{Record, blank};

/// What stands in a file name in place of a part that tells who the child is.
const MASK: &str = "(name)";
/// Names shorter than this stand in many words by chance.
const SHORTEST: usize = 3;

/// What tells who a child is: names, numbers and the date of birth, folded.
#[derive(Debug)]
pub(super) struct Told {
    /// As words with single spaces.
    folded: Vec<String>,
    /// The same without spaces.
    bare: Vec<String>,
}

impl Told {
    /// What a record says that would tell.
    pub(super) fn by(record: &Record) -> Self {
        let Some(pupil) = &record.pupil else { return Self { folded: Vec::new(), bare: Vec::new() } };
        let names = [&pupil.legal_surname, &pupil.legal_forename, &pupil.preferred_surname, &pupil.preferred_forename];
        let words = names.into_iter().flatten().flat_map(|name| words(name));
        let mut told: Vec<String> = words.filter(|word| word.chars().count() >= SHORTEST).collect();
        told.extend(pupil.upn.iter().chain(&pupil.nhs_number).filter(|id| !blank(Some(id))).map(|id| fold(id)));
        told.extend(pupil.dob.map(|dob| fold(&dob.to_string())));
        let bare = told.iter().map(|word| word.replace(' ', "")).collect();
        Self { folded: told, bare }
    }

    /// Whether a part of a path tells.
    pub(super) fn in_path(&self, path: &str) -> bool {
        // Most paths hold none of it even with all punctuation taken out.
        let whole: String = path.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if !self.bare.iter().any(|word| whole.contains(word.as_str())) {
            return false;
        }
        path.split(['/', '\\']).any(|part| self.tells(part))
    }

    /// The file as logs may name it, where a part of its path tells: each such part is masked. `None` where nothing
    /// has to be.
    pub(super) fn mask(&self, path: &str) -> Option<String> {
        self.in_path(path).then(|| path.split_inclusive(['/', '\\']).map(|part| self.masked(part)).collect())
    }

    fn masked(&self, part: &str) -> String {
        let (name, slash) = part.split_at(part.trim_end_matches(['/', '\\']).len());
        if !self.tells(name) {
            return part.to_owned();
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        let ending = ending.filter(|ending| ending.len() <= 4 && !self.tells(ending));
        format!("{MASK}{}{slash}", ending.map(|ending| format!(".{ending}")).unwrap_or_default())
    }

    /// Whether one part of a path holds a telling word whole, in any case and punctuation, or run together.
    fn tells(&self, part: &str) -> bool {
        let (folded, apart) = (fold(part), fold(&split_by_case(part)));
        self.folded.iter().any(|word| has_words(&folded, word) || has_words(&apart, word))
    }
}

fn words(name: &str) -> Vec<String> {
    fold(name).split(' ').map(str::to_owned).filter(|word| !word.is_empty()).collect()
}

/// `AlexExample2` as `Alex Example 2`.
fn split_by_case(part: &str) -> String {
    let mut out = String::new();
    let mut last: Option<char> = None;
    for c in part.chars() {
        let turns = last.is_some_and(|last| {
            (last.is_lowercase() && c.is_uppercase()) || (last.is_alphabetic() && c.is_ascii_digit())
        });
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
        for path in
            ["class6/Zoë O'Hara.toml", "class6/zoë_2026.toml", "x/Zoë2.toml", "x/G999200126001.toml", "x/HaraZoë.toml"]
        {
            let masked = Told::by(&record()).mask(path).unwrap();
            assert!(masked.ends_with("/(name).toml"), "{masked}");
        }
    }

    #[test]
    fn other_paths_stay_as_they_are() {
        for path in ["records/01-zoo.toml", "ohio/one.toml", "a/b.toml", "<standard input>"] {
            assert_eq!(Told::by(&record()).mask(path), None);
        }
    }
}
