//! The pages as text: what they show is gathered as data, and templates put it into HTML, where nothing in it is markup.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::entries::entry_title;
use super::field_view::field_view;
use super::layout::{Group, PageKind, PageLayout, layout};
use super::questions::{added, question};
use super::sections::{next_page, section_of};
use super::task_list::{LinkView, TaskPage, link};
use super::views::{FieldView, FormPage, RecordPage, Remark, element_id, remark};
use crate::problem::Problem;
use crate::record::RecordEditor;
use crate::text::{is_at_or_under, parent, split_entry};

const TEMPLATES: [(&str, &str); 9] = [
    ("base.html", include_str!("../../templates/form/base.html")),
    ("field.html", include_str!("../../templates/form/field.html")),
    ("class.html", include_str!("../../templates/form/class.html")),
    ("tasks.html", include_str!("../../templates/form/tasks.html")),
    ("page.html", include_str!("../../templates/form/page.html")),
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

#[derive(Serialize)]
struct GroupView {
    legend: Option<String>,
    fields: Vec<FieldView>,
    /// What only some children need, and nobody has filled in.
    rare: Vec<FieldView>,
}

/// How questions begin that only some children need.
const RARE: [&str; 8] = [
    "If ",
    "For ",
    "Must fewer ",
    "Who may read this?",
    "Anything else",
    "In what language",
    "What does that mean",
    "In what role",
];

impl GroupView {
    fn of(page: &FormPage<'_>, group: &Group) -> Self {
        let views = group.fields.iter().map(|(path, field)| field_view(page, path, field));
        let is_rare = |view: &FieldView| {
            let says_nothing =
                page.record.editor.is_blank(&view.path) && view.unread.is_none() && view.theirs.is_none();
            says_nothing && view.remarks.is_empty() && RARE.iter().any(|begin| view.question.starts_with(begin))
        };
        let is_own = group.table.is_empty();
        let (rare, fields) = views.partition(|view| is_own && is_rare(view));
        let legend = group.title.map(str::to_owned).or_else(|| (!is_own).then(|| question(&group.table)));
        Self { legend, fields, rare }
    }
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_name| AutoEscape::Html);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

/// The class list.
///
/// # Errors
/// Only where a template is wrong, which is a mistake of this program.
pub fn render_class(page: &ClassPage) -> Result<String, minijinja::Error> {
    environment()?.get_template("class.html")?.render(context! { root => "./", page => Serde(page) })
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
    environment()?.get_template("message.html")?.render(context! { root => page.root.clone(), page => Serde(page) })
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
    environment()?.get_template("tasks.html")?.render(context! {
        root => "../../",
        base => record.base,
        name => record.name,
        digest => record.digest,
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
    environment()?.get_template("sign-off.html")?.render(context! {
        root => "../../",
        name => record.name,
        changed,
        refused => Serde(refused),
        told => Serde(told),
    })
}

/// What would be packed, or what was: whether it is all, what was made with its passphrases, and what was said.
///
/// # Errors
/// As [`render_class`].
pub fn render_pack(
    ready: usize,
    held: &[String],
    place: &str,
    made: Option<&(bool, String, String)>,
) -> Result<String, minijinja::Error> {
    environment()?.get_template("pack.html")?.render(context! {
        root => "./",
        ready,
        held => Serde(held),
        place,
        made => Serde(made),
    })
}

/// What a list says, before it is taken over.
///
/// # Errors
/// As [`render_class`].
pub fn render_import(lines: &[String]) -> Result<String, minijinja::Error> {
    environment()?.get_template("import.html")?.render(context! { root => "./", lines => Serde(lines) })
}

/// A page of fields or entries.
///
/// # Errors
/// As [`render_class`].
pub fn render_page(page: &FormPage<'_>) -> Result<Option<String>, minijinja::Error> {
    let Some(layout) = layout(page.path) else { return Ok(None) };
    let record = page.record;
    let view = PageView::of(page, &layout);
    let html = environment()?.get_template("page.html")?.render(context! {
        root => "../../../",
        base => record.base,
        name => record.name,
        digest => record.digest,
        undo => record.undo,
        path => page.path,
        page => Serde(view),
    })?;
    Ok(Some(html))
}

#[derive(Serialize)]
struct PageView {
    title: String,
    section: &'static str,
    around: Vec<(String, String)>,
    is_list: bool,
    is_new: bool,
    is_saved: bool,
    groups: Vec<GroupView>,
    entries: Vec<LinkView>,
    /// The words for what is added to this list, and the page of the new entry.
    add: Option<(&'static str, String)>,
    pages: Vec<LinkView>,
    next: String,
    remarks: Vec<Remark>,
    conflicts: usize,
    unread: usize,
}

impl PageView {
    fn of(page: &FormPage<'_>, layout: &PageLayout) -> Self {
        let record = page.record;
        let groups: Vec<GroupView> = layout.groups.iter().map(|group| GroupView::of(page, group)).collect();
        let on_page = |path: &str| layout.groups.iter().any(|group| group.fields.iter().any(|(own, _)| own == path));
        let own: Vec<&Problem> = record.problems.iter().filter(|it| is_at_or_under(&it.path, page.path)).collect();
        let remarks = own.iter().map(|problem| {
            let link = if on_page(&problem.path) {
                format!("#{}", element_id(&problem.path))
            } else {
                page_of(&problem.path).filter(|other| other != page.path).unwrap_or_default()
            };
            remark(problem, link)
        });
        let entries = (0..if layout.kind == PageKind::Entries { record.editor.count(page.path) } else { 0 })
            .map(|number| {
                let title = entry_title(record.editor, page.path, number).unwrap_or_default();
                LinkView { title, number, ..link(record, &format!("{}[{number}]", page.path)) }
            })
            .collect();
        let add = (layout.kind == PageKind::Entries)
            .then(|| (added(page.path), format!("{}[{}]", page.path, record.editor.count(page.path))));
        let is_new = record.editor.get(page.path).is_none() && page.path.ends_with(']');
        let pages: Vec<LinkView> = layout.pages.iter().map(|path| link(record, path)).collect();
        let saved = page.sent.map(|(_, saved)| saved);
        Self {
            title: title(record.editor, page.path),
            section: section_of(page.path).map_or("", |section| section.title),
            around: around(record.editor, page.path),
            is_list: layout.kind == PageKind::Entries,
            is_new,
            is_saved: saved.is_some_and(|saved| saved.unread.is_empty() && saved.conflicts.is_empty()),
            groups,
            entries,
            add,
            pages: if is_new { Vec::new() } else { pages },
            next: next_of(page.path),
            remarks: remarks.collect(),
            conflicts: saved.map_or(0, |saved| saved.conflicts.len()),
            unread: saved.map_or(0, |saved| saved.unread.len()),
        }
    }
}

/// Where to go on from a page: to the page around it, or to the next of the record's own; empty after the last.
#[must_use]
pub fn next_of(path: &str) -> String {
    let around = parent(path);
    if around.is_empty() { next_page(path).unwrap_or_default().to_owned() } else { page_of(around).unwrap_or_default() }
}

/// The page on which a path stands.
fn page_of(path: &str) -> Option<String> {
    let mut at = path;
    while !at.is_empty() {
        if let Some(page) = layout(at) {
            // A small table has no page of its own.
            let is_small = !at.ends_with(']')
                && page.kind == PageKind::Fields
                && layout(parent(at)).is_some_and(|around| around.groups.iter().any(|group| group.table == at));
            if !is_small {
                return Some(at.to_owned());
            }
        }
        at = parent(at);
    }
    None
}

fn title(editor: &RecordEditor, path: &str) -> String {
    let Some((list, number)) = split_entry(path) else { return question(path) };
    entry_title(editor, list, number).unwrap_or_else(|| {
        let mut letters = added(list).chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    })
}

/// The pages around a page, from the outermost: path and title.
fn around(editor: &RecordEditor, path: &str) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    let mut at = parent(path);
    while !at.is_empty() {
        if page_of(at).as_deref() == Some(at) {
            pages.push((at.to_owned(), title(editor, at)));
        }
        at = parent(at);
    }
    pages.reverse();
    pages
}
