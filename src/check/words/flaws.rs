//! What can be wrong with a text by its words alone, found in one walk over a record.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::labels::{ABOUT_STAFF, LABELS, SHORT_LABELS, is_about_staff, is_label};
use super::lettering::{first_without_form, is_garbled, is_untidy};
use super::placeholders::is_unanswered;
use super::telling::{TELLING, is_exact, is_telling};
use super::{Words, each_text};
use crate::record::{Record, TextKind, is_line_field};

/// What can be wrong with a text by its words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Flaw {
    /// A placeholder where a fact or a reason is needed.
    Placeholder,
    /// A label where behaviour should be described.
    Label,
    /// A concern about a member of staff.
    AboutStaff,
    /// Words that tell what not everyone has to know.
    Private,
    /// Letters that were read in the wrong encoding.
    Garbled,
    /// A space too many in a name or number, or a character that cannot be seen.
    Untidy,
    /// A character that no font here has a letter form for.
    NoLetterForm(char),
}

/// The first words of every phrase that [`flaws`] looks for, in any case: a text with none of them is not split.
static SUSPECTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let private = TELLING.iter().map(|telling| telling.says).chain(LABELS);
    let private = private.filter_map(|phrase| phrase.first());
    let first = private.chain(&ABOUT_STAFF).chain(&SHORT_LABELS);
    #[expect(clippy::expect_used, reason = "a few short words fit every limit; a unit test builds it")]
    AhoCorasick::builder().ascii_case_insensitive(true).build(first).expect("a few short words fit every limit")
});

/// Every flaw of every text of a record, with the text's path, in the order of the record's sections.
pub(in crate::check) fn flaws(record: &Record) -> Vec<(Flaw, String)> {
    let mut found = Vec::new();
    each_text(record, &mut |path, field, text| {
        let kind = path.text_kind();
        if is_unanswered(kind, text) {
            found.push((Flaw::Placeholder, path.to_string()));
        }
        if is_untidy(text) && is_line_field(field) && !path.is_name_of_school() {
            found.push((Flaw::Untidy, path.to_string()));
        }
        if let Some(c) = first_without_form(text) {
            found.push((Flaw::NoLetterForm(c), path.to_string()));
        }
        if is_garbled(text) {
            found.push((Flaw::Garbled, path.to_string()));
        }
        if !SUSPECTS.is_match(text) {
            return;
        }
        let words = Words::of(text);
        if !is_exact(kind) && is_telling(&words) {
            found.push((Flaw::Private, path.to_string()));
        }
        // What the child or a parent says is theirs to choose.
        if matches!(kind, Some(TextKind::Exact | TextKind::View)) {
            return;
        }
        if is_label(&words) {
            found.push((Flaw::Label, path.to_string()));
        }
        if is_about_staff(&words) {
            found.push((Flaw::AboutStaff, path.to_string()));
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::record::{ValueType, record_schema};

    /// A value in which each text of a kind stands alone, once for each such field.
    fn each_alone(shape: &ValueType, kind: TextKind, text: &str) -> Vec<Value> {
        match shape {
            ValueType::Table(fields) => fields
                .iter()
                .flat_map(|(name, field)| {
                    let inner = match (&field.shape, field.text == Some(kind)) {
                        (ValueType::Text, true) => vec![json!(text)],
                        (ValueType::List(item), true) if matches!(**item, ValueType::Text) => vec![json!([text])],
                        (shape, _) => each_alone(shape, kind, text),
                    };
                    inner.into_iter().map(move |inner| json!({ name: inner }))
                })
                .collect(),
            ValueType::List(item) => each_alone(item, kind, text).into_iter().map(|item| json!([item])).collect(),
            _ => Vec::new(),
        }
    }

    fn found(record: &Value) -> Vec<Flaw> {
        flaws(&serde_json::from_value(record.clone()).unwrap()).into_iter().map(|(flaw, _)| flaw).collect()
    }

    #[test]
    fn a_placeholder_is_found_in_every_account_and_every_name_and_never_in_a_view() {
        for (kind, text, is_found) in [
            (TextKind::Account, "TBC", true),
            (TextKind::Account, "none", true),
            (TextKind::Name, "see CPOMS", true),
            (TextKind::Exact, "TBC", true),
            (TextKind::Exact, "none", false),
            (TextKind::View, "none", false),
            (TextKind::Post, "none", false),
        ] {
            let records = each_alone(&record_schema().root, kind, text);
            assert!(records.len() > 2, "{kind:?}");
            for record in records {
                assert_eq!(found(&record).contains(&Flaw::Placeholder), is_found, "{record}");
            }
        }
    }

    #[test]
    fn a_label_is_found_in_every_account_and_never_in_what_a_child_or_parent_says() {
        let says = "He is attention-seeking";
        for (kind, is_found) in [(TextKind::Account, true), (TextKind::Exact, false), (TextKind::View, false)] {
            for record in each_alone(&record_schema().root, kind, says) {
                assert_eq!(found(&record).contains(&Flaw::Label), is_found, "{record}");
            }
        }
    }
}
