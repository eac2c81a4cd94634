//! The words of pages, in the language that pages are made in.
//!
//! English stands where it is used, in [`say!`](say); another language is a table from each English text to its
//! own. The language holds for what is done inside of [`speaking`], on one thread: nothing of it is kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

/// A language other than English: its code, and its texts by the English ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Language {
    /// Two or three letters of ISO 639: `cy`.
    pub code: String,
    /// By the English text, with the same names in braces. What is missing or empty stays English.
    pub texts: HashMap<String, String>,
}

thread_local! {
    static SPOKEN: RefCell<Option<Arc<Language>>> = const { RefCell::new(None) };
}

/// What `make` makes, in a language; in English without one.
pub fn speaking<T>(language: Option<&Arc<Language>>, make: impl FnOnce() -> T) -> T {
    /// Goes back to the language before, also where `make` panics.
    struct Before(Option<Arc<Language>>);
    impl Drop for Before {
        fn drop(&mut self) {
            SPOKEN.set(self.0.take());
        }
    }
    let _before = Before(SPOKEN.replace(language.cloned()));
    make()
}

/// A text in the language of the page.
#[must_use]
pub fn said(text: &str) -> String {
    let own = SPOKEN.with_borrow(|spoken| spoken.as_ref()?.texts.get(text).cloned());
    own.filter(|own| !own.is_empty()).unwrap_or_else(|| text.to_owned())
}

/// A text with names in braces, in the language of the page, each name replaced by its value.
#[must_use]
pub fn said_with(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let pattern = said(text);
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.as_str();
    while let Some((before, from)) = rest.split_once('{') {
        out.push_str(before);
        let named = from.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match named {
            Some((value, after)) => {
                out.push_str(&value.to_string());
                rest = after;
            }
            None => {
                out.push('{');
                rest = from;
            }
        }
    }
    out + rest
}

/// The code and the texts of the language of the page; nothing in English.
#[must_use]
pub fn spoken() -> Option<Arc<Language>> {
    SPOKEN.with_borrow(Clone::clone)
}

/// A text of a page in the language that it is made in: `say!("born {day}", day = day)`. The English text is
/// the key; a name that is a value already stands alone: `say!("born {day}", day)`.
macro_rules! say {
    ($text:literal) => {
        $crate::text::said($text)
    };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::text::said_with($text, &[$((stringify!($name), &$crate::text::say!(@value $name $(= $value)?))),+])
    };
    (@value $name:ident) => {
        $name
    };
    (@value $name:ident = $value:expr) => {
        $value
    };
}

pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    fn mirrored() -> Arc<Language> {
        let texts = [("Yes", "seY"), ("born {day}", "{day} nrob"), ("No", "")];
        let texts = texts.into_iter().map(|(english, own)| (english.to_owned(), own.to_owned())).collect();
        Arc::new(Language { code: "qmi".to_owned(), texts })
    }

    #[test]
    fn a_language_holds_inside_and_not_outside() {
        assert_eq!(say!("Yes"), "Yes");
        let inside = speaking(Some(&mirrored()), || {
            let english = speaking(None, || say!("Yes"));
            (say!("Yes"), say!("born {day}", day = "3 May"), say!("No"), say!("Unknown"), english)
        });
        assert_eq!(inside, ("seY".into(), "3 May nrob".into(), "No".into(), "Unknown".into(), "Yes".into()));
        assert_eq!((say!("Yes"), spoken()), ("Yes".into(), None));
    }

    #[test]
    fn values_are_put_in_once_and_braces_of_a_value_stay() {
        assert_eq!(say!("{a} and {b}", a = "{b}", b = "{a}"), "{b} and {a}");
        assert_eq!(said_with("{unknown} {", &[]), "{unknown} {");
    }
}
