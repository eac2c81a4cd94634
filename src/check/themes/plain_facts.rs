//! Identity: numbers, languages and letters that cannot be what they are given as.

use isolang::Language;

use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::flaws::Flaw;
use crate::check::words::fold;
use crate::problem::Severity::{Info, Warning};
use crate::record::{Upn, blank};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "ID-25",
        severity: Warning,
        title: "The UPN was given in a year that does not fit the child's age",
        why: "A UPN keeps the year in which it was given. One from before the child was born is usually a brother's, a sister's or another child's.",
        source: Source::Guidance("GovTalk GDSC UniquePupilNumber 2.0: characters 9 and 10 are the academic year"),
        next: "Look the UPN up again; if it is right, say why in `pupil.upn_note`.",
        precisely: Some(
            "The two digits are those of a school year that ended before the child's first birthday, or that has not begun.",
        ),
        bad: "[pupil]\nupn = \"B801200005001\"\n",
        good: "[pupil]\nupn = \"G999200126001\"\n",
        judge: Judge::Each(|c| {
            let pupil = c.record.pupil.as_ref();
            let upn = pupil.and_then(|pupil| Upn::parse(pupil.upn.as_deref()?).ok());
            let Some((upn, born)) = upn.zip(pupil.and_then(|pupil| pupil.dob)) else { return Vec::new() };
            let explained = pupil.is_some_and(|pupil| !blank(pupil.upn_note.as_deref()));
            let given = 2000 + i64::from(upn.year());
            let early = given < i64::from(born.0.year()) + 1;
            let late = given > c.today.academic_year() + 1;
            Hit::when((early || late) && !explained, "pupil.upn")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-26",
        severity: Warning,
        title: "Letters look as if they had been read in the wrong way",
        why: "“LÃ©a” is “Léa” after a detour through a file of another encoding. A child's name should be right on the first page that the new school reads.",
        source: Source::Ours,
        next: "Put the letters right, here and in the system that the text came from.",
        precisely: Some(
            "A text with characters that, as bytes of Windows-1252, would be letters of UTF-8; or with U+FFFD.",
        ),
        bad: "[pupil]\nlegal_forename = \"LÃ©a\"\n",
        good: "[pupil]\nlegal_forename = \"Léa\"\n",
        judge: Judge::Each(|c| c.texts_with(Flaw::Garbled)),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-27",
        severity: Warning,
        title: "The language is neither a code nor a name that is known",
        why: "Interpreters, letters home and the support of a child who learns English begin with this one word. A mistyped code is none.",
        source: Source::Guidance("Common basic data set: language codes; ISO 639"),
        next: "Use the code of your management information system (`ENG`, `POL`, `UKR`) or the language's English name.",
        precisely: Some(
            "`pupil.first_language`: three letters or two of ISO 639 or of the school census; names in English; several separated by commas or strokes. For the language of a voice entry, a worry and the profile's lists the same.",
        ),
        bad: "[pupil]\nfirst_language = \"XQX\"\n",
        good: "[pupil]\nfirst_language = \"POL\"\n",
        judge: Judge::Each(|c| {
            let first = c.record.pupil.as_ref().and_then(|pupil| pupil.first_language.as_deref());
            let mut hits = Hit::when(first.is_some_and(|language| !is_language(language)), "pupil.first_language");
            let entries = c.record.voice.iter().flat_map(|voice| voice.entries.iter().enumerate());
            let spoken = entries.filter(|(_, entry)| entry.language.as_deref().is_some_and(|l| !is_language(l)));
            hits.extend(spoken.map(|(i, _)| Hit::at(format!("voice.entries[{i}].language"))));
            let worries = c.record.voice.iter().flat_map(|voice| voice.worries.iter().enumerate());
            let worries = worries.filter(|(_, worry)| worry.language.as_deref().is_some_and(|l| !is_language(l)));
            hits.extend(worries.map(|(i, _)| Hit::at(format!("voice.worries[{i}].language"))));
            let profile = c.record.voice.iter().find_map(|voice| voice.profile.as_ref()?.language.as_deref());
            hits.extend(Hit::when(profile.is_some_and(|language| !is_language(language)), "voice.profile.language"));
            hits
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-29",
        severity: Info,
        title: "The child has one name only",
        why: "Some families have one name, and forms that insist on two make one up. It is pointed out so that nobody looks for the other.",
        source: Source::Ours,
        next: "Nothing, if that is the whole name; else add the other.",
        bad: "[pupil]\nlegal_surname = \"\"\n",
        good: "[pupil]\nlegal_surname = \"Example\"\n",
        judge: Judge::Each(|c| {
            let pupil = c.record.pupil.as_ref();
            let missing = [
                (pupil.and_then(|p| p.legal_surname.as_deref()), "pupil.legal_surname"),
                (pupil.and_then(|p| p.legal_forename.as_deref()), "pupil.legal_forename"),
            ];
            let blank: Vec<_> = missing.into_iter().filter(|(name, _)| blank(*name)).map(|(_, path)| path).collect();
            match blank.as_slice() {
                [path] => vec![Hit::at(*path)],
                _ => Vec::new(),
            }
        }),
        may_override: false,
        ..Rule::USUAL
    },
];

/// Languages of schools under names or codes that ISO 639 does not have.
const OTHERS: [&str; 62] = [
    "engb",
    "enb",
    "oth",
    "otl",
    "otb",
    "ref",
    "not",
    "notkn",
    "bsl",
    "british sign language",
    "isl",
    "irish sign language",
    "sign language",
    "sse",
    "sign supported english",
    "makaton",
    "cantonese",
    "mandarin",
    "farsi",
    "dari",
    "flemish",
    "moldovan",
    "moldavian",
    "sorani",
    "kurmanji",
    "bahdini",
    "filipino",
    "sylheti",
    "mirpuri",
    "pahari",
    "patois",
    "creole",
    "romani",
    "romany",
    "traveller",
    "shelta",
    "cant",
    "gaelic",
    "scots gaelic",
    "kutchi",
    "katchi",
    "pashtu",
    "pushto",
    "memoni",
    "hakka",
    "hokkien",
    "taiwanese",
    "serbo croatian",
    "montenegrin",
    "berber",
    "tamazight",
    "darija",
    "pidgin",
    "krio",
    "twi",
    "fante",
    "akan",
    "azeri",
    "uighur",
    "valencian",
    "other",
    "refused",
];

/// Whether a text names a language, or several.
fn is_language(text: &str) -> bool {
    // What stands in brackets says more about a language that is named before them.
    let bare = text.split('(').next().unwrap_or_default();
    let parts = bare.split([',', '/', ';', '+', '&']).flat_map(|part| part.split(" and "));
    let mut named = parts.map(fold).filter(|part| !part.is_empty()).peekable();
    named.peek().is_none() || named.all(|part| is_one_language(&part))
}

fn is_one_language(name: &str) -> bool {
    if OTHERS.contains(&name) || (name.len() == 2 && Language::from_639_1(name).is_some()) {
        return true;
    }
    if name.len() == 3 && (Language::from_639_3(name).is_some() || BIBLIOGRAPHIC.contains(&name)) {
        return true;
    }
    // The school census has codes of four letters for the languages of regions and peoples: `BNGS`, `CHIC`, `KURM`.
    if name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_lowercase()) && is_code_of_four(name) {
        return true;
    }
    // "Brazilian Portuguese", "Portuguese (Brazil)", "Kurdish Sorani": one known name is enough.
    name.split(' ').any(|word| {
        let titled: String = word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
        word.len() > 3 && (Language::from_name(&titled).is_some() || OTHERS.contains(&word) || is_macro_name(word))
    })
}

/// The codes of ISO 639-2 that libraries use, and management information systems with them.
const BIBLIOGRAPHIC: [&str; 20] = [
    "alb", "arm", "baq", "bur", "chi", "cze", "dut", "fre", "geo", "ger", "gre", "ice", "mac", "mao", "may", "per",
    "rum", "slo", "tib", "wel",
];

/// Whether a code of four letters is that of a dialect, by the language that its first three stand for.
fn is_code_of_four(code: &str) -> bool {
    const WITH_DIALECTS: [&str; 14] =
        ["aka", "ara", "bng", "chi", "ful", "ita", "kur", "mal", "pnj", "por", "prs", "rom", "swa", "tgl"];
    code.get(..3).is_some_and(|language| WITH_DIALECTS.contains(&language))
}

/// Languages that ISO 639 names with something in brackets.
fn is_macro_name(word: &str) -> bool {
    const NAMES: [&str; 20] = [
        "swahili",
        "malay",
        "nepali",
        "greek",
        "punjabi",
        "panjabi",
        "kurdish",
        "norwegian",
        "chinese",
        "arabic",
        "persian",
        "mongolian",
        "albanian",
        "estonian",
        "latvian",
        "yiddish",
        "oromo",
        "khmer",
        "konkani",
        "pashto",
    ];
    NAMES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_schools_are_known() {
        for text in [
            "ENG",
            "POL",
            "uk",
            "Polish",
            "Ukrainian",
            "ENGB",
            "British Sign Language",
            "Portuguese (Brazil)",
            "Kurdish (Sorani)",
            "English, Polish",
            "Urdu and English",
            "Punjabi",
            "Cantonese",
            "Romani",
            "Swahili",
            "Nepali",
            "OTH",
            "Tamil",
            "",
        ] {
            assert!(is_language(text), "{text}");
        }
        for text in ["XQX", "Englsh", "Klingonish", "ENGX", "qq"] {
            assert!(!is_language(text), "{text}");
        }
    }
}
