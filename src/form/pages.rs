//! The pages as text: what they show is gathered as data, and templates put it into HTML, where nothing in it is markup.

use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

use super::page_view::PageView;
use super::questions::question;
use super::related::page_layout;
use super::task_list::TaskPage;
use super::together::said;
use super::views::{FormPage, RecordPage};
use crate::text::markup;

const TEMPLATES: [(&str, &str); 11] = [
    ("base.html", include_str!("../../templates/form/base.html")),
    ("field.html", include_str!("../../templates/form/field.html")),
    ("class.html", include_str!("../../templates/form/class.html")),
    ("tasks.html", include_str!("../../templates/form/tasks.html")),
    ("page.html", include_str!("../../templates/form/page.html")),
    ("genogram.html", include_str!("../../templates/form/genogram.html")),
    ("together.html", include_str!("../../templates/form/together.html")),
    ("sign-off.html", include_str!("../../templates/form/sign-off.html")),
    ("import.html", include_str!("../../templates/form/import.html")),
    ("pack.html", include_str!("../../templates/form/pack.html")),
    ("message.html", include_str!("../../templates/form/message.html")),
];

/// One child in the class list.
#[derive(Debug, Clone, Serialize)]
pub struct ChildRow {
    /// Where the child's pages are, seen from the class list; empty for an expected child without a record.
    pub link: String,
    /// The name.
    pub name: String,
    /// The file of the record.
    pub file: String,
    /// The class, where a list said it.
    pub class: String,
    /// The receiving school.
    pub to: String,
    /// How many sections are filled in and without an error.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Who has signed.
    pub signed: Vec<String>,
    /// How the child stands at the next school, where packs were made, and whether somebody has to do something.
    pub handed_over: Option<(&'static str, bool)>,
    /// The next thing to ask.
    pub next: String,
}

/// The class list.
#[derive(Debug, Clone, Serialize)]
pub struct ClassPage {
    /// The name of the folder.
    pub folder: String,
    /// The children.
    pub children: Vec<ChildRow>,
    /// What was looked for.
    pub search: String,
    /// The class that is shown alone.
    pub class: String,
    /// The receiving school that is shown alone.
    pub to: String,
    /// All classes.
    pub classes: Vec<String>,
    /// All receiving schools.
    pub schools: Vec<String>,
    /// Whether packs can be made.
    pub can_pack: bool,
    /// What has just been done.
    pub told: Option<Told>,
}

/// Something that was done or could not be done.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Whether it could not be done.
    pub is_wrong: bool,
    /// What it is, in a line.
    pub title: String,
    /// More lines.
    pub lines: Vec<String>,
}

/// The class list.
///
/// # Errors
/// Only where a template is wrong, which is a mistake of this program.
pub fn render_class(page: &ClassPage) -> Result<String, minijinja::Error> {
    markup(&TEMPLATES)?.get_template("class.html")?.render(context! { root => "./", page => Serde(page) })
}

/// A page that only says something.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// What it is about.
    pub title: String,
    /// What it says.
    pub lines: Vec<String>,
    /// Where to go on, if anywhere: where, and in words.
    pub next: Option<(String, String)>,
    /// Where the class list is, seen from this page.
    pub root: String,
}

/// A page that only says something.
///
/// # Errors
/// As [`render_class`].
pub fn render_message(page: &Message) -> Result<String, minijinja::Error> {
    markup(&TEMPLATES)?
        .get_template("message.html")?
        .render(context! { root => page.root.clone(), page => Serde(page) })
}

/// The task list of a child. `previews` are the packs that can be looked at: key and words.
///
/// # Errors
/// As [`render_class`].
pub fn render_task_list(
    record: &RecordPage<'_>,
    previews: &[(String, String)],
    told: Option<&Told>,
) -> Result<String, minijinja::Error> {
    let page = TaskPage::of(record);
    markup(&TEMPLATES)?.get_template("tasks.html")?.render(context! {
        root => "../../",
        base => record.base,
        name => record.name,
        digest => record.digest,
        view => record.view,
        undo => record.undo,
        previews => Serde(previews),
        told => Serde(told),
        page => Serde(page),
    })
}

