//! A translation of the pages among a school's own templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::{TranslationError, translation};
use crate::text::Language;

/// Whether a file of a folder of templates is a translation of the built-in texts.
pub(super) fn is_translation(name: &str) -> bool {
    name.ends_with(".po")
}

/// The language of the translation among some templates; nothing without one.
pub(super) fn language_of(texts: &BTreeMap<String, String>) -> Result<Option<Arc<Language>>, TranslationError> {
    let found = texts.iter().find(|(name, _)| is_translation(name));
    found.map(|(_, text)| translation(text).map(Arc::new)).transpose()
}
