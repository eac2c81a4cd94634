//! The words of pages in another language, as translators write them: one file of gettext's PO format.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::engine::TEMPLATES;
use crate::text::{Language, spoken};

/// Every text of the pages in English, to be translated: gettext's PO format, nothing translated yet.
pub const WORDS: &str = include_str!("../../templates/words.pot");

/// Why a translation cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationError(String);

impl std::fmt::Display for TranslationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TranslationError {}

/// Reads a translation. What it leaves out, and what is marked as fuzzy, stays English.
///
/// # Errors
/// It is no PO file, names no language, or a translation has other names in braces than its English text.
pub fn translation(text: &str) -> Result<Language, TranslationError> {
    let wrong = |message: String| TranslationError(message);
    let catalogue = polib::po_file::parse_from_reader(text.as_bytes())
        .map_err(|error| wrong(format!("it is not in gettext's PO format: {error}")))?;
    let code = catalogue.metadata.language.to_lowercase();
    if !(2..=3).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Err(wrong("its header has no `Language` of two or three letters, as `cy`".to_owned()));
    }
    let mut texts = HashMap::new();
    for message in catalogue.messages().filter(|message| message.is_translated() && !message.is_fuzzy()) {
        let (english, own) = (message.msgid(), message.msgstr().unwrap_or_default());
        if names(english) != names(own) {
            return Err(wrong(format!("the names in braces differ: “{english}”, “{own}”")));
        }
        texts.insert(english.to_owned(), own.to_owned());
    }
    Ok(Language { code, texts })
}

/// The names in braces.
fn names(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// The language of the page, for the template: its code, and the texts that the built-in templates say themselves.
pub(super) fn of_the_page() -> (String, BTreeMap<String, String>) {
    let Some(language) = spoken() else { return ("en".to_owned(), BTreeMap::new()) };
    let own = language.texts.iter().filter(|(english, _)| SAID_BY_TEMPLATES.contains(english.as_str()));
    (language.code.clone(), own.map(|(english, own)| (english.clone(), own.clone())).collect())
}

/// What the built-in templates say themselves: the texts of `say("…")` in them.
static SAID_BY_TEMPLATES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let calls = TEMPLATES.iter().flat_map(|(_, template)| template.split("say(\"").skip(1));
    calls.filter_map(|call| Some(call.split_once('"')?.0)).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: cy\\n\"\n\n";

    #[test]
    fn a_translation_is_read_and_what_is_missing_stays_english() {
        let text = format!(
            "{HEAD}msgid \"Yes\"\nmsgstr \"Ie\"\n\n#, fuzzy\nmsgid \"No\"\nmsgstr \"Na\"\n\nmsgid \"Born\"\nmsgstr \"\"\n"
        );
        let language = translation(&text).unwrap();
        assert_eq!((language.code.as_str(), language.texts.len()), ("cy", 1));
        assert_eq!(language.texts.get("Yes").map(String::as_str), Some("Ie"));
    }

    #[test]
    fn what_would_print_a_gap_or_a_brace_is_refused() {
        let of = |english: &str, own: &str| translation(&format!("{HEAD}msgid \"{english}\"\nmsgstr \"{own}\"\n"));
        assert!(of("born {day}", "ganwyd {day}").is_ok());
        assert!(of("born {day}", "ganwyd {dydd}").unwrap_err().to_string().contains("{dydd}"));
        assert!(of("born {day}", "ganwyd").is_err());
        let nameless = HEAD.replace("Language: cy", "Project-Id-Version: handover");
        assert!(translation(&nameless).unwrap_err().to_string().contains("Language"));
        assert!(translation("msgid \"Yes\"\nmsgstr \"Ie\"\n").is_err());
        assert!(translation("not a catalogue").is_err());
    }
}
