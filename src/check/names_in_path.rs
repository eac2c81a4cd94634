//! A pupil's name in a file name: found, and kept out of logs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words::{fold, has_words};
use crate::record::Record;

/// What stands in a file name in place of a part that tells who the child is.
const MASK: &str = "(name)";
/// Names shorter than this stand in many words by chance.
const SHORTEST: usize = 3;
/// And those run together: six letters in a row are no accident.
const SHORTEST_TOGETHER: usize = 6;
/// The same for numbers.
const SHORTEST_NUMBER: usize = 8;

/// What tells who a child is: names, numbers and the date of birth, in plain small letters.
#[derive(Debug)]
pub(in crate::check) struct IdentifyingPatterns {
    /// Words and groups of words that tell where they stand whole.
    words: Vec<String>,
    /// Letters and digits that tell also in the middle of others.
    parts: Vec<String>,
    /// Whether a name is among them. Without one, whatever looks like a name is masked.
    named: bool,
}

impl IdentifyingPatterns {
    /// What a record says that would tell.
    pub(in crate::check) fn by(record: &Record) -> Self {
        let mut told = Self { words: Vec::new(), parts: Vec::new(), named: false };
        let Some(pupil) = &record.pupil else { return told };
        let names = [&pupil.legal_forename, &pupil.preferred_forename, &pupil.legal_surname, &pupil.preferred_surname];
        let names: Vec<String> =
            names.into_iter().flatten().map(|name| plain(name)).filter(|name| !name.is_empty()).collect();
        told.named = !names.is_empty();
        for name in &names {
            let long = |word: &&str| word.chars().count() >= SHORTEST || !word.is_ascii();
            told.words.extend(name.split(' ').filter(long).map(str::to_owned));
            // A name of two words, or in another script, is no part of another word by chance.
            if name.contains(' ') || !name.is_ascii() {
                told.words.push(name.clone());
                told.parts.extend(together(name));
            }
        }
        // Forename and surname in either order, also run together.
        for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            told.words.push(format!("{a} {b}"));
            told.parts.extend(together(&format!("{a}{b}")));
        }
        let ids = pupil.upn.iter().chain(&pupil.nhs_number).map(|id| plain(id).replace(' ', ""));
        told.parts.extend(ids.filter(|id| id.len() >= SHORTEST_NUMBER));
        if let Some(dob) = pupil.dob {
            let (year, month, day) = (dob.0.year(), dob.0.month(), dob.0.day());
            told.parts.extend([format!("{year:04}{month:02}{day:02}"), format!("{day:02}{month:02}{year:04}")]);
        }
        told
    }

    /// Whether a path tells: the file's own name by any of it, a folder by more than a single name.
    pub(in crate::check) fn in_path(&self, path: &str) -> bool {
        if self.is_plainly_silent(path) {
            return false;
        }
        let (folders, file) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
        let folder_tells = |folder: &str| {
            let bare = bare(folder);
            self.parts.iter().any(|part| bare.contains(part.as_str()))
        };
        self.named && (self.tells(file) || folders.split(['/', '\\']).any(folder_tells))
    }

    /// The file as logs may name it: each part of its path that tells is masked. `None` where nothing has to be.
    pub(in crate::check) fn mask(&self, path: &str) -> Option<String> {
        if self.is_plainly_silent(path) {
            return None;
        }
        let masked: String = path.split_inclusive(['/', '\\']).map(|part| self.masked(part)).collect();
        (masked != path).then_some(masked)
    }

    /// Whether a path holds nothing of it even with all punctuation taken out: so it is with most.
    fn is_plainly_silent(&self, path: &str) -> bool {
        let whole = bare(path);
        let holds = |telling: &String| whole.contains(telling.as_str());
        self.named && !self.parts.iter().any(holds) && !self.words.iter().filter(|word| !word.contains(' ')).any(holds)
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

    /// Whether one part of a path holds something telling, in any case and punctuation, or run together.
    fn tells(&self, part: &str) -> bool {
        if !self.named {
            return looks_like_a_name(part);
        }
        let (folded, apart, bare) = (plain(part), plain(&split_by_case(part)), bare(part));
        self.words.iter().any(|word| has_words(&folded, word) || has_words(&apart, word))
            || self.parts.iter().any(|telling| bare.contains(telling.as_str()))
    }
}

/// Names run together, where that is long enough to mean something.
fn together(names: &str) -> Option<String> {
    let together = names.replace(' ', "");
    (together.chars().count() >= SHORTEST_TOGETHER || !together.is_ascii()).then_some(together)
}

/// Whether a file's name is two or more words that begin with a capital, and nothing but letters: what a file named after
/// a child looks like.
#[must_use]
pub fn looks_like_a_name(part: &str) -> bool {
    let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
    let words: Vec<&str> = stem.split([' ', '_', '-', ',']).filter(|word| !word.is_empty()).collect();
    let is_name =
        |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '\'');
    words.len() >= 2 && words.iter().all(is_name)
}

/// A text in small letters without accents and punctuation, with single spaces.
fn plain(text: &str) -> String {
    if text.is_ascii() {
        return fold(text);
    }
    let letters: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    fold(&letters)
}

/// The same without spaces.
fn bare(text: &str) -> String {
    plain(text).replace(' ', "")
}

/// `AlexExample2` as `Alex Example 2`.
fn split_by_case(part: &str) -> String {
    let mut out = String::new();
    let mut last: Option<char> = None;
    for c in part.chars() {
        let turns = last
            .is_some_and(|last| (last.is_lowercase() && c.is_uppercase()) || last.is_alphabetic() != c.is_alphabetic());
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
            let masked = IdentifyingPatterns::by(&record()).mask(path).unwrap();
            assert!(masked.ends_with("/(name).toml"), "{masked}");
        }
    }

    #[test]
    fn other_paths_stay_as_they_are() {
        for path in ["records/01-zoo.toml", "ohio/one.toml", "a/b.toml", "<standard input>"] {
            assert_eq!(IdentifyingPatterns::by(&record()).mask(path), None);
        }
    }
}