/// The page on which somebody puts a name to a record: what has changed since the last signature, and what stands in the way.
///
/// # Errors
/// As [`render_class`].
pub fn render_sign_off(
    record: &RecordPage<'_>,
    changed: &str,
    refused: &[String],
    told: Option<&Told>,
) -> Result<String, minijinja::Error> {
    markup(&TEMPLATES)?.get_template("sign-off.html")?.render(context! {
        root => "../../",
        name => record.name,
        changed,
        refused => Serde(refused),
        told => Serde(told),
    })
}

/// What would be packed, or what was: whether it is all, what was made with its passphrases, and what was said;
/// `place` with the files that lie there, by name and day; `waiting` counts the transfers that nobody has said were sent.
///
/// # Errors
/// As [`render_class`].
pub fn render_pack(
    ready: usize,
    held: &[String],
    (place, lies): (&str, &[(String, String)]),
    waiting: usize,
    made: Option<&(bool, String, String)>,
) -> Result<String, minijinja::Error> {
    markup(&TEMPLATES)?.get_template("pack.html")?.render(context! {
        root => "./",
        ready,
        held => Serde(held),
        place,
        lies => Serde(lies),
        waiting,
        made => Serde(made),
    })
}

/// What a list says, before it is taken over.
#[derive(Debug, Clone, Serialize)]
pub struct ImportPage {
    /// What the file is, and what its columns were taken for, in lines.
    pub about: Vec<String>,
    /// Children whom somebody has to decide about, in lines.
    pub decide: Vec<String>,
    /// The children.
    pub children: Vec<ImportChild>,
    /// The whole in a line.
    pub sum: String,
}

/// What a list says of one child.
#[derive(Debug, Clone, Serialize)]
pub struct ImportChild {
    /// The name.
    pub name: String,
    /// Whether a record is begun.
    pub is_new: bool,
    /// Where record and list differ.
    pub differences: Vec<ImportRow>,
    /// Blanks that are filled.
    pub filled: Vec<ImportRow>,
    /// What a person has to look at.
    pub notices: Vec<String>,
}

/// One field, in the record and in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ImportRow {
    question: String,
    record: Option<String>,
    list: String,
}

impl ImportRow {
    /// Of a field by its path; `record` is what stands there and stays.
    #[must_use]
    pub fn of(path: &str, record: Option<&str>, list: &str) -> Self {
        Self { question: question(path), record: record.map(str::to_owned), list: list.to_owned() }
    }
}

/// What a list says, before it is taken over.
///
/// # Errors
/// As [`render_class`].
pub fn render_import(page: &ImportPage) -> Result<String, minijinja::Error> {
    markup(&TEMPLATES)?.get_template("import.html")?.render(context! { root => "./", page => Serde(page) })
}

/// A page of fields or entries.
///
/// # Errors
/// As [`render_class`].
pub fn render_page(page: &FormPage<'_>) -> Result<Option<String>, minijinja::Error> {
    let Some(layout) = page_layout(page.record.editor, page.path) else { return Ok(None) };
    let record = page.record;
    let view = PageView::of(page, &layout);
    let html = markup(&TEMPLATES)?.get_template("page.html")?.render(context! {
        root => "../../../",
        base => record.base,
        name => record.name,
        digest => record.digest,
        view => record.view,
        undo => record.undo,
        path => page.path,
        previews => Serde(page.previews),
        beside => page.beside,
        page => Serde(view),
    })?;
    Ok(Some(html))
}

/// The page to sit together with the child. `has_pdf` says whether it can be had as a document, too.
///
/// # Errors
/// As [`render_class`].
pub fn render_together(record: &RecordPage<'_>, has_pdf: bool) -> Result<String, minijinja::Error> {
    markup(&TEMPLATES)?.get_template("together.html")?.render(context! {
        root => "../../",
        name => record.name,
        said => Serde(said(record)),
        has_pdf,
    })
}

/// The family as a drawing, by itself.
///
/// # Errors
/// As [`render_class`].
pub fn render_genogram(drawing: &serde_json::Value) -> Result<String, minijinja::Error> {
    markup(&TEMPLATES)?.get_template("genogram.html")?.render(context! { drawing => Serde(drawing) })
}
