//! In which language a text is, for those who have it read aloud: as the record says, else by its script.

use isolang::Language;
use serde::Serialize;
use unicode_script::{Script, UnicodeScript};

use crate::record::Record;

/// A text as it stands on a page, in a language other than English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InLanguage {
    /// The whole text.
    pub text: String,
    /// The language, in two or three letters.
    pub lang: String,
}

/// A script that stands on the pages, and the language that it is read in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InScript {
    /// The script's name in regular expressions: `Cyrillic`.
    pub script: String,
    /// The language, in two or three letters; `und` where the script does not tell, nor the child's languages.
    pub lang: String,
}

/// Scripts and the languages that are written in them; the first is meant where nothing else is known, if it stands alone.
const SCRIPTS: &[(Script, &[&str])] = &[
    (Script::Cyrillic, &["uk", "ru", "bg", "sr", "be", "mk", "kk", "ky", "mn", "tg"]),
    (Script::Arabic, &["ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug", "pnb", "dv"]),
    (Script::Devanagari, &["hi", "ne", "mr", "sa", "bho", "mai", "kok"]),
    (Script::Han, &["zh", "ja", "yue", "cmn"]),
    (Script::Hiragana, &["ja"]),
    (Script::Katakana, &["ja"]),
    (Script::Hangul, &["ko"]),
    (Script::Hebrew, &["he", "yi"]),
    (Script::Greek, &["el"]),
    (Script::Bengali, &["bn", "as", "syl"]),
    (Script::Gurmukhi, &["pa"]),
    (Script::Gujarati, &["gu"]),
    (Script::Tamil, &["ta"]),
    (Script::Telugu, &["te"]),
    (Script::Kannada, &["kn"]),
    (Script::Malayalam, &["ml"]),
    (Script::Sinhala, &["si"]),
    (Script::Thai, &["th"]),
    (Script::Lao, &["lo"]),
    (Script::Khmer, &["km"]),
    (Script::Myanmar, &["my"]),
    (Script::Georgian, &["ka"]),
    (Script::Armenian, &["hy"]),
    (Script::Ethiopic, &["am", "ti", "tig"]),
];

/// The language that is meant by a code or an English name, in two letters, or three where it has no shorter code.
pub(super) fn code(said: &str) -> Option<String> {
    let first = said.split([',', '/', ';', '+', '&', '(']).next().unwrap_or_default().trim();
    let lower = first.to_lowercase();
    let language = match lower.len() {
        2 => Language::from_639_1(&lower),
        3 => Language::from_639_3(&lower),
        _ => Language::from_name(first),
    }?;
    Some(language.to_639_1().unwrap_or_else(|| language.to_639_3()).to_owned())
}

/// The texts of a record that are said to be in another language: worries and the lists of the profile.
pub(super) fn texts(record: &Record) -> Vec<InLanguage> {
    let mut found: Vec<InLanguage> = Vec::new();
    let mut add = |text: &str, said: Option<&str>| {
        let lang = said.and_then(code).filter(|code| code != "en");
        found.extend(lang.filter(|_| !text.trim().is_empty()).map(|lang| InLanguage { text: text.to_owned(), lang }));
    };
    let voice = || record.voice.iter();
    for worry in voice().flat_map(|voice| &voice.worries) {
        add(worry.text.as_deref().unwrap_or_default(), worry.language.as_deref());
    }
    for profile in voice().filter_map(|voice| voice.profile.as_ref()) {
        let lists =
            [&profile.important_to_me, &profile.good_at, &profile.best_support, &profile.who_i_trust, &profile.hopes];
        for item in lists.into_iter().flatten() {
            add(item, profile.language.as_deref());
        }
    }
    found.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
    found.dedup();
    found
}

/// The scripts other than Latin that stand in a text, with the languages of a child.
pub(super) fn scripts(record: &Record, text: &str) -> Vec<InScript> {
    if text.is_ascii() {
        return Vec::new();
    }
    let entries = record.voice.iter().flat_map(|voice| &voice.entries);
    let spoken = record.pupil.iter().filter_map(|pupil| pupil.first_language.as_deref());
    let spoken: Vec<String> =
        entries.filter_map(|entry| entry.language.as_deref()).chain(spoken).filter_map(code).collect();
    let mut written: Vec<Script> = Vec::new();
    for script in text.chars().filter(|c| !c.is_ascii()).map(|c| c.script()) {
        if !written.contains(&script) {
            written.push(script);
        }
    }
    let there = SCRIPTS.iter().filter(|(script, _)| written.contains(script));
    there
        .map(|(script, languages)| {
            let of_child = spoken.iter().find(|code| languages.contains(&code.as_str())).cloned();
            let alone = match languages {
                [only] => Some((*only).to_owned()),
                _ => None,
            };
            let lang = of_child.or(alone).unwrap_or_else(|| "und".to_owned());
            InScript { script: script.full_name().to_owned(), lang }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_code_and_by_name() {
        for (said, wanted) in
            [("UKR", "uk"), ("pl", "pl"), ("Polish", "pl"), ("Urdu / English", "ur"), ("ENG", "en"), ("rom", "rom")]
        {
            assert_eq!(code(said).as_deref(), Some(wanted), "{said}");
        }
        assert_eq!(code("double Dutch"), None);
    }

    #[test]
    fn a_script_is_read_in_the_childs_language_where_that_is_written_in_it() {
        let child = |language: &str| {
            let record = format!("[pupil]\nfirst_language = \"{language}\"\n");
            crate::record::read("x.toml", record.as_bytes()).record
        };
        let lang = |language: &str, text: &str| -> Vec<String> {
            scripts(&child(language), text).into_iter().map(|script| script.lang).collect()
        };
        assert_eq!(lang("URD", "عائشة"), ["ur"]);
        assert_eq!(lang("POL", "عائشة"), ["und"]);
        assert_eq!(lang("ENG", "ਗੁਰਲੀਨ and Львів"), ["und", "pa"]);
        assert!(lang("UKR", "Zoë and Łukasz").is_empty());
    }
}
