//! What pages show, as plain data.

use serde::Serialize;

use super::questions::question;
use super::submitted::{Saved, Submitted};
use crate::check::rule;
use crate::problem::{Problem, Severity};
use crate::record::{RecordEditor, field_texts};
use crate::text::{is_at_or_under, join, parent, without_numbers};

/// What a child's pages share.
pub struct RecordPage<'a> {
    /// The record.
    pub editor: &'a RecordEditor,
    /// What was found in it.
    pub problems: &'a [Problem],
    /// The child's name.
    pub name: &'a str,
    /// Where the pages of this child are: ends with a slash.
    pub base: &'a str,
    /// The digest of the record's text.
    pub digest: &'a str,
    /// The number of this page, by which it is known again when it comes back.
    pub view: u64,
    /// Where a value comes from that nobody typed.
    pub origin: &'a dyn Fn(&str) -> Option<String>,
    /// What the school's file says where the record says nothing.
    pub from_school: &'a dyn Fn(&str) -> Option<String>,
    /// What the school suggests for a field.
    pub suggested: &'a dyn Fn(&str) -> Vec<String>,
    /// The family as a drawing, where one can be made.
    pub genogram: &'a dyn Fn() -> Option<serde_json::Value>,
    /// How many saves can be undone.
    pub undo: usize,
}

/// A page of fields or entries.
pub struct FormPage<'a> {
    /// The child.
    pub record: &'a RecordPage<'a>,
    /// The page's path.
    pub path: &'a str,
    /// The one question that is asked, by its number from one, where the page is gone through step by step.
    pub step: Option<usize>,
    /// The packs that can be shown beside the page, by their keys and words, and the key of the one that is.
    pub previews: &'a [(String, String)],
    /// See `previews`.
    pub beside: Option<&'a str>,
    /// What stands in blank fields before anybody has typed: path and text.
    pub fill: &'a [(String, String)],
    /// What was just sent and what became of it.
    pub sent: Option<(&'a Submitted, &'a Saved)>,
}

/// Something that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Remark {
    /// The rule.
    pub code: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Why it matters.
    pub why: &'static str,
    /// Where to put it right, seen from the page.
    pub link: String,
    /// Where to answer it, seen from the page, where it is a warning.
    pub answer: String,
}

/// A field as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    /// Its path: the name under which it is sent.
    pub path: String,
    /// Its `id` on the page.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// More about it.
    pub hint: String,
    /// A value as it may be.
    pub example: Option<String>,
    /// How it is filled in.
    pub kind: &'static str,
    /// What stands in it.
    pub text: String,
    /// Rows of a large field.
    pub rows: usize,
    /// What can be chosen.
    pub options: Vec<OptionView>,
    /// Where what can be chosen is written, where there is nothing yet: path and question.
    pub written_at: Vec<(String, String)>,
    /// Who will read it.
    pub readers: Option<String>,
    /// The question whether fewer must read it, where it stands beside this one.
    pub narrow: Option<Box<Self>>,
    /// The `id` of that question, where it stands beside another one.
    pub narrow_at: Option<String>,
    /// What is sent along as it is: the other circles, where one is asked about alone.
    pub kept: Vec<String>,
    /// Where the value comes from.
    pub origin: Option<String>,
    /// What the school says where this is left empty.
    pub from_school: Option<String>,
    /// What the school suggests.
    pub suggestions: Vec<String>,
    /// The most characters.
    pub most: Option<usize>,
    /// Whether it holds the child's own words.
    pub is_exact: bool,
    /// Why what was typed could not be kept.
    pub unread: Option<&'static str>,
    /// What somebody else has written meanwhile.
    pub theirs: Option<String>,
    /// What was found.
    pub remarks: Vec<Remark>,
}

/// Something that can be chosen.
#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub is_on: bool,
}

/// What was found at the fields of a page, by path.
#[must_use]
pub fn remarks(editor: &RecordEditor, problems: &[Problem], page: &str) -> Vec<(String, Remark)> {
    let own = problems.iter().filter(|problem| is_at_or_under(&problem.path, page));
    own.map(|problem| (problem.path.clone(), remark(editor, problem, String::new()))).collect()
}

/// The `id` of a field on its page.
pub(super) fn element_id(path: &str) -> String {
    path.replace(['.', '[', ']'], "-")
}

/// What was found, with where to put it right.
pub(super) fn remark(editor: &RecordEditor, problem: &Problem, link: String) -> Remark {
    Remark {
        code: problem.code,
        severity: problem.severity.word(),
        message: in_questions(&problem.message, &problem.path),
        help: in_questions(&problem.help, &problem.path),
        why: rule(problem.code).map_or("", |rule| rule.why),
        link,
        answer: if problem.severity == Severity::Warning { answer(editor, problem) } else { String::new() },
    }
}

/// Where a warning is answered: a new entry that knows which it is.
fn answer(editor: &RecordEditor, problem: &Problem) -> String {
    let place = problem.path.replace('[', "%5B").replace(']', "%5D");
    format!("considered[{}]?fill.rule={}&fill.at={place}", editor.count("considered"), problem.code)
}

/// A rule's words as the form speaks: fields by their questions, not by their names in the file.
fn in_questions(words: &str, path: &str) -> String {
    let plain = without_numbers(path);
    let question_of = |name: &str| {
        let name = name.trim_matches(['[', ']']);
        let around = std::iter::successors(Some(plain.as_str()), |at| (!at.is_empty()).then(|| parent(at)));
        let mut known = around.map(|at| join(at, name)).filter(|path| field_texts().iter().any(|it| it.path == *path));
        known.next().map(|path| format!("“{}”", question(&path)))
    };
    let told = |(number, piece): (usize, &str)| {
        if number % 2 == 0 {
            return piece.to_owned();
        }
        let (name, value) = piece.split_once(" = ").map_or((piece, None), |(name, value)| (name, Some(value)));
        match (question_of(name), value) {
            (Some(question), Some(value)) => format!("{question} {}", value.trim_matches('"')),
            (Some(question), None) => question,
            (None, _) => piece.to_owned(),
        }
    };
    words.split('`').enumerate().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_speak_in_questions() {
        let help = "Add `considered_on`, `considered_by` and `decision` to `[early_help]`.";
        assert_eq!(
            in_questions(help, "early_help.considered_by"),
            "Add “When was Early Help considered?”, “Who considered it?” and “What was decided?” to “Was Early Help considered?”."
        );
        let set = in_questions("Set `pr = \"yes\"` for each person.", "household.people[1].pr");
        assert_eq!(set, "Set “Does the person have parental responsibility?” yes for each person.");
        assert_eq!(in_questions("Say `one` thing.", "pupil"), "Say one thing.");
    }
}
