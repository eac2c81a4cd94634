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
