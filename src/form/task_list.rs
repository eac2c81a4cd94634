//! The task list of a child: sections, pages, and their state.

use serde::Serialize;

use super::questions::question;
use super::sections::{SECTIONS, Section, section_of};
use super::views::{RecordPage, Remark, remark};
use crate::problem::{Problem, Severity};
use crate::record::{RecordEditor, ValueType, shape_at};
use crate::text::is_at_or_under;

/// A page or an entry that a page leads to.
#[derive(Serialize)]
pub(super) struct LinkView {
    pub path: String,
    pub title: String,
    pub state: String,
    pub class: &'static str,
    pub number: usize,
}

/// The sections of a child with their state.
#[derive(Serialize)]
pub struct TaskPage {
    sections: Vec<TaskSection>,
    /// Sections that are done.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    errors: usize,
    warnings: usize,
    /// The title of the first section that is not done.
    pub next: Option<&'static str>,
    elsewhere: Vec<Remark>,
}

#[derive(Serialize)]
struct TaskSection {
    title: &'static str,
    state: String,
    class: &'static str,
    pages: Vec<LinkView>,
}

impl TaskPage {
    /// Of a child's record.
    #[must_use]
    pub fn of(record: &RecordPage<'_>) -> Self {
        let section = |section: &Section| {
            let pages: Vec<LinkView> = section.pages.iter().map(|path| link(record, path)).collect();
            let worst = ["wrong", "look", "empty"];
            let class = worst.into_iter().find(|class| pages.iter().any(|page| page.class == *class)).unwrap_or("done");
            TaskSection { title: section.title, state: state_words(class, 0), class, pages }
        };
        let sections: Vec<TaskSection> = SECTIONS.iter().map(section).collect();
        let count = |severity| record.problems.iter().filter(|problem| problem.severity == severity).count();
        let is_elsewhere = |problem: &&Problem| section_of(&problem.path).is_none();
        Self {
            done: sections.iter().filter(|section| matches!(section.class, "done" | "look")).count(),
            of: sections.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            next: sections.iter().find(|section| !matches!(section.class, "done" | "look")).map(|found| found.title),
            elsewhere: record
                .problems
                .iter()
                .filter(is_elsewhere)
                .map(|problem| remark(record.editor, problem, String::new()))
                .collect(),
            sections,
        }
    }
}

fn state_words(class: &str, errors: usize) -> String {
    match class {
        "wrong" if errors == 1 => "1 thing to put right".to_owned(),
        "wrong" if errors > 1 => format!("{errors} things to put right"),
        "wrong" => "To put right".to_owned(),
        "look" => "To look at".to_owned(),
        "done" => "Done".to_owned(),
        "none" => "Nothing here".to_owned(),
        _ => "Not begun".to_owned(),
    }
}

/// A page that another leads to, with its state.
pub(super) fn link(record: &RecordPage<'_>, path: &str) -> LinkView {
    let at = |severity: Severity| {
        record.problems.iter().filter(|it| it.severity == severity && is_at_or_under(&it.path, path)).count()
    };
    let (errors, warnings) = (at(Severity::Error), at(Severity::Warning));
    let class = match (errors, warnings) {
        (0, 0) if record.editor.is_blank(path) && (record.from_school)(path).is_none() => {
            let is_asked = record.problems.iter().any(|problem| is_at_or_under(&problem.path, path));
            if is_asked || !is_begun(record.editor) { "empty" } else { "none" }
        }
        (0, 0) => "done",
        (0, _) => "look",
        _ => "wrong",
    };
    let entries = matches!(shape_at(path), Some(ValueType::List(_))).then(|| record.editor.count(path));
    let state = match (class, entries) {
        ("done", Some(count)) => format!("{count} in the list"),
        _ => state_words(class, errors),
    };
    LinkView { path: path.to_owned(), title: question(path), state, class, number: 0 }
}

/// Whether enough is said of a child to know what is still to ask: the rules keep quiet about an empty record's sections.
fn is_begun(editor: &RecordEditor) -> bool {
    !editor.is_blank("pupil")
}
